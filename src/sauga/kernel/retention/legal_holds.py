"""Legal holds: requested by one person, confirmed by another, always with an end."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.ids import new_reference
from sauga.kernel.permissions import allowed, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.retention import announcements, registry
from sauga.kernel.retention.models import Hold, Reason
from sauga.kernel.retention.permissions import Permission
from sauga.kernel.retention.trail import Trail
from sauga.kernel.states import Actor, lock

LONGEST = timedelta(days=366)


class HoldRefused(ActionRefused):
    """The hold has no end, ends too late, gives no known reason, is about nothing, is over, or would be
    confirmed by the person who asked for it."""

    messages = {
        "until": _("A legal hold ends within a year. Choose a day from tomorrow on, at most a year ahead."),
        "reason": _("Choose a reason from the list."),
        "record": _("There is no such record that a legal hold could keep, or it is not yours to hold."),
        "waiting": _("A legal hold on this record waits for a second person already."),
        "over": _("This legal hold is over: it was lifted, has ended, or was not confirmed in time."),
        "confirmed": _("This legal hold is confirmed already."),
        "second": _("You asked for this legal hold yourself. Another person has to confirm it."),
    }
    fields = {"until": "until", "reason": "reason", "record": "number", "waiting": "number"}


def record_for(by: Actor, kind: str, number: str) -> Any:
    """The record of a kind with this number, as the person who places a hold names it.

    Raises HoldRefused for one that does not exist and for one that is not this person's to hold: no one
    learns which of the two.
    """
    if kind in registry.holdable():
        rows = apps.get_model(kind)._base_manager
        for written in dict.fromkeys((number.strip(), number.strip().upper())):
            row = rows.filter(ref=written).first() if written else None
            if row is not None and allowed(by, Permission.HOLD, row):
                return row
    raise HoldRefused("record")


def ask_hold(
    *, by: Actor, obj: Any, reason: str, until: datetime, at: datetime, zone: str = audit.INSTALLATION
) -> Hold:
    """Keep an object from deletion until `until` (at most a year on; it can be asked for again). Protects at
    once, but lapses after three days unless a second person confirms it. No record has two requests waiting.

    `reason` is a code of `Reason`, never words about the case. Others who may hold it are notified. Raises
    HoldRefused, PermissionRefused.
    """
    require(by, Permission.HOLD, obj)
    if not at < until <= at + LONGEST:
        raise HoldRefused("until")
    if reason not in Reason.values:
        raise HoldRefused("reason")
    kind, ref = audit.reference(obj)
    if not kind:
        raise HoldRefused("record")
    with transaction.atomic():
        try:
            lock(obj)  # a request at the same time, or a deletion of the record, waits for this transaction
        except ObjectDoesNotExist:
            raise HoldRefused("record") from None
        if Hold.objects.waiting(at).filter(object_kind=kind, object_ref=ref).exists():
            raise HoldRefused("waiting")
        hold = Hold.objects.create(
            ref=new_reference(12),
            object_kind=kind,
            object_ref=ref,
            reason=reason,
            asked_by=by.pseudonym,
            asked_at=at,
            expires_at=until,
        )
        facts: dict[str, str | int | bool] = {"hold": hold.ref, "reason": reason, "days": (until - at).days}
        audit.record(by, Trail.HOLD_ASKED, obj, zone=zone, at=at, facts=facts)
        announcements.hold_asked(hold, at)
    return hold


def confirm_hold(*, by: Actor, hold: Hold, at: datetime, zone: str = audit.INSTALLATION) -> Hold:
    """The second person agrees.

    Raises HoldRefused when it is the first one again, or the hold is over, lapsed or confirmed already.
    """
    require(by, Permission.HOLD, hold)
    with transaction.atomic():
        hold = Hold.objects.select_for_update().get(pk=hold.pk)
        if not hold.is_in_force(at):
            raise HoldRefused("over")
        if hold.confirmed_at is not None:
            raise HoldRefused("confirmed")
        if hold.asked_by == by.pseudonym:
            raise HoldRefused("second")
        hold.confirmed_by, hold.confirmed_at = by.pseudonym, at
        hold.save(update_fields=["confirmed_by", "confirmed_at"])
        audit.record(by, Trail.HOLD_CONFIRMED, hold.object_ref, zone=zone, at=at, facts={"hold": hold.ref})
        announcements.hold_decided(hold, at)
    return hold


def lift_hold(*, by: Actor, hold: Hold, at: datetime, zone: str = audit.INSTALLATION) -> Hold:
    """End a hold before its time; one person may. Raises HoldRefused when it is over already."""
    require(by, Permission.HOLD, hold)
    with transaction.atomic():
        hold = Hold.objects.select_for_update().get(pk=hold.pk)
        if not hold.is_in_force(at):
            raise HoldRefused("over")
        hold.lifted_by, hold.lifted_at = by.pseudonym, at
        hold.save(update_fields=["lifted_by", "lifted_at"])
        audit.record(by, Trail.HOLD_LIFTED, hold.object_ref, zone=zone, at=at, facts={"hold": hold.ref})
        announcements.hold_decided(hold, at)
    return hold


def held(objects: Collection[Any], at: datetime) -> set[tuple[str, str]]:
    """Which of these objects are on hold, as (kind, ref), with one query."""
    named = {audit.reference(obj) for obj in objects}
    if not named:
        return set()
    found = Hold.objects.in_force(at).filter(object_ref__in={ref for _, ref in named})
    return named & set(found.values_list("object_kind", "object_ref"))
