"""The photographer's list: that it was opened is recorded."""

from datetime import datetime

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.states import Actor


def open_list(*, by: Actor, event: Event, rows: int, at: datetime) -> None:
    """Record that the person looks at who must not be photographed. Raises PermissionRefused."""
    require(by, Permission.SEE_PHOTO_LIST, event)
    audit.record(by, Trail.PHOTO_LIST_OPENED, event, zone=ZONE, at=at, facts={"rows": rows})
