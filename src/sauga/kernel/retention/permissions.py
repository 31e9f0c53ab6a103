"""Permissions to place legal holds, change retention periods, and start the purge."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.permissions import REGISTRY, Rule


class Permission(StrEnum):
    """Acts of retention that a role may hold."""

    RUN = "retention.run"
    HOLD = "retention.hold"
    EDIT_TERMS = "retention.edit_terms"


DEFAULT_ROLES: dict[str, set[Permission]] = {
    "DATA_PROTECTION_OFFICER": {Permission.HOLD, Permission.EDIT_TERMS},
    "LEGAL_OFFICER": {Permission.HOLD},
}
TWO_PEOPLE = {Permission.HOLD, Permission.EDIT_TERMS}

LABELS = {
    "DATA_PROTECTION_OFFICER": {"lt": "Duomenų apsaugos pareigūnas", "en": "Data protection officer"},
    "LEGAL_OFFICER": {"lt": "Teisininkas", "en": "Legal officer"},
}


def service_of(obj: Any) -> str:
    """The label of the service that a thing belongs to: the code of a retention period, a hold, or a row."""
    if isinstance(obj, str):
        return obj.partition(".")[0]
    named = getattr(obj, "object_kind", "") or getattr(getattr(obj, "_meta", None), "label_lower", "")
    return str(named).partition(".")[0]


def is_bound(service: str) -> bool:
    """Whether a service has an operator whose people alone decide about its data; tables of the kernel belong
    to everyone."""
    return any(one.service == service and not one.everywhere for one in REGISTRY.permissions.values())


def closed_services(services: Collection[str]) -> list[str]:
    """The services whose data people of an operator of `services` do not decide about."""
    known = {one.service for one in REGISTRY.permissions.values()}
    return sorted(one for one in known - set(services) if is_bound(one))


def _of_own_service(permission: Permission) -> Rule:
    """Things of a service are held, and its periods changed, by people who hold the permission at its
    operator: to hold it elsewhere, and to work there in another role, is not enough."""

    def rule(actor: Any, obj: Any) -> bool:
        service = service_of(obj)
        return not is_bound(service) or service in actor.services_for(permission)

    return rule


RULES: dict[Permission, Rule] = {
    permission: _of_own_service(permission) for permission in (Permission.HOLD, Permission.EDIT_TERMS)
}

WORDING = {
    Permission.RUN: _("Run deletions that are due"),
    Permission.HOLD: _("See retention periods, confirm changes to them, place and confirm legal holds"),
    Permission.EDIT_TERMS: _("Propose how long data is kept"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
