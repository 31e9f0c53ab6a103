"""The shift at a glance: the state of each channel, who waits, who talks, who is on duty, and whether there
will be enough people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from sauga.helpline.calls.queries import CHANNELS as CALLS
from sauga.helpline.calls.queries import GOING_ON, LONG_WRAP_UP, RINGING, CallLine, open_lines
from sauga.helpline.chat.models import Conversation, ConversationStep, Offer
from sauga.helpline.chat.queries import queue
from sauga.helpline.letters.models import Letter
from sauga.helpline.line.models import Pause
from sauga.helpline.line.rules import hours as hour_rules
from sauga.helpline.permissions import Permission
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.models import Duty
from sauga.helpline.rota.queries.opening_hours import (
    Opening,
    openings,
    pauses_now,
    people_on_duty,
    plan,
    present,
)
from sauga.helpline.states import TALKING, ChatState, LetterState
from sauga.helpline.volunteers.models import Debrief
from sauga.helpline.volunteers.queries.volunteers import short_names
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require

HOURS_SHOWN = 8
RECENT = timedelta(hours=1)
MOST_SHOWN = 60
MOST_MOMENTS = 12
WRITING = (ChatState.ENDED, ChatState.DROPPED, ChatState.WRAP_UP)
WATCHED = ("PHONE", "CHAT")
BAND_RANK = {"IMMEDIATE": 0, "HIGH": 1, "SOME": 2, "NONE": 3}


@dataclass(frozen=True)
class Channel:
    """One channel now. `pause` is the reason of a pause that a person began."""

    code: str
    opening: Opening
    waiting: int
    talking: int
    longest: timedelta | None
    on_duty: int
    minimum: int | None
    pause: str
    pause_until: datetime | None = None
    picked_up: int = 0
    rang: int = 0

    @property
    def is_short(self) -> bool:
        """Fewer people than the hours ask for."""
        return self.minimum is not None and self.on_duty < self.minimum


@dataclass(frozen=True)
class Letters:
    """Letters now."""

    waiting: int
    in_review: int
    oldest: timedelta | None
    overdue: int
    unscreened: int


@dataclass(frozen=True)
class TalkLine:
    """A conversation that goes on or waits for its record."""

    ref: str
    who: str
    band: str
    state: ChatState
    since: datetime
    is_mine: bool
    is_late: bool
    calls_lead: bool
    listener: str
    attempt: str


@dataclass(frozen=True)
class DutyLine:
    """One person who is there. `refusals` is for a kind question, not for a league table."""

    person_id: int
    name: str
    channels: tuple[str, ...]
    is_lead: bool
    is_on_break: bool
    is_silent: bool
    since: datetime
    in_hand: int
    capacity: int
    refusals: int


@dataclass(frozen=True)
class Cover:
    """One hour: how many said they will be there, and how many the published hours ask for."""

    begins: datetime
    people: int
    wanted: int


@dataclass(frozen=True)
class Moment:
    """Something that happened in this shift.

    `kind` is a code the page has words for; `detail` another code or a name.
    """

    at: datetime
    kind: str
    detail: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Board:
    """The whole page."""

    channels: tuple[Channel, ...]
    letters: Letters
    waiting: tuple[queue.Waiting, ...]
    talks: tuple[TalkLine, ...]
    calls: tuple[CallLine, ...]
    duties: tuple[DutyLine, ...]
    cover: tuple[Cover, ...]
    moments: tuple[Moment, ...]
    debriefs: int
    usual_wait: tuple[int | None, int | None]

    @property
    def leads(self) -> tuple[str, ...]:
        """Who leads the shift."""
        return tuple(duty.name for duty in self.duties if duty.is_lead)


def board(*, by: PersonActor, at: datetime) -> Board:
    """Everything a shift lead sees. The number of queries does not grow with the number of contacts."""
    require(by, Permission.LEAD_SHIFT)
    waiting, calls = queue.waiting(at), open_lines(by, at)
    duties = list(Duty.objects.present().order_by("-is_lead", "began_at"))
    talks = list(
        Conversation.objects.filter(state__in=(*TALKING, *WRITING)).select_related("attempt")[:MOST_SHOWN]
    )
    names = short_names(
        [
            *(duty.person_id for duty in duties),
            *(key for talk in talks for key in (talk.owner_id, talk.monitored_by_id)),
        ]
    )
    return Board(
        channels=tuple(_channels(at, waiting, calls)),
        letters=_letters(at),
        waiting=tuple(waiting),
        talks=tuple(sorted((_talk(by, talk, names, at) for talk in talks), key=_attention)),
        calls=tuple(calls),
        duties=tuple(_duties(duties, talks, names, at)),
        cover=tuple(cover(at)),
        moments=tuple(_moments(at)),
        debriefs=Debrief.objects.filter(done_at__isnull=True).count(),
        usual_wait=queue.usual_wait("NONE", at),
    )


def _channels(at: datetime, waiting: Sequence[queue.Waiting], calls: Sequence[CallLine]) -> list[Channel]:
    made, there, availability = plan(at), people_on_duty(at), openings(at, WATCHED)
    pauses = {row.channel: row for row in pauses_now(at=at)}
    ringing = [call for call in calls if call.state in RINGING]
    hour = Q()
    for moment in (at.astimezone(VILNIUS), (at - RECENT).astimezone(VILNIUS)):
        hour |= Q(day=moment.date(), hour=moment.hour)
    last = Attempt.objects.filter(hour, channel__in=CALLS).aggregate(
        rang=Count("pk"), picked=Count("pk", filter=~Q(talk_seconds=None))
    )
    numbers = {
        "PHONE": (len(ringing), sum(call.who != "" and call.state in GOING_ON for call in calls), ringing),
        "CHAT": (len(waiting), Conversation.objects.talking().count(), ()),
    }
    found = []
    for code in WATCHED:
        waits, talking, rings = numbers[code]
        span = hour_rules.now_in(made.around(code), at)
        longest = max((at - call.rang_at for call in rings), default=None)
        if code == "CHAT" and waiting:
            longest = timedelta(seconds=max(line.seconds for line in waiting))
        found.append(
            Channel(
                code=code,
                opening=availability[code],
                waiting=waits,
                talking=talking,
                longest=longest,
                on_duty=present(made, code, there).people,
                minimum=span.minimum if span else None,
                pause=pauses[code].reason if code in pauses else "",
                pause_until=pauses[code].until if code in pauses else None,
                picked_up=last["picked"] if code == "PHONE" else 0,
                rang=last["rang"] if code == "PHONE" else 0,
            )
        )
    return found


def _letters(at: datetime) -> Letters:
    found = Letter.objects.unanswered().aggregate(
        waiting=Count("pk"),
        review=Count("pk", filter=Q(state=LetterState.IN_REVIEW)),
        oldest=Min("received_at"),
        overdue=Count("pk", filter=Q(due_at__lt=at)),
        unscreened=Count("pk", filter=Q(state=LetterState.RECEIVED)),
    )
    oldest = at - found["oldest"] if found["oldest"] else None
    return Letters(found["waiting"], found["review"], oldest, found["overdue"], found["unscreened"])


def _talk(by: PersonActor, talk: Conversation, names: dict[int, str], at: datetime) -> TalkLine:
    state = ChatState(talk.state)
    since = (talk.ended_at if state in WRITING else talk.taken_at) or talk.started_at
    return TalkLine(
        ref=talk.ref,
        who=names.get(talk.owner_id or 0, ""),
        band=talk.band,
        state=state,
        since=since,
        is_mine=talk.owner_id == by.person_id,
        is_late=state in WRITING and at - since > LONG_WRAP_UP,
        calls_lead=talk.is_escalated and state in TALKING,
        listener=names.get(talk.monitored_by_id or 0, ""),
        attempt=talk.attempt.ref if hasattr(talk, "attempt") else "",
    )


def _attention(line: TalkLine) -> tuple[bool, bool, int, datetime]:
    """Who calls the lead first, then forgotten wrap-ups, then risk, then the longest."""
    return (
        not line.calls_lead,
        not line.is_late,
        BAND_RANK.get(line.band, 3) if line.state in TALKING else 4,
        line.since,
    )


def _duties(
    duties: Sequence[Duty], talks: Sequence[Conversation], names: dict[int, str], at: datetime
) -> list[DutyLine]:
    hands: dict[int, int] = {}
    for talk in talks:
        if talk.owner_id and talk.state in TALKING:
            hands[talk.owner_id] = hands.get(talk.owner_id, 0) + 1
    there = {one.person_id for one in people_on_duty(at)}
    return [
        DutyLine(
            person_id=duty.person_id,
            name=names.get(duty.person_id, ""),
            channels=tuple(duty.channels),
            is_lead=duty.is_lead,
            is_on_break=duty.is_on_break,
            is_silent=not duty.is_on_break and duty.person_id not in there,
            since=duty.began_at,
            in_hand=hands.get(duty.person_id, 0),
            capacity=duty.capacity,
            refusals=duty.refusals,
        )
        for duty in duties
    ]


def cover(at: datetime, hours: int = HOURS_SHOWN) -> list[Cover]:
    """From this hour on: certain people against what the published hours of phone and chat ask for.

    Hours without any are left out.
    """
    made = plan(at)
    spans = {channel: made.around(channel) for channel in WATCHED}
    first = at.replace(minute=0, second=0, microsecond=0)
    found = []
    for number in range(hours):
        begins = first + timedelta(hours=number)
        middle = begins + timedelta(minutes=30)
        wanted = sum(
            span.minimum
            for channel in WATCHED
            if (span := hour_rules.now_in(spans[channel], middle)) is not None
        )
        people = sum(
            one.begins <= middle < one.ends and bool(one.channels & set(WATCHED)) for one in made.cover()
        )
        if wanted:
            found.append(Cover(begins, people, wanted))
    return found


def _moments(at: datetime) -> list[Moment]:
    """The course of the last twelve hours, newest first: channels, people, and conversations that lost
    their counsellor.
    """
    since = at - timedelta(hours=12)
    pauses = list(Pause.objects.filter(Q(began_at__gte=since) | Q(ended_at__gte=since)))
    duties = list(Duty.objects.filter(Q(began_at__gte=since) | Q(ended_at__gte=since)))
    names = short_names(duty.person_id for duty in duties)
    found = [
        Moment(row.began_at, "PAUSED", row.reason, row.channel) for row in pauses if row.began_at >= since
    ]
    found += [
        Moment(row.ended_at, "RESUMED", "", row.channel)
        for row in pauses
        if row.ended_at and row.ended_at >= since
    ]
    found += [Moment(row.began_at, "CAME", names[row.person_id]) for row in duties if row.began_at >= since]
    found += [
        Moment(row.ended_at, "LEFT", names[row.person_id])
        for row in duties
        if row.ended_at and row.ended_at >= since
    ]
    orphaned = ConversationStep.objects.filter(after=ChatState.REQUEUED_TOP, at__gte=since)
    found += [Moment(step.at, "ORPHAN") for step in orphaned.order_by("-at")[:MOST_MOMENTS]]
    refused = Offer.objects.filter(answer="REFUSED", at__gte=since).order_by("-at")[:MOST_MOMENTS]
    found += [Moment(offer.at, "REFUSED", offer.reason) for offer in refused]
    return sorted(found, key=lambda moment: moment.at, reverse=True)[:MOST_MOMENTS]
