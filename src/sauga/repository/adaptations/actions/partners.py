"""Partners: who joins, on which terms, and whose partnership ends. The awareness centre manages them;
partners' editors accept the terms.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import require
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


class CopiesRunning(ActionRefused):
    """Adaptations of the partner are still in use."""

    message = _("Deployments of this partner are still running. End them first, under “Deployments”.")


class TermsOpen(ActionRefused):
    """The partner has not accepted the terms of use yet."""

    message = _("Accept the terms of use first.")


def join_partner(
    *,
    by: Actor,
    organisation: Organisation,
    language: str = "lt",
    at: datetime,
) -> Partner:
    """Add an organisation of the register as a partner; its editors at the desk work for it.

    Raises PartnerExists, OrganisationClosed.
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
        audit.record(by, Trail.PARTNER_CHANGED, partner, zone=ZONE, at=at, facts={"what": "joined"})
        live.signal("repository.partners")
        return partner


def accept_terms(*, by: Actor, partner: Partner, at: datetime) -> Partner:
    """The partner's editor accepts the terms of use: attribution and helpline stay, a withdrawn work is taken
    down.
    """
    require(by, Permission.DEPLOY, partner)
    with transaction.atomic():
        partner = lock(partner)
        if partner.terms_accepted_at is None:
            partner.terms_accepted_at = at
            partner.save(update_fields=["terms_accepted_at"])
            audit.record(by, Trail.PARTNER_CHANGED, partner, zone=ZONE, at=at, facts={"what": "terms"})
        return partner


def end_partnership(*, by: Actor, partner: Partner, at: datetime) -> Partner:
    """End a partnership; its editors keep what they made and can begin nothing new. Raises CopiesRunning."""
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
            audit.record(by, Trail.PARTNER_CHANGED, partner, zone=ZONE, at=at, facts={"what": "joined"})
            live.signal("repository.partners")
        return partner
