"""What this subdomain declares to the rest of the product; the service's declaration puts it together."""

from collections.abc import Callable
from typing import Any

from sauga.kernel.identity.home import Counter
from sauga.kernel.ui.navigation import Feed, Item, PublicEntry

DESK: tuple[Item, ...] = ()
PUBLIC: tuple[PublicEntry, ...] = ()
FEEDS: tuple[Feed, ...] = ()
COUNTERS: tuple[Counter, ...] = ()
CHANNELS: dict[str, tuple[Any, ...]] = {}
NOTIFICATIONS: dict[str, Any] = {}
MEASURES: tuple[Any, ...] = ()
BREAKDOWNS: dict[str, Any] = {}
UNSEEN_TABLES: set[str] = set()
"""Tables that no cached page shows."""
MEMBER_UPLOADS: tuple[Any, ...] = ()
LINK_UPLOADS: tuple[tuple[Any, Callable[[str], bool]], ...] = ()
DATA: tuple[Any, ...] = ()


def connect() -> None:
    """Connects what this subdomain fills in of another (`panel.effects.hooks`)."""
