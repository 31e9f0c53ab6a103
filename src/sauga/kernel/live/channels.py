"""Which channels exist and who may listen to each. A channel that is not registered does not exist."""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # states holds a model, and this package is imported before models may be
    from sauga.kernel.states import Actor

type Predicate = Callable[[Actor, str], bool]

NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+){1,5}", re.ASCII)
LONGEST = 120
_registered: dict[str, Predicate] = {}


class ChannelNameRefused(ValueError):
    """A channel is named service.thing or service.thing.reference, at most 120 plain letters, digits, dashes
    and dots."""


def check_name(name: str) -> str:
    """The name itself. Raises ChannelNameRefused."""
    if len(name) > LONGEST or not NAME.fullmatch(name):
        raise ChannelNameRefused(name[:LONGEST])
    return name


def register_channel(pattern: str, may: Predicate) -> None:
    """Let people at the desk listen to channels that fit `pattern` (`hotline.item.*`) when `may(actor, name)`
    holds.

    Called from an AppConfig's `ready`. Raises ValueError when the pattern is taken by another rule.
    """
    if _registered.setdefault(pattern, may) is not may:
        raise ValueError(f"the channel {pattern} has a rule already")


def may_listen(actor: "Actor", name: str) -> bool:
    """Whether some registered rule lets the actor listen. False for a channel that does not exist."""
    if len(name) > LONGEST or not NAME.fullmatch(name):
        return False
    return any(fnmatchcase(name, pattern) and may(actor, name) for pattern, may in list(_registered.items()))
