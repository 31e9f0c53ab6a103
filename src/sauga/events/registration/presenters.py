"""How registrations read: states as words, how full a ticket is, what the line does next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event, said
from sauga.events.registration.actions.desk import Priority
from sauga.events.registration.forms.people import Asked, said_lines
from sauga.events.registration.models import Question, Registration
from sauga.events.registration.queries.registrations import of_member
from sauga.events.registration.queries.tickets import (
    Offer,
    Room,
    quotas_at_desk,
    tickets_at_desk,
)
from sauga.events.registration.queries.waiting_list import Line, Standing, line_of
from sauga.events.registration.rules import photo_choices
from sauga.events.states import BOOKED, OPEN, PENDING, EventState, RegistrationState
from sauga.kernel import members, vocab
from sauga.kernel.clock import now
from sauga.kernel.i18n import long_datetime
from sauga.kernel.kit.lists import Mark
from sauga.kernel.members.models import Member

STATES: dict[str, Mark] = {
    RegistrationState.STARTED: Mark("wait", "dashed", pgettext_lazy("registration", "started")),
    RegistrationState.HELD: Mark(
        "wait", "half", pgettext_lazy("registration", "seat held until the link is opened")
    ),
    RegistrationState.UNCONFIRMED: Mark(
        "wait", "dashed", pgettext_lazy("registration", "link not opened yet")
    ),
    RegistrationState.GUARDIAN_PENDING: Mark(
        "wait", "half", pgettext_lazy("registration", "waits for a guardian")
    ),
    RegistrationState.PENDING_APPROVAL: Mark(
        "wait", "half", pgettext_lazy("registration", "waits for approval")
    ),
    RegistrationState.CONFIRMED: Mark("good", "", pgettext_lazy("registration", "confirmed")),
    RegistrationState.WAITLISTED: Mark("wait", "", pgettext_lazy("registration", "in the waiting list")),
    RegistrationState.OFFERED: Mark("act", "", pgettext_lazy("registration", "seat offered")),
    RegistrationState.OFFER_EXPIRED: Mark("calm", "dashed", pgettext_lazy("registration", "offer over")),
    RegistrationState.CHECKED_IN: Mark("good", "", pgettext_lazy("registration", "checked in")),
    RegistrationState.ATTENDED: Mark("good", "", pgettext_lazy("registration", "attended")),
    RegistrationState.NO_SHOW: Mark("calm", "dashed", pgettext_lazy("registration", "did not come")),
    RegistrationState.CANCELLED: Mark("calm", "", pgettext_lazy("registration", "cancelled")),
    RegistrationState.REJECTED: Mark("calm", "", pgettext_lazy("registration", "not accepted")),
    RegistrationState.EVENT_CANCELLED: Mark("calm", "", pgettext_lazy("registration", "event cancelled")),
}
HEADINGS: dict[str, Any] = {
    RegistrationState.HELD: _("Please confirm your registration"),
    RegistrationState.UNCONFIRMED: _("Please confirm your registration"),
    RegistrationState.GUARDIAN_PENDING: _("Waiting for your parent or guardian"),
    RegistrationState.PENDING_APPROVAL: _("Waiting for the organisers"),
    RegistrationState.CONFIRMED: _("Your seat is confirmed"),
    RegistrationState.WAITLISTED: _("You are in the waiting list"),
    RegistrationState.OFFERED: _("A seat is free for you"),
    RegistrationState.CHECKED_IN: _("You are checked in"),
    RegistrationState.ATTENDED: _("Thank you for coming"),
    RegistrationState.NO_SHOW: _("You were not checked in at the event"),
    RegistrationState.CANCELLED: _("Cancelled"),
    RegistrationState.REJECTED: _("Not registered"),
    RegistrationState.EVENT_CANCELLED: _("The event does not take place"),
}
TO_CHILD: dict[str, Any] = {
    RegistrationState.HELD: pgettext_lazy("child", "Please confirm your registration"),
    RegistrationState.UNCONFIRMED: pgettext_lazy("child", "Please confirm your registration"),
    RegistrationState.CONFIRMED: pgettext_lazy("child", "Your seat is confirmed"),
    RegistrationState.WAITLISTED: pgettext_lazy("child", "You are in the waiting list"),
    RegistrationState.OFFERED: pgettext_lazy("child", "A seat is free for you"),
    RegistrationState.CHECKED_IN: pgettext_lazy("child", "You are checked in"),
    RegistrationState.ATTENDED: pgettext_lazy("child", "Thank you for coming"),
    RegistrationState.NO_SHOW: pgettext_lazy("child", "You were not checked in at the event"),
}
"""The same headings where a child reads them."""
PRIORITIES: dict[str, Any] = {
    Priority.ACCESS: _("An access need"),
    Priority.MISTAKE: _("A mistake of ours"),
    Priority.FAR: _("Long way, must plan ahead"),
    Priority.PARTNER: _("Takes part in the programme"),
}


@dataclass(frozen=True)
class OfferLine:
    """A ticket with what its line says about free seats: `css` as the design draws it."""

    offer: Offer
    text: str
    css: str
    icon: str


def offer_line(offer: Offer) -> OfferLine:
    """How full a ticket is, in words and a shape."""
    if offer.room == Room.CLOSED:
        return OfferLine(offer, gettext("Registration is closed"), "none", "x")
    if offer.room == Room.SOON:
        opens = long_datetime(offer.ticket.opens_at)
        return OfferLine(offer, gettext("Opens on %(when)s") % {"when": opens}, "few", "clock")
    if offer.room == Room.FULL:
        text = ngettext(
            "No free seats, %(n)d registration waits",
            "No free seats, %(n)d registrations wait",
            offer.waiting,
        )
        return OfferLine(offer, text % {"n": offer.waiting}, "none", "clock")
    text = ngettext("%(n)d seat left", "%(n)d seats left", offer.free) % {"n": offer.free}
    few = offer.room == Room.FEW
    return OfferLine(offer, text, "few" if few else "", "circle-alert" if few else "check")


@dataclass(frozen=True)
class Place:
    """One circle of the drawn line."""

    text: str
    is_you: bool


def places(position: int, most: int = 4) -> list[Place]:
    """The front of the line up to a position, as circles; a long line is shortened in the middle."""
    shown = range(1, position + 1) if position <= most else (1, 2, position)
    drawn = [Place(str(n), n == position) for n in shown]
    if position > most:
        drawn.insert(2, Place("…", False))
    return drawn


def next_sentence(standing: Standing) -> str:
    """When the person may hear something, in one sentence."""
    if standing.is_over:
        return gettext("The event begins soon or has begun: no more seats are given.")
    if standing.next_at is None:
        return gettext("The next seats are given as soon as somebody gives theirs back.")
    when = long_datetime(standing.next_at)
    return gettext(
        "The next seats are given on %(when)s at the latest, sooner if somebody gives theirs back."
    ) % {"when": when}


@dataclass(frozen=True)
class OwnPage:
    """What one's own page says and offers."""

    row: Registration
    heading: Any
    mark: Mark
    standing: Standing | None
    next: str
    may_change: bool
    may_change_heads: bool
    may_cancel: bool
    is_over: bool
    answered: list[tuple[str, str]]


