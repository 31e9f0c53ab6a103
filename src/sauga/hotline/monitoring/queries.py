"""Questions about checks: what is due, what was seen before, how a provider usually acts, the strip of checks
and the list of monitored items."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from sauga.hotline.content.models import ContentItem, ItemStep, Occurrence
from sauga.hotline.monitoring.models import Check
from sauga.hotline.monitoring.rules.probe_classification import GONE, SEEN, ProbeResult, Reason
from sauga.hotline.monitoring.rules.removal import Observation
from sauga.hotline.states import Handling, Presence
from sauga.hotline.tracing.models import Provider

LAST_OBSERVATIONS = 16
FAST_FROM = 5  # removals of a provider before its habit is believed
FAST_MEMORY = timedelta(days=90)
BUSY_WITHIN = timedelta(hours=1)
OPEN = (Handling.FOLLOWED, Handling.NOTICE_DUE, Handling.POLICE_HOLD, Handling.WATCHED)


@dataclass(frozen=True)
class StripRow:
    """One mark of the strip: a check (`verdict` set), or an event beside it (`event` set: "reported",
    "notice", "removed", "reappeared").

    `kind` is "on", "off" or "gone", the classes of the drawing; `profiles` says with how many profiles it was
    checked.
    """

    at: datetime
    kind: str
    verdict: str = ""
    reason: str = ""
    status: int | None = None
    similarity: int | None = None
    profiles: int = 1
    by: str = ""
    event: str = ""


def strip(item: ContentItem, *, limit: int = 400) -> list[StripRow]:
    """All checks of an item, the newest `limit`, oldest first, with the events that explain them."""
    rows: list[StripRow] = []
    for check in item.checks.order_by("-at", "-pk")[: limit * 3]:
        if rows and rows[-1].at == check.at:
            rows[-1] = _joined(rows[-1], check)
            continue
        if len(rows) == limit:
            break
        rows.append(_row(check))
    events = [StripRow(o.reported_at, "event", event="reported") for o in item.occurrences.all()]
    events += [
        StripRow(o.notice_delivered_at, "event", event="notice")
        for o in item.occurrences.all()
        if o.notice_delivered_at
    ]
    steps = ItemStep.objects.filter(
        subject=item, track="presence", after__in=(Presence.REMOVED, Presence.REAPPEARED)
    )
    events += [StripRow(step.at, "event", event=step.after.lower(), by=step.by) for step in steps]
    return sorted([*rows, *events], key=lambda row: row.at)


def _kind(verdict: str) -> str:
    return "on" if verdict in SEEN else "gone" if verdict in GONE else "off"


def _row(check: Check) -> StripRow:
    return StripRow(
        check.at,
        _kind(check.verdict),
        check.verdict,
        check.reason,
        check.status,
        check.similarity,
        1,
        check.by,
    )


def _joined(row: StripRow, check: Check) -> StripRow:
    """Several profiles at one instant are one mark: what any profile saw comes first, then what any found
    gone."""
    rank = {"on": 0, "gone": 1, "off": 2}
    other = _row(check)
    best = min(row, other, key=lambda r: rank[r.kind])
    return StripRow(
        best.at, best.kind, best.verdict, best.reason, best.status, best.similarity, row.profiles + 1, best.by
    )


def due_items(at: datetime, limit: int) -> list[ContentItem]:
    """The items whose check is due, longest waiting first, locked for this transaction; those another worker
    holds are skipped."""
    return list(ContentItem.objects.due_for_check(at).select_for_update(skip_locked=True)[:limit])


def recent_observations(
    item_ids: Collection[int], since: dict[int, datetime | None]
) -> dict[int, list[Observation]]:
    """The last observations of each item, oldest first, none from before `since` (the present occurrence's
    beginning)."""
    if not item_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.item_id, c.at, c.verdict, c.reason, c.vantage, c.with_referrer FROM "
            "unnest(%s::bigint[]) AS i(id) CROSS JOIN LATERAL "
            "(SELECT * FROM hotline_check k WHERE k.item_id = i.id ORDER BY k.at DESC, k.id DESC LIMIT "
            "%s) c ORDER BY c.at, c.id",
            [list(item_ids), LAST_OBSERVATIONS],
        )
        rows = cursor.fetchall()
    found: dict[int, list[Observation]] = {}
    for item_id, at, verdict, reason, vantage, with_referrer in rows:
        start = since.get(item_id)
        if start is None or at >= start:
            profile = f"{vantage}+R" if with_referrer else vantage
            found.setdefault(item_id, []).append(
                Observation(
                    at=at,
                    verdict=ProbeResult(verdict),
                    reason=Reason(reason) if reason else Reason.STATUS,
                    profile=profile,
                )
            )
    return found


def usual_windows(provider_ids: Collection[int], at: datetime) -> dict[int, tuple[timedelta, timedelta]]:
    """The time from notice to removal between which the middle half of a provider's removals fall; only for
    known habits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.provider_id, percentile_cont(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY "
            "o.first_gone_at - o.notice_delivered_at) "
            "FROM hotline_occurrence o JOIN hotline_contentitem i ON i.id = o.item_id "
            "WHERE i.provider_id = ANY(%s) AND o.removed_at > %s AND o.first_gone_at > o.notice_delivered_at "
            "GROUP BY i.provider_id HAVING count(*) >= %s",
            [list(provider_ids), at - FAST_MEMORY, FAST_FROM],
        )
        return {provider: (low, high) for provider, (low, high) in cursor.fetchall()}


def crowds(items: Iterable[ContentItem], at: datetime) -> dict[bytes, int]:
    """How many items on each of these hosts come due within the hour."""
    listed = list(items)
    counted = (
        ContentItem.objects.filter(
            domain_index__in={bytes(item.domain_index) for item in listed if item.domain_index},
            host_index__in={bytes(item.host_index) for item in listed if item.host_index},
            next_check_at__lte=at + BUSY_WITHIN,
        )
        .values_list("host_index")
        .annotate(n=Count("pk"))
    )
    return {bytes(host): n for host, n in counted}


def current_occurrences(items: Sequence[ContentItem]) -> dict[int, Occurrence]:
    """The present occurrence of each item."""
    wanted = {item.pk: item.occurrence for item in items}
    rows = Occurrence.objects.filter(item__in=wanted)
    return {row.item_id: row for row in rows if row.number == wanted[row.item_id]}


WHICH = {
    "all": Q(),
    "online": Q(presence__in=(Presence.ONLINE, Presence.REAPPEARED, Presence.UNKNOWN)),
    "unclear": Q(presence__in=(Presence.UNREACHABLE, Presence.PRESUMED_REMOVED)),
    "removed": Q(presence=Presence.REMOVED),
    "person": ~Q(watch__ask="") & Q(watch__isnull=False),
}


def watched(*, which: str = "all", provider: Provider | None = None) -> QuerySet[ContentItem]:
    """Monitored items, those a person is asked about first, then by their next check."""
    rows: QuerySet[ContentItem] = ContentItem.objects.filter(handling__in=OPEN).filter(WHICH.get(which, Q()))
    if provider:
        rows = rows.filter(provider=provider)
    asked_first = F("watch__asked_at").asc(nulls_last=True)
    return rows.select_related("watch", "provider").order_by(
        asked_first, F("next_check_at").asc(nulls_last=True), "pk"
    )


def counts() -> dict[str, int]:
    """How many items each filter of the list has."""
    held = ContentItem.objects.filter(handling__in=OPEN)
    return held.aggregate(
        **{name: Count("pk", filter=which) if which else Count("pk") for name, which in WHICH.items()}
    )
