"""What follows from a command on a registration, and who in the line is offered the seats that are free.

Pure functions: the actions lock, ask here, and carry out what is answered. So the same rules run in the
product and, many thousand times in random order, in the tests.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from sauga.events.states import BOOKED, OPEN, PENDING, SEATED, RegistrationState
from sauga.kernel.clock import VILNIUS
from sauga.kernel.refusals import ActionRefused

OFFER_LASTS = timedelta(hours=48)
LAST_OFFER = timedelta(hours=1)
"""Before the beginning: nothing is offered later."""
NIGHT_BEGINS, DAY_BEGINS, OFFER_MORNING = time(21), time(8), time(9)
"""In Vilnius: between the first two no offer ends; it ends at the third instead."""
RELEASE = timedelta(days=7)
"""Before the beginning: until then free seats are kept for a class at the front that needs more of them."""
MOST_OFFERS = 3
"""Offers that nobody answered; after the last the registration is cancelled."""
MOST_HEADS = 200
MOST_OPEN = 6
"""Open registrations of one address for one event: a family, a teacher's classes."""

NO_PHOTO = "no_recording"
PHOTO_CHOICES: Mapping[str, tuple[str, ...]] = {
    "with_consent": (NO_PHOTO, "faceless", "internal", "public"),
    "unrecognisable": (NO_PHOTO, "faceless"),
}
"""What people are asked about photographs, by the event's policy, from least to most; else nothing."""
ADULTS = frozenset({"parents", "educators", "librarians", "other_professionals", "seniors", "other_adults"})
"""Codes of `headcount_groups` that are grown-ups."""


def photo_choices(policy: str) -> tuple[str, ...]:
    """What may be agreed to at an event with this policy."""
    return PHOTO_CHOICES.get(policy, ())


def is_wider(photo: str, before: str) -> bool:
    """Whether a choice allows more than the one before it; no choice allows nothing."""
    order = ("", *PHOTO_CHOICES["with_consent"])
    return order.index(photo) > max(order.index(before), 1)


def children_of(groups: Mapping[str, int]) -> int:
    """How many children a class has."""
    return sum(n for code, n in groups.items() if code not in ADULTS)


class Command(StrEnum):
    """What a person does about a registration, or what time does."""

    SEND = "SEND"
    CONFIRM = "CONFIRM"
    GUARDIAN_AGREES = "GUARDIAN_AGREES"
    GUARDIAN_REFUSES = "GUARDIAN_REFUSES"
    APPROVE = "APPROVE"
    REJECT = "REJECT"
    LAPSE = "LAPSE"
    OFFER = "OFFER"
    ACCEPT = "ACCEPT"
    EXPIRE = "EXPIRE"
    CANCEL = "CANCEL"
    CANCEL_EVENT = "CANCEL_EVENT"
    CHECK_IN = "CHECK_IN"
    UNDO_CHECK_IN = "UNDO_CHECK_IN"
    ATTEND = "ATTEND"
    MISS = "MISS"


class Why(StrEnum):
    """Why a registration ended, as a code of its last step."""

    GUARDIAN = "GUARDIAN"
    ORGANISER = "ORGANISER"
    NO_ANSWER = "NO_ANSWER"
    WITHDRAWN = "WITHDRAWN"
    OWN = "OWN"
    EVENT = "EVENT"


