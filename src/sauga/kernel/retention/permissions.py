"""Permissions to place legal holds, change retention periods, and start the purge."""

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


def _of_own_service(actor: Any, obj: Any) -> bool:
    """Things of a service are held by people of its operator; `obj` is a row or a Hold on one.

    Tables of the kernel belong to everyone.
    """
    named = getattr(obj, "object_kind", "") or getattr(getattr(obj, "_meta", None), "label_lower", "")
    service = str(named).partition(".")[0]
    bound = any(one.service == service and not one.everywhere for one in REGISTRY.permissions.values())
    return not bound or service in actor.services


RULES: dict[Permission, Rule] = {Permission.HOLD: _of_own_service}

WORDING = {
    Permission.RUN: _("Run deletions that are due"),
    Permission.HOLD: _("Keep data for proceedings beyond its term"),
    Permission.EDIT_TERMS: _("Edit how long data is kept"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
