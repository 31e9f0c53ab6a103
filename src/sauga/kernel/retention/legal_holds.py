"""Legal holds: requested by one person, confirmed by another, always with an end."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.ids import new_reference
from sauga.kernel.permissions import require
from sauga.kernel.retention.models import Hold
from sauga.kernel.retention.permissions import Permission
from sauga.kernel.retention.trail import Trail
from sauga.kernel.states import Actor

LONGEST = timedelta(days=366)
REASON = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


class HoldRefused(Exception):
    """The hold has no end, ends too late, gives no reason code, is over, or would be confirmed by the person
    who asked for it."""


def ask_hold(
    *, by: Actor, obj: Any, reason: str, until: datetime, at: datetime, zone: str = audit.INSTALLATION
) -> Hold:
    """Keep an object from deletion until `until` (at most a year on; it can be asked for again). Protects at
    once, but lapses after three days unless a second person confirms it.

    `reason` is an upper-case code, never words about the case. Raises HoldRefused, PermissionRefused.
    """
    require(by, Permission.HOLD, obj)
    if not at < until <= at + LONGEST:
        raise HoldRefused("a hold ends within a year")
    if not REASON.fullmatch(reason):
        raise HoldRefused("the reason is an upper-case code")
    kind, ref = audit.reference(obj)
    if not kind:
        raise HoldRefused("a hold is about a row")
    with transaction.atomic():
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
    return hold


def confirm_hold(*, by: Actor, hold: Hold, at: datetime, zone: str = audit.INSTALLATION) -> Hold:
    """The second person agrees.

    Raises HoldRefused when it is the first one again, or the hold is over, lapsed or confirmed already.
    """
    require(by, Permission.HOLD, hold)
    with transaction.atomic():
        hold = Hold.objects.select_for_update().get(pk=hold.pk)
        if hold.confirmed_at is not None or not Hold.objects.in_force(at).filter(pk=hold.pk).exists():
            raise HoldRefused("the hold is over or confirmed already")
        if hold.asked_by == by.pseudonym:
            raise HoldRefused("a second person has to confirm")
        hold.confirmed_by, hold.confirmed_at = by.pseudonym, at
        hold.save(update_fields=["confirmed_by", "confirmed_at"])
        audit.record(by, Trail.HOLD_CONFIRMED, hold.object_ref, zone=zone, at=at, facts={"hold": hold.ref})
    return hold


def lift_hold(*, by: Actor, hold: Hold, at: datetime, zone: str = audit.INSTALLATION) -> Hold:
    """End a hold before its time; one person may. Raises HoldRefused when it is over already."""
    require(by, Permission.HOLD, hold)
    with transaction.atomic():
        hold = Hold.objects.select_for_update().get(pk=hold.pk)
        if hold.lifted_at is not None or hold.expires_at <= at:
            raise HoldRefused("the hold is over already")
        hold.lifted_by, hold.lifted_at = by.pseudonym, at
        hold.save(update_fields=["lifted_by", "lifted_at"])
        audit.record(by, Trail.HOLD_LIFTED, hold.object_ref, zone=zone, at=at, facts={"hold": hold.ref})
    return hold


def held(objects: Collection[Any], at: datetime) -> set[tuple[str, str]]:
    """Which of these objects are on hold, as (kind, ref), with one query."""
    named = {audit.reference(obj) for obj in objects}
    if not named:
        return set()
    found = Hold.objects.in_force(at).filter(object_ref__in={ref for _, ref in named})
    return named & set(found.values_list("object_kind", "object_ref"))