def public_mark(state: str) -> Mark:
    """A state on public pages; an offer asks for an answer, so it has the tone of what waits."""
    mark = STATES[state]
    return Mark("wait", "half", mark.text) if state == RegistrationState.OFFERED else mark


def own_page(row: Registration, answers: dict[str, str], questions: list[Question], at: datetime) -> OwnPage:
    """One registration as its owner sees it."""
    is_over = at >= row.event.ends
    standing = line_of(row.event, at).standing(row) if row.state == RegistrationState.WAITLISTED else None
    return OwnPage(
        row=row,
        heading=(row.speaks_to_child and TO_CHILD.get(row.state)) or HEADINGS.get(row.state, ""),
        mark=public_mark(row.state),
        standing=standing,
        next=next_sentence(standing) if standing is not None else "",
        may_change=row.state in OPEN and at < row.event.starts,
        may_change_heads=bool(row.groups) and row.state in (*PENDING, *BOOKED, RegistrationState.WAITLISTED),
        may_cancel=row.state in OPEN and row.state != RegistrationState.CHECKED_IN and not is_over,
        is_over=is_over,
        answered=answered(answers, questions),
    )


def answered(answers: Mapping[str, str], questions: Sequence[Asked]) -> list[tuple[str, str]]:
    """Questions with what was answered, in words."""
    held = [(question, answers.get(question.ref, "")) for question in questions]
    return [(said(question.text), _answer(question, answer)) for question, answer in held if answer]


def _answer(question: Asked, answer: str) -> str:
    if question.kind == "YES_NO":
        return gettext("Yes") if answer == "yes" else gettext("No")
    if question.kind == "CHOICE":
        lines = said_lines(question.choices)
        return str(lines[int(answer)]) if answer.isdigit() and int(answer) < len(lines) else answer
    return answer


