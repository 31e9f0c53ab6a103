"""Whether a channel is open now, until when, and when it certainly opens next: computed from windows, duty
and the rota, never set by hand.

OPEN means: now lies inside a published window, enough people trained for the channel are on duty and were
heard of lately, a shift lead is on duty, and it is not paused. Letters have no hours. Five to seven small
queries; nothing is remembered between two questions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from sauga.helpline.line.models import ClosedDay, Pause, Window
from sauga.helpline.line.rules import hours as rules
from sauga.helpline.line.rules.hours import Availability, Cover, Hours, Piece, Present, Span
from sauga.helpline.records.rules import channels
from sauga.helpline.rota.models import Duty, Shift
from sauga.helpline.volunteers.queries.volunteers import trained_people
from sauga.helpline.volunteers.rules.shift_eligibility import TRAINED_AS
from sauga.kernel import statements, vocab
from sauga.kernel.clock import VILNIUS

NO_COVER = "NO_COVER"
"""Reason of a pause that the sweep wrote because people were missing; it says nothing that is not
computed here anyway.
"""
WEEK = 7


@dataclass(frozen=True)
class Opening:
    """What a visitor may expect of one channel.

    `until` is the end of the hours of now; `last_start` when new ones are no longer begun.

    `reason` is a code of `door_reason`, empty when open. `next_at` is the next certain opening or, when
    nothing is certain yet, the next published one with `next_is_certain` False.
    """

    state: Availability
    until: datetime | None = None
    next_at: datetime | None = None
    next_is_certain: bool = False
    last_start: datetime | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether new contacts are taken."""
        return self.state == Availability.OPEN


@dataclass(frozen=True)
class Day:
    """The hours of one channel on one day; no pieces: closed."""

    date: date
    channel: str
    pieces: tuple[Piece, ...] = ()
    is_closed_day: bool = False

    @property
    def state(self) -> Availability:
        """OPEN when all of it is certain, MAYBE when some of it is not confirmed yet, CLOSED when
        there are no hours.
        """
        if not self.pieces:
            return Availability.CLOSED
        return Availability.OPEN if all(piece.is_certain for piece in self.pieces) else Availability.MAYBE

    @property
    def begins(self) -> datetime | None:
        """The published beginning."""
        return self.pieces[0].begins if self.pieces else None

    @property
    def ends(self) -> datetime | None:
        """The published end."""
        return self.pieces[-1].ends if self.pieces else None


@dataclass
class Plan:
    """Windows, closed days and certain shifts around an instant, read once for any number of channels."""

    at: datetime
    policy: vocab.PolicyView
    hours: list[Hours] = field(default_factory=list)
    closed: dict[date, frozenset[str]] = field(default_factory=dict)
    _cover: list[Cover] | None = None

    @property
    def today(self) -> date:
        """The day in Vilnius."""
        return self.at.astimezone(VILNIUS).date()

    def basis(self, channel: str) -> str:
        """The channel whose hours and people count."""
        return str(self.policy["same_as"].get(channel, channel))

    def is_always_open(self, channel: str) -> bool:
        """Letters are taken at any hour."""
        return channel in self.policy["always"]

    def spans(self, channel: str, first: date, days: int) -> list[Span]:
        """Published stretches of these days."""
        return rules.spans(self.hours, self.closed, self.basis(channel), first, days)

    def around(self, channel: str) -> list[Span]:
        """From yesterday (whose hours may go past midnight) to the horizon."""
        return self.spans(channel, self.today - timedelta(days=1), int(self.policy["horizon_days"]) + 2)

    def cover(self) -> list[Cover]:
        """People who said that they will be there, from now to the horizon."""
        if self._cover is None:
            end = self.at + timedelta(days=int(self.policy["horizon_days"]) + 2)
            self._cover = covers(_certain(begin=self.at - timedelta(days=1), end=end))
        return self._cover

    def closed_on(self, channel: str, day: date) -> bool:
        """Whether the day is a closed day of the channel."""
        return bool(self.closed.get(day, frozenset()) & {"", self.basis(channel)})


