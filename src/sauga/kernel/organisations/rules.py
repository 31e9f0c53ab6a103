"""Who may do what to the register, and the roles that may at first.

Nothing here belongs to a service with an operator, so it counts in whatever organisation the role is
held; services give these permissions to roles of their own (`permissions.add_to_role`).
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Acts on the register of organisations."""

    SEE = "organisations.see"
    EDIT = "organisations.edit"
    IMPORT = "organisations.import"
    ASSIGN_PRIVILEGED = "organisations.assign_privileged"


DEFAULT_ROLES: dict[str, set[Permission]] = {
    "COORDINATOR": {Permission.SEE, Permission.EDIT, Permission.IMPORT}
}
SYSTEM: dict[str, set[Permission]] = {
    "setup": {Permission.EDIT, Permission.ASSIGN_PRIVILEGED},
    "demo": {Permission.EDIT, Permission.ASSIGN_PRIVILEGED},
    "organisations": {Permission.IMPORT},
}
"""What the command line, the demo and jobs may do. No role holds ASSIGN_PRIVILEGED: kinds that may grant what
decides about others are assigned where the installation is set up."""

WORDING = {
    Permission.SEE: _("See the register of organisations"),
    Permission.EDIT: _("Edit the register of organisations"),
    Permission.IMPORT: _("Import organisations from files"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
