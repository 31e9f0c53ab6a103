"""The night's rest of members under 16, and how soon a moderator reads what a member wrote. By the clock of
Vilnius."""

from datetime import date, datetime, time, timedelta

from sauga.kernel.clock import VILNIUS
from sauga.panel.members.rules.ages import NIGHT_AGE, is_under

REST_FROM, REST_TO = time(22), time(7)
READ_FROM, READ_TO = time(8), time(20)
"""When somebody reads what waits, every day."""
READ_WITHIN = timedelta(hours=4)


def is_resting(birth_month: date, at: datetime) -> bool:
    """Whether this member does not write now.

    >>> is_resting(date(2013, 5, 1), datetime.fromisoformat("2026-11-24T22:00:00+02:00"))
    True
    >>> is_resting(date(2013, 5, 1), datetime.fromisoformat("2026-11-24T07:00:00+02:00"))
    False
    """
    local = at.astimezone(VILNIUS)
    is_night = local.time() >= REST_FROM or local.time() < REST_TO
    return is_night and is_under(birth_month, NIGHT_AGE, local.date())


def wakes_at(at: datetime) -> datetime:
    """When the night's rest ends that goes on at an instant.

    >>> wakes_at(datetime.fromisoformat("2026-11-24T22:30:00+02:00")).isoformat()
    '2026-11-25T07:00:00+02:00'
    >>> wakes_at(datetime.fromisoformat("2026-11-24T06:30:00+02:00")).isoformat()
    '2026-11-24T07:00:00+02:00'
    """
    local = at.astimezone(VILNIUS)
    day = local.date() + timedelta(days=local.time() >= REST_FROM)
    return datetime.combine(day, REST_TO, tzinfo=VILNIUS)


def read_by(sent_at: datetime) -> datetime:
    """Until when a moderator has read what was sent: four hours of reading, also over a night.

    >>> read_by(datetime.fromisoformat("2026-11-24T18:30:00+02:00")).isoformat()
    '2026-11-25T10:30:00+02:00'
    """
    local, left = sent_at.astimezone(VILNIUS), READ_WITHIN
    while True:
        begins = datetime.combine(local.date(), READ_FROM, tzinfo=VILNIUS)
        ends = datetime.combine(local.date(), READ_TO, tzinfo=VILNIUS)
        start = max(local, begins)
        if start < ends:
            if start + left <= ends:
                return start + left
            left -= ends - start
        local = datetime.combine(local.date() + timedelta(days=1), time(0), tzinfo=VILNIUS)
