"""Roles at first: what services declared becomes rows once; afterwards staff change the rows."""

from sauga.kernel.identity.models import Grant, Role
from sauga.kernel.identity.permissions import REGISTRY


def install_defaults() -> int:
    """Create roles and grants that are declared and missing; returns how many grants were made.

    A grant that staff took away stays away, because its row remains with `allowed` false. Safe to repeat.
    """
    codes = {role for registered in REGISTRY.permissions.values() for role in registered.roles}
    known = set(Role.objects.values_list("code", flat=True))
    Role.objects.bulk_create([Role(code=code, labels=labels_of(code)) for code in sorted(codes - known)], ignore_conflicts=True)
    roles = {role.code: role for role in Role.objects.all()}
    present = set(Grant.objects.values_list("role__code", "permission"))
    missing = [
        Grant(role=roles[role], permission=code)
        for code, registered in REGISTRY.permissions.items()
        for role in sorted(registered.roles)
        if (role, code) not in present
    ]
    Grant.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def labels_of(code: str) -> dict[str, str]:
    """The declared names of a role, or its code made readable."""
    return REGISTRY.labels.get(code) or {"en": code.replace("_", " ").capitalize()}
