"""How alike two texts are: a 64-bit similarity hash over runs of three words (Charikar 2002, "Similarity
estimation techniques").

The hash tells that a page is still the same page although its counters and comments moved; nobody can read
the page back from it.
"""

from collections.abc import Iterable
from hashlib import blake2b

from sauga.hotline.monitoring.rules.page_text import MOST_TEXT, fold

BITS = 64
RUN = 3  # words in one shingle
NEAR = 10  # bits apart at most: the same page (cosine of about 0.88)
FAR = 20  # bits apart at least: another page (cosine of about 0.55); two unrelated texts lie 32 ± 4 apart


def similarity_hash(text: str) -> int | None:
    """The hash as a signed 64-bit number, or None for a text without words.

    Case, marks and punctuation do not matter.
    """
    shingles = set(_shingles(fold(text[:MOST_TEXT]).split()))
    if not shingles:
        return None
    # All digests as one long number: a bit of all of them is counted by one mask.
    joined = int.from_bytes(
        b"".join(blake2b(shingle.encode(), digest_size=BITS // 8).digest() for shingle in shingles), "little"
    )
    first_bits = int.from_bytes(b"\1\0\0\0\0\0\0\0" * len(shingles), "little")
    value = 0
    for bit in range(BITS):
        if 2 * (joined >> bit & first_bits).bit_count() > len(shingles):
            value |= 1 << bit
    return value - (1 << BITS) if value >> (BITS - 1) else value


def _shingles(words: list[str]) -> Iterable[str]:
    if len(words) < RUN:
        return [" ".join(words)] if words else []
    return (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def bits_apart(one: int, other: int) -> int:
    """In how many of 64 bits two hashes differ: 0 for the same text, about 32 for unrelated ones."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()


def per_cent_alike(one: int | None, other: int | None) -> int | None:
    """Agreement of two hashes from 0 to 100, None when one of them is missing.

    Unrelated texts agree in about 50.
    """
    if one is None or other is None:
        return None
    return round(100 * (BITS - bits_apart(one, other)) / BITS)
