"""What can be registered for, and how full it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet, Sum, prefetch_related_objects
from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.models import Question, Quota, Registration, Ticket
from sauga.events.registration.queries.waiting_list import waiting_for
from sauga.events.states import EXPECTED, PENDING, PUBLIC, REGISTERED, UNPROVEN, EventState, RegistrationState
from sauga.kernel import statements
from sauga.kernel.identity import PersonActor


class Room(StrEnum):
    """How a ticket stands, for a visitor who wants it."""

    SOON = "SOON"
    FREE = "FREE"
    FEW = "FEW"
    FULL = "FULL"
    CLOSED = "CLOSED"


FEW = 20
"""So many seats, or fewer, are few."""


@dataclass(frozen=True)
class Offer:
    """A ticket as a visitor sees it: `free` seats that are not held, `waiting` registrations before a new
    one. While anybody waits, nothing is free for who comes now."""

    ticket: Ticket
    free: int
    waiting: int
    size: int
    room: Room

    @property
    def is_open(self) -> bool:
        """Whether one can register, be it for the line."""
        return self.room in {Room.FREE, Room.FEW, Room.FULL}


def offer_of(ticket: Ticket, at: datetime) -> Offer:
    """One ticket with what is free."""
    quotas = list(ticket.quotas.all())
    free = min(quota.free for quota in quotas)
    waiting = quotas[0].waiting if len(quotas) == 1 else waiting_for(ticket)
    return Offer(ticket, free, waiting, min(quota.size for quota in quotas), _room(ticket, free, waiting, at))


def _room(ticket: Ticket, free: int, waiting: int, at: datetime) -> Room:
    if ticket.event.state != EventState.PUBLISHED or at >= min(ticket.closes_at, ticket.event.starts):
        return Room.CLOSED
    if at < ticket.opens_at:
        return Room.SOON
    if waiting or not free:
        return Room.FULL
    return Room.FEW if free <= FEW else Room.FREE


def offers_of(event: Event, at: datetime) -> list[Offer]:
    """Every ticket of an event."""
    rows = Ticket.objects.filter(event=event).select_related("event").prefetch_related("quotas")
    return [offer_of(ticket, at) for ticket in rows if ticket.quotas.all()]


def has_others(ticket: Ticket) -> bool:
    """Whether the event of a ticket has other tickets too."""
    return Ticket.objects.filter(event=ticket.event_id).exclude(pk=ticket.pk).exists()


def public_event(slug: str) -> Event:
    """A published event that has tickets. Raises Http404."""
    found = next(iter(_event_with_tickets(slug=slug)), None)
    if found is None:
        raise Http404
    return found


@statements.fetched
def _event_with_tickets(*, slug: str) -> QuerySet[Event]:
    return Event.objects.public().filter(slug=slug, tickets__isnull=False).distinct()[:1]


def public_ticket(slug: str, ref: str) -> Ticket:
    """A ticket of a published event. Raises Http404."""
    found = next(iter(_public_ticket(slug=slug, ref=ref)), None)
    if found is None:
        raise Http404
    prefetch_related_objects([found], "quotas")
    if not found.quotas.all():
        raise Http404
    return found


@statements.fetched
def _public_ticket(*, slug: str, ref: str) -> QuerySet[Ticket]:
    rows = Ticket.objects.select_related("event").filter(ref=ref, event__slug=slug)
    return rows.filter(event__state__in=PUBLIC)


def questions_of(event: Event) -> list[Question]:
    """The organisers' questions, in their order."""
    return list(Question.objects.filter(event=event))


def part_of[M: (Quota, Ticket, Question)](kind: type[M], event: Event, ref: str) -> M:
    """A quota, ticket or question of an event. Raises Http404."""
    found = kind.objects.filter(event=event, ref=ref).first()
    if found is None:
        raise Http404
    return found


def quotas_at_desk(event: Event) -> list[Quota]:
    """The quotas of an event with their tickets."""
    return list(Quota.objects.filter(event=event).prefetch_related("tickets"))


def tickets_at_desk(event: Event) -> list[Ticket]:
    """The tickets of an event with their quotas."""
    return list(Ticket.objects.filter(event=event).prefetch_related("quotas"))


@dataclass(frozen=True)
class Numbers:
    """How many registrations and seats stand where: each counts what its name says and nothing twice.

    `registered` are registrations that were not cancelled or rejected; `confirmed` and `offered` are seats,
    whether or not their holders came; `waiting` and `pending` are registrations without a seat.
    Those whose mailed link was not opened are in none of them.
    """

    registered: int
    confirmed: int
    offered: int
    waiting: int
    pending: int


def numbers_of(event: Event) -> Numbers:
    """The numbers of one event."""
    return numbers_by([event.pk])[event.pk]


def numbers_by(events: list[int]) -> Mapping[int, Numbers]:
    """The numbers of events, by key, with one query."""
    rows = (
        Registration.objects.filter(event__in=events, state__in=set(REGISTERED) - set(UNPROVEN))
        .values_list("event", "state")
        .annotate(rows=Count("pk"), heads=Sum("heads"))
    )
    held: dict[int, Counter[str]] = {event: Counter() for event in events}
    for event, state, count, heads in rows:
        held[event][state] = heads if state in (*EXPECTED, RegistrationState.OFFERED) else count
        held[event]["all"] += count
    return {
        event: Numbers(
            n["all"],
            sum(n[state] for state in EXPECTED),
            n[RegistrationState.OFFERED],
            n[RegistrationState.WAITLISTED],
            sum(n[state] for state in PENDING),
        )
        for event, n in held.items()
    }


def events_with_tickets(by: PersonActor, words: str = "", *, is_over: bool, at: datetime) -> QuerySet[Event]:
    """Events that one can register for and whose registrations a person may see, the next first; or those
    that are over, the last first."""
    rows = (
        Event.objects.visible_to(by, Permission.SEE_REGISTRATIONS)
        .filter(Q(tickets__isnull=False) | Q(state=EventState.PUBLISHED))
        .distinct()
    )
    if words:
        rows = rows.filter(Q(title__lt__icontains=words) | Q(title__en__icontains=words))
    return (
        rows.filter(ends__lte=at).order_by("-starts", "-pk")
        if is_over
        else rows.filter(ends__gt=at).order_by("starts", "pk")
    )
