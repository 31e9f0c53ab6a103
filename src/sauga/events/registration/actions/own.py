"""What a person does about their own registration, by the personal link or as a member; what a guardian
decides."""

from collections.abc import Mapping
from datetime import datetime

from sauga.events.effects import photo_consent_changed
from sauga.events.permissions import Permission
from sauga.events.registration.actions.registrations import (
    GUARDIAN_VERSION,
    AdultMissing,
    RegistrationClosed,
    check_answers,
    check_groups,
)
from sauga.events.registration.actions.seats import (
    apply,
    apply_effects,
    lock_registration,
    seat_transaction,
    situation,
)
from sauga.events.registration.models import Registration
from sauga.events.registration.queries import details as protection
from sauga.events.registration.queries.registrations import is_own
from sauga.events.registration.rules import (
    ADULTS,
    NO_PHOTO,
    Command,
    CommandRefused,
    Why,
    children_of,
    decide_heads,
)
from sauga.events.states import OPEN
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.members import MemberActor
from sauga.kernel.states import Actor


def require_own(by: Actor, row: Registration) -> None:
    """Return if it is the member's own or the actor holds the personal link; raise PermissionRefused
    otherwise."""
    if not isinstance(by, MemberActor):
        require(by, Permission.REGISTER)
    elif not is_own(by.member, row):
        raise PermissionRefused(Permission.REGISTER)


def _apply(by: Actor, registration: Registration, command: Command, at: datetime) -> Registration:
    require_own(by, registration)
    with seat_transaction():
        row, quotas = lock_registration(registration)
        in_time = row.offer_until is None or at < row.offer_until
        return apply(by, row, quotas, command, at=at, is_in_time=in_time)


def confirm(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """What the mailed link is for: the address is read. A held seat is confirmed; who holds none gets one if
    it is free, or a place in the line, or waits for the organisers.

    Raises CommandRefused, RegistrationClosed.
    """
    if at >= registration.event.starts:
        raise RegistrationClosed
    return _apply(by, registration, Command.CONFIRM, at)


def accept(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """Take the seats that are offered. Raises CommandRefused for an offer that is over or taken."""
    return _apply(by, registration, Command.ACCEPT, at)


def cancel(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """Give back everything, for good: seats, or the place in the line. Raises CommandRefused."""
    return _apply(by, registration, Command.CANCEL, at)


def guardian_agrees(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """The guardian agrees; only now is a seat claimed. Raises CommandRefused, RegistrationClosed."""
    require(by, Permission.REGISTER)
    if at >= registration.event.starts:
        raise RegistrationClosed
    with seat_transaction():
        row, quotas = lock_registration(registration)
        apply(by, row, quotas, Command.GUARDIAN_AGREES, at=at)
        row.guardian_agreed_at, row.guardian_version = at, GUARDIAN_VERSION
        row.save(update_fields=["guardian_agreed_at", "guardian_version"])
        return row


def guardian_refuses(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """The guardian does not agree. Raises CommandRefused."""
    require(by, Permission.REGISTER)
    with seat_transaction():
        row, quotas = lock_registration(registration)
        return apply(by, row, quotas, Command.GUARDIAN_REFUSES, at=at)


def guardian_withdraws(*, by: Actor, registration: Registration, at: datetime) -> Registration:
    """The guardian takes the consent back: the registration is cancelled at once.

    Raises CommandRefused where no consent was given.
    """
    require(by, Permission.REGISTER)
    with seat_transaction():
        row, quotas = lock_registration(registration)
        if row.guardian_agreed_at is None:
            raise CommandRefused("state")
        if row.photo:
            row.photo = NO_PHOTO
            row.save(update_fields=["photo"])
            photo_consent_changed(by=by, registration=row, at=at)
        return apply(by, row, quotas, Command.CANCEL, at=at, why=Why.GUARDIAN)


def change_heads(
    *, by: Actor, registration: Registration, groups: Mapping[str, int], at: datetime
) -> Registration:
    """Other numbers of a class: fewer give seats back, more only where they are free and none waits. Raises
    CommandRefused, AdultMissing."""
    require_own(by, registration)
    check_groups(registration.ticket, groups)
    if not any(groups.get(code) for code in ADULTS):
        raise AdultMissing
    heads = sum(groups.values())
    with seat_transaction():
        row, quotas = lock_registration(registration)
        effects = decide_heads(row.state, heads, situation(row, quotas))
        row.heads, row.groups = heads, dict(groups)
        row.photo_children = min(row.photo_children, children_of(groups))
        row.save(update_fields=["heads", "groups", "photo_children"])
        facts: dict[str, str | int] = {"what": "heads", "heads": heads}
        audit.record(by, Trail.REGISTRATION_CHANGED, row, zone=ZONE, at=at, facts=facts)
        apply_effects(by, row, quotas, effects, at=at)
        return row


def change_answers(
    *, by: Actor, registration: Registration, answers: Mapping[str, str], at: datetime
) -> Registration:
    """Other answers to the questions. Raises RegistrationClosed once it is over, CodeRefused,
    AnswerMissing."""
    require_own(by, registration)
    check_answers(registration.event, answers)
    with seat_transaction():
        row, _quotas = lock_registration(registration)
        if row.state not in OPEN:
            raise RegistrationClosed
        protection.replace_answers(row, answers)
        row.save(update_fields=["details"])
        audit.record(by, Trail.REGISTRATION_CHANGED, row, zone=ZONE, at=at, facts={"what": "answers"})
        return row
