"""How check-in stands: lists, entrances, devices, counts, conflicts; what changed since a device asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.http import Http404

from sauga.events.checkin.models import CheckIn, CheckList, Device, Entrance
from sauga.events.checkin.queries.people import EXPECTED
from sauga.events.checkin.rules import Outcome
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event, Session
from sauga.events.registration.models import Registration
from sauga.events.states import EventState
from sauga.kernel.identity import PersonActor

OVERLAP = timedelta(seconds=60)
"""Rows of the last minute are sent again: a transaction with a smaller number may have ended later."""
SILENT = timedelta(minutes=3)
"""A device that was not heard of for so long may be without a network."""
MOST_SHOWN = 100


def lists_of(event: Event) -> list[CheckList]:
    """The lists of an event, the main one first."""
    rows = CheckList.objects.filter(event=event).select_related("session", "event")
    return list(rows.prefetch_related("tickets"))


def list_of(event: Event, ref: str) -> CheckList:
    """One list; the main one for an empty reference. Raises Http404."""
    found = next((one for one in lists_of(event) if one.ref == ref or (one.is_main and not ref)), None)
    if found is None:
        raise Http404
    return found


def entrances_of(event: Event) -> list[Entrance]:
    """The entrances of an event."""
    return list(Entrance.objects.filter(event=event))


def entrance_of(event: Event, ref: str) -> Entrance:
    """One entrance. Raises Http404."""
    found = Entrance.objects.filter(event=event, ref=ref).first()
    if found is None:
        raise Http404
    return found


def sessions_without_list(event: Event) -> QuerySet[Session]:
    """Sessions that could have a list of their own."""
    used = CheckList.objects.filter(event=event, session__isnull=False).values("session")
    return Session.objects.filter(event=event).exclude(pk__in=used).order_by("starts", "pk")


@dataclass(frozen=True)
class Counts:
    """Heads on a list: how many may come, how many are in, and how many by entrance."""

    expected: int
    inside: int
    by_entrance: dict[str, int]

    @property
    def missing(self) -> int:
        """How many are still awaited."""
        return max(0, self.expected - self.inside)


def counts_of(check_list: CheckList) -> Counts:
    """The counts of a list now."""
    rows = Registration.objects.filter(event=check_list.event_id, state__in=EXPECTED)
    tickets = [ticket.pk for ticket in check_list.tickets.all()]
    if tickets:
        rows = rows.filter(ticket__in=tickets)
    counted = CheckIn.objects.filter(check_list=check_list, outcome=Outcome.COUNTED)
    by_entrance: Counter[str] = Counter()
    for ref, heads in counted.values_list("entrance__ref").annotate(n=Sum("heads")).order_by():
        by_entrance[ref or ""] += heads
    expected = rows.aggregate(n=Sum("heads"))["n"] or 0
    return Counts(expected, sum(by_entrance.values()), dict(by_entrance))


def inside(check_list: CheckList, since: int, at: datetime) -> tuple[list[dict[str, Any]], int]:
    """Who is in or out again, of those whose scans are newer than `since`, and the number of the newest scan.
    Each: short code, and for those who are in the nonce, time, entrance, heads and groups."""
    rows = CheckIn.objects.filter(check_list=check_list, registration__isnull=False)
    fresh = rows.filter(Q(pk__gt=since) | Q(received_at__gte=at - OVERLAP)) if since else rows
    touched = list(fresh.values_list("registration", flat=True).distinct())
    held: dict[str, list[CheckIn]] = {}
    of = rows.filter(registration__in=touched).select_related("registration", "entrance")
    for row in of.order_by("scanned_at", "nonce"):
        if row.registration is not None:
            held.setdefault(row.registration.entry_code, []).append(row)
    newest = CheckIn.objects.filter(check_list=check_list).aggregate(n=Max("pk"))["n"] or 0
    return [_inside(code, rows) for code, rows in held.items()], newest


def _inside(code: str, rows: Iterable[CheckIn]) -> dict[str, Any]:
    held = [row for row in rows if row.outcome == Outcome.COUNTED]
    if not held:
        return {"c": code}
    first, groups = held[0], Counter[str]()
    for row in held:
        groups.update(row.groups)
    return {
        "c": code,
        "n": held[-1].nonce,
        "t": int(first.scanned_at.timestamp() * 1000),
        "e": first.entrance.ref if first.entrance else "",
        "h": sum(row.heads for row in held),
        "l": held[-1].heads,
        "g": dict(groups),
    }


def conflicts(event: Event, *, is_resolved: bool = False) -> list[CheckIn]:
    """Seats that were used twice, the newest first."""
    rows = CheckIn.objects.filter(check_list__event=event, outcome=Outcome.CONFLICT)
    rows = rows.exclude(resolution="") if is_resolved else rows.filter(resolution="")
    return list(_with_names(rows)[:MOST_SHOWN])


def conflict_count(event: Event) -> int:
    """How many conflicts are not yet looked into."""
    rows = CheckIn.objects.filter(check_list__event=event, outcome=Outcome.CONFLICT, resolution="")
    return rows.count()


def with_conflicts(by: PersonActor) -> list[Event]:
    """Published events at which the person checks people in and tickets were used twice, until staff have
    looked at each; the next first."""
    return list(_with_conflicts(by).order_by("starts", "pk")[:MOST_SHOWN])


def count_with_conflicts(by: PersonActor, _at: datetime) -> int:
    """How many these are."""
    return min(_with_conflicts(by).count(), MOST_SHOWN)


def _with_conflicts(by: PersonActor) -> QuerySet[Event]:
    rows = CheckIn.objects.filter(outcome=Outcome.CONFLICT, resolution="")
    events = Event.objects.visible_to(by, Permission.CHECK_IN).filter(state=EventState.PUBLISHED)
    return events.filter(pk__in=rows.values("check_list__event"))


def refused(event: Event) -> list[CheckIn]:
    """Tickets that did not enter, the newest first."""
    rows = CheckIn.objects.filter(check_list__event=event, outcome=Outcome.REFUSED)
    return list(_with_names(rows)[:MOST_SHOWN])


def _with_names(rows: Any) -> Any:
    held = rows.select_related("registration", "entrance", "check_list__session", "check_list__event")
    return held.order_by("-scanned_at", "-pk")


def conflict_of(event: Event, nonce: str) -> CheckIn:
    """One conflict of an event. Raises Http404."""
    rows = CheckIn.objects.filter(check_list__event=event, outcome=Outcome.CONFLICT, nonce=nonce)
    found = _with_names(rows).first()
    if not isinstance(found, CheckIn):
        raise Http404
    return found


def counted(registration: Registration, check_list: CheckList) -> list[CheckIn]:
    """The scans by which a registration is in, the first first."""
    rows = CheckIn.objects.filter(registration=registration, check_list=check_list, outcome=Outcome.COUNTED)
    return list(rows.select_related("entrance").order_by("scanned_at", "nonce"))


def counted_first(row: CheckIn) -> CheckIn | None:
    """The scan that used the seats before this one."""
    found = counted(row.registration, row.check_list) if row.registration is not None else []
    return found[0] if found else None


def devices_of(event: Event) -> list[Device]:
    """The phones of an event, the one heard of last first."""
    return list(Device.objects.filter(event=event).select_related("entrance").order_by("-seen_at"))


def events_on_the_day(by: PersonActor, at: datetime) -> list[Event]:
    """Published events that begin within a day or have not ended, the next first: those at which the person
    checks people in."""
    return list(_on_the_day(by, at).order_by("starts", "pk")[:MOST_SHOWN])


def count_on_the_day(by: PersonActor, at: datetime) -> int:
    """How many these are."""
    return min(_on_the_day(by, at).count(), MOST_SHOWN)


def _on_the_day(by: PersonActor, at: datetime) -> QuerySet[Event]:
    rows = Event.objects.visible_to(by, Permission.CHECK_IN).filter(
        state=EventState.PUBLISHED, starts__lte=at + timedelta(days=1), ends__gt=at
    )
    return rows.annotate(n=Count("tickets")).filter(n__gt=0)
