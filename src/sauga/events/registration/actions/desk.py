"""What organisers do about registrations: approve, reject, put forward with a reason, cancel, read and
export."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.actions.seats import (
    ADVANCE,
    CHANNEL,
    apply,
    lock_registration,
    seat_transaction,
)
from sauga.events.registration.models import Registration
from sauga.events.registration.rules import Command, Why
from sauga.events.states import RegistrationState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, MoveNotAllowed


class Priority(StrEnum):
    """Why a registration is put forward on the waiting list."""

    ACCESS = "ACCESS"
    MISTAKE = "MISTAKE"
    FAR = "FAR"
    PARTNER = "PARTNER"


class NotWaiting(ActionRefused):
    """Only who waits can be put forward."""

    message = _("This registration is not in the waiting list.")


def approve(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """Approve; the seats are claimed now, or it goes to the end of the line. Raises PermissionRefused,
    CommandRefused."""
    return _apply(by, registration, Command.APPROVE, at)


def reject(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """Decline what waits for approval or for a guardian. Raises PermissionRefused, CommandRefused."""
    return _apply(by, registration, Command.REJECT, at)


def cancel(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """Cancel for the person, who asked for it by telephone for example. Raises PermissionRefused,
    CommandRefused."""
    return _apply(by, registration, Command.CANCEL, at, why=Why.ORGANISER)


def _apply(
    by: Actor, registration: Registration, command: Command, at: datetime, why: str = ""
) -> Registration:
    require(by, Permission.KEEP_REGISTRATIONS, registration)
    with seat_transaction():
        row, quotas = lock_registration(registration)
        return apply(by, row, quotas, command, at=at, why=why)


def give_priority(*, by: Actor, registration: Registration, reason: str, at: datetime) -> Registration:
    """Put a registration forward: before all who have no priority, behind those who have. Raises
    PermissionRefused, ReasonMissing, NotWaiting."""
    require(by, Permission.KEEP_REGISTRATIONS, registration)
    if reason not in set(Priority):
        raise ReasonMissing
    return _priority(by, registration, reason, at)


def take_priority(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """Put a registration back to its place by time. Raises PermissionRefused, NotWaiting."""
    require(by, Permission.KEEP_REGISTRATIONS, registration)
    return _priority(by, registration, "", at)


def _priority(by: Actor, registration: Registration, reason: str, at: datetime) -> Registration:
    with seat_transaction():
        row, _quotas = lock_registration(registration)
        if row.state != RegistrationState.WAITLISTED or row.has_priority == bool(reason):
            raise NotWaiting
        row.has_priority, row.priority_reason = bool(reason), reason
        row.save(update_fields=["has_priority", "priority_reason"])
        facts = {"what": "priority", "why": reason or "NONE"}
        audit.record(by, Trail.REGISTRATION_CHANGED, row, zone=ZONE, at=at, facts=facts)
        app.configure_task(ADVANCE, queue="events").defer(event_id=row.event_id)
        live.signal(CHANNEL)
        return row


MANY = {"approve": approve, "reject": reject, "cancel": cancel}


def act_on_many(*, by: Actor, rows: Collection[Registration], what: str, at: datetime) -> int:
    """Do the same to several, in the order in which they registered; how many it was possible for. Raises
    PermissionRefused."""
    require(by, Permission.KEEP_REGISTRATIONS)
    done = 0
    for row in sorted(rows, key=lambda one: one.pk):
        try:
            MANY[what](by=by, registration=row, at=at)
            done += 1
        except (ActionRefused, MoveNotAllowed):
            continue
    return done


def open_needs(*, by: Actor, event: Event, rows: int, at: datetime) -> None:
    """Record that the person read the access needs for an event. Raises PermissionRefused."""
    require(by, Permission.SEE_NEEDS, event)
    with transaction.atomic():
        audit.record(by, Trail.NEEDS_OPENED, event, zone=ZONE, at=at, facts={"rows": rows})


def export(*, by: Actor, event: Event, rows: int, kind: str, at: datetime) -> None:
    """Note that a list of people left the desk. Raises PermissionRefused."""
    require(by, Permission.EXPORT_REGISTRATIONS, event)
    with transaction.atomic():
        facts: dict[str, str | int] = {"rows": rows, "format": kind}
        audit.record(by, Trail.REGISTRATIONS_EXPORTED, event, zone=ZONE, at=at, facts=facts)
