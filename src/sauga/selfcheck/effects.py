"""What other services may tell selfcheck; they connect when they start."""

from collections.abc import Callable
from datetime import datetime

type LevelOf = Callable[[int, datetime], int]
"""The level at which a member is certified as an ambassador at an instant, by the member's key; 0 for
none."""


class AmbassadorLevel:
    """Asks the service that keeps ambassadors. Where there is none, staff decide on their own."""

    def __init__(self) -> None:
        self._asked: LevelOf | None = None

    def connect(self, asked: LevelOf) -> None:
        """Called when the service that keeps ambassadors starts; a second call replaces."""
        self._asked = asked

    @property
    def is_known(self) -> bool:
        """Whether some service keeps ambassadors."""
        return self._asked is not None

    def __call__(self, member_id: int, at: datetime) -> int:
        return self._asked(member_id, at) if self._asked is not None else 0


ambassador_level = AmbassadorLevel()
