"""JSON Web Tokens signed with RS256 (RFC 7515, 7518, 7519): our own keys as files, the keys of others as JSON
Web Key Sets (RFC 7517).

Only RS256 is ever accepted, whatever a token's header says, and only with a key that is an RSA key of 2,048
bits or more: neither `none` nor a public key used as a shared secret can pass.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    RSAPublicNumbers,
    generate_private_key,
)
from jwt.utils import base64url_decode, base64url_encode

from sauga.kernel.sealed.errors import KeyNotAvailable
from sauga.kernel.sealed.files import folder, place

ALGORITHM = "RS256"
OWN_BITS, LEAST_BITS, MOST_BITS = 2048, 2048, 8192
LONGEST_TOKEN, LONGEST_KEYS, MOST_KEYS = 16 * 1024, 64 * 1024, 20
LONGEST_NUMBER = 2048
LEEWAY = 30
"""Seconds that the clocks of two servers may differ."""

type Jwk = dict[str, str]


class KeysUnreadable(ValueError):
    """What was given holds no public RSA key that may be used. The message is a code."""


class TokenRefused(ValueError):
    """A token that is not accepted. The message is a code: form, algorithm, key, signature, expired, early,
    issuer, audience, claim."""


@dataclass(frozen=True)
class TokenSigner:
    """The holder of one of these signs tokens; `jwk` is what others check with."""

    key: RSAPrivateKey = field(repr=False)
    name: str

    @property
    def jwk(self) -> Jwk:
        """The public half, named as in the head of each token."""
        return _jwk(self.key.public_key(), self.name)

    def sign(self, claims: Mapping[str, Any]) -> str:
        """A signed token."""
        return jwt.encode(dict(claims), self.key, algorithm=ALGORITHM, headers={"kid": self.name})


def make_token_signer(file: str, name: str) -> TokenSigner:
    """A fresh key pair in the key file `file`, readable by its owner only. Raises KeyNotAvailable where the
    file exists already: a key is never replaced by chance."""
    path = folder() / file
    if path.exists():
        raise KeyNotAvailable(f"the file keys/{file} exists already")
    key = generate_private_key(public_exponent=65537, key_size=OWN_BITS)
    place(
        path,
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
    return TokenSigner(key, name)


def token_signer(file: str, name: str) -> TokenSigner:
    """The signer of a key file. Raises KeyNotAvailable on a host that was not given it."""
    path = folder() / file
    try:
        changed = os.stat(path).st_mtime_ns
        return TokenSigner(_private(str(path), changed), name)
    except (OSError, ValueError, TypeError):
        raise KeyNotAvailable(f"the file keys/{file} is missing or unreadable") from None


@lru_cache(maxsize=4)
def _private(path: str, _changed: int) -> RSAPrivateKey:
    found = serialization.load_pem_private_key(Path(path).read_bytes(), password=None)
    if not isinstance(found, RSAPrivateKey):
        raise ValueError("not an RSA key")
    return found


def read_keys(text: str) -> list[Jwk]:
    """The public RSA keys in a JSON Web Key Set, a single JSON Web Key, or a PEM block, in a normal form
    without anything else that stood there. Raises KeysUnreadable."""
    if len(text) > LONGEST_KEYS:
        raise KeysUnreadable("size")
    stripped = text.strip()
    if stripped.startswith("-----BEGIN"):
        return [_from_pem(stripped)]
    try:
        held = json.loads(stripped)
    except (ValueError, RecursionError):
        raise KeysUnreadable("form") from None
    rows = held.get("keys", [held]) if isinstance(held, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST_KEYS:
        raise KeysUnreadable("form")
    found = [key for row in rows if (key := _from_jwk(row)) is not None]
    if not found:
        raise KeysUnreadable("none")
    return found


def _from_pem(text: str) -> Jwk:
    try:
        key = serialization.load_pem_public_key(text.encode())
    except (ValueError, TypeError):
        raise KeysUnreadable("form") from None
    if not isinstance(key, RSAPublicKey) or not LEAST_BITS <= key.key_size <= MOST_BITS:
        raise KeysUnreadable("weak")
    return _jwk(key, "")


def _from_jwk(row: Any) -> Jwk | None:
    """A key in its normal form; None for one that signs with something else than RS256."""
    if not isinstance(row, dict) or row.get("kty") != "RSA":
        return None
    if row.get("use", "sig") != "sig" or row.get("alg", ALGORITHM) != ALGORITHM:
        return None
    name = row.get("kid", "")
    if not isinstance(name, str) or len(name) > 200:
        return None
    try:
        return _jwk(_public(row), name)
    except (ValueError, TypeError, KeyError):
        return None


@lru_cache(maxsize=256)
def _made(n: str, e: str) -> RSAPublicKey:
    modulus = int.from_bytes(base64url_decode(n), "big")
    exponent = int.from_bytes(base64url_decode(e), "big")
    if not LEAST_BITS <= modulus.bit_length() <= MOST_BITS or not exponent.bit_length() <= 64:
        raise ValueError("size")
    return RSAPublicNumbers(exponent, modulus).public_key()


def _public(row: Mapping[str, Any]) -> RSAPublicKey:
    n, e = row["n"], row["e"]
    if not isinstance(n, str) or not isinstance(e, str) or len(n) > LONGEST_NUMBER or len(e) > 16:
        raise ValueError("size")
    return _made(n, e)


def _jwk(key: RSAPublicKey, name: str) -> Jwk:
    numbers = key.public_numbers()
    made = {"kty": "RSA", "use": "sig", "alg": ALGORITHM, "n": _number(numbers.n), "e": _number(numbers.e)}
    return made | ({"kid": name} if name else {})


def _number(value: int) -> str:
    return base64url_encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).decode()


def key_name(token: str) -> str:
    """The name of the key in the head of a token; empty where it names none or is no token."""
    if len(token) > LONGEST_TOKEN:
        return ""
    try:
        name = jwt.get_unverified_header(token).get("kid", "")
    except (jwt.PyJWTError, RecursionError, ValueError):
        return ""
    return name if isinstance(name, str) else ""


def unverified_issuer(token: str) -> str:
    """Whom a token claims to come from, to find the keys that it is then checked with. Believe nothing of it.

    Empty for what is no token.
    """
    if len(token) > LONGEST_TOKEN:
        return ""
    try:
        issuer = jwt.decode(token, options={"verify_signature": False}).get("iss", "")
    except (jwt.PyJWTError, RecursionError, ValueError):
        return ""
    return issuer if isinstance(issuer, str) else ""


def check_token(
    token: str, keys: Sequence[Mapping[str, Any]], *, issuer: str, audiences: Sequence[str], at: datetime
) -> dict[str, Any]:
    """The claims of a token signed by the holder of one of `keys`, for one of `audiences`, valid at `at`.

    A token that names a key is checked with keys of that name and with nameless ones only. `exp`, `iat`,
    `iss`, `aud` and `jti` are needed. Raises TokenRefused.
    """
    if len(token) > LONGEST_TOKEN:
        raise TokenRefused("form")
    try:
        head = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, RecursionError, ValueError):
        raise TokenRefused("form") from None
    if head.get("alg") != ALGORITHM:
        raise TokenRefused("algorithm")
    wanted = head.get("kid", "")
    suitable = [key for key in keys if not wanted or key.get("kid", wanted) == wanted]
    if not suitable:
        raise TokenRefused("key")
    claims = _claims(token, suitable)
    _check_claims(claims, issuer, audiences, at.timestamp())
    return claims


def _claims(token: str, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the token says, once one of the keys has signed it; times and parties are checked apart."""
    options: Any = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")} | {
        "verify_signature": True
    }
    for key in keys:
        try:
            found: dict[str, Any] = jwt.decode(token, _public(key), algorithms=[ALGORITHM], options=options)
        except jwt.InvalidSignatureError:
            continue
        except (jwt.PyJWTError, RecursionError, ValueError, TypeError):
            raise TokenRefused("form") from None
        return found
    raise TokenRefused("signature")


def _check_claims(claims: Mapping[str, Any], issuer: str, audiences: Sequence[str], now: float) -> None:
    ends, made, begins = claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)
    for value in (ends, made, begins):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TokenRefused("claim")
    if not isinstance(claims.get("jti"), str) or not 0 < len(claims["jti"]) <= 200:
        raise TokenRefused("claim")
    assert isinstance(ends, int | float) and isinstance(made, int | float)
    if not ends > now - LEEWAY:
        raise TokenRefused("expired")
    if not (made <= now + LEEWAY and begins <= now + LEEWAY):
        raise TokenRefused("early")
    if claims.get("iss") != issuer:
        raise TokenRefused("issuer")
    named = claims.get("aud")
    names = named if isinstance(named, list) else [named]
    if not any(isinstance(one, str) and one in audiences for one in names):
        raise TokenRefused("audience")
