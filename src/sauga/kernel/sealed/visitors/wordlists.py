"""The word lists of receipts and how a typed word is matched: exactly, or with one typing error when only one
word is that near."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from sauga.kernel.i18n import languages, normalised

LIST_LENGTH = 2048
ENGLISH = "en"
LOOK_ALIKE = str.maketrans({"ł": "l", "і": "и", "є": "е", "ґ": "г"})
"""Letters that a keyboard may lack and that no decomposition brings together (і, ї, й are one)."""


def spoken() -> tuple[str, ...]:
    """The languages that have a list, in their order."""
    return tuple(row.code for row in languages.every() if row.has_receipt_words)


@cache
def words(language: str) -> tuple[str, ...]:
    """The 2,048 words of a language, in their order; languages without a list get the English one.

    The order is part of the format.
    """
    name = language if language in spoken() else ENGLISH
    return tuple((languages.FOLDER / name / languages.RECEIPT_WORDS).read_text(encoding="utf-8").split())


def fold(text: str) -> str:
    """Lower case without diacritics, and with one letter for those that are easily mistaken: ąžuolas →
    azuolas, łódka → lodka, їжачок → ижачок."""
    plain = "".join(c for c in normalised(text.casefold(), "NFKD") if not unicodedata.combining(c))
    return plain.translate(LOOK_ALIKE)


def near(language: str, typed: str) -> tuple[int, ...]:
    """Numbers of the words that a folded typed word may mean: the exact one, or all at one insertion,
    deletion, swap or change."""
    exact, by_gap = _index(language)
    if typed in exact:
        return (exact[typed],)
    listed = tuple(exact)
    candidates = {number for gap in (typed, *gaps(typed)) for number in by_gap.get(gap, ())}
    return tuple(sorted(number for number in candidates if one_edit_apart(listed[number], typed)))


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one typing error (a letter too many, missing, wrong, or two neighbours swapped) or none turns
    one into the other."""
    if len(one) > len(other):
        one, other = other, one
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[start:] == other[start + 1 :]
    swapped = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
    return one[start + 1 :] == other[start + 1 :] or swapped == other[start:]


@cache
def _index(language: str) -> tuple[Mapping[str, int], Mapping[str, list[int]]]:
    """Folded word → number, and folded word with one letter left out → numbers."""
    exact = {fold(word): number for number, word in enumerate(words(language))}
    by_gap: dict[str, list[int]] = {}
    for word, number in exact.items():
        for gap in {word, *gaps(word)}:
            by_gap.setdefault(gap, []).append(number)
    return exact, by_gap


def gaps(word: str) -> Iterator[str]:
    """The word with one letter left out, for each letter."""
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