def photo_words(row: Registration) -> str:
    """What was agreed to about photographs, in words; nothing where the event did not ask."""
    if row.groups and photo_choices(row.event.photo_policy):
        n = row.photo_children
        return ngettext("guardians agreed for %(n)d child", "guardians agreed for %(n)d children", n) % {
            "n": n
        }
    return vocab.label("photo_consent", row.photo) if row.photo else ""


def group_words(groups: dict[str, int]) -> str:
    """Heads by group in words."""
    return ", ".join(f"{vocab.label('headcount_groups', code)}: {count}" for code, count in groups.items())


def came_words(row: Registration) -> str:
    """How many came of how many seats; of a class by group, where it is known."""
    text = gettext("%(came)d of %(heads)d") % {"came": row.attended_heads or 0, "heads": row.heads}
    return f"{text} ({group_words(row.attended_groups)})" if row.attended_groups else text


def why_sentence(line: Line) -> str:
    """Why nothing moves in the line, or what moves next, for the desk."""
    if not line.rows:
        return gettext("Nobody is waiting.")
    if line.is_over:
        return gettext(
            "The event begins within the hour, has begun or does not take place: no more offers are made."
        )
    if due := len(line.round.offered):
        return ngettext(
            "%(n)d offer is due and goes out with the next run, within a minute.",
            "%(n)d offers are due and go out with the next run, within a minute.",
            due,
        ) % {"n": due}
    return _held_up(line)


def _held_up(line: Line) -> str:
    kept = line.kept_for
    if kept is not None and line.released_at is not None:
        return gettext(
            "Free seats are kept for the first in line, who needs %(n)d of them; on %(when)s they are "
            "offered to the next who fit."
        ) % {"n": kept.heads, "when": long_datetime(line.released_at)}
    if line.next_offer_end is not None:
        return gettext("All free seats are offered; the next offer ends on %(when)s.") % {
            "when": long_datetime(line.next_offer_end)
        }
    if line.has_free:
        return gettext("The seats that are free are too few for everybody who waits.")
    return gettext("All seats are taken. The line moves when somebody gives seats back or a quota grows.")


def waiting(by: members.MemberActor, at: datetime) -> Iterator[members.Waiting]:
    """On “My Sauga”: seats that are offered, with the time until which they are held."""
    for row in of_member(by.member, at):
        if row.state == RegistrationState.OFFERED and row.offer_until is not None and at < row.offer_until:
            yield members.Waiting(
                title=str(row.event),
                text=gettext("A seat is held for you. Please confirm or decline."),
                href=reverse("events-mine-one", args=[row.ref]),
                action=gettext("Decide"),
                icon="calendar",
                due=row.offer_until,
            )


def coming(by: members.MemberActor, at: datetime) -> Iterator[members.Coming]:
    """On “My Sauga”: events that the member has registered for, with where each registration stands."""
    for row in of_member(by.member, at):
        if row.state in OPEN:
            yield members.Coming(
                title=str(row.event),
                text=public_mark(row.state).text,
                href=reverse("events-mine-one", args=[row.ref]),
                starts=row.event.starts,
            )


def kept(member: Member) -> list[str]:
    """What stays when a member deletes the account, and why."""
    count = len(of_member(member, now()))
    if not count:
        return []
    text = ngettext(
        "%(n)d registration for an event stays until the event is over; its personal link in the "
        "email still cancels it.",
        "%(n)d registrations for events stay until the events are over; their personal links in the "
        "emails still cancel them.",
        count,
    )
    return [text % {"n": count}]


def public_section(event: object, at: datetime) -> tuple[str, dict[str, object]] | None:
    """What the public page of an event says about registration. It is the same for everybody and kept by the
    page cache, so it counts no seats."""
    if not isinstance(event, Event) or event.state != EventState.PUBLISHED or at >= event.starts:
        return None
    found = [ticket for ticket in tickets_at_desk(event) if at < ticket.closes_at]
    return ("events/registration/public/_section.html", {"tickets": found, "event": event}) if found else None


def desk_section(event: object, _at: datetime) -> tuple[str, dict[str, object]] | None:
    """What the page of an event at the desk says about registration."""
    if not isinstance(event, Event):
        return None
    return "events/registration/desk/_section.html", {"event": event, "quotas": quotas_at_desk(event)}
