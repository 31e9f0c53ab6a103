"""Accounts, memberships and keys to zones."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, sealed
from sauga.kernel.identity import effect
from sauga.kernel.identity.actions.grants import check_grant, gives_more, zone_codes
from sauga.kernel.identity.actions.password import check_password_strength
from sauga.kernel.identity.models import Invitation, Membership, MembershipQuerySet, Person, Role
from sauga.kernel.identity.rules import Permission, only_here
from sauga.kernel.identity.signin import mfa
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import PermissionRefused, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import Recipient, Vault, Zone
from sauga.kernel.states import Actor, SystemActor, lock


class AddressTaken(ActionRefused):
    """Someone with this mail address exists already."""

    message = _("Someone with this address is already here.")
    field = "email"


class MembershipExists(ActionRefused):
    """The person holds this role at this organisation already."""

    message = _("The person holds this role already.")
    field = "role"


class MembershipOver(ActionRefused):
    """The membership has ended before; ending is not done twice."""

    message = _("The role that this one was to replace has ended meanwhile.")


class ZoneNotMeant(ActionRefused):
    """The membership does not name this zone, so no person may be given its keys through it."""

    message = _("This membership does not include this vault.")


@dataclass(frozen=True)
class NewPerson:
    """An account just made, with what must be shown once: the authenticator's secret and the vault's recovery
    code."""

    person: Person
    totp_secret: str = field(repr=False)
    recovery_code: str = field(repr=False)


def create_person(
    *,
    by: Actor,
    email: str,
    name: str,
    password: str,
    language: str = "lt",
    totp_secret: str = "",
    at: datetime,
) -> NewPerson:
    """Make an account that can sign in at once: password, authenticator and vault keys. For the command line
    and the demo.

    `totp_secret` fixes the authenticator's secret (the demo prints it); empty draws one. Raises AddressTaken,
    ValidationError for a password that is too easy.
    """
    require(by, Permission.CREATE_PERSON)
    secret = totp_secret or mfa.new_totp_secret()
    with transaction.atomic():
        person = new_account(email=email, name=name, language=language, password=password)
        mfa.set_totp(person, secret)
        code = sealed.enrol_person(person.pk, password)
        audit.record(by, Trail.PERSON_CREATED, person, zone=ZONE, at=at)
    return NewPerson(person, secret, code.text)


def new_account(*, email: str, name: str, language: str, password: str) -> Person:
    """The row alone, for an action that checked the right to make one.

    Raises AddressTaken, ValidationError.
    """
    person = Person(email=email.strip().lower(), name=name.strip(), language=language)
    check_password_strength(password, person)
    if Person.objects.filter(email=person.email).exists():
        raise AddressTaken
    person.set_password(password)
    person.save()
    return person


def start_membership(
    *,
    by: Actor,
    person: Person,
    organisation: Organisation,
    role: Role,
    zones: Iterable[str] = (),
    at: datetime,
) -> Membership:
    """Let a person work for an organisation in a role from `at` on. Ends the person's sessions.

    Raises MembershipExists, and what `check_grant` raises.
    """
    membership = Membership(
        person=person, organisation=organisation, role=role, zones=zone_codes(zones), valid_from=at
    )
    require(by, Permission.CHANGE_MEMBERSHIP, membership)
    with transaction.atomic():
        check_grant(by=by, organisation=organisation, role=role, zones=membership.zones, at=at)
        begin(by=by, membership=membership, at=at)
    return membership


def begin(*, by: Actor, membership: Membership, at: datetime) -> None:
    """Store a membership for an action that checked it, and end the person's sessions.

    Raises MembershipExists.
    """
    lock(membership.person)
    add_membership(by=by, membership=membership, at=at)
    end_sessions(membership.person)


def add_membership(*, by: Actor, membership: Membership, at: datetime) -> None:
    """Store a checked membership and its audit entry. Raises MembershipExists."""
    held = Membership.objects.filter(
        person=membership.person,
        organisation=membership.organisation,
        role=membership.role,
        valid_to__isnull=True,
    )
    if held.exists():
        raise MembershipExists
    membership.save()
    audit.record(by, Trail.MEMBERSHIP_STARTED, membership.person, zone=ZONE, at=at, facts=_facts(membership))


def change_role(
    *, by: Actor, membership: Membership, role: Role, zones: Iterable[str], at: datetime
) -> Membership:
    """Close the membership at `at` and open another in the new role from the same instant. Ends the person's
    sessions.

    Raises MembershipOver, MembershipExists, and what `check_grant` raises; taking vaults away from a role
    needs no second person.
    """
    require(by, Permission.CHANGE_MEMBERSHIP, membership)
    wanted = zone_codes(zones)
    with transaction.atomic():
        if gives_more(membership, role, wanted):
            check_grant(by=by, organisation=membership.organisation, role=role, zones=wanted, at=at)
        return replace(by=by, membership=membership, role=role, zones=wanted, at=at)


def replace(*, by: Actor, membership: Membership, role: Role, zones: list[str], at: datetime) -> Membership:
    """One membership in place of another, for an action that checked both."""
    end_membership(by=by, membership=membership, at=at, keeping=zones)
    new = Membership(
        person=membership.person, organisation=membership.organisation, role=role, zones=zones, valid_from=at
    )
    begin(by=by, membership=new, at=at)
    return new


def end_membership(
    *, by: Actor, membership: Membership, at: datetime, keeping: Iterable[str] = ()
) -> Membership:
    """Close the membership at `at`; take away the keys of zones that no other membership (nor `keeping`)
    gives. Ends the sessions.

    Taking keys away raises the zone's version and needs an unlocked vault of that zone. Where the actor has
    none, the leaver stays on the list of `queries.keys_to_take`, and a member of the zone finishes with
    `take_keys`. Raises MembershipOver.
    """
    require(by, Permission.CHANGE_MEMBERSHIP, membership)
    with transaction.atomic():
        membership = lock(membership)
        if membership.valid_to is not None:
            raise MembershipOver
        membership.valid_to = at
        membership.save(update_fields=["valid_to"])
        audit.record(
            by, Trail.MEMBERSHIP_ENDED, membership.person, zone=ZONE, at=at, facts=_facts(membership)
        )
        still = zones_of(membership.person, at) | set(keeping)
        for zone in sorted(set(membership.zones) - still):
            vault = getattr(by, "vault", None)
            if vault is not None and zone in vault.zones:
                _take(by, membership.person, Zone(zone), vault, at)
        end_sessions(membership.person)
    return membership


def open_zone(
    *, by: Actor, membership: Membership, zone: Zone, vault: Vault, contacts: bool = False, at: datetime
) -> None:
    """Seal the zone's team key to the person, from the unlocked vault of a member; with `contacts` the
    contact custodian's key as well.

    Raises ZoneNotMeant when the membership is over or does not open this zone now, and from `sealed`
    NotAMember (the giver holds no key) or KeyNotAvailable (the person has none yet).
    """
    require(by, Permission.OPEN_ZONE, membership)
    if zone not in zones_now(membership, at):
        raise ZoneNotMeant
    with transaction.atomic():
        sealed.add_member(zone, membership.person_id, vault)
        if contacts:
            sealed.add_member(zone, membership.person_id, vault, kind=Recipient.CUSTODIAN)
        audit.record(
            by,
            Trail.ZONE_OPENED,
            membership.person,
            zone=ZONE,
            at=at,
            facts={"zone": str(zone), "contacts": contacts},
        )


def take_keys(*, by: Actor, membership: Membership, zone: Zone, vault: Vault, at: datetime) -> None:
    """Take a zone's keys from someone whose membership is over.

    Raises ZoneNotMeant while another membership still gives the zone.
    """
    require(by, Permission.OPEN_ZONE, membership)
    if zone in zones_of(membership.person, at):
        raise ZoneNotMeant
    with transaction.atomic():
        _take(by, membership.person, zone, vault, at)


def take_leavers(*, by: Actor, zone: Zone, vault: Vault, at: datetime) -> list[Person]:
    """Take a zone's keys from everybody whose memberships no longer open it, as after a change of the
    service's operator.

    The owner of the vault keeps the own. Returns who lost them.
    """
    require(by, Permission.OPEN_ZONE)
    with transaction.atomic():
        held = set(sealed.members(zone)) | set(sealed.members(zone, Recipient.CUSTODIAN))
        people = Person.objects.filter(pk__in=held - {vault.person_id}).order_by("pk")
        gone = [person for person in people if zone not in zones_of(person, at)]
        for person in gone:
            _take(by, person, zone, vault, at)
    return gone


def clear_factors(*, by: Actor, person: Person, at: datetime) -> None:
    """Take away a person's second factors, all lost; the next sign-in asks to set up new ones.

    Ends the sessions.
    """
    require(by, Permission.RESET_ACCESS, person)
    with transaction.atomic():
        mfa.clear_factors(lock(person))
        end_sessions(person)
        audit.record(by, Trail.FACTORS_CLEARED, person, zone=ZONE, at=at)


def deactivate_person(*, by: Actor, person: Person, at: datetime) -> None:
    """Close the account: no sign-in any more, invitations withdrawn, sessions over. Memberships are ended one
    by one before.

    Raises PermissionRefused also for a person who works for another organisation as well: that account is not
    one partner's to close.
    """
    require(by, Permission.RESET_ACCESS, person)
    if not isinstance(by, SystemActor) and not only_here(by, person):
        raise PermissionRefused(str(Permission.RESET_ACCESS))
    with transaction.atomic():
        person = lock(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        Invitation.objects.filter(person=person, used_at__isnull=True, withdrawn_at__isnull=True).update(
            withdrawn_at=at
        )
        end_sessions(person)
        audit.record(by, Trail.PERSON_DEACTIVATED, person, zone=ZONE, at=at)


def end_sessions(person: Person) -> None:
    """Every session of the person ends with its next request."""
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])


def _take(by: Actor, person: Person, zone: Zone, vault: Vault, at: datetime) -> None:
    for kind in (Recipient.TEAM, Recipient.CUSTODIAN):
        if person.pk in sealed.members(zone, kind):
            sealed.remove_member(zone, person.pk, vault, kind=kind)
    audit.record(by, Trail.ZONE_CLOSED, person, zone=ZONE, at=at, facts={"zone": str(zone)})


def zones_of(person: Person, at: datetime) -> frozenset[str]:
    """The vaults that a person's memberships open at `at`."""
    return _zones_open(Membership.objects.filter(person=person), at)


def zones_now(membership: Membership, at: datetime) -> frozenset[str]:
    """The vaults that one membership opens at `at`."""
    return _zones_open(Membership.objects.filter(pk=membership.pk), at)


def _zones_open(rows: MembershipQuerySet, at: datetime) -> frozenset[str]:
    current: Any = rows.current(at).with_services(at)  # the annotation is unknown to the checker
    held = current.values_list("zones", "services")
    return frozenset(zone for zones, services in held for zone in effect.zones_open(zones, services))


def _facts(membership: Membership) -> dict[str, str]:
    return {"role": membership.role.code, "organisation": membership.organisation.code}
