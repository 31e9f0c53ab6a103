"""Which services organisations operate, and what each kind of organisation may grant."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, permissions
from sauga.kernel.identity.actions.people import end_sessions
from sauga.kernel.identity.models import KindRole, KindZone, Membership, Person, Role
from sauga.kernel.identity.rules import Permission
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.organisations.models import (
    Organisation,
    OrganisationKind,
    ServiceOperator,
)
from sauga.kernel.permissions import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import HELD_BY_STAFF, Zone
from sauga.kernel.states import Actor, lock


class ServiceUnknown(ActionRefused):
    """No installed service has this name, or it has no operator because its permissions count everywhere."""

    message = _("Choose one of the services that have an operator.")


class OperatorOverlaps(ActionRefused):
    """An organisation operates the service from that instant on or later; one service has one operator at a
    time.
    """

    message = _("Another organisation operates the service from that day on or later.")


def operated_services() -> list[str]:
    """The services of this installation that have an operator: those with a permission that does not count
    everywhere."""
    return sorted({one.service for one in permissions.REGISTRY.permissions.values() if not one.everywhere})


def name_operator(
    *, by: Actor, service: str, organisation: Organisation | None, at: datetime
) -> ServiceOperator | None:
    """From `at` on the organisation operates the service, and the former operator does not; None: none
    does.

    Ends the sessions of everybody who works for the one before or the one after. Raises ServiceUnknown,
    OperatorOverlaps.
    """
    require(by, Permission.NAME_OPERATOR)
    if service not in operated_services():
        raise ServiceUnknown
    with transaction.atomic():
        rows = list(
            ServiceOperator.objects.select_for_update().filter(
                Q(valid_to=None) | Q(valid_to__gt=at), service=service
            )
        )
        if any(row.valid_from > at or row.valid_to is not None for row in rows):
            raise OperatorOverlaps
        for row in rows:
            row.valid_to = at
            row.save(update_fields=["valid_to"])
        new = (
            ServiceOperator.objects.create(service=service, organisation=organisation, valid_from=at)
            if organisation
            else None
        )
        concerned = {row.organisation_id for row in rows} | ({organisation.pk} if organisation else set())
        for person in Person.objects.filter(
            pk__in=Membership.objects.current(at).filter(organisation__in=concerned).values("person_id")
        ):
            end_sessions(person)
        facts = {"service": service, "organisation": organisation.code if organisation else "NOBODY"}
        audit.record(by, Trail.OPERATOR_NAMED, organisation or service, zone=ZONE, at=at, facts=facts)
    return new


def edit_kind(
    *, by: Actor, kind: OrganisationKind, roles: Collection[Role], zones: Collection[str], at: datetime
) -> int:
    """Set which roles and vaults organisations of this kind may grant; one audit line a change. Returns how
    many changed.

    Roles that people hold already stay; nothing set here makes a permission count outside the service's
    operator. A kind that may grant more than it was made for is privileged from then on: editors of the
    register no longer assign it.
    """
    require(by, Permission.EDIT_KINDS)
    with transaction.atomic():
        kind = lock(kind)
        changes = [*_set_roles(kind, roles), *_set_zones(kind, {str(Zone(zone)) for zone in zones})]
        for what, code, is_allowed in changes:
            facts: dict[str, str | int | bool] = {"kind": kind.code, what: code, "allowed": is_allowed}
            audit.record(by, Trail.KIND_CHANGED, kind.code, zone=ZONE, at=at, facts=facts)
        if any(is_allowed for _what, _code, is_allowed in changes) and not kind.is_privileged:
            kind.is_privileged = True
            kind.save(update_fields=["is_privileged"])
    return len(changes)


type Change = tuple[str, str, bool]


def _set_roles(kind: OrganisationKind, wanted: Collection[Role]) -> list[Change]:
    held = {row.role_id: row for row in KindRole.objects.filter(kind=kind)}
    changes = []
    for role in Role.objects.order_by("code"):
        row, is_wanted = held.get(role.pk), role in wanted
        if (row is not None and row.allowed) != is_wanted:
            KindRole.objects.update_or_create(kind=kind, role=role, defaults={"allowed": is_wanted})
            changes.append(("role", role.code, is_wanted))
    return changes


def _set_zones(kind: OrganisationKind, wanted: Collection[str]) -> list[Change]:
    held = {row.zone: row for row in KindZone.objects.filter(kind=kind)}
    changes = []
    for zone in HELD_BY_STAFF:
        row, is_wanted = held.get(zone.value), zone.value in wanted
        if (row is not None and row.allowed) != is_wanted:
            KindZone.objects.update_or_create(kind=kind, zone=zone.value, defaults={"allowed": is_wanted})
            changes.append(("zone", zone.value, is_wanted))
    return changes
