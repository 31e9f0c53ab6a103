"""Waivers: a shift lead lets a volunteer go on duty for one day although something is missing, with a reason,
never oneself.

It opens no channel: hours count only people who are trained (`queries.opening_hours`).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import DutyPass
from sauga.helpline.rota.queries.duty import absent_people
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, notifications, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused

ZONE = sealed.Zone.HELPLINE
REASONS = "duty_pass_reason"
VOLUNTEERS = "/desk/helpline/volunteers/"


class OwnWaiver(ActionRefused):
    """A lead grants no waiver to themselves."""

    message = _("Nobody lets themselves begin: ask another shift lead.")


class NotAway(ActionRefused):
    """This person is here already, or does not work at the line."""

    message = _("This person is here already.")


def grant_waiver(*, by: PersonActor, person_id: int, reason: str, at: datetime) -> DutyPass:
    """Let a volunteer begin today.

    The coordinator of volunteers hears that something is missing, not about whom.

    Granted twice it is one waiver. Raises OwnWaiver, NotAway, UnknownTerm.
    """
    require(by, Permission.LEAD_SHIFT)
    vocab.term(REASONS, reason)
    if person_id == by.person_id:
        raise OwnWaiver
    if person_id not in dict(absent_people(at)):
        raise NotAway
    with transaction.atomic():
        given = {"reason": reason, "by": by.pseudonym, "at": at}
        made, is_new = DutyPass.objects.get_or_create(
            person_id=person_id, day=at.astimezone(VILNIUS).date(), defaults=given
        )
        if is_new:
            audit.record(
                by, Trail.BEGIN_ALLOWED, made, zone=ZONE, at=at, facts={"reason": reason, "given": True}
            )
            notifications.notify(
                to="VOLUNTEER_COORDINATOR", template="helpline.duty_pass", link=VOLUNTEERS, at=at
            )
            live.signal("helpline.rota")
    return made


def withdraw_waiver(*, by: PersonActor, person_id: int, at: datetime) -> bool:
    """Withdraw the waiver of today; who is on duty already stays. Whether there was one."""
    require(by, Permission.LEAD_SHIFT)
    with transaction.atomic():
        held = (
            DutyPass.objects.select_for_update()
            .filter(person_id=person_id, day=at.astimezone(VILNIUS).date())
            .first()
        )
        if held is None:
            return False
        audit.record(
            by, Trail.BEGIN_ALLOWED, held, zone=ZONE, at=at, facts={"reason": held.reason, "given": False}
        )
        held.delete()
        live.signal("helpline.rota")
    return True
