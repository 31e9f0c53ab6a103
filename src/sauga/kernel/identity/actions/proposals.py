"""Roles that need two people: proposed by one, confirmed or refused by another, withdrawn by the first, or
expired.

A role whose permissions are part of acts of two people (`permissions.register(two_people=…)`) would let one
administrator make both people of such an act. Nothing is granted and no mail goes out before another person
has agreed.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.identity import person_notifications
from sauga.kernel.identity.actions import invitations, people
from sauga.kernel.identity.actions.grants import check_offered, zone_codes
from sauga.kernel.identity.actors import person_actor
from sauga.kernel.identity.models import Membership, Person, Role, RoleProposal
from sauga.kernel.identity.rules import Permission
from sauga.kernel.identity.states import ProposalState
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.ids import new_reference
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import PermissionRefused, allowed, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move

LASTS = timedelta(days=14)


class ProposalOver(ActionRefused):
    """It was decided, withdrawn or has expired; nothing was changed."""

    message = _("This proposal is over: it was decided, withdrawn or has expired.")


class AlreadyProposed(ActionRefused):
    """The same role for the same person waits for its second person already."""

    message = _("This role is proposed already and waits for a second person.")
    field = "role"


class ProposerGone(ActionRefused):
    """The proposer may no longer do so; it can only be refused."""

    message = _("Whoever proposed this may no longer grant roles here. Refuse it; it can be proposed again.")


def propose_invitation(
    *,
    by: Actor,
    email: str,
    name: str,
    organisation: Organisation,
    role: Role,
    zones: Iterable[str] = (),
    language: str = "lt",
    at: datetime,
) -> RoleProposal:
    """Propose to invite a person. Raises AddressTaken, AlreadyProposed, RoleNotOffered, ZoneNotOffered."""
    require(by, Permission.INVITE, organisation)
    row = _row(by, organisation, role, zones, at)
    row.email, row.name, row.language = email.strip().lower(), name.strip(), language
    if Person.objects.filter(email=row.email).exists():
        raise people.AddressTaken
    return _store(by, row, Q(email=row.email), at)


def propose_membership(
    *,
    by: Actor,
    person: Person,
    organisation: Organisation,
    role: Role,
    zones: Iterable[str] = (),
    at: datetime,
) -> RoleProposal:
    """Propose a role for a person who has an account.

    Raises MembershipExists, AlreadyProposed, RoleNotOffered, ZoneNotOffered.
    """
    row = _row(by, organisation, role, zones, at)
    row.person = person
    require(by, Permission.CHANGE_MEMBERSHIP, _membership(row, at))
    return _store(by, row, Q(person=person), at)


def propose_change(
    *, by: Actor, membership: Membership, role: Role, zones: Iterable[str], at: datetime
) -> RoleProposal:
    """Propose another role in place of a membership.

    Raises MembershipOver, and what `propose_membership` raises.
    """
    require(by, Permission.CHANGE_MEMBERSHIP, membership)
    if membership.valid_to is not None:
        raise people.MembershipOver
    row = _row(by, membership.organisation, role, zones, at)
    row.person, row.replaces = membership.person, membership
    return _store(by, row, Q(person=membership.person), at)


def confirm_proposal(*, by: Actor, proposal: RoleProposal, at: datetime) -> None:
    """The second person agrees: the invitation goes out, or the role begins.

    What was right when it was proposed is asked again now. Raises PermissionRefused for the proposer and for
    whom it is about, ProposalOver, ProposerGone, RoleNotOffered, ZoneNotOffered, AddressTaken,
    MembershipExists, MembershipOver.
    """
    require(by, Permission.CONFIRM_ROLE, proposal)
    with transaction.atomic():
        row = _open(proposal, at)
        if not _still_may(row, at):
            raise ProposerGone
        check_offered(organisation=row.organisation, role=row.role, zones=row.zones, at=at)
        _decide(by, row, ProposalState.CONFIRMED, Trail.ROLE_CONFIRMED, at)
        _carry_out(by, row, at)


def refuse_proposal(*, by: Actor, proposal: RoleProposal, reason: str, at: datetime) -> None:
    """The second person does not agree and says why. Raises PermissionRefused, ProposalOver."""
    require(by, Permission.CONFIRM_ROLE, proposal)
    with transaction.atomic():
        row = _open(proposal, at)
        row.reason = reason.strip()
        _decide(by, row, ProposalState.REFUSED, Trail.ROLE_REFUSED, at)


def withdraw_proposal(*, by: Actor, proposal: RoleProposal, at: datetime) -> None:
    """The proposer thinks again. Raises PermissionRefused for everybody else, ProposalOver."""
    if proposal.proposed_by != by.pseudonym:
        raise PermissionRefused(str(Permission.INVITE))
    with transaction.atomic():
        _decide(by, _open(proposal, at), ProposalState.WITHDRAWN, Trail.ROLE_WITHDRAWN, at)


def expire_proposals(*, by: Actor, at: datetime) -> int:
    """Close proposals not decided in time. Returns how many."""
    require(by, Permission.EXPIRE_PROPOSALS)
    with transaction.atomic():
        rows = list(
            RoleProposal.objects.select_for_update().filter(state=ProposalState.OPEN, expires_at__lte=at)
        )
        for row in rows:
            _decide(by, row, ProposalState.EXPIRED, Trail.ROLE_EXPIRED, at)
    return len(rows)


def _row(
    by: Actor, organisation: Organisation, role: Role, zones: Iterable[str], at: datetime
) -> RoleProposal:
    return RoleProposal(
        ref=new_reference(16),
        organisation=organisation,
        role=role,
        zones=zone_codes(zones),
        proposed_by=by.pseudonym,
        proposed_at=at,
        expires_at=at + LASTS,
    )


def _store(by: Actor, row: RoleProposal, whom: Q, at: datetime) -> RoleProposal:
    with transaction.atomic():
        lock(row.organisation)
        check_offered(organisation=row.organisation, role=row.role, zones=row.zones, at=at)
        held = Membership.objects.filter(
            person=row.person, organisation=row.organisation, role=row.role, valid_to=None
        )
        if row.replaces is not None:
            held = held.exclude(pk=row.replaces.pk)
        if row.person is not None and held.exists():
            raise people.MembershipExists
        same = RoleProposal.objects.filter(
            whom, organisation=row.organisation, role=row.role, state=ProposalState.OPEN, expires_at__gt=at
        )
        if same.exists():
            raise AlreadyProposed
        row.save()
        audit.record(by, Trail.ROLE_PROPOSED, row.person or row, zone=ZONE, at=at, facts=_facts(row))
        person_notifications.proposed(row, at)
    return row


def _open(proposal: RoleProposal, at: datetime) -> RoleProposal:
    row = lock(proposal)
    if not row.is_open(at):
        raise ProposalOver
    return row


def _decide(by: Actor, row: RoleProposal, state: ProposalState, act: Trail, at: datetime) -> None:
    row.decided_by, row.decided_at = by.pseudonym, at
    row.save(update_fields=["decided_by", "decided_at", "reason"])
    move(row, to=state, by=by, at=at)
    audit.record(by, act, row.person or row, zone=ZONE, at=at, facts=_facts(row))
    person_notifications.decided(row, at)


def _still_may(row: RoleProposal, at: datetime) -> bool:
    """Whether the proposer could propose it today."""
    proposer = Person.objects.filter(pseudonym=row.proposed_by, is_active=True).first()
    if proposer is None:
        return False
    by = person_actor(proposer, at)
    if row.person is None:
        return allowed(by, Permission.INVITE, row.organisation)
    return allowed(by, Permission.CHANGE_MEMBERSHIP, _membership(row, at))


def _carry_out(by: Actor, row: RoleProposal, at: datetime) -> None:
    if row.replaces is not None:
        people.replace(by=by, membership=row.replaces, role=row.role, zones=row.zones, at=at)
    elif row.person is not None:
        people.begin(by=by, membership=_membership(row, at), at=at)
    else:
        invitations.issue_invitation(
            by=by,
            invited_by=row.proposed_by,
            confirmed_by=by.pseudonym,
            wanted=invitations.Wanted.of(row),
            at=at,
        )


def _membership(row: RoleProposal, at: datetime) -> Membership:
    assert row.person is not None
    return Membership(
        person=row.person, organisation=row.organisation, role=row.role, zones=row.zones, valid_from=at
    )


def _facts(row: RoleProposal) -> dict[str, str]:
    return {"role": row.role.code, "organisation": row.organisation.code}
