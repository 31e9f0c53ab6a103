"""Invitations and password resets: single-use links, sent by mail, signed, short-lived."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, sealed
from sauga.kernel.identity.actions.grants import (
    RoleNotOffered,
    ZoneNotOffered,
    check_grant,
    check_offered,
    takes_two,
    zone_codes,
)
from sauga.kernel.identity.actions.own import RecoveryCodeRefused
from sauga.kernel.identity.actions.password import check_password_strength
from sauga.kernel.identity.actions.people import AddressTaken, add_membership, end_sessions, new_account
from sauga.kernel.identity.actors import person_actor
from sauga.kernel.identity.letters.links import ref_in
from sauga.kernel.identity.models import Invitation, Membership, Person, Role, RoleProposal
from sauga.kernel.identity.rules import Permission
from sauga.kernel.identity.signin import mfa
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.ids import new_reference
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import SealedError
from sauga.kernel.states import Actor, lock

JOIN_FOR = timedelta(days=7)
RESET_FOR = timedelta(hours=24)


class LinkOver(ActionRefused):
    """The link is unknown, changed, used, withdrawn or too old; the page does not say which."""

    message = _("This link no longer works: it was used, withdrawn or is too old.")


@dataclass(frozen=True)
class Joined:
    """Someone who has just accepted, with the recovery code that is shown once."""

    person: Person
    recovery_code: str = field(repr=False)


@dataclass(frozen=True)
class Wanted:
    """Whom an invitation is for, and what it gives."""

    email: str
    name: str
    organisation: Organisation
    role: Role
    zones: list[str]
    language: str

    @classmethod
    def of(cls, row: RoleProposal) -> "Wanted":
        """What a proposal asks for."""
        return cls(row.email, row.name, row.organisation, row.role, row.zones, row.language)


def invite_person(
    *,
    by: Actor,
    email: str,
    name: str,
    organisation: Organisation,
    role: Role,
    zones: Iterable[str] = (),
    language: str = "lt",
    at: datetime,
) -> Invitation:
    """Send a link to join, good for seven days. An older open invitation to the same address is withdrawn.

    Raises AddressTaken, and what `check_grant` raises.
    """
    require(by, Permission.INVITE, organisation)
    wanted = Wanted(email.strip().lower(), name.strip(), organisation, role, zone_codes(zones), language)
    with transaction.atomic():
        check_grant(by=by, organisation=organisation, role=role, zones=wanted.zones, at=at)
        return issue_invitation(
            by=by, invited_by=by.pseudonym, confirmed_by=by.pseudonym, wanted=wanted, at=at
        )


def issue_invitation(
    *, by: Actor, invited_by: str, confirmed_by: str, wanted: Wanted, at: datetime
) -> Invitation:
    """Store and send an invitation for an action that checked it, inside its transaction.

    Raises AddressTaken.
    """
    if Person.objects.filter(email=wanted.email).exists():
        raise AddressTaken
    Invitation.objects.filter(email=wanted.email, used_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    invitation = Invitation.objects.create(
        ref=new_reference(16),
        purpose=Invitation.Purpose.JOIN,
        email=wanted.email,
        name=wanted.name,
        language=wanted.language,
        organisation=wanted.organisation,
        role=wanted.role,
        zones=wanted.zones,
        invited_by=invited_by,
        confirmed_by=confirmed_by,
        created_at=at,
        expires_at=at + JOIN_FOR,
    )
    audit.record(by, Trail.PERSON_INVITED, invitation, zone=ZONE, at=at, facts={"role": wanted.role.code})
    _mail(invitation)
    return invitation


def withdraw_invitation(*, by: Actor, invitation: Invitation, at: datetime) -> None:
    """Make an open invitation worthless. Raises LinkOver when it was not open."""
    require(by, Permission.INVITE, invitation.organisation)
    with transaction.atomic():
        invitation = lock(invitation)
        if not invitation.is_open(at):
            raise LinkOver
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        audit.record(by, Trail.INVITATION_WITHDRAWN, invitation, zone=ZONE, at=at)


def send_reset(*, by: Actor, person: Person, at: datetime) -> Invitation:
    """Send a link to set a new password, good for a day.

    It opens nothing in the vault without the recovery code.
    """
    require(by, Permission.RESET_ACCESS, person)
    with transaction.atomic():
        lock(person)
        Invitation.objects.filter(person=person, used_at__isnull=True, withdrawn_at__isnull=True).update(
            withdrawn_at=at
        )
        link = Invitation.objects.create(
            ref=new_reference(16),
            purpose=Invitation.Purpose.RESET,
            email=person.email,
            language=person.language,
            person=person,
            invited_by=by.pseudonym,
            created_at=at,
            expires_at=at + RESET_FOR,
        )
        audit.record(by, Trail.RESET_SENT, person, zone=ZONE, at=at)
        _mail(link)
    return link


def open_link(token: str, purpose: Invitation.Purpose, at: datetime) -> Invitation:
    """The invitation behind a link. Raises LinkOver."""
    row = (
        Invitation.objects.filter(ref=ref_in(token), purpose=purpose)
        .select_related("organisation", "role", "person")
        .first()
    )
    if row is None or not row.is_open(at):
        raise LinkOver
    return row


def accept_invitation(
    *, invitation: Invitation, name: str, password: str, totp_secret: str, code: str, at: datetime
) -> Joined:
    """Make the account, its first membership, its authenticator and its vault keys; use up the link.

    `code` proves that the authenticator works. Raises FactorRefused, AddressTaken, ValidationError
    (password), and LinkOver, also where the organisation may no longer grant what the link promises.
    """
    step = mfa.matching_step(totp_secret, code, at.timestamp())
    if step is None:
        raise mfa.FactorRefused
    with transaction.atomic():
        link = _use_up(invitation, at)
        if link.role is None or link.organisation is None or not _still_offered(link, at):
            raise LinkOver
        person = new_account(email=link.email, name=name, language=link.language, password=password)
        mfa.set_totp(person, totp_secret, step=step)
        recovery = sealed.enrol_person(person.pk, password)
        membership = Membership(
            person=person, organisation=link.organisation, role=link.role, zones=link.zones, valid_from=at
        )
        by = person_actor(person, at)
        add_membership(by=by, membership=membership, at=at)
        audit.record(by, Trail.INVITATION_ACCEPTED, link, zone=ZONE, at=at, facts={"role": link.role.code})
    return Joined(person, recovery.text)


def reset_password(*, link: Invitation, password: str, recovery_code: str = "", at: datetime) -> bool:
    """Set a new password through a reset link and use it up; whether the vault will open under it.

    Without the recovery code the vault's key stays under the old password: the new one opens the desk and
    nothing in the vault. The second factor is untouched. Raises RecoveryCodeRefused, LinkOver,
    ValidationError.
    """
    person = link.person
    if person is None:
        raise LinkOver
    check_password_strength(password, person)
    with transaction.atomic():
        _use_up(link, at)
        person = lock(person)
        person.set_password(password)
        person.save(update_fields=["password"])
        opened = bool(recovery_code.strip())
        if opened:
            try:
                sealed.recover(person.pk, recovery_code, password)
            except SealedError:
                raise RecoveryCodeRefused from None
        end_sessions(person)
        audit.record(
            person_actor(person, at), Trail.PASSWORD_RESET, person, zone=ZONE, at=at, facts={"vault": opened}
        )
    return opened


def _still_offered(link: Invitation, at: datetime) -> bool:
    """Whether the organisation may still grant it, and a role of two people was confirmed by a second one."""
    assert link.role is not None
    assert link.organisation is not None
    try:
        check_offered(organisation=link.organisation, role=link.role, zones=link.zones, at=at)
    except (RoleNotOffered, ZoneNotOffered):
        return False
    return not takes_two(link.role) or _was_confirmed(link)


def _was_confirmed(link: Invitation) -> bool:
    """Whether a person other than the inviter agreed, or the console invited.

    A role may take two people only since the link was sent.
    """
    by_console = not Person.objects.filter(pseudonym=link.invited_by).exists()
    return bool(link.confirmed_by) and (by_console or link.confirmed_by != link.invited_by)


def _mail(link: Invitation) -> None:
    """The letter goes out when the transaction is through."""
    app.configure_task("identity.send_link", queue="mail").defer(invitation_id=link.pk)


def _use_up(invitation: Invitation, at: datetime) -> Invitation:
    row = lock(invitation)
    if not row.is_open(at):
        raise LinkOver
    row.used_at = at
    row.save(update_fields=["used_at"])
    return row


__all__ = [
    "AddressTaken",
    "Joined",
    "LinkOver",
    "RecoveryCodeRefused",
    "accept_invitation",
    "invite_person",
    "open_link",
    "reset_password",
    "send_reset",
    "withdraw_invitation",
]
