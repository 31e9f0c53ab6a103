"""The order of the queue, as SQL over a row `c` with the columns of a conversation: who is next is decided
here and nowhere else.

A child who lost their counsellor stands first; then immediate danger, whether a child or an adult writes;
then children before adults; then the band, raised one step for every quarter of an hour waited, at most to
HIGH; then who came first. After half an hour every child counts as HIGH, so no child that comes later goes
before, except one in immediate danger: no child waits for ever.
"""

from sauga.helpline.chat.rules import time_limits

BANDS = ("NONE", "SOME", "HIGH")
"""The bands by the number that `BAND_STEP` gives; immediate danger is ranked apart from them."""

STEP_UP_SECONDS = f"{time_limits.STEP_UP.total_seconds():.0f}"
BAND_STEP = f"""
    LEAST(2, (CASE c.band WHEN 'HIGH' THEN 2 WHEN 'SOME' THEN 1 ELSE 0 END)
        + GREATEST(0, floor(EXTRACT(EPOCH FROM (%(at)s - c.since)) / {STEP_UP_SECONDS})))
"""
"""The band as it counts at the moment `at`, 0 to 2."""

QUEUE_ORDER = f"""
    (CASE WHEN c.taken_at IS NOT NULL THEN 0 ELSE 1 END),
    (CASE WHEN c.band = 'IMMEDIATE' THEN 0 ELSE 1 END),
    (CASE WHEN c.band = 'IMMEDIATE' OR c.audience = 'CHILD' THEN 0 ELSE 1 END),
    (CASE WHEN c.band = 'IMMEDIATE' THEN 0 ELSE -({BAND_STEP}) END),
    c.since, c.id
"""
"""What follows ORDER BY: the first row is next."""