@statements.fetched
def _certain(*, begin: datetime, end: datetime) -> QuerySet[Shift]:
    return Shift.objects.certain().between(begin, end)


def covers(shifts: Iterable[Shift]) -> list[Cover]:
    """Shifts as the rules want them."""
    return [Cover(one.begins_at, one.ends_at, frozenset(one.channels), one.is_lead) for one in shifts]


def plan(at: datetime, first: date | None = None) -> Plan:
    """Read what is published; two queries. `first` for a look at days before yesterday."""
    made = Plan(at, vocab.policy("policy.helpline_hours", at=at))
    begin = min(first or made.today, made.today) - timedelta(days=1)
    made.hours = [
        Hours(row.channel, row.weekday, row.opens, row.closes, row.minimum, row.valid_from, row.valid_to)
        for row in _windows(begin=begin)
    ]
    made.closed = rules.closings(_closed_days(begin=begin))
    return made


@statements.fetched
def _windows(*, begin: date) -> QuerySet[Window]:
    return Window.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=begin))


@statements.fetched
def _closed_days(*, begin: date) -> QuerySet[ClosedDay]:
    return ClosedDay.objects.filter(date__gte=begin)


def opening(channel: str, at: datetime) -> Opening:
    """What a visitor may expect of this channel at this instant."""
    return openings(at, [channel])[channel]


def openings(
    at: datetime, channels: Sequence[str] = ("PHONE", "CHAT", "LETTER"), *, made: Plan | None = None
) -> dict[str, Opening]:
    """The same for several channels, with hardly more queries than for one. `made`: what is published, where
    it has been read already."""
    made = made or plan(at)
    paused = {row.channel: row.reason for row in pauses_now(at=at)}
    duties = people_on_duty(at)
    return {
        channel: _opening(made, channel, paused.get(channel) or paused.get(made.basis(channel)), duties)
        for channel in channels
    }


@statements.fetched
def pauses_now(*, at: datetime) -> QuerySet[Pause]:
    """Pauses by people that hold now; one whose time is over ends by itself."""
    return Pause.objects.filter(Q(until__isnull=True) | Q(until__gt=at), ended_at__isnull=True).exclude(
        reason=NO_COVER
    )


def _opening(made: Plan, channel: str, paused: str | None, duties: Sequence["OnDuty"]) -> Opening:
    if made.is_always_open(channel):
        return Opening(Availability.PAUSED, reason=paused) if paused else Opening(Availability.OPEN)
    found = made.around(channel)
    span = rules.now_in(found, made.at)
    state, reason = _state(made, channel, span, paused, duties)
    until = span.ends if span else None
    if state == Availability.OPEN:
        return Opening(state, until=until, last_start=_last_start(made, channel, span))
    next_at, is_certain = _next(made, channel, found)
    return Opening(state, until, next_at, is_certain, reason=reason)


def _state(
    made: Plan, channel: str, span: Span | None, paused: str | None, duties: Sequence["OnDuty"]
) -> tuple[Availability, str]:
    """The state now, and why: first the hours, then pauses, people, the end of intake, and the load."""
    if span is None:
        return Availability.CLOSED, "HOLIDAY" if made.closed_on(channel, made.today) else "OUT_OF_HOURS"
    if paused:
        return Availability.PAUSED, paused
    there = present(made, channel, duties)
    if not there.covers(span.minimum):
        return Availability.CLOSED, NO_COVER
    last_start = _last_start(made, channel, span)
    if last_start is not None and made.at >= last_start:
        return Availability.CLOSED, "LAST_START"
    basis = made.basis(channel)
    most = made.policy["waiting_per_place"].get(basis)
    if most and with_load(basis, there).is_full(most):
        return Availability.FULL, "QUEUE_LONG"
    return Availability.OPEN, ""


def _last_start(made: Plan, channel: str, span: Span | None) -> datetime | None:
    return span.ends - timedelta(minutes=made.policy["last_start_minutes"].get(channel, 0)) if span else None


