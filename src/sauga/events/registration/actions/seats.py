"""Carries out what `rules` decides, under the row locks of the quotas: the only writer of `Quota.taken`,
`Quota.waiting` and of a registration's state.

Locks are taken in one order: the quotas by their keys, then the registration. A lock that is not given in
time raises TooBusy; the person keeps the form and sends it again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.programme.models import Event
from sauga.events.registration.models import Quota, Registration, Ticket
from sauga.events.registration.rules import Command, Effects, Situation, decide
from sauga.events.states import EventState, RegistrationState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move

CHANNEL = "events.registrations"
SEND_MAIL = "events.registration_mail"
ADVANCE = "events.advance"
PATIENCE = "4s"
"""How long a request waits for the lock of a quota."""
GIVEN_UP = {"55P03", "40P01"}
"""lock_not_available, deadlock_detected."""


class TooBusy(ActionRefused):
    """So many register at this moment that the lock of a quota was not given in time."""

    message = _("Very many people register at this moment. Nothing that was written is lost: send it again.")


@contextmanager
def seat_transaction() -> Iterator[None]:
    """A transaction that waits for locks a bounded time. Raises TooBusy."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") in GIVEN_UP:
            raise TooBusy from error
        raise


def lock_quotas(of: Ticket | Event) -> list[Quota]:
    """The quotas of a ticket, or all of an event, locked in the order of their keys and read fresh."""
    rows = Quota.objects.select_for_update(of=("self",)).order_by("pk")
    return list(rows.filter(tickets=of) if isinstance(of, Ticket) else rows.filter(event=of))


def lock_registration(row: Registration) -> tuple[Registration, list[Quota]]:
    """A registration and the quotas of its ticket, locked."""
    quotas = lock_quotas(row.ticket)
    return lock(row), quotas


def is_held(event: Event) -> bool:
    """Whether the event takes place as far as is known; asked after the locks, because the action that
    cancels an event takes them too."""
    return Event.objects.filter(pk=event.pk, state=EventState.PUBLISHED).exists()


def situation(
    row: Registration, quotas: Sequence[Quota], *, is_in_time: bool = True, is_unproven: bool = False
) -> Situation:
    """What the rules need to know."""
    return Situation(
        heads=row.heads,
        free=min(quota.free for quota in quotas),
        waiting=sum(quota.waiting for quota in quotas),
        is_unproven=is_unproven,
        wants_guardian=row.wants_guardian and row.guardian_agreed_at is None,
        wants_approval=row.ticket.wants_approval,
        offers=row.offers,
        is_in_time=is_in_time,
    )


def apply(
    by: Actor,
    row: Registration,
    quotas: Sequence[Quota],
    command: Command,
    *,
    at: datetime,
    why: str = "",
    is_in_time: bool = True,
    is_unproven: bool = False,
    promotes: bool = True,
) -> Registration:
    """Apply one command to a locked registration. `why` replaces the reason that the rules give;
    without `promotes` the caller makes offers itself. Raises CommandRefused."""
    effects = decide(
        row.state, command, situation(row, quotas, is_in_time=is_in_time, is_unproven=is_unproven)
    )
    if why:
        effects = replace(effects, why=why)
    apply_effects(by, row, quotas, effects, at=at, promotes=promotes)
    return row


def apply_effects(
    by: Actor,
    row: Registration,
    quotas: Sequence[Quota],
    effects: Effects,
    *,
    at: datetime,
    promotes: bool = True,
) -> None:
    """Write the effects: seats, line, steps, audit entry, mail, the job that makes offers."""
    for quota in quotas:
        _change(quota, effects)
    for number, state in enumerate(effects.path, 1):
        why = effects.why if number == len(effects.path) else ""
        move(row, to=state, by=by, at=at, why=why)
    if effects.path:
        _after_move(by, row, effects, at)
    if promotes and effects.promotes and any(quota.waiting for quota in quotas):
        app.configure_task(ADVANCE, queue="events").defer(event_id=row.event_id)
    live.signal(CHANNEL)


def _change(quota: Quota, effects: Effects) -> None:
    """Take or give back seats of one quota by one conditional update; the row is locked already."""
    if not effects.seats and not effects.line:
        return
    fits = Quota.objects.filter(pk=quota.pk, taken__lte=F("size") - effects.seats)
    if not fits.update(taken=F("taken") + effects.seats, waiting=F("waiting") + effects.line):
        raise IntegrityError("a decision would sell a seat twice")
    quota.taken += effects.seats
    quota.waiting += effects.line


def _after_move(by: Actor, row: Registration, effects: Effects, at: datetime) -> None:
    step = row.steps.order_by("-pk").values_list("pk", flat=True)[0]
    if effects.is_last:
        row.number = step
        row.save(update_fields=["number"])
    if RegistrationState.OFFER_EXPIRED in effects.path:
        row.offers += 1
        row.has_priority, row.offer_until = False, None
        row.save(update_fields=["offers", "has_priority", "offer_until"])
    facts: dict[str, str | int] = {"to": str(row.state), "heads": row.heads}
    if effects.why:
        facts["why"] = str(effects.why)
    audit.record(by, Trail.REGISTRATION_MOVED, row, zone=ZONE, at=at, facts=facts)
    if effects.is_written:
        app.configure_task(SEND_MAIL, queue="mail").defer(step_id=step)
