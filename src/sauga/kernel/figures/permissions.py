"""Permissions to freeze and export figures."""

from enum import StrEnum


class Permission(StrEnum):
    """Permissions on figures."""

    PUBLISH = "figures.publish"


DEFAULT_ROLES: dict[str, set[Permission]] = {"STATISTICIAN": {Permission.PUBLISH}}
