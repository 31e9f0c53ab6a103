"""Data Integrity proofs with the cryptosuite `eddsa-rdfc-2022` (W3C vc-di-eddsa, §3.2): canonical form by
pyld, Ed25519 by `kernel.sealed`.

What no context defines would be dropped by the canonical form and stay unsigned, so such a document is
refused (`TermUnknown`).
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sauga.kernel.sealed.signatures.ed25519 import Signer
from sauga.kernel.sealed.signatures.ed25519 import verify as verify_signature

CRYPTOSUITE, PURPOSE = "eddsa-rdfc-2022", "assertionMethod"
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"
"""The multicodec prefix of an Ed25519 public key."""

type Document = dict[str, Any]


class TermUnknown(Exception):
    """The document has a key or a value that its contexts do not define: it would not be signed."""


class NotCanonical(Exception):
    """The document is no JSON-LD, or names a context that is not one of ours."""


def instant(at: datetime) -> str:
    """A moment as credentials write it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sign(document: Document, signer: Signer, method: str, at: datetime) -> Document:
    """The document with its proof; `method` is the address of the public key. Raises TermUnknown,
    NotCanonical."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": instant(at),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    signature = signer.sign(_digest(document, options))
    return {**document, "proof": {**options, "proofValue": multibase(signature)}}


def is_signed(document: Document, keys: Mapping[str, bytes]) -> bool:
    """Whether the proof of a document that was made here holds; `keys` are public keys by their address.

    For documents of our own: what strangers send is compared with what was issued first (`checking`), so that
    what is canonicalised cannot be chosen.
    """
    proof = document.get("proof", {})
    public = keys.get(proof.get("verificationMethod", ""))
    if public is None or proof.get("cryptosuite") != CRYPTOSUITE or proof.get("proofPurpose") != PURPOSE:
        return False
    bare = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = from_base58(proof["proofValue"].removeprefix("z"))
        return verify_signature(public, _digest(bare, options), signature)
    except (NotCanonical, TermUnknown, ValueError):
        return False


def _digest(document: Document, options: Document) -> bytes:
    """SHA-256 of the canonical proof options and of the canonical document, one behind the other."""
    config = {"@context": document["@context"], **options}
    return b"".join(hashlib.sha256(_canonical(one).encode()).digest() for one in (config, document))


def _canonical(document: Document) -> str:
    """The canonical form (RDFC-1.0) as N-Quads. Raises TermUnknown, NotCanonical."""
    from sauga.kernel.credentials.integrity import canonical

    dropped: list[Any] = []
    try:
        found = canonical.n_quads(document, dropped)
    except canonical.Refused:
        raise NotCanonical from None
    if dropped:
        raise TermUnknown(str(dropped[0]))
    return found


def multibase(content: bytes) -> str:
    """Bytes as multibase, base 58 with Bitcoin's alphabet.

    >>> multibase(b"\\x00\\x01")
    'z12'
    """
    return f"z{base58(content)}"


def public_multibase(public: bytes) -> str:
    """An Ed25519 public key as a Multikey."""
    return multibase(ED25519 + public)


def base58(content: bytes) -> str:
    """Base 58; each leading zero byte is one leading `1`."""
    number, digits = int.from_bytes(content), ""
    while number:
        number, rest = divmod(number, 58)
        digits = ALPHABET[rest] + digits
    return "1" * (len(content) - len(content.lstrip(b"\0"))) + digits


def from_base58(text: str) -> bytes:
    """The bytes of a text in base 58. Raises ValueError for a letter outside the alphabet."""
    number = 0
    for letter in text:
        number = number * 58 + ALPHABET.index(letter)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
