"""What this installation is for: written once, when it is made."""

from datetime import datetime

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity.models import Installation
from sauga.kernel.identity.rules import Permission
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.permissions import require
from sauga.kernel.states import Actor


class PurposeDiffers(Exception):
    """The installation is marked for something else, and a mark is never changed."""


def mark_installation(*, by: Actor, purpose: Installation.Purpose, at: datetime) -> bool:
    """Write what the installation is for, unless it is written already; returns whether it was written now.

    Raises PurposeDiffers.
    """
    require(by, Permission.MARK_INSTALLATION)
    with transaction.atomic():
        row, is_new = Installation.objects.get_or_create(pk=1, defaults={"purpose": purpose, "marked_at": at})
        if row.purpose != purpose:
            raise PurposeDiffers
        if is_new:
            audit.record(
                by, Trail.INSTALLATION_MARKED, row, zone=ZONE, at=at, facts={"purpose": str(purpose)}
            )
    return is_new
