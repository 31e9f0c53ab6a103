"""The waiting line: who stands where, when something may move next, and why nothing moves."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q

from sauga.events.programme.models import Event
from sauga.events.registration.models import Quota, Registration, Ticket
from sauga.events.registration.rules import RELEASE, Party, Round, keeps_seats, next_offers, offer_ends
from sauga.events.states import PENDING, UNPROVEN, EventState, RegistrationState


def quotas_of(event: Event) -> dict[int, set[int]]:
    """The quotas of each ticket of an event, by key."""
    held: dict[int, set[int]] = {}
    for ticket, quota in Ticket.objects.filter(event=event).values_list("pk", "quotas"):
        held.setdefault(ticket, set()).add(quota)
    return held


def parties(rows: Iterable[Registration], quotas: Mapping[int, Collection[int]]) -> list[Party]:
    """Registrations in the line as the rules see them."""
    return [
        Party(
            key=row.pk,
            heads=row.heads,
            number=row.number or 0,
            has_priority=row.has_priority,
            quotas=frozenset(quotas[row.ticket_id]),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Standing:
    """Where one registration stands: its position, by whom it is passed over or waited for, when something
    may move next."""

    position: int
    behind_class: bool
    next_at: datetime | None
    is_over: bool


@dataclass(frozen=True)
class Line:
    """The whole line of an event at one moment."""

    event: Event
    rows: list[Registration]
    free: dict[int, int]
    quotas: dict[int, set[int]]
    round: Round
    next_offer_end: datetime | None
    at: datetime

    @property
    def is_over(self) -> bool:
        """Whether nothing is offered any more: too late, or the event does not take place."""
        return self.event.state != EventState.PUBLISHED or offer_ends(self.at, self.event.starts) is None

    @property
    def keeps(self) -> bool:
        """Whether seats are kept for a class at the front that needs more."""
        return keeps_seats(self.at, self.event.starts)

    @property
    def has_free(self) -> bool:
        """Whether seats are free for which a registration waits."""
        return any(self.free[quota] for row in self.rows for quota in self.quotas[row.ticket_id])

    @property
    def kept_for(self) -> Registration | None:
        """For whom free seats are kept now."""
        return next((row for row in self.rows if row.pk == self.round.kept_for), None)

    @property
    def released_at(self) -> datetime | None:
        """When kept seats are offered to others, if any are kept."""
        return self.event.starts - RELEASE if self.round.kept_for is not None and self.keeps else None

    @property
    def next_at(self) -> datetime | None:
        """The next moment that is known at which something moves by itself; sooner, if a participant gives
        seats back. None: only then."""
        known = [one for one in (self.next_offer_end, self.released_at) if one is not None]
        return min(known, default=None)

    def standing(self, row: Registration) -> Standing:
        """Where one registration stands among those who wait for the same seats."""
        own = self.quotas.get(row.ticket_id, set())
        same = [one for one in self.rows if own & self.quotas.get(one.ticket_id, set())]
        position = next((n for n, one in enumerate(same, 1) if one.pk == row.pk), len(same) + 1)
        kept = self.kept_for
        return Standing(
            position=position,
            behind_class=kept is not None and kept.pk != row.pk and kept in same[: position - 1],
            next_at=self.next_at,
            is_over=self.is_over,
        )


def line_of(event: Event, at: datetime) -> Line:
    """The line of an event, with what a round of offers would decide now."""
    rows = list(Registration.objects.waiting().filter(event=event))
    free = {quota.pk: quota.free for quota in Quota.objects.filter(event=event)}
    quotas = quotas_of(event)
    found = next_offers(parties(rows, quotas), free, keeps=keeps_seats(at, event.starts))
    ends = Registration.objects.filter(event=event, state=RegistrationState.OFFERED).aggregate(
        first=Min("offer_until")
    )
    return Line(event, rows, free, quotas, found, ends["first"], at)


def position_of(row: Registration) -> int:
    """The place of one registration in the line, counted by the database: for letters, of which many are
    written at once."""
    same = Registration.objects.filter(
        state=RegistrationState.WAITLISTED, event_id=row.event_id, ticket__quotas__in=row.ticket.quotas.all()
    )
    earlier = Q(number__lt=row.number)
    before = earlier & Q(has_priority=True) if row.has_priority else earlier | Q(has_priority=True)
    return same.filter(before).distinct().count() + 1


def waiting_for(ticket: Ticket) -> int:
    """How many registrations wait for seats of this ticket's quotas."""
    held = Registration.objects.filter(
        state=RegistrationState.WAITLISTED, event_id=ticket.event_id, ticket__quotas__tickets=ticket
    )
    return held.distinct().count()


def unconfirmed(event: Event) -> int:
    """How many registrations of an event wait for their mailed link to be opened."""
    return Registration.objects.filter(event=event, state__in=UNPROVEN).count()


def with_something_due(at: datetime) -> list[Event]:
    """Events in which time may have something to do: that have open requests, offers or a line."""
    states = (RegistrationState.WAITLISTED, RegistrationState.OFFERED, RegistrationState.HELD, *PENDING)
    found = Registration.objects.filter(state__in=states, event__state=EventState.PUBLISHED)
    return list(Event.objects.filter(pk__in=found.values("event")).order_by("pk"))
