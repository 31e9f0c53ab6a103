"""Partners: who joins, on which terms, and whose partnership ends. The awareness centre manages them; members
who act for a partner edit its adaptations and accept the terms.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, members
from sauga.kernel.identity import PermissionRefused, allowed, require
from sauga.kernel.members.actions.representations import settle_partnership
from sauga.kernel.members.models import Representation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.repository.adaptations.models import Partner
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.transitions import ZONE
from sauga.repository.states import DeploymentState
from sauga.repository.trail import Trail


class PartnerExists(ActionRefused):
    """The organisation is a partner already."""

    message = _("This organisation is a partner already.")


class OrganisationClosed(ActionRefused):
    """The organisation exists no longer."""

    message = _("This organisation is marked as closed. Reopen it in the register first.")


class NothingAsked(ActionRefused):
    """No request that the organisation becomes a partner is open."""

    message = _("This request has been answered or withdrawn meanwhile.")


class CopiesRunning(ActionRefused):
    """Adaptations of the partner are still in use."""

    message = _("Deployments of this partner are still running. End them first, under “Deployments”.")


class TermsOpen(ActionRefused):
    """The partner has not accepted the terms of use yet."""

    message = _("Accept the terms of use first.")


class PartnershipEnded(ActionRefused):
    """The organisation is no partner any more: what it made can be read, and changed no longer."""

    message = _("The partnership has ended. What was made can be read, but not changed.")


ACT_FOR_PARTNER = "repository.act_for_partner"
"""How a refusal names what members do for a partner; nobody of the staff holds it."""


def require_editor(by: Actor, partner: Partner) -> None:
    """The first line of every action of a partner: only members who act for its organisation now, while it is
    a partner.

    Raises PermissionRefused, PartnershipEnded.
    """
    if not members.acts_for(by, partner.registered_as_id):
        raise PermissionRefused(ACT_FOR_PARTNER)
    if partner.left_at is not None:
        raise PartnershipEnded


def join_partner(
    *,
    by: Actor,
    organisation: Organisation,
    language: str = "lt",
    at: datetime,
) -> Partner:
    """Make an organisation of the register a partner: the members who act for it edit its adaptations, and
    those who asked for it get a mail. Raises PartnerExists, OrganisationClosed.
    """
    require(by, Permission.KEEP_PARTNERS)
    if not organisation.is_open(at):
        raise OrganisationClosed
    with transaction.atomic():
        try:
            with transaction.atomic():
                partner = Partner.objects.create(registered_as=organisation, language=language, joined_at=at)
        except IntegrityError as taken:
            raise PartnerExists from taken
        _joined(by, partner, at)
        return partner


def accept_partner(*, by: Actor, organisation: Organisation, at: datetime) -> Partner:
    """Say yes to an organisation that asks to become a partner; a former one is a partner again, and one that
    is a partner already stays so. Raises OrganisationClosed.
    """
    require(by, Permission.KEEP_PARTNERS)
    held = Partner.objects.filter(registered_as=organisation).first()
    if held is None:
        return join_partner(by=by, organisation=organisation, at=at)
    if held.left_at is not None:
        return resume_partnership(by=by, partner=held, at=at)
    settle_partnership(by=by, organisation=organisation, is_partner=True, at=at)
    return held


def decline_partner(*, by: Actor, organisation: Organisation, at: datetime) -> None:
    """Do not make an organisation that asked for it a partner; its members get a mail.

    Raises NothingAsked.
    """
    require(by, Permission.KEEP_PARTNERS)
    if not settle_partnership(by=by, organisation=organisation, is_partner=False, at=at):
        raise NothingAsked


def join_on_confirmation(*, by: Actor, representation: Representation, at: datetime) -> bool:
    """Staff who manage partners confirm a request to become a partner: that makes the organisation one.

    Where another person confirms that the member acts for it, the request waits for them. Returns whether the
    member is sent a mail about the partnership.
    """
    organisation = representation.organisation
    if organisation is None or not representation.wants_partner:
        return False
    if not allowed(by, Permission.KEEP_PARTNERS):
        return False
    accept_partner(by=by, organisation=organisation, at=at)
    return True


def _joined(by: Actor, partner: Partner, at: datetime) -> None:
    settle_partnership(by=by, organisation=partner.registered_as, is_partner=True, at=at)
    audit.record(by, Trail.PARTNER_CHANGED, partner, zone=ZONE, at=at, facts={"what": "joined"})
    live.signal("repository.partners")


def accept_terms(*, by: Actor, partner: Partner, at: datetime) -> Partner:
    """An editor of the partner accepts the terms of use: attribution and helpline stay, a withdrawn work is
    taken down. Raises PermissionRefused, PartnershipEnded.
    """
    require_editor(by, partner)
    with transaction.atomic():
        partner = lock(partner)
        if partner.terms_accepted_at is None:
            partner.terms_accepted_at = at
            partner.save(update_fields=["terms_accepted_at"])
            audit.record(by, Trail.PARTNER_CHANGED, partner, zone=ZONE, at=at, facts={"what": "terms"})
        return partner


def end_partnership(*, by: Actor, partner: Partner, at: datetime) -> Partner:
    """End a partnership; its editors can read what they made, and change nothing. Raises CopiesRunning."""
    require(by, Permission.KEEP_PARTNERS)
    with transaction.atomic():
        partner = lock(partner)
        if partner.deployments.exclude(state=DeploymentState.ENDED).exists():
            raise CopiesRunning
        partner.left_at = partner.left_at or at
        partner.save(update_fields=["left_at"])
        audit.record(by, Trail.PARTNER_CHANGED, partner, zone=ZONE, at=at, facts={"what": "left"})
        live.signal("repository.partners")
        return partner


def resume_partnership(*, by: Actor, partner: Partner, at: datetime) -> Partner:
    """Resume a partnership; the terms must be accepted again."""
    require(by, Permission.KEEP_PARTNERS)
    with transaction.atomic():
        partner = lock(partner)
        if partner.left_at is not None:
            partner.left_at, partner.joined_at, partner.terms_accepted_at = None, at, None
            partner.save(update_fields=["left_at", "joined_at", "terms_accepted_at"])
            _joined(by, partner, at)
        return partner
