"""Search in an inflected language: fold away marks, reduce each word to two stems, and match either."""

import re
import unicodedata
from functools import lru_cache
from threading import local

import snowballstemmer  # type: ignore[import-untyped]  # ships no types

from sauga.kernel.i18n import languages
from sauga.kernel.i18n.normal import normalised

WORD = re.compile(r"[^\W_]+", re.UNICODE)
LITHUANIAN, ENGLISH = "lithuanian", "english"
_here = local()  # a snowball stemmer keeps state while it works, so each thread has its own


def fold(text: str) -> str:
    """Small letters without marks: „Patyčios“ → "patycios".

    What a hurried person types on a foreign keyboard.
    """
    return "".join(c for c in normalised(text.lower(), "NFD") if not unicodedata.combining(c))


def search_stems(text: str, language: str = "lt") -> list[str]:
    """The stems under which each word of `text` is indexed and looked for: as written, and folded. Order of
    the text, no doubles.

    Of 224 glossary terms, 99 % of form pairs share a stem, 98 % when typed without diacritics
    (docs/develop/i18n.md). Feed them to a `simple` tsvector; boost exact words beside it.
    """
    stems: dict[str, None] = {}
    for word in search_words(text):
        stems.update(dict.fromkeys(word_stems(word, language)))
    return list(stems)


def search_words(text: str) -> list[str]:
    """The words of a text in small letters, in order, with doubles: what stems are made of."""
    return WORD.findall(normalised(text).lower())


def word_stems(word: str, language: str = "lt") -> tuple[str, ...]:
    """The stems of one word of `search_words`.

    English has one; a language without a stemmer is taken for Lithuanian, whose folding finds most.
    """
    row = languages.row(language)
    algorithm = (row.stemmer if row else "") or LITHUANIAN
    return _english(word) if algorithm == ENGLISH else _stems(word, algorithm)


@lru_cache(maxsize=20_000)
def _english(word: str) -> tuple[str, ...]:
    return (_stem(fold(word), ENGLISH),)


@lru_cache(maxsize=20_000)
def _stems(word: str, algorithm: str) -> tuple[str, ...]:
    plain = _stem(word, algorithm)
    folded = _stem(fold(word), algorithm)
    if algorithm == LITHUANIAN:
        folded = _hardened(folded)
    return (plain,) if plain == folded else (plain, folded)


def _hardened(folded: str) -> str:
    """č and dž soften t and d before an ending (jautis, jaučio; medis, medžio): folded they are c and dz."""
    if folded.endswith("dz"):
        return folded[:-1]
    return folded[:-1] + "t" if folded.endswith("c") else folded


def _stem(word: str, algorithm: str) -> str:
    if not hasattr(_here, algorithm):
        setattr(_here, algorithm, snowballstemmer.stemmer(algorithm))
    return str(getattr(_here, algorithm).stemWord(word)) or word
