"""What chat, calls and letters answer about their contacts.

Records and rota stand below the three channels and need little of them: each registers its answers when the
service starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Load:
    """How many contacts of a channel go on, and how many wait."""

    talking: int = 0
    waiting: int = 0


def _no_load() -> Load:
    return Load()


def _none_in_hand(person_id: int) -> int:
    return 0


def _never_heavy(person_id: int, since: datetime, until: datetime, bands: Sequence[str]) -> bool:
    return False


@dataclass(frozen=True)
class Channel:
    """One channel. `relation` is the attempt's link to a contact of this channel.

    `close(by=, contact=, to=, at=)` closes a locked contact with its record; `to` is CLOSED or
    CLOSED_NONDATA. `mine(person)` is a filter (Q) of attempts: those that this person writes up.
    `in_hand(person)` counts contacts that still go on. `was_heavy(person, since, until, bands)`: whether a
    contact that is not written up yet was at risk, or in one of the bands.
    """

    relation: str
    close: Callable[..., None]
    mine: Callable[[int], Any]
    load: Callable[[], Load] = _no_load
    in_hand: Callable[[int], int] = _none_in_hand
    was_heavy: Callable[[int, datetime, datetime, Sequence[str]], bool] = _never_heavy


_CHANNELS: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """A channel answers for its contacts from now on."""
    _CHANNELS[channel.relation] = channel


def registered() -> tuple[Channel, ...]:
    """All channels, in the order in which they registered."""
    return tuple(_CHANNELS.values())


def channel_of(relation: str) -> Channel:
    """The channel behind one link of an attempt."""
    return _CHANNELS[relation]


def contact_of(attempt: Any) -> tuple[Channel, Any] | None:
    """The channel of an attempt and its contact; None after the contact was purged."""
    for channel in registered():
        if (contact := getattr(attempt, channel.relation)) is not None:
            return channel, contact
    return None
