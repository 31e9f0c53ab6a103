"""Permissions to freeze and export figures."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Permissions on figures."""

    PUBLISH = "figures.publish"


DEFAULT_ROLES: dict[str, set[Permission]] = {"STATISTICIAN": {Permission.PUBLISH}}

WORDING = {
    Permission.PUBLISH: _("Freeze and publish statistics"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
