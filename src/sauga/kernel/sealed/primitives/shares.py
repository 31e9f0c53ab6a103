"""Splitting a secret in shares: any `needed` of them restore it, fewer say nothing about it (Shamir, 1979),
over GF(256) byte by byte."""

from collections.abc import Iterable, Mapping

from nacl import bindings

_POLYNOMIAL = 0x11B
"""x⁸+x⁴+x³+x+1, the field of AES (FIPS 197 §4)."""


def split(secret: bytes, *, count: int, needed: int) -> dict[int, bytes]:
    """Shares by their number 1…count. Raises ValueError unless 2 ≤ needed ≤ count ≤ 255."""
    if not 2 <= needed <= count <= 255:
        raise ValueError("2 ≤ needed ≤ count ≤ 255")
    rows = [(byte, *bindings.randombytes(needed - 1)) for byte in secret]
    return {x: bytes(_value(row, x) for row in rows) for x in range(1, count + 1)}


def join(shares: Mapping[int, bytes]) -> bytes:
    """The secret of enough shares: Lagrange's interpolation at 0.

    With too few or mixed shares the result is noise, so check it.
    """
    length = min(map(len, shares.values()))
    weights = {x: _weight(x, [other for other in shares if other != x]) for x in shares}
    return bytes(_sum(_times(weights[x], share[i]) for x, share in shares.items()) for i in range(length))


def _weight(x: int, others: list[int]) -> int:
    weight = 1
    for other in others:
        weight = _times(weight, _times(other, _inverse(other ^ x)))
    return weight


def _value(coefficients: tuple[int, ...], x: int) -> int:
    total = 0
    for coefficient in reversed(coefficients):
        total = _times(total, x) ^ coefficient
    return total


def _sum(terms: Iterable[int]) -> int:
    total = 0
    for term in terms:
        total ^= term
    return total


def _times(a: int, b: int) -> int:
    """Product in GF(256), the same steps whatever the values."""
    product = 0
    for _ in range(8):
        product ^= a * (b & 1)
        a = (a << 1) ^ (_POLYNOMIAL * (a >> 7))
        b >>= 1
    return product


def _inverse(a: int) -> int:
    """a²⁵⁴, which is 1/a."""
    result = 1
    for _ in range(254):
        result = _times(result, a)
    return result
