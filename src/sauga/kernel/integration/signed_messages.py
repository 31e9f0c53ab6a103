"""Messages between installations: signed JSON that cannot be altered, misdirected, delayed or replayed. Pure
functions, used by `transport`."""

import json
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sauga.kernel.sealed.signatures.ed25519 import Signer
from sauga.kernel.sealed.signatures.ed25519 import verify as is_signed

LARGEST = 64 * 1024
WINDOW = timedelta(minutes=5)
"""How far the two installations' clocks may be apart. A receiver remembers nonces for twice as long."""
NONCE_BYTES = 16
PURPOSE = b"sauga house message v1\n"
FIELDS = {"kind", "sender", "receiver", "at", "nonce", "body"}


class Why(StrEnum):
    """Why a message is refused. The sender gets the code; the message itself is never logged."""

    TOO_LARGE = "TOO_LARGE"
    UNREADABLE = "UNREADABLE"
    UNKNOWN_SENDER = "UNKNOWN_SENDER"
    SIGNATURE = "SIGNATURE"
    MISDIRECTED = "MISDIRECTED"
    TOO_OLD = "TOO_OLD"
    REPLAYED = "REPLAYED"


class MessageRefused(Exception):
    """The message is not accepted; `why` says for what reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Message:
    """A message that was accepted."""

    kind: str
    sender: str
    receiver: str
    at: datetime
    nonce: str
    body: Mapping[str, Any]


def sign(
    body: Mapping[str, Any], *, kind: str, sender: str, receiver: str, signer: Signer, at: datetime
) -> bytes:
    """The bytes to send.

    The signature covers the payload text exactly as it travels, so nothing depends on re-writing JSON.
    """
    stamp = at.astimezone(UTC).isoformat(timespec="seconds")
    content = {
        "kind": kind,
        "sender": sender,
        "receiver": receiver,
        "at": stamp,
        "nonce": secrets.token_hex(NONCE_BYTES),
        "body": body,
    }
    payload = json.dumps(content, sort_keys=True, allow_nan=False)
    return json.dumps(
        {"payload": payload, "signature": signer.sign(PURPOSE + payload.encode()).hex()}
    ).encode()


def verify(
    message: bytes,
    *,
    keys: Mapping[str, Collection[bytes]],
    receiver: str,
    at: datetime,
    seen: Callable[[str, str], bool],
) -> Message:
    """The message, if a known installation signed it for this receiver within the window and it was not seen
    before.

    `keys` are each installation's public keys (two while one is being replaced). `seen(sender, nonce)` stores
    the nonce and returns whether it was stored already; it is called last, so that only genuine messages fill
    the table. Raises MessageRefused.
    """
    if len(message) > LARGEST:
        raise MessageRefused(Why.TOO_LARGE)
    outer = _read(message, {"payload", "signature"})
    content = _read(outer["payload"], FIELDS)
    found = _message(content)
    public = keys.get(found.sender)
    if not public:
        raise MessageRefused(Why.UNKNOWN_SENDER)
    signed, signature = (
        PURPOSE + outer["payload"].encode("utf-8", "surrogatepass"),
        _signature(outer["signature"]),
    )
    if not any(is_signed(key, signed, signature) for key in public):
        raise MessageRefused(Why.SIGNATURE)
    if found.receiver != receiver:
        raise MessageRefused(Why.MISDIRECTED)
    if abs(at - found.at) > WINDOW:
        raise MessageRefused(Why.TOO_OLD)
    if seen(found.sender, found.nonce):
        raise MessageRefused(Why.REPLAYED)
    return found


def _read(text: bytes | Any, names: set[str]) -> dict[str, Any]:
    """One JSON object with exactly these names; no name twice, no NaN, no bottomless nesting."""
    if not isinstance(text, bytes | str):
        raise MessageRefused(Why.UNREADABLE)
    try:
        found = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise MessageRefused(Why.UNREADABLE) from None
    if not isinstance(found, dict) or found.keys() != names:
        raise MessageRefused(Why.UNREADABLE)
    return found


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _message(content: Mapping[str, Any]) -> Message:
    texts = [content[name] for name in ("kind", "sender", "receiver", "nonce", "at")]
    if (
        not all(isinstance(text, str) for text in texts)
        or not isinstance(content["body"], dict)
        or len(content["nonce"]) != 2 * NONCE_BYTES
    ):
        raise MessageRefused(Why.UNREADABLE)
    try:
        at = datetime.fromisoformat(content["at"])
    except ValueError:
        raise MessageRefused(Why.UNREADABLE) from None
    if at.tzinfo is None:
        raise MessageRefused(Why.UNREADABLE)
    return Message(
        content["kind"], content["sender"], content["receiver"], at, content["nonce"], content["body"]
    )


def _signature(text: Any) -> bytes:
    try:
        return bytes.fromhex(text)
    except (TypeError, ValueError):
        raise MessageRefused(Why.UNREADABLE) from None
