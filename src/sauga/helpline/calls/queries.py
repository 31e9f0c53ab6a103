"""The page of calls: ringing calls, one's own call, colleagues' calls, calls without a record, and the day's
counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from sauga.helpline.calls.models import Call
from sauga.helpline.permissions import Permission
from sauga.helpline.records.models import Attempt
from sauga.helpline.records.rules.channels import Load
from sauga.helpline.rota.models import Duty
from sauga.helpline.states import CallState
from sauga.helpline.volunteers.queries.volunteers import short_names
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import NotFound, PersonActor, require

CHANNELS = ("PHONE", "BROWSER_CALL")
RINGING = (CallState.RINGING, CallState.GREETING, CallState.WAITING, CallState.OFFERED)
GOING_ON = (CallState.CONNECTED, CallState.HELD, CallState.CONSULT, CallState.TRANSFERRED)
OVER = (CallState.ENDED, CallState.WRAP_UP)
LONG_WRAP_UP = timedelta(minutes=30)
MOST_SHOWN = 100


@dataclass(frozen=True)
class CallLine:
    """A call that rings, goes on or waits for its record. `since` is when its present part began."""

    ref: str
    state: CallState
    line: str
    channel: str
    language: str
    since: datetime
    rang_at: datetime
    who: str
    is_mine: bool
    is_at_risk: bool
    attempt: str
    is_late: bool
    may_undo: bool
    rang_before: int = 0


@dataclass(frozen=True)
class DoneLine:
    """A closed call: the hour and lengths its attempt keeps."""

    hour: int
    channel: str
    outcome: str
    reason: str
    wait: timedelta | None
    talk: timedelta | None
    who: str


@dataclass(frozen=True)
class Counts:
    """Attempts to reach the phone on one day, each with exactly one fate; `open` have none yet."""

    attempted: int
    answered: int
    non_data: int
    missed: int
    short: int
    deflected: int

    @property
    def open(self) -> int:
        """Ringing, talking, or waiting for the record."""
        return self.attempted - self.answered - self.non_data - self.missed - self.short - self.deflected

    @property
    def picked_up_share(self) -> float | None:
        """(answered + non-data) of those that have their outcome; nothing is left out of the denominator."""
        settled = self.attempted - self.open
        return (self.answered + self.non_data) / settled if settled else None


@dataclass(frozen=True)
class Calls:
    """The whole page of calls for one person."""

    ringing: tuple[CallLine, ...]
    mine: tuple[CallLine, ...]
    others: tuple[CallLine, ...]
    unclaimed: tuple[CallLine, ...]
    to_write: tuple[CallLine, ...]
    done: tuple[DoneLine, ...]
    counts: Counts


@dataclass(frozen=True)
class Colleague:
    """A person on duty to whom a call can be transferred."""

    person_id: int
    name: str
    is_lead: bool


def calls_page(*, by: PersonActor, at: datetime) -> Calls:
    """Everything on the page of calls. Six queries, however many calls."""
    require(by, Permission.TAKE_CALL)
    lines = open_lines(by, at)
    going = [line for line in lines if line.state in GOING_ON]
    return Calls(
        ringing=tuple(line for line in lines if line.state in RINGING),
        mine=tuple(line for line in going if line.is_mine),
        others=tuple(line for line in going if not line.is_mine and line.who),
        unclaimed=tuple(
            line for line in lines if not line.who and (line.state in GOING_ON or line.state in OVER)
        ),
        to_write=tuple(line for line in lines if line.state in OVER and line.is_mine),
        done=tuple(_done(by, at)),
        counts=counts(at.astimezone(VILNIUS).date()),
    )


def open_lines(by: PersonActor, at: datetime) -> list[CallLine]:
    """Every call that is not closed: ringing first, the longest first; those at risk before the others."""
    calls = list(_open().order_by("-is_at_risk", "rang_at")[:MOST_SHOWN])
    names = short_names(call.answered_by_id for call in calls)
    return [_line(by, call, names, at) for call in calls]


def _open() -> QuerySet[Call]:
    return Call.objects.filter(closed_at__isnull=True).select_related("attempt")


def _line(by: PersonActor, call: Call, names: dict[int, str], at: datetime) -> CallLine:
    state = CallState(call.state)
    since = call.ended_at if state in OVER else call.answered_at if state in GOING_ON else call.rang_at
    since = since or call.rang_at
    who = call.answered_by_id
    return CallLine(
        ref=call.ref,
        state=state,
        line=call.line,
        channel=call.channel,
        language=call.language,
        since=since,
        rang_at=call.rang_at,
        who=names.get(who, "") if who else "",
        is_mine=who == by.person_id,
        is_at_risk=call.is_at_risk,
        attempt=call.attempt.ref,
        is_late=state in OVER and at - since > LONG_WRAP_UP,
        may_undo=call.line == "DESK" and call.offered_to_id == by.person_id,
        rang_before=call.rang_before,
    )


def _done(by: PersonActor, at: datetime) -> Iterable[DoneLine]:
    """Today's closed calls, the latest first. A lead sees all, others their own and the missed ones."""
    day = at.astimezone(VILNIUS).date()
    rows = Attempt.objects.filter(
        day=day, channel__in=CHANNELS, call__closed_at__isnull=False
    ).select_related("call")
    if not by.can(Permission.LEAD_SHIFT):
        rows = rows.filter(Q(call__answered_by=by.person_id) | Q(call__answered_by=None))
    found: Sequence[Attempt] = list(rows.order_by("-call__closed_at", "-pk")[:MOST_SHOWN])
    names = short_names(row.call.answered_by_id for row in found if row.call)
    for row in found:
        who = row.call.answered_by_id if row.call else None
        yield DoneLine(
            hour=row.hour,
            channel=row.channel,
            outcome=row.outcome,
            reason=row.reason,
            wait=_span(row.wait_seconds),
            talk=_span(row.talk_seconds),
            who=names.get(who, "") if who else "",
        )


