"""What services do when it is confirmed that a member acts for an organisation, in the same transaction.

Services declare it in their `service.py`; the kernel knows none of them.
"""

from datetime import datetime
from typing import Protocol

from sauga.kernel.members.models import Representation
from sauga.kernel.states import Actor


class Reaction(Protocol):
    """What one service does. It returns whether it has a mail sent to the member that says so."""

    def __call__(self, *, by: Actor, representation: Representation, at: datetime) -> bool: ...


_reactions: dict[str, Reaction] = {}


def register(code: str, reaction: Reaction) -> None:
    """Declare what a service does; the same code again replaces it."""
    _reactions[code] = reaction


def announce(*, by: Actor, representation: Representation, at: datetime) -> bool:
    """Let every service react now. Returns whether one of them has a mail sent to the member."""
    said = [react(by=by, representation=representation, at=at) for _code, react in sorted(_reactions.items())]
    return any(said)
