"""How alike two texts are: a 64-bit similarity hash over runs of three words (Charikar 2002, "Similarity estimation techniques").

The hash tells that a page is still the same page although its counters and comments moved; nobody can read the page back from it.
"""

from collections.abc import Iterable
from hashlib import blake2b

from sauga.hotline.rules.pages import MOST_TEXT, fold

BITS = 64
RUN = 3  # words in one shingle
NEAR = 10  # bits apart at most: the same page (cosine of about 0.88)
FAR = 20  # bits apart at least: another page (cosine of about 0.55); two unrelated texts lie 32 ± 4 apart

# Each byte's bits as counters of 32 bits in one integer, so that 64 counters are summed with eight additions a shingle.
_LANES = [sum(1 << (32 * bit) for bit in range(8) if byte >> bit & 1) for byte in range(256)]
_MASK = (1 << 32) - 1


def similarity_hash(text: str) -> int | None:
    """The hash as a signed 64-bit number, or None for a text without words. Case, marks and punctuation do not matter."""
    shingles = set(_shingles(fold(text[:MOST_TEXT]).split()))
    if not shingles:
        return None
    counters = [0] * 8
    for shingle in shingles:
        digest = blake2b(shingle.encode(), digest_size=8).digest()
        for position in range(8):
            counters[position] += _LANES[digest[position]]
    half = len(shingles) / 2
    value = 0
    for position, counter in enumerate(counters):
        for bit in range(8):
            if (counter >> (32 * bit) & _MASK) > half:
                value |= 1 << (8 * position + bit)
    return value - (1 << BITS) if value >> (BITS - 1) else value


def _shingles(words: list[str]) -> Iterable[str]:
    if len(words) < RUN:
        return [" ".join(words)] if words else []
    return (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def bits_apart(one: int, other: int) -> int:
    """In how many of 64 bits two hashes differ: 0 for the same text, about 32 for unrelated ones."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()


def per_cent_alike(one: int | None, other: int | None) -> int | None:
    """Agreement of two hashes from 0 to 100, None when one of them is missing. Unrelated texts agree in about 50."""
    if one is None or other is None:
        return None
    return round(100 * (BITS - bits_apart(one, other)) / BITS)
