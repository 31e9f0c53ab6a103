"""In which language a text is written, by its most frequent small words and its letters, among the languages
that have small words in their row (those that are translated from).

Made to notice that a translation still holds the original, not to name any language: a text of few words, or
of none of them, has no answer.
"""

import re

from sauga.kernel.i18n import languages

WORD = re.compile(r"[^\W\d_]+")
MOST_WORDS = 2000
FEWEST_MARKS = 2
CLEARLY = 2
"""One language must have this many times the marks of the other."""


def written_in(text: str) -> str:
    """The code of the language, as `lt` or `en`; empty where the text does not tell.

    >>> written_in("Kalbėkis su vaiku apie tai, kas vyksta internete.")
    'lt'
    >>> written_in("Talk with your child about what happens online.")
    'en'
    >>> written_in("Instagram 2026")
    ''
    """
    words = [
        found.group(0).lower() for _n, found in zip(range(MOST_WORDS), WORD.finditer(text), strict=False)
    ]
    marks = {
        row.code: sum((word in row.small_words) + (not row.own_letters.isdisjoint(word)) for word in words)
        for row in languages.every()
        if row.small_words
    }
    first, other = sorted(marks, key=lambda language: marks[language], reverse=True)[:2]
    clear = marks[first] >= FEWEST_MARKS and marks[first] >= CLEARLY * marks[other]
    return first if clear else ""