def _next(made: Plan, channel: str, found: Sequence[Span]) -> tuple[datetime | None, bool]:
    """The next certain opening or, when nothing is certain, the next published one."""
    coming = [span for span in found if span.ends > made.at]
    cut = (piece for span in coming for piece in rules.pieces(span, made.basis(channel), made.cover()))
    if (piece := next((one for one in cut if one.is_certain and one.begins > made.at), None)) is not None:
        return piece.begins, True
    now = rules.now_in(found, made.at)
    after = now.ends if now else made.at  # hours that follow those of now without a gap begin nothing
    span = next((span for span in coming if span.begins > after), None)
    return (span.begins if span else None), False


@dataclass(frozen=True)
class OnDuty:
    """One person on duty now: not on a break, recently active, with the channels they are trained for today.

    `leads_only`: on a shift that is the lead's alone; such a lead may help out, but is none of the people
    that the minimum asks for.
    """

    person_id: int
    channels: frozenset[str]
    is_lead: bool
    capacity: int
    leads_only: bool = False


def people_on_duty(at: datetime) -> list[OnDuty]:
    """Everyone who counts now; two queries."""
    seen = at - timedelta(seconds=int(vocab.policy("policy.helpline_hours", at=at)["seen_seconds"]))
    duties = _on_duty(seen=seen, at=at)
    if not duties:
        return []
    trained = trained_people([person_id for person_id, *_rest in duties], at.astimezone(VILNIUS).date())
    return [
        OnDuty(
            person_id,
            frozenset(c for c in channels if TRAINED_AS.get(c, c) in trained.get(person_id, ())),
            is_lead,
            capacity,
            bool(leads_shift) and not shift_channels,
        )
        for person_id, channels, is_lead, capacity, leads_shift, shift_channels in duties
    ]


@statements.prepared
def _on_duty(*, seen: datetime, at: datetime) -> Any:
    rows = Duty.objects.present().filter(is_on_break=False, seen_at__gte=seen, began_at__lte=at)
    return rows.values_list(
        "person_id", "channels", "is_lead", "capacity", "shift__is_lead", "shift__channels"
    )


def present(made: Plan, channel: str, duties: Sequence[OnDuty]) -> Present:
    """Who is there for a channel; someone on duty for calls from the browser is there for the phone's hours
    too, and vice versa.
    """
    wanted = {channel, made.basis(channel)} | {
        other for other, basis in made.policy["same_as"].items() if basis == channel
    }
    people = [duty for duty in duties if duty.channels & wanted]
    return Present(
        sum(not duty.leads_only for duty in people),
        sum(duty.is_lead for duty in duties),
        sum(duty.capacity for duty in people),
    )


def with_load(channel: str, there: Present) -> Present:
    """The same with how many talk and how many wait; one query."""
    found = channels.channel_of("conversation" if channel == "CHAT" else "call").load()
    return Present(there.people, there.leads, there.capacity, talking=found.talking, waiting=found.waiting)


def cover_fails(channel: str, at: datetime) -> bool:
    """Whether the channel should be open now by its hours, since a few minutes, and is not because
    people are missing.
    """
    made = plan(at)
    span = rules.now_in(made.around(channel), at)
    if made.is_always_open(channel) or span is None:
        return False
    grace = timedelta(minutes=int(made.policy["cover_grace_minutes"]))
    return at >= span.begins + grace and not present(made, channel, people_on_duty(at)).covers(span.minimum)


def week(
    at: datetime,
    channels: Sequence[str] = ("PHONE", "CHAT"),
    days: int = WEEK,
    *,
    made: Plan | None = None,
) -> list[Day]:
    """The hours of the coming days from today, channel by channel: what the public page prints and what “may
    be closed” means. `made` as for `openings`.
    """
    made = made or plan(at)
    found = []
    for channel in channels:
        for number in range(days):
            day = made.today + timedelta(days=number)
            parts = [
                piece
                for span in made.spans(channel, day, 1)
                for piece in rules.pieces(span, made.basis(channel), made.cover())
            ]
            found.append(Day(day, channel, tuple(parts), made.closed_on(channel, day)))
    return found
