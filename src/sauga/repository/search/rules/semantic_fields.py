"""What the words of a search are about: each word gets its semantic fields ("feeling", "material").

The vocabularies are data (`data/distress/fields/<language>.json`): a word, a stem (`skriaud*`), a stem that
may carry one of the language's prefixes (`+muš*`), or several words (`what_to_do`). The most specific entry
decides; one wrong letter is forgiven in longer words that fit no entry as written. Nothing that was read is
kept.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sauga.kernel.i18n import languages
from sauga.kernel.i18n.latin import comparable
from sauga.kernel.i18n.phrases import FUZZY_FROM, Phrasebook, Text, near, plain, read

DATA = Path(__file__).parents[2] / "data" / "distress" / "fields"
LATIN, CYRILLIC = (
    tuple(
        row.code for row in languages.every() if row.script == script and (DATA / f"{row.code}.json").exists()
    )
    for script in ("latin", "cyrillic")
)
SHORTEST_VERB = 5
LEAST_AFTER_PREFIX, LEAST_MISSPELT_AFTER_PREFIX = 3, 7
LEAST_SHARE, LEAST_SHARE_MISSPELT = 0.5, 0.7
"""A stem that is less than this part of a word says nothing about it; of a misspelt one more must fit."""
UNCERTAIN = 0.6
"""What a misspelt word counts, beside one, when languages are compared."""
LEAST_TRANSLITERATED, CLEARLY_BETTER = 0.6, 0.05
TELLING, SOME = 0.6, 0.25
"""A language whose well-spelt words make up this share of the letters is taken without asking further."""


@dataclass(frozen=True)
class Reading:
    """Which fields were named, in which language, and the share of the letters that language explains."""

    language: str
    fields: frozenset[str]
    share: float


@dataclass(frozen=True)
class Entry:
    """A word (`is_stem` false) or the beginning of words, with its fields."""

    letters: str
    is_stem: bool
    takes_prefix: bool
    fields: frozenset[str]

    def rank(self) -> tuple[int, bool]:
        """A longer entry is more specific, and a whole word more than a stem."""
        return len(self.letters), not self.is_stem


class Vocabulary:
    """One language's words by field. `written` brings a word into the form in which data and text are
    compared.
    """

    def __init__(self, content: Mapping[str, Any], written: Callable[[str], str] = plain) -> None:
        self.written = written
        fields: dict[tuple[str, bool], set[str]] = {}
        prefixed: set[tuple[str, bool]] = set()
        phrases: dict[str, list[str]] = {}
        for name, lines in content["fields"].items():
            for word in " ".join(lines).split():
                if "_" in word:
                    phrases.setdefault(name, []).append(" ".join(self._parts(word)))
                    continue
                key = (written(word.strip("+*")), word.endswith("*"))
                fields.setdefault(key, set()).add(name)
                if word.startswith("+"):
                    prefixed.add(key)
        self.entries = {key: Entry(*key, key in prefixed, frozenset(names)) for key, names in fields.items()}
        self.longest = max(len(letters) for letters, _ in self.entries)
        self.prefixes = tuple(sorted({written(prefix) for prefix in content["prefixes"]}))
        self.phrases = Phrasebook([{"words": {}, "concepts": phrases}])
        endings: Mapping[str, Sequence[str]] = content.get("endings", {})
        self.endings = {name: tuple(written(ending) for ending in some) for name, some in endings.items()}
        self._looks = ((True, self._exactly, LEAST_SHARE), (False, self._nearly, LEAST_SHARE_MISSPELT))
        self.by_letter: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            if len(entry.letters) >= FUZZY_FROM + entry.is_stem:
                self.by_letter.setdefault(entry.letters[0], []).append(entry)

    def _parts(self, phrase: str) -> list[str]:
        return [self.written(part.rstrip("*")) + "*" * part.endswith("*") for part in phrase.split("_")]

    def fields_of(self, word: str, *, exactly: bool = False) -> tuple[frozenset[str], int, bool]:
        """The fields of one word, how many of its letters they explain, and whether it is spelt
        as in the data.
        """
        for is_spelt_so, look, least in self._looks[: 1 if exactly else 2]:
            found = [
                (len(prefix) + len(entry.letters), entry)
                for prefix, rest in self._ways(word)
                for entry in look(rest, bool(prefix))
            ]
            if found:
                most = max((length, entry.rank()[1]) for length, entry in found)
                if most[0] >= least * len(word):
                    best = [entry.fields for length, entry in found if (length, entry.rank()[1]) == most]
                    return frozenset().union(*best), min(most[0], len(word)), is_spelt_so
        return (frozenset() if exactly else self._by_ending(word)), 0, False

    def _by_ending(self, word: str) -> frozenset[str]:
        """An unlisted verb shows by its ending who does it: no list holds them all."""
        if len(word) < SHORTEST_VERB:
            return frozenset()
        return frozenset(name for name, endings in self.endings.items() if word.endswith(endings))

    def _ways(self, word: str) -> list[tuple[str, str]]:
        """The word itself and what is left of it without each prefix that it may carry."""
        longest = len(word) - LEAST_AFTER_PREFIX
        fitting = [prefix for prefix in self.prefixes if len(prefix) <= longest and word.startswith(prefix)]
        return [("", word), *((prefix, word[len(prefix) :]) for prefix in fitting)]

    def _exactly(self, word: str, had_prefix: bool) -> list[Entry]:
        keys = [(word, False), *((word[:n], True) for n in range(1, min(len(word), self.longest) + 1))]
        found = [self.entries[key] for key in keys if key in self.entries]
        return [entry for entry in found if entry.takes_prefix or not had_prefix]

    def _nearly(self, word: str, had_prefix: bool) -> list[Entry]:
        """Entries within one wrong, missing, extra or swapped letter of the word, the first letter
        excepted.
        """
        if len(word) < (LEAST_MISSPELT_AFTER_PREFIX if had_prefix else FUZZY_FROM - 1):
            return []
        return [
            entry
            for entry in self.by_letter.get(word[0], ())
            if (entry.takes_prefix or not had_prefix)
            and len(entry.letters) <= len(word) + 1
            and (entry.letters[1] == word[1] or entry.letters[2] in word[1:4])
            and any(near(word[:end], entry.letters) for end in _ends(entry, len(word)))
        ]

    def read(self, language: str, text: Text, *, exactly: bool = False) -> Reading:
        """The fields of a text; the words of a phrase count as the phrase only.

        `exactly`: no wrong letter is forgiven.
        """
        words = [self.written(word) for word in text.words]
        text = Text(words, text.sentence, text.part)
        named: set[str] = set()
        covered: set[int] = set()
        explained = 0.0
        for hit in sorted(
            self.phrases.find(text, also_denied=True, exactly=True),
            key=lambda hit: (hit.start - hit.end, hit.start),
        ):
            places = set(range(hit.start, hit.end))
            if not places & covered:
                covered |= places
                named.add(hit.concept)
                explained += sum(len(words[place]) for place in places)
        for place, word in enumerate(words):
            if place not in covered:
                names, letters, is_spelt_so = self.fields_of(word, exactly=exactly)
                explained += letters * (1 if is_spelt_so else UNCERTAIN)
                named |= names
        return Reading(language, frozenset(named), explained / max(1, sum(map(len, words))))


def _ends(entry: Entry, length: int) -> Sequence[int]:
    if not entry.is_stem:
        return (length,) if abs(length - len(entry.letters)) <= 1 else ()
    return [
        end for end in (len(entry.letters) - 1, len(entry.letters), len(entry.letters) + 1) if end <= length
    ]


def reading(text: str) -> Reading:
    """`text` in the language that explains most of it; Russian and Ukrainian also in Latin letters, where
    that explains more.

    >>> reading("mene bulyat").language, sorted(reading("bullying lesson plan").fields)
    ('uk', ['material', 'topic'])
    """
    words = read(text)
    is_cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in text)
    best = _best(words, CYRILLIC if is_cyrillic else LATIN)
    if not is_cyrillic:
        other = _transliterated(words)
        if other.share >= max(LEAST_TRANSLITERATED, best.share + CLEARLY_BETTER):
            return other
    return best


def _transliterated(words: Text) -> Reading:
    """Misspelt words are considered only where some words are Russian or Ukrainian as written."""
    exact = max(
        (transliterated(code).read(code, words, exactly=True) for code in CYRILLIC),
        key=lambda found: found.share,
    )
    return transliterated(exact.language).read(exact.language, words) if exact.share >= SOME else exact


def _best(words: Text, codes: Sequence[str]) -> Reading:
    """Misspelt words, the slowest step, are considered in all languages only where well-spelt ones do not
    reveal the language.
    """
    exact = max(
        (vocabulary(code).read(code, words, exactly=True) for code in codes), key=lambda found: found.share
    )
    wanted = [exact.language] if exact.share >= TELLING else codes
    return max((vocabulary(code).read(code, words) for code in wanted), key=lambda found: found.share)


@cache
def vocabulary(code: str) -> Vocabulary:
    """The words of one language as they are written in it."""
    return Vocabulary(_read(code))


@cache
def transliterated(code: str) -> Vocabulary:
    """The words of Russian or Ukrainian in Latin letters."""
    return Vocabulary(_read(code), lambda word: comparable(word, code))


def _read(code: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / f"{code}.json").read_text(encoding="utf-8"))
    return content
