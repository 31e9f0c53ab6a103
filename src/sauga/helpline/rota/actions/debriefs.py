"""Debriefs at the end of a duty: whether one is owed, and that it was held."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions import shifts
from sauga.helpline.rota.models import Shift
from sauga.helpline.rota.queries.duty import had_heavy_contact
from sauga.helpline.states import ShiftState
from sauga.helpline.volunteers.actions import owe_debrief
from sauga.helpline.volunteers.models import Debrief
from sauga.helpline.volunteers.queries.debriefs import HEAVY, owed_by
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.permissions import allowed
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, move


def after_duty(*, person_id: int, since: datetime, at: datetime) -> bool:
    """At the end of a duty: owe a debrief if a contact without a record was heavy; whether
    one is owed now.
    """
    done = Debrief.objects.filter(person=person_id, why=HEAVY, done_at__gte=since).exists()
    if not done and had_heavy_contact(person_id, since, at, at):
        owe_debrief(person_id=person_id, at=at)
    return bool(owed_by(person_id))


class OwnDebrief(ActionRefused):
    """A debrief is held with another person."""

    message = _("A debrief is held with somebody else.")


class HeldAlready(ActionRefused):
    """This debrief was held."""

    message = _("A colleague has already recorded this.")


def may_hold(by: Actor) -> bool:
    """Debriefs are held by shift leads and by the coordinator of volunteers."""
    return allowed(by, Permission.LEAD_SHIFT) or allowed(by, Permission.EDIT_VOLUNTEERS)


def hold_debrief(*, by: PersonActor, debrief: Debrief, at: datetime) -> Debrief:
    """Record that a debrief was held; the volunteer's finished shifts count as debriefed. Raises OwnDebrief,
    HeldAlready.
    """
    require(by, Permission.LEAD_SHIFT if allowed(by, Permission.LEAD_SHIFT) else Permission.EDIT_VOLUNTEERS)
    if debrief.person_id == by.person_id:
        raise OwnDebrief
    with transaction.atomic():
        debrief = Debrief.objects.select_for_update().get(pk=debrief.pk)
        if debrief.done_at is not None:
            raise HeldAlready
        debrief.done_at, debrief.held_with_id = at, by.person_id
        debrief.save(update_fields=["done_at", "held_with"])
        if not Debrief.objects.filter(person=debrief.person_id, done_at__isnull=True).exists():
            done = Shift.objects.select_for_update().filter(
                person=debrief.person_id, state=ShiftState.CHECKED_OUT
            )
            for shift in done.order_by("pk"):
                move(shift, to=ShiftState.DEBRIEFED, by=by, at=at)
                shifts.said(by, shift, at)
        return debrief
