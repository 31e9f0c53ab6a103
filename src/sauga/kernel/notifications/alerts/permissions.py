"""What jobs may do with alerts. People need no permission of this package: they answer the alerts that call
them."""

from enum import StrEnum


class Permission(StrEnum):
    """Permissions that no person holds."""

    ESCALATE = "notices.escalate"


SYSTEM: dict[str, set[Permission]] = {"alerts": {Permission.ESCALATE}}
