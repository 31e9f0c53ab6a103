"""Checks a file that a visitor brings: a credential as JSON, or a picture with one in it. Nothing of it is
stored.

It is compared with what was issued under its identifier, key by key, so a stranger's file is never
canonicalised, and what was changed can be named. The signature of the stored file is verified, too.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sauga.kernel import xml_trees
from sauga.kernel.credentials import protection, queries
from sauga.kernel.credentials.exports import pictures
from sauga.kernel.credentials.integrity import proofs
from sauga.kernel.credentials.integrity.proofs import Document
from sauga.kernel.credentials.issuer import keys
from sauga.kernel.credentials.models import Credential
from sauga.kernel.sealed import KeyNotAvailable

LARGEST = 256 * 1024
PREFIX = "urn:uuid:"
MOST_CHANGES = 5


class Finding(StrEnum):
    """What a file turned out to be.

    GENUINE: exactly what was issued. ALTERED: it has the identifier of one of ours, but something in it was
    changed. FOREIGN: a credential that was not issued here, or is no longer kept. UNREADABLE: no credential.
    LARGE: too large for one.
    """

    GENUINE = "GENUINE"
    ALTERED = "ALTERED"
    FOREIGN = "FOREIGN"
    UNREADABLE = "UNREADABLE"
    LARGE = "LARGE"


@dataclass(frozen=True)
class Checked:
    """The finding; of one of ours also which, what was changed in it, as paths of keys, and the address under
    which it was issued where that is not today's."""

    finding: Finding
    credential: Credential | None = None
    changed: tuple[str, ...] = ()
    former: str = ""


def check_file(content: bytes) -> Checked:
    """What this file is. Raises nothing, whatever it holds."""
    if len(content) > LARGEST:
        return Checked(Finding.LARGE)
    given = _read(content)
    if not isinstance(given, dict) or not isinstance(given.get("credentialSubject"), dict):
        return Checked(Finding.UNREADABLE)
    row, issued = _issued(given.get("id"))
    if row is None:
        return Checked(Finding.FOREIGN)
    if changed := differences(issued, given):
        return Checked(Finding.ALTERED, row, changed)
    did, _bar, name = str(issued.get("proof", {}).get("verificationMethod", "")).partition("#")
    known = {method.partition("#")[2]: public for method, public in keys.public_keys().items()}
    # The name of a key is its own; the address before it is that of the day on which it signed.
    if not proofs.is_signed(issued, {f"{did}#{name}": known[name]} if name in known else {}):
        return Checked(Finding.ALTERED, row, ("proof",))
    return Checked(Finding.GENUINE, row, former="" if did == keys.issuer_did() else did)


def differences(issued: Any, given: Any, path: str = "") -> tuple[str, ...]:
    """Where two documents differ, as paths such as `credentialSubject.achievement.name`; the first few.

    >>> differences({"a": 1, "b": [{"c": True}]}, {"a": 1, "b": [{"c": 1}]})
    ('b.0.c',)
    """
    if type(issued) is not type(given):
        return (path or ".",)
    if isinstance(issued, dict):
        names = [*issued, *(name for name in given if name not in issued)]
        pairs = [
            (name, issued.get(name), given.get(name), name in issued and name in given) for name in names
        ]
    elif isinstance(issued, list):
        size = max(len(issued), len(given))
        pairs = [
            (str(at), issued[at : at + 1], given[at : at + 1], at < len(issued) and at < len(given))
            for at in range(size)
        ]
        pairs = [(name, a[0] if a else None, b[0] if b else None, both) for name, a, b, both in pairs]
    else:
        return () if issued == given else (path or ".",)
    found: list[str] = []
    for name, one, other, is_in_both in pairs:
        here = f"{path}.{name}" if path else str(name)
        found += differences(one, other, here) if is_in_both else [here]
        if len(found) >= MOST_CHANGES:
            break
    return tuple(found[:MOST_CHANGES])


def _read(content: bytes) -> Any:
    start = content[:256].lstrip(b"\xef\xbb\xbf \t\r\n")
    try:
        text = content.decode("utf-8-sig")
        if start.startswith(b"<"):
            found = pictures.extracted(content)
            if found is None:
                return None
            text = found
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError, xml_trees.TreeRefused):
        return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that names no key twice: of two values, one program would read the first and another the
    last."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key comes twice")
    return made


def _issued(identifier: Any) -> tuple[Credential | None, Document]:
    """The credential with this identifier and its file as it was issued, if its key is still there."""
    if not isinstance(identifier, str) or not identifier.startswith(PREFIX):
        return None, {}
    try:
        row = queries.by_identifier(UUID(identifier.removeprefix(PREFIX)))
        return row, protection.document_of(row) if row is not None else {}
    except (ValueError, KeyNotAvailable):
        return None, {}
