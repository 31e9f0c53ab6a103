"""What safeguarding adds to a conversation.

It stands above the chat and registers its answers when the service starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Safeguarding:
    """`raise_concern(by=, conversation=, at=)` when a counsellor sets the highest band.
    `questions(conversation, key)`: what the child is asked about sharing. `answer(by=, conversation=, ref=,
    agrees=, at=)`: the child's answer to one of them.
    """

    raise_concern: Callable[..., object]
    questions: Callable[..., list[Any]]
    answer: Callable[..., None]


_REGISTERED: list[Safeguarding] = []


def register(safeguarding: Safeguarding) -> None:
    """Safeguarding answers from now on."""
    _REGISTERED[:] = [safeguarding]


def safeguarding() -> Safeguarding:
    """What was registered."""
    return _REGISTERED[0]
