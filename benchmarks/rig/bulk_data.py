"""A hotline with years of data: items, reports, keys and steps in bulk, in realistic proportions.

Their addresses are random bytes; `make_real` seals true addresses into those that are going to be looked at.
"""

from collections.abc import Iterable
from typing import Any

# The first is rare.
CATEGORIES = (
    "MINORS_OTHER",
    "CSAM",
    "GROOMING",
    "HATE",
    "CYBERBULLYING_VISUAL",
    "FRAUD_CYBER",
    "OTHER_PROHIBITED",
    "UNKNOWN",
)  # the first is rare
# Of a thousand items, how many stand where. What waits for people is little; what is done is nearly
# everything.
HANDLING = (
    ("NO_ACTION", 440),
    ("WATCHED", 400),
    ("ARCHIVED", 120),
    ("FOLLOWED", 20),
    ("NOTICE_DUE", 5),
    ("SECOND_REVIEW", 2),
    ("NEW", 3),
    ("AWAITING_ASSESSMENT", 10),
)
HOSTING = (("INHOPE_ABROAD", 500), ("OTHER_ABROAD", 250), ("LT", 150), ("UNRESOLVED", 90), ("ONION", 10))


def _shares(column: str, shares: Iterable[tuple[str, int]]) -> str:
    """SQL that gives each share of a number from 0 to 999 its value."""
    below, cases = 0, ""
    for value, share in shares:
        below += share
        cases += f" WHEN {column} < {below} THEN '{value}'"
    return f"CASE{cases} END"


REF = "overlay(lpad(upper(to_hex((n * 2654435761) %% 4294967296)), 8, '0') placing '-' from 5 for 0)"
REPORT_REF = REF.replace("2654435761", "2246822519")
SOURCE = f"""
    SELECT n, {REF} AS ref, {REPORT_REF} AS report_ref, (n * 7919) %% 1000 AS draw,
      (n * 104729) %% 1000 AS other,
        (n * 611953) %% 1009 AS third,
        date_trunc('hour', now()) - ((n * 15485863) %% 26000) * interval '1 hour' AS hour
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
"""
PRIORITY = _shares("other", (("P1", 100), ("P2", 200), ("P3", 400), ("P4", 200), ("P5", 100)))
CATEGORY = (
    f"CASE WHEN third < 1 THEN '{CATEGORIES[0]}' ELSE (ARRAY{list(CATEGORIES[1:])})[1 + third %% "
    f"{len(CATEGORIES) - 1}] END"
)
ENVELOPE = "decode(repeat(md5(n::text || '{0}'), {1}), 'hex')"

ITEMS = f"""
INSERT INTO hotline_contentitem (id, ref, key, key_version, host_index, domain_index, near_index, kind,
  address, referrer, access_note,
    handling, presence, category, priority, received_hour, due_at, report_count, occurrence, verdict,
      legal_act, no_action_reason,
    hosting_class, country, country_confidence, country_by, handed_by, network)
SELECT 10000000 + n, ref, sha256(n::text::bytea), 1, sha256(('h' || n / 4)::bytea), sha256(('d'
  || n / 40)::bytea),
    sha256(('n' || n / 3)::bytea), 'WEB', {ENVELOPE.format("a", 19)}, '', 'UNKNOWN', {
    _shares("draw", HANDLING)
},
    CASE WHEN draw < 980 THEN 'REMOVED' ELSE 'ONLINE' END, {CATEGORY}, {PRIORITY}, hour,
      hour + interval '2 days', 1, 1,
    '', '', '', {_shares("(third * 7 + other) %% 1000", HOSTING)}, 'DE', 'LIKELY', '', '', 'PAVYZDYS-NET'
FROM ({SOURCE}) source
"""
REPORTS = f"""
INSERT INTO hotline_report (id, ref, receipt, state, channel, language, category, priority, reporter_kind,
  child_in_danger, spam_score,
    note, received_hour, due_at, outcome, words_gone)
SELECT 10000000 + n, report_ref, sha256(('r' || n)::bytea),
  CASE WHEN draw < 960 THEN 'CLOSED' ELSE 'RECEIVED' END, 'WEB', 'lt',
    {CATEGORY}, {PRIORITY}, 'NOT_SAID', 'NOT_STATED', 0, '', hour, hour + interval '2 days', '', false
FROM ({SOURCE}) source
"""
LOCATIONS = f"""
INSERT INTO hotline_location (report_id, item_id, position, given, referrer, access_note, match, linked_by)
SELECT 10000000 + n, 10000000 + n, 1, {ENVELOPE.format("g", 19)}, '', 'UNKNOWN', '', '' FROM ({SOURCE}) source
"""
OCCURRENCES = f"""
INSERT INTO hotline_occurrence (item_id, number, reported_at, removal_kind) SELECT 10000000 + n, 1, hour, ''
  FROM ({SOURCE}) source
"""
STEPS = f"""
INSERT INTO hotline_itemstep (subject_id, track, before, after, at, by, why)
SELECT 10000000 + n, 'handling', 'NEW', 'AWAITING_ASSESSMENT', hour + step * interval '1 hour',
  'system:tracer', 'TRACED'
FROM ({SOURCE}) source, generate_series(1, 2) step
"""
KEYS = f"""
INSERT INTO sealed_wrappedkey (zone, holder, recipient, version, envelope)
SELECT 'hotline', holder, recipient, 1, {ENVELOPE.format("k", 6)} FROM ({SOURCE}) source,
    LATERAL (VALUES ('item:' || ref, 'TEAM'), ('item:' || ref, 'SERVICE'), ('report:' || report_ref, 'TEAM'),
        ('report:' || report_ref, 'RECEIPT')) wraps (holder, recipient)
"""


def grow(connection: Any, first: int, last: int) -> None:
    """Add items number `first` to `last` with all that belongs to them, and let the database learn the new
    sizes."""
    connection.execute("SET synchronous_commit = off")
    connection.execute(
        "SET session_replication_role = replica"
    )  # bulk rows need no checks: they are right by construction
    for statement in (ITEMS, REPORTS, LOCATIONS, OCCURRENCES, STEPS, KEYS):
        connection.execute(statement, {"first": first, "last": last})
    for table in ("contentitem", "report", "location", "occurrence", "itemstep"):
        connection.execute(f"VACUUM ANALYZE hotline_{table}")
    connection.execute("VACUUM ANALYZE sealed_wrappedkey")


def make_real(refs: Iterable[str]) -> None:
    """Seal a true address into each of these items, as intake does. Needs Django."""
    from sauga.hotline.addresses.rules.addresses import read_location
    from sauga.hotline.content.models import ContentItem
    from sauga.hotline.reports.actions.intake import indexes
    from sauga.kernel import sealed

    zone = sealed.Zone.HOTLINE
    for item in ContentItem.objects.filter(ref__in=list(refs), pk__gte=10_000_000):
        sealed.destroy_keys([item.holder])
        key = sealed.new_data_key(
            zone=zone, holder=item.holder, recipients=(sealed.Recipient.TEAM, sealed.Recipient.SERVICE)
        )
        text = f"https://pavyzdys{item.pk}.example/galerija/{item.pk}"
        found = indexes(read_location(text))
        item.key, item.host_index, item.domain_index, item.near_index = (
            found.key,
            found.host,
            found.domain,
            found.near,
        )
        item.address = sealed.seal(key, table="hotline.contentitem", row=item.ref, field="address", text=text)
        item.save()