def _span(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def counts(day: date) -> Counts:
    """The count of one day (Vilnius). Attempts that were opened by mistake are gone; nothing else is."""
    short = Q(outcome="ABANDONED", reason="LEFT_SHORT")
    return Counts(
        **Attempt.objects.filter(day=day, channel__in=CHANNELS).aggregate(
            attempted=Count("pk"),
            answered=Count("pk", filter=Q(outcome="ANSWERED")),
            non_data=Count("pk", filter=Q(outcome="NON_DATA")),
            missed=Count("pk", filter=Q(outcome="ABANDONED") & ~short),
            short=Count("pk", filter=short),
            deflected=Count("pk", filter=Q(outcome="DEFLECTED")),
        )
    )


def call_for(by: PersonActor, ref: str) -> Call:
    """A call that is not closed.

    Raises NotFound to those who do not take calls, and for a call that is over.
    """
    call = _open().filter(ref=ref).first() if by.can(Permission.TAKE_CALL) else None
    if call is None:
        raise NotFound
    return call


def call_outside(key: bytes) -> Call | None:
    """The switchboard's call behind its index."""
    return Call.objects.filter(outside_key=key).first()


def colleagues_on_calls(by: PersonActor) -> list[Colleague]:
    """Who is on duty for calls beside this person, leads first."""
    duties = [
        duty
        for duty in Duty.objects.present().filter(is_on_break=False).exclude(person=by.person_id)
        if "PHONE" in duty.channels
    ]
    names = short_names(duty.person_id for duty in duties)
    found = [Colleague(duty.person_id, names[duty.person_id], duty.is_lead) for duty in duties]
    return sorted(found, key=lambda colleague: (not colleague.is_lead, colleague.name))


def call_behind(ref: str) -> Call | None:
    """The call of this name from a browser, open or over: for the holder of its token."""
    return Call.objects.filter(ref=ref, line="BROWSER").first()


def load() -> Load:
    """How many calls go on, and how many ring."""
    counts = Call.objects.aggregate(
        talking=Count("pk", filter=Q(state__in=[CallState.CONNECTED, CallState.HELD, CallState.CONSULT])),
        waiting=Count(
            "pk",
            filter=Q(state__in=[CallState.RINGING, CallState.GREETING, CallState.WAITING, CallState.OFFERED]),
        ),
    )
    return Load(**counts)


def was_heavy(person_id: int, since: datetime, until: datetime, bands: Sequence[str]) -> bool:
    """Whether a call of this person in this time was at risk; calls have no band of their own."""
    return Call.objects.filter(
        answered_by=person_id, answered_at__gte=since, answered_at__lte=until, is_at_risk=True
    ).exists()


def attempts_of(person_id: int) -> Q:
    """Filters attempts: those that this person writes up."""
    return Q(call__answered_by_id=person_id)
