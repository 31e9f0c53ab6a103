"""What time does: offers run out, guardians do not answer, and the first on the waiting list is offered what
is free.

`advance` may run at any moment and any number of times; each run finds what is due.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.actions.seats import apply, is_held, lock_quotas, seat_transaction
from sauga.events.registration.models import Quota, Registration
from sauga.events.registration.queries.holds import waits_until
from sauga.events.registration.queries.waiting_list import parties, quotas_of
from sauga.events.registration.rules import Command, keeps_seats, next_offers, offer_ends
from sauga.events.states import OPEN, PENDING, RegistrationState
from sauga.kernel.identity import require
from sauga.kernel.states import Actor

CANCEL_ALL = "events.cancel_registrations"
TELL_MOVED = "events.registration_moved"
BATCH = 200

type Quotas = Mapping[int, Sequence[Quota]]
"""The locked quotas of each ticket, by its key."""


def advance(*, by: Actor, event: Event, at: datetime) -> int:
    """End offers and requests that are over, then make the offers that are due; how many registrations moved.

    Raises TooBusy.
    """
    require(by, Permission.ADVANCE)
    with seat_transaction():
        quotas = _locked(event)
        if not is_held(event):
            return 0
        return _expire(by, event, quotas, at) + _lapse(by, event, quotas, at) + _offer(by, event, quotas, at)


def _rows(event: Event, *states: RegistrationState) -> list[Registration]:
    rows = Registration.objects.filter(event=event, state__in=states).select_related("ticket")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _expire(by: Actor, event: Event, quotas: Quotas, at: datetime) -> int:
    """In the order in which they run out, so that the end of the line has that order too."""
    over = [
        row
        for row in _rows(event, RegistrationState.OFFERED)
        if row.offer_until is not None and row.offer_until <= at
    ]
    for row in sorted(over, key=lambda one: (one.offer_until, one.pk)):
        apply(by, row, quotas[row.ticket_id], Command.EXPIRE, at=at, promotes=False)
    return len(over)


def _lapse(by: Actor, event: Event, quotas: Quotas, at: datetime) -> int:
    """Seats whose mailed link was not opened, guardians who do not answer; none waits for the approval of
    organisers but themselves."""
    rows = _rows(event, RegistrationState.HELD, *PENDING)
    untils = [waits_until(row.state, row.created_at, event.starts) for row in rows]
    over = [row for row, until in zip(rows, untils, strict=True) if until is not None and until <= at]
    for row in over:
        apply(by, row, quotas[row.ticket_id], Command.LAPSE, at=at, promotes=False)
    return len(over)


def _offer(by: Actor, event: Event, quotas: Quotas, at: datetime) -> int:
    until = offer_ends(at, event.starts)
    if until is None:
        return 0
    rows = {row.pk: row for row in _rows(event, RegistrationState.WAITLISTED)}
    free = {quota.pk: quota.free for held in quotas.values() for quota in held}
    found = next_offers(
        parties(rows.values(), {ticket: [q.pk for q in held] for ticket, held in quotas.items()}),
        free,
        keeps=keeps_seats(at, event.starts),
    )
    for key in found.offered:
        row = rows[key]
        row.offer_until = until
        row.save(update_fields=["offer_until"])
        apply(by, row, quotas[row.ticket_id], Command.OFFER, at=at, promotes=False)
    return len(found.offered)


def cancel_some(*, by: Actor, event: Event, at: datetime) -> int:
    """End open registrations of an event that does not take place, BATCH at most; how many. Nothing to do
    while it takes place."""
    require(by, Permission.ADVANCE)
    with seat_transaction():
        quotas = _locked(event)
        if is_held(event):
            return 0
        rows = _rows(event, *OPEN)[:BATCH]
        for row in rows:
            apply(by, row, quotas[row.ticket_id], Command.CANCEL_EVENT, at=at, promotes=False)
        return len(rows)


def cancel_with(*, by: Actor, event: Event, at: datetime) -> int:
    """The reaction to a cancelled event: a job ends its registrations and writes to everybody; how many
    there are."""
    app.configure_task(CANCEL_ALL, queue="events").defer(event_id=event.pk)
    return Registration.objects.open().filter(event=event).count()


def tell_moved(*, by: Actor, event: Event, at: datetime, before: object = None) -> int:
    """The reaction to an event at another time: everybody with an open registration is written to."""
    keys = list(Registration.objects.open().filter(event=event).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        app.configure_task(TELL_MOVED, queue="mail").defer(registration_id=key)
    return len(keys)


def _locked(event: Event) -> Quotas:
    locked = {quota.pk: quota for quota in lock_quotas(event)}
    return {ticket: [locked[quota] for quota in sorted(held)] for ticket, held in quotas_of(event).items()}
