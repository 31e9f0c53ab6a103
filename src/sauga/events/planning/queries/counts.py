"""The numbers of an event: counted from its registrations while there are any, then as they were stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Sum

from sauga.events.permissions import Permission
from sauga.events.planning.models import BudgetLine, EventCount, EventReport
from sauga.events.planning.rules.counts import SINGLE, What, came_by_group, cost_each
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import day_start
from sauga.events.registration.models import Registration, RegistrationStep
from sauga.events.states import CAME, EXPECTED, OPEN, UNPROVEN, EventState, RegistrationState, ReportState
from sauga.kernel.identity import PersonActor

type Counts = dict[tuple[What, str], int]
KEPT = timedelta(days=14)
"""How long after an event its numbers follow its registrations: until then those who came are corrected, and
later they are deleted."""
HELD = (EventState.PUBLISHED, EventState.OVER)


def counted(event: Event) -> Counts:
    """What the registrations of an event say now, by what is counted and of which group; empty without any.

    Those who never opened the mailed link did not sign up. Heads of classes are known by group; of people who
    registered alone no age is asked (`SINGLE`).
    """
    served = RegistrationStep.objects.filter(subject=OuterRef("pk"), after=RegistrationState.OFFERED)
    rows = Registration.objects.filter(~Exists(_never_confirmed()), event=event).annotate(
        was_offered=Exists(served)
    )
    found: Counter[tuple[What, str]] = Counter()
    values = rows.values_list("state", "heads", "attended_heads", "groups", "attended_groups", "was_offered")
    for state, heads, attended, groups, attended_groups, was_offered in values:
        found[What.SIGNED_UP, ""] += 1
        seated = state in EXPECTED
        found[What.SERVED, ""] += seated and was_offered
        found[What.LEFT_WAITING, ""] += state in OPEN and not seated and state not in UNPROVEN
        if seated:
            for group, n in (groups or {SINGLE: heads}).items():
                found[What.REGISTERED, group] += n
        came = (heads if attended is None else attended) if state in CAME else 0
        for group, n in came_by_group(came, heads, groups, attended_groups).items():
            found[What.ATTENDED, group] += n
        found[What.MISSED, ""] += heads - came if state in (*CAME, RegistrationState.NO_SHOW) else 0
    return dict(found)


def _never_confirmed() -> QuerySet[RegistrationStep]:
    return RegistrationStep.objects.filter(
        subject=OuterRef("pk"), before=RegistrationState.UNCONFIRMED, after=RegistrationState.REJECTED
    )


def stored(event: Event) -> Counts:
    """What was stored, with what organisers counted by hand."""
    rows = EventCount.objects.filter(event=event).values_list("what", "group", "n")
    return {(What(what), group): n for what, group, n in rows}


def counts_of(event: Event, at: datetime) -> Counts:
    """The numbers of an event: those stored, or, before it is over, what its registrations say now."""
    held = stored(event)
    if event.ends > at or not any(what != What.REPORTED for what, _group in held):
        return {**held, **counted(event)}
    return held


def total(counts: Mapping[tuple[What, str], int], what: What) -> int | None:
    """All groups of what is counted; None where nothing was."""
    found = [n for (one, _group), n in counts.items() if one == what]
    return sum(found) if found else None


@dataclass(frozen=True)
class Costs:
    """What an event was to cost and has cost, in cents; `each` for every participant, of whom `heads` are
    known by `basis`."""

    planned: int
    actual: int
    each: int | None
    heads: int
    basis: What

    @property
    def difference(self) -> int:
        """What was paid beyond the plan; negative where less was."""
        return self.actual - self.planned


def costs_of(event: Event, counts: Mapping[tuple[What, str], int]) -> Costs:
    """The costs: for each participant by those confirmed at the entrance, else by those whom the organisers
    counted, else by those registered. Numbers of different evidence are not mixed."""
    sums = BudgetLine.objects.filter(event=event).aggregate(planned=Sum("planned"), actual=Sum("actual"))
    planned, actual = sums["planned"] or 0, sums["actual"] or 0
    order = (What.ATTENDED, What.REPORTED, What.REGISTERED)
    basis = next((what for what in order if total(counts, what)), What.ATTENDED)
    heads = total(counts, basis) or 0
    return Costs(planned, actual, cost_each(actual, heads), heads, basis)


def to_count(at: datetime) -> list[Event]:
    """Events that are over and whose numbers still follow their registrations."""
    rows = Event.objects.filter(state__in=HELD, ends__lte=at, ends__gt=at - KEPT)
    return list(rows.exclude(report__state=ReportState.CLOSED).order_by("pk"))


def is_closed(event: Event) -> bool:
    """Whether the report of an event is closed."""
    return EventReport.objects.filter(event=event, state=ReportState.CLOSED).exists()


def report_for(event: Event) -> EventReport:
    """The report of an event; one that is not stored where nothing was done about it yet."""
    return EventReport.objects.filter(event=event).first() or EventReport(event=event)


def reports(by: PersonActor, view: str, at: datetime) -> QuerySet[Event]:
    """Events that were held, the last first: those with a report still open, or closed."""
    closed = EventReport.objects.filter(state=ReportState.CLOSED).values("event")
    rows = Event.objects.visible_to(by, Permission.SEE_FIGURES).filter(state__in=HELD, ends__lte=at)
    rows = rows.filter(pk__in=closed) if view == "closed" else rows.exclude(pk__in=closed)
    return rows.order_by("-starts", "-pk")


def counts_by(events: Iterable[int]) -> dict[int, Counter[str]]:
    """The stored numbers of events by what is counted, with one query."""
    held: dict[int, Counter[str]] = {key: Counter() for key in events}
    for event, what, n in EventCount.objects.filter(event__in=held).values_list("event", "what", "n"):
        held[event][what] += n
    return held


def costs_by(events: Iterable[int]) -> dict[int, int]:
    """What events have cost, in cents, with one query."""
    rows = BudgetLine.objects.filter(event__in=list(events)).values_list("event")
    return {event: actual or 0 for event, actual in rows.annotate(actual=Sum("actual"))}


def no_show(first: date, last: date) -> tuple[float | None, int]:
    """The share of taken seats whose holders did not come, of events that ended in these days and where it is
    known who came; and how many seats it rests on."""
    came = sum(between(What.ATTENDED, first, last, "kind").values())
    missed = sum(between(What.MISSED, first, last, "kind").values())
    seats = came + missed
    return (missed / seats if seats else None), seats


def between(what: What, first: date, last: date, column: str) -> dict[str, int]:
    """What was counted at events that ended in these days and were not cancelled, by a column of codes: of
    the event, or `group`."""
    key = "group" if column == "group" else f"event__{column}"
    rows = EventCount.objects.filter(
        what=what, event__state__in=HELD, event__ends__gt=day_start(first), event__ends__lte=day_start(last)
    )
    return {code: n for code, n in rows.values_list(key).annotate(total=Sum("n")).order_by(key) if n}
