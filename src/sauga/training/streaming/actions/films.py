"""Films that are played as if live."""

from datetime import datetime

from sauga.kernel import media
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.training.permissions import Permission
from sauga.training.streaming.models import FILM_OWNER
from sauga.training.trail import ZONE


def add_film(*, by: Actor, content: bytes, name: str, at: datetime) -> media.MediaFile:
    """Take an uploaded film. Raises PermissionRefused, FileRefused."""
    require(by, Permission.BROADCAST)
    return media.accept(
        by=by,
        content=content,
        name=name,
        owner=FILM_OWNER,
        kinds={media.Kind.VIDEO},
        zone=ZONE,
        scan_first=True,
        at=at,
    )
