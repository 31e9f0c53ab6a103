"""Names as search and order need them. Pure functions."""

from sauga.kernel.i18n import fold, search_words
from sauga.kernel.i18n.collation import sort_key

MOST_WORDS = 12
LONGEST_WORD = 80
LONGEST_FOLDED = 300
ORDERED_BY = 40
"""How many letters of a name decide its place in a list."""


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without marks, in order."""
    return [word[:LONGEST_WORD] for word in search_words(fold(text))]


def folded(name: str, short: str) -> str:
    """Name and short name as search reads them: each word after a space, so that “ mok” finds words that
    begin so."""
    return "".join(f" {word}" for word in words_of(f"{name} {short}"))[:LONGEST_FOLDED]


def order_key(name: str) -> str:
    """A text whose order is the Lithuanian order of the names."""
    return sort_key(name[:ORDERED_BY]).hex()[:400]
