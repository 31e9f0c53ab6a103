"""Accounts of staff that partners' editors had before they were members: each becomes a member, once."""

from datetime import datetime

from django.db import transaction

from sauga.kernel.identity import require
from sauga.kernel.identity.actions.invitations import withdraw_invitation
from sauga.kernel.identity.actions.people import deactivate_person, end_membership
from sauga.kernel.identity.models import Grant, Invitation, KindRole, Membership
from sauga.kernel.members.actions.invitations import invite_representative
from sauga.kernel.members.rules import Permission
from sauga.kernel.states import Actor

FORMER_ROLE = "PARTNER_EDITOR"
FORMER_PERMISSIONS = ("repository.adapt", "repository.deploy")


def move_partner_editors(*, by: Actor, at: datetime) -> int:
    """Invite a person who holds the former role of partners' editors, or was invited to it, as a member who
    acts for the same organisation; end the role, and close accounts that have no other. Returns how many.

    The role cannot be given afterwards. Does nothing when called again. Raises PermissionRefused.
    """
    require(by, Permission.INVITE)
    with transaction.atomic():
        held = Membership.objects.filter(role__code=FORMER_ROLE, valid_to__isnull=True)
        rows = list(held.select_related("person", "organisation").order_by("pk"))
        for row in rows:
            _move(by, row, at)
        invited = Invitation.objects.filter(
            role__code=FORMER_ROLE, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
        )
        links = list(invited.select_related("organisation"))
        for link in links:
            _invite_instead(by, link, at)
        KindRole.objects.filter(role__code=FORMER_ROLE).delete()
        Grant.objects.filter(permission__in=FORMER_PERMISSIONS).delete()
    return len(rows) + len(links)


def _move(by: Actor, row: Membership, at: datetime) -> None:
    person = row.person
    if person.is_active:
        invite_representative(
            by=by,
            address=person.email,
            name=person.name,
            language=person.language,
            organisation=row.organisation,
            at=at,
        )
    end_membership(by=by, membership=row, at=at)
    if person.is_active and not person.memberships.filter(valid_to__isnull=True).exists():
        deactivate_person(by=by, person=person, at=at)


def _invite_instead(by: Actor, link: Invitation, at: datetime) -> None:
    if link.organisation is not None:
        invite_representative(
            by=by,
            address=link.email,
            name=link.name,
            language=link.language,
            organisation=link.organisation,
            at=at,
        )
    withdraw_invitation(by=by, invitation=link, at=at)
