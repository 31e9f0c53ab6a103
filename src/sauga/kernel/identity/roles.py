"""Initial roles: what services declare becomes rows once; afterwards staff edit the rows. What
organisations of each kind may grant is loaded from `data/granted_by_kind.json` in the same way."""

import json
from pathlib import Path
from typing import Any

from sauga.kernel.identity.models import Grant, KindRole, KindZone, Role
from sauga.kernel.organisations.models import OrganisationKind
from sauga.kernel.organisations.standard_kinds import install_kinds
from sauga.kernel.permissions import REGISTRY


def install_defaults() -> int:
    """Create roles and grants that are declared and missing; returns how many grants were made.

    A grant that staff took away stays away, because its row remains with `allowed` false. Safe to repeat.
    """
    codes = {role for registered in REGISTRY.permissions.values() for role in registered.roles}
    known = set(Role.objects.values_list("code", flat=True))
    Role.objects.bulk_create(
        [Role(code=code, labels=labels_of(code)) for code in sorted(codes - known)], ignore_conflicts=True
    )
    roles = {role.code: role for role in Role.objects.all()}
    present = set(Grant.objects.values_list("role__code", "permission"))
    missing = [
        Grant(role=roles[role], permission=code)
        for code, registered in REGISTRY.permissions.items()
        for role in sorted(registered.roles)
        if (role, code) not in present
    ]
    Grant.objects.bulk_create(missing, ignore_conflicts=True)
    _install_kinds(roles)
    return len(missing)


KINDS = Path(__file__).parent / "data" / "granted_by_kind.json"


def _install_kinds(roles: dict[str, Role]) -> None:
    """What kinds may grant, where the data names it and the database lacks it; roles of services that do not
    run here are left out."""
    data: list[dict[str, Any]] = json.loads(KINDS.read_text(encoding="utf-8"))
    install_kinds()
    kinds = {kind.code: kind for kind in OrganisationKind.objects.all()}
    offered = [
        KindRole(kind=kinds[one["code"]], role=roles[code])
        for one in data
        for code in one["roles"]
        if code in roles
    ]
    KindRole.objects.bulk_create(offered, ignore_conflicts=True)
    KindZone.objects.bulk_create(
        [KindZone(kind=kinds[one["code"]], zone=zone) for one in data for zone in one["zones"]],
        ignore_conflicts=True,
    )


def labels_of(code: str) -> dict[str, str]:
    """The declared names of a role, or its code made readable."""
    return REGISTRY.labels.get(code) or {"en": code.replace("_", " ").capitalize()}
