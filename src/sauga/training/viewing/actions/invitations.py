"""Inviting libraries of the register, by municipality."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.training.permissions import Permission
from sauga.training.states import SiteState
from sauga.training.trail import ZONE, Trail
from sauga.training.viewing.actions.transitions import CHANNEL, record, send_mail
from sauga.training.viewing.documents import Mail
from sauga.training.viewing.models import ViewingSite, ViewingSiteStep
from sauga.training.webinars.models import Webinar

MOST = 2000


class InvitationRefused(ActionRefused):
    """Libraries cannot be invited, or not these."""

    messages = {
        "nobody": _("Choose at least one library that is not invited yet."),
        "many": _("At most %(most)s libraries can be invited at once."),
        "late": _("The webinar has begun, is over or is cancelled."),
        "closed": _("This webinar is not shown in libraries."),
        "enrolled": _("The library has answered; it needs no invitation any more."),
    }

    def __init__(self, why: str) -> None:
        super().__init__(why, **({"most": MOST} if why == "many" else {}))


def invite(
    *, by: Actor, webinar: Webinar, organisations: Collection[Organisation], language: str, at: datetime
) -> Sequence[ViewingSite]:
    """Invite these libraries; those that are invited already are left out. Each gets a mail with a personal
    link at its mailbox of the register; where it has none, the link is on the page of the site.

    Raises PermissionRefused, InvitationRefused.
    """
    require(by, Permission.COORDINATE_SITES, webinar)
    if not webinar.for_libraries:
        raise InvitationRefused("closed")
    if webinar.is_off or at >= webinar.event.starts:
        raise InvitationRefused("late")
    if len(organisations) > MOST:
        raise InvitationRefused("many")
    with transaction.atomic():
        lock(webinar)
        known = set(ViewingSite.objects.filter(webinar=webinar).values_list("organisation_id", flat=True))
        fresh = [one for one in organisations if one.pk not in known and one.is_open(at)]
        if not fresh:
            raise InvitationRefused("nobody")
        rows = ViewingSite.objects.bulk_create(
            ViewingSite(
                webinar=webinar,
                organisation=one,
                municipality=one.municipality,
                language=language,
                since=at,
                invited_at=at,
            )
            for one in fresh
        )
        for row in rows:
            send_mail(row, Mail.INVITATION)
        audit.record(by, Trail.SITES_INVITED, webinar, zone=ZONE, at=at, facts={"n": len(rows)})
        live.signal(CHANNEL)
        return rows


def send_link(*, by: Actor, site: ViewingSite, at: datetime) -> None:
    """Send the personal link again. Raises PermissionRefused."""
    require(by, Permission.COORDINATE_SITES, site)
    with transaction.atomic():
        row = lock(site)
        record(by, Trail.SITE_MAILED, row, at, what="link")
        send_mail(row, Mail.LINK)


def take_back(*, by: Actor, site: ViewingSite, at: datetime) -> None:
    """Take back an invitation that is not answered, for a library that was invited by mistake. Raises
    PermissionRefused, InvitationRefused."""
    require(by, Permission.COORDINATE_SITES, site)
    with transaction.atomic():
        row = lock(site)
        if row.state != SiteState.INVITED or ViewingSiteStep.objects.filter(subject=row).exists():
            raise InvitationRefused("enrolled")
        record(by, Trail.SITE_CHANGED, row, at, what="taken_back")
        row.delete()
