"""Kinds of referral: who may send what to whom.

Both services declare the same kind, since neither may import the other.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import Zone

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
CODE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


class KindUnknown(LookupError):
    """No service of this installation declares the kind."""


class KindConflict(ValueError):
    """The two services declare the kind differently."""


class PayloadRefused(ActionRefused):
    """A field is missing, not of the kind, too long or no code. Names the field, never its content."""

    message = _("This is longer than any address.")


@dataclass(frozen=True)
class Field:
    """One field of a message.

    Plain ones are codes; sealed ones are text that only the receiver's zone can open.
    """

    sealed: bool = True
    longest: int = 2_000
    required: bool = True


def code(*, required: bool = True) -> Field:
    """A plain field: a code of at most 64 characters."""
    return Field(sealed=False, longest=64, required=required)


def text(longest: int = 2_000, *, required: bool = True) -> Field:
    """A sealed field of at most `longest` characters."""
    return Field(sealed=True, longest=longest, required=required)


@dataclass(frozen=True)
class Kind:
    """A typed message: `Kind("helpline.url", "helpline", "hotline", {"url": text(8192), "suspected": code(),
    "day": code()})`.

    `machine_reads` lets the receiver's machine open the payload as well (addresses for the monitor; nothing
    else).
    """

    name: str
    sender: str
    receiver: str
    fields: Mapping[str, Field]
    machine_reads: bool = False

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name) or not self.fields or self.sender == self.receiver:
            raise ValueError(f"{self.name!r} is no kind of referral")
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))
        Zone(self.receiver)

    @property
    def zone(self) -> Zone:
        """The zone that can open the sealed fields."""
        return Zone(self.receiver)

    def split(self, payload: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """The payload as plain and sealed fields. Raises PayloadRefused."""
        if strangers := sorted(payload.keys() - self.fields.keys()):
            raise PayloadRefused(f"{self.name} has no field {strangers[0]}")
        plain: dict[str, str] = {}
        sealed: dict[str, str] = {}
        for name, field in self.fields.items():
            value = payload.get(name, "")
            if not isinstance(value, str) or len(value) > field.longest:
                raise PayloadRefused(f"{name} is too long or no text")
            if not value:
                if field.required:
                    raise PayloadRefused(f"{name} is missing")
                continue
            if not field.sealed and not CODE.fullmatch(value):
                raise PayloadRefused(f"{name} is no code")
            (sealed if field.sealed else plain)[name] = value
        return plain, sealed


@dataclass(frozen=True)
class Received:
    """What a receiver's handler is given.

    The sealed fields are opened by `referrals.open_payload` with a person's key.
    """

    ref: str
    kind: str
    sender: str
    plain: Mapping[str, str]
    sent_at: datetime


@dataclass(frozen=True)
class Progress:
    """What the sender is given when its referral moves."""

    ref: str
    kind: str
    state: str
    outcome: str


type Handler = Callable[[Received, datetime], None]
type Watcher = Callable[[Progress, datetime], None]

_kinds: dict[str, Kind] = {}
_receivers: dict[str, Handler] = {}
_watchers: dict[str, Watcher] = {}


def register_kind(kind: Kind) -> Kind:
    """Declare a kind, from either service's AppConfig.

    Raises KindConflict when the other side declared it differently.
    """
    if _kinds.setdefault(kind.name, kind) != kind:
        raise KindConflict(kind.name)
    return kind


def register_receiver(kind: Kind, handler: Handler) -> None:
    """The receiving service: `handler(received, at)` runs in a job after the sender's commit, in one
    transaction with the new state, so that it takes effect exactly once. Raises KindConflict for a second
    handler."""
    if _receivers.setdefault(register_kind(kind).name, handler) is not handler:
        raise KindConflict(f"{kind.name} has a receiver already")


def register_sender(kind: Kind, watcher: Watcher) -> None:
    """The sending service, if it wants to be notified: `watcher(progress, at)` runs in a job after each move
    by the receiver."""
    if _watchers.setdefault(register_kind(kind).name, watcher) is not watcher:
        raise KindConflict(f"{kind.name} has a sender already")


def kind_named(name: str) -> Kind:
    """One kind. Raises KindUnknown."""
    try:
        return _kinds[name]
    except KeyError:
        raise KindUnknown(name) from None


def receiver_of(name: str) -> Handler | None:
    """The receiver's handler, None where the receiving service is not part of this installation."""
    return _receivers.get(name)


def watcher_of(name: str) -> Watcher | None:
    """Whom to tell about moves, if anybody."""
    return _watchers.get(name)