class CommandRefused(ActionRefused):
    """The command is not possible now."""

    messages = {
        "state": _(
            "This is no longer possible: the registration has moved on. The page shows where it stands."
        ),
        "late": _(
            "The offer is over. You are at the end of the waiting list, unless it ran out three times."
        ),
        "heads": _("At least one person has to come; to give back all seats, cancel the registration."),
        "more": _(
            "There are not that many free seats, or others are waiting. Register the others separately."
        ),
        "line": _("The number of a registration in the waiting list can only become smaller."),
    }


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a decision rests on, read under the lock: `free` is that of the fullest quota of the ticket,
    `waiting` how many registrations wait for any of them, `offers` how many offers ran out before;
    `is_unproven`: it is not yet proven that the address is read."""

    heads: int
    free: int = 0
    waiting: int = 0
    is_unproven: bool = False
    wants_guardian: bool = False
    wants_approval: bool = False
    offers: int = 0
    is_in_time: bool = True


@dataclass(frozen=True)
class Effects:
    """What is to be done: the states to go through; the change of seats taken and of registrations waiting in
    each quota of the ticket; whether the registration goes to the end of the line; whether offers may be due;
    whether a letter may follow: check-in and attendance call for none.
    """

    path: tuple[RegistrationState, ...]
    seats: int = 0
    line: int = 0
    is_last: bool = False
    promotes: bool = False
    why: str = ""
    is_written: bool = True


type Decision = Callable[[Situation], Effects]


def decide(state: str, command: Command, at: Situation) -> Effects:
    """What a command makes of a registration. Raises CommandRefused for what is not in the table."""
    decision = DECISIONS.get((RegistrationState(state), command))
    if decision is None:
        raise CommandRefused("state")
    return decision(at)


def _sent(at: Situation) -> Effects:
    """A guardian opens a mailed link in any case; a member has opened one."""
    if at.wants_guardian:
        return Effects((RegistrationState.GUARDIAN_PENDING,))
    return _held(at) if at.is_unproven else _after_guardian(at)


def _held(at: Situation) -> Effects:
    """A seat for some minutes, if one is free; organisers and the line see no registration whose address may
    be invented."""
    if at.waiting == 0 and at.free >= at.heads and not at.wants_approval:
        return Effects((RegistrationState.HELD,), seats=at.heads)
    return Effects((RegistrationState.UNCONFIRMED,))


def _hold_over(at: Situation) -> Effects:
    """The seat goes on to the line; the link can still be opened. A second mail to an address that may be
    invented is not sent."""
    return Effects((RegistrationState.UNCONFIRMED,), seats=-at.heads, promotes=True, is_written=False)


def _never_confirmed(_at: Situation) -> Effects:
    return Effects((RegistrationState.REJECTED,), why=Why.NO_ANSWER, is_written=False)


def _after_guardian(at: Situation) -> Effects:
    return Effects((RegistrationState.PENDING_APPROVAL,)) if at.wants_approval else _seat_or_line(at)


def _seat_or_line(at: Situation) -> Effects:
    """A seat, if all heads fit and none waits; else the end of the line. A class gets all seats or none."""
    if at.waiting == 0 and at.free >= at.heads:
        return Effects((RegistrationState.CONFIRMED,), seats=at.heads)
    return Effects((RegistrationState.WAITLISTED,), line=1, is_last=True, promotes=at.free >= at.heads)


def _offer(at: Situation) -> Effects:
    if at.free < at.heads:
        raise CommandRefused("state")
    return Effects((RegistrationState.OFFERED,), seats=at.heads, line=-1)


def _accept(at: Situation) -> Effects:
    if not at.is_in_time:
        raise CommandRefused("late")
    return Effects((RegistrationState.CONFIRMED,))


def _expire(at: Situation) -> Effects:
    if at.offers + 1 >= MOST_OFFERS:
        path = (RegistrationState.OFFER_EXPIRED, RegistrationState.WAITLISTED, RegistrationState.CANCELLED)
        return Effects(path, seats=-at.heads, promotes=True, why=Why.NO_ANSWER)
    return Effects(
        (RegistrationState.OFFER_EXPIRED, RegistrationState.WAITLISTED),
        seats=-at.heads,
        line=1,
        is_last=True,
        promotes=True,
    )


def _rejected(why: Why) -> Decision:
    return lambda _at: Effects((RegistrationState.REJECTED,), why=why)


def _seats_back(at: Situation) -> Effects:
    return Effects((RegistrationState.CANCELLED,), seats=-at.heads, promotes=True, why=Why.OWN)


def _line_left(_at: Situation) -> Effects:
    return Effects((RegistrationState.CANCELLED,), line=-1, promotes=True, why=Why.OWN)


def _on_the_day(*path: RegistrationState) -> Decision:
    """Check-in and attendance change no seats: those who come sit on them, those who do not leave them empty
    too late for anybody else."""
    return lambda _at: Effects(path, is_written=False)


def _event_off(state: RegistrationState) -> Decision:
    """No event: what is held or waited for is given back, and nothing is offered any more."""
    return lambda at: Effects(
        (RegistrationState.EVENT_CANCELLED,),
        seats=-at.heads if state in SEATED else 0,
        line=-1 if state is RegistrationState.WAITLISTED else 0,
        why=Why.EVENT,
    )


DECISIONS: Mapping[tuple[RegistrationState, Command], Decision] = {
    (RegistrationState.STARTED, Command.SEND): _sent,
    (RegistrationState.HELD, Command.CONFIRM): lambda _at: Effects((RegistrationState.CONFIRMED,)),
    (RegistrationState.HELD, Command.LAPSE): _hold_over,
    (RegistrationState.HELD, Command.CANCEL): _seats_back,
    (RegistrationState.UNCONFIRMED, Command.CONFIRM): _after_guardian,
    (RegistrationState.UNCONFIRMED, Command.LAPSE): _never_confirmed,
    (RegistrationState.UNCONFIRMED, Command.CANCEL): _rejected(Why.WITHDRAWN),
    (RegistrationState.GUARDIAN_PENDING, Command.GUARDIAN_AGREES): _after_guardian,
    (RegistrationState.GUARDIAN_PENDING, Command.GUARDIAN_REFUSES): _rejected(Why.GUARDIAN),
    (RegistrationState.GUARDIAN_PENDING, Command.REJECT): _rejected(Why.ORGANISER),
    (RegistrationState.GUARDIAN_PENDING, Command.LAPSE): _rejected(Why.NO_ANSWER),
    (RegistrationState.GUARDIAN_PENDING, Command.CANCEL): _rejected(Why.WITHDRAWN),
    (RegistrationState.PENDING_APPROVAL, Command.APPROVE): _seat_or_line,
    (RegistrationState.PENDING_APPROVAL, Command.REJECT): _rejected(Why.ORGANISER),
    (RegistrationState.PENDING_APPROVAL, Command.LAPSE): _rejected(Why.NO_ANSWER),
    (RegistrationState.PENDING_APPROVAL, Command.CANCEL): _rejected(Why.WITHDRAWN),
    (RegistrationState.WAITLISTED, Command.OFFER): _offer,
    (RegistrationState.WAITLISTED, Command.CANCEL): _line_left,
    (RegistrationState.OFFERED, Command.ACCEPT): _accept,
    (RegistrationState.OFFERED, Command.EXPIRE): _expire,
    (RegistrationState.OFFERED, Command.CANCEL): _seats_back,
    (RegistrationState.CONFIRMED, Command.CANCEL): _seats_back,
    (RegistrationState.CONFIRMED, Command.CHECK_IN): _on_the_day(RegistrationState.CHECKED_IN),
    (RegistrationState.CHECKED_IN, Command.UNDO_CHECK_IN): _on_the_day(RegistrationState.CONFIRMED),
    (RegistrationState.CONFIRMED, Command.ATTEND): _on_the_day(
        RegistrationState.CHECKED_IN, RegistrationState.ATTENDED
    ),
    (RegistrationState.CHECKED_IN, Command.ATTEND): _on_the_day(RegistrationState.ATTENDED),
    (RegistrationState.NO_SHOW, Command.ATTEND): _on_the_day(RegistrationState.ATTENDED),
    (RegistrationState.CONFIRMED, Command.MISS): _on_the_day(RegistrationState.NO_SHOW),
    (RegistrationState.ATTENDED, Command.MISS): _on_the_day(RegistrationState.NO_SHOW),
    **{
        (state, Command.CANCEL_EVENT): _event_off(state)
        for state in OPEN
        if state not in (RegistrationState.STARTED, RegistrationState.OFFER_EXPIRED)
    },
}
"""Everything that can happen to a registration. What is cancelled, rejected or over has no line: it is
final."""


def decide_heads(state: str, heads: int, at: Situation) -> Effects:
    """What another number of heads means. Fewer: the seats go back. More: only for who has seats, if they are
    free and none waits, or before anything was decided. Raises CommandRefused."""
    now, more = RegistrationState(state), heads - at.heads
    if not 0 < heads <= MOST_HEADS:
        raise CommandRefused("heads")
    if now in PENDING:
        return Effects(())
    if now is RegistrationState.WAITLISTED:
        if more > 0:
            raise CommandRefused("line")
        return Effects((), promotes=more < 0)
    if now not in BOOKED:
        raise CommandRefused("state")
    if more > 0 and (
        now in (RegistrationState.OFFERED, RegistrationState.HELD) or at.waiting or at.free < more
    ):
        raise CommandRefused("more")
    return Effects((), seats=more, promotes=more < 0)


@dataclass(frozen=True, kw_only=True)
class Party:
    """One registration in the line: `number` is its place by time, `quotas` those of its ticket."""

    key: int
    heads: int
    number: int
    has_priority: bool
    quotas: frozenset[int]

    @property
    def order(self) -> tuple[bool, int]:
        """First those with priority, then by time."""
        return not self.has_priority, self.number


@dataclass(frozen=True)
class Round:
    """What one round of offers decides: who is offered seats, and for whom free seats are kept."""

    offered: tuple[int, ...]
    kept_for: int | None


def next_offers(line: Iterable[Party], free: Mapping[int, int], *, keeps: bool) -> Round:
    """Walk the line from the front and offer what is free.

    A registration that does not fit is waited for while `keeps`: none behind it gets a seat of the same
    quotas. After that it is passed over and stays where it is in the line.
    """
    left, closed = dict(free), set[int]()
    offered: list[int] = []
    kept_for: int | None = None
    for party in sorted(line, key=lambda one: one.order):
        if closed.isdisjoint(party.quotas) and all(left[quota] >= party.heads for quota in party.quotas):
            offered.append(party.key)
            for quota in party.quotas:
                left[quota] -= party.heads
        elif keeps:
            if kept_for is None and any(left[quota] > 0 for quota in party.quotas - closed):
                kept_for = party.key
            closed |= party.quotas
    return Round(tuple(offered), kept_for)


def keeps_seats(at: datetime, starts: datetime) -> bool:
    """Whether free seats are still kept for a class at the front that needs more of them."""
    return at < starts - RELEASE


def offer_ends(at: datetime, starts: datetime) -> datetime | None:
    """Until when an offer made now holds: two days, or half of the time that is left; None when it is too
    late to offer anything.

    An offer does not end while people sleep: instead of between 21 and 8 in Vilnius it ends at 9 in the
    morning, or at 21 in the evening before where the event leaves no such morning. Where it leaves neither,
    it ends at the last moment at which the seat could still be offered to another.
    """
    left = starts - at
    if left < LAST_OFFER:
        return None
    ends = (at + min(OFFER_LASTS, left / 2)).astimezone(VILNIUS)
    if DAY_BEGINS <= ends.time() < NIGHT_BEGINS:
        return ends
    evening = ends.date() if ends.time() >= NIGHT_BEGINS else ends.date() - timedelta(days=1)
    morning = datetime.combine(evening + timedelta(days=1), OFFER_MORNING, VILNIUS)
    if morning <= starts - LAST_OFFER:
        return morning
    night = datetime.combine(evening, NIGHT_BEGINS, VILNIUS)
    return night if night > at else starts - LAST_OFFER


MOST_LETTERS, LONGEST_NEED = 400, 600
LONGEST_NAME, LONGEST_SCHOOL, LONGEST_CLASS, LONGEST_ADDRESS = 120, 160, 40, 254
"""Characters of an answer in words, of an access need, of names and addresses."""


def fits(kind: str, choices: Mapping[str, Sequence[str]], answer: str) -> bool:
    """Whether an answer is of the kind that a question asks for: "yes" or "no", the number of one of the
    `choices` (by language, from 0), or a line of text."""
    if kind == "YES_NO":
        return answer in {"yes", "no"}
    if kind == "CHOICE":
        return answer in {str(number) for lines in choices.values() for number in range(len(lines))}
    return len(answer) <= MOST_LETTERS


CHILD_AUDIENCES = frozenset({"children", "children_young_people", "teenagers"})
"""Audiences of children alone."""


def speaks_to_child(audiences: Collection[str], *, is_for_classes: bool, has_guardian: bool = False) -> bool:
    """Whether pages and mails about a registration speak to a child: it named a guardian, or the event is for
    children alone. For a class a teacher registers."""
    if is_for_classes:
        return False
    return has_guardian or (bool(audiences) and CHILD_AUDIENCES.issuperset(audiences))
