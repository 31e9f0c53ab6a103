"""Who may freeze figures."""

from enum import StrEnum


class Permission(StrEnum):
    """Acts on figures that a role may hold."""

    PUBLISH = "figures.publish"


DEFAULT_ROLES: dict[str, set[Permission]] = {"STATISTICIAN": {Permission.PUBLISH}}
