"""Search in an inflected language: fold away marks, reduce each word to two stems, and match either."""

import re
import unicodedata
from functools import lru_cache
from threading import local

import snowballstemmer  # type: ignore[import-untyped]  # ships no types

from sauga.kernel.i18n.normal import normalised

WORD = re.compile(r"[^\W_]+", re.UNICODE)
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

    English has one; other languages are taken for Lithuanian, whose folding finds most.
    """
    return _english(word) if language == "en" else _stems(word)


@lru_cache(maxsize=20_000)
def _english(word: str) -> tuple[str, ...]:
    if not hasattr(_here, "english"):
        _here.english = snowballstemmer.stemmer("english")
    return (str(_here.english.stemWord(fold(word))) or word,)


@lru_cache(maxsize=20_000)
def _stems(word: str) -> tuple[str, ...]:
    plain = _stem(word)
    folded = _stem(fold(word))
    # č and dž soften t and d before an ending (jautis, jaučio; medis, medžio): folded they are c and dz.
    if folded.endswith("dz"):
        folded = folded[:-1]
    elif folded.endswith("c"):
        folded = folded[:-1] + "t"
    return (plain,) if plain == folded else (plain, folded)


def _stem(word: str) -> str:
    if not hasattr(_here, "stemmer"):
        _here.stemmer = snowballstemmer.stemmer("lithuanian")
    return str(_here.stemmer.stemWord(word)) or word
