"""How hard a text is to read: words in a sentence and long words, with bounds by reader
(docs/domain/awareness.md, “Plain Lithuanian”).

The usual index (LIX) calls a word long that has more than six letters. Lithuanian endings make half of all
words that long, so every text would come out hard; here a Lithuanian word is long from its ninth letter.
The row of each language says where its long words begin.
`tests/kernel/i18n/test_reading.py` shows on graded passages that the scale puts them in order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sauga.kernel.i18n import languages
from sauga.kernel.i18n.normal import normalised

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+(?:[.,:]\d+)*", re.UNICODE)
SHORTENED = re.compile(
    r"(?<![\w’'])(?:pvz|el|tel|val|proc|g|pr|al|pl|m|d|t|y|kt|pan|mėn|min|sek|vnt|nr|str|doc|prof|e|i|"
    r"etc|vs|mr|"
    r"mrs|ms|dr|st|no)\.(?=\s|$|,)",
    re.IGNORECASE,
)
END = re.compile(r"(?<=[.!?…])[\"”“’»)\]]*\s+(?=[\"„“‘«(\[]?\s?[^\W_])|\n+", re.UNICODE)
BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
PERCENTAGE = re.compile(r"(?<!\d)\d+\s?%")
FEWEST_WORDS = 20
"""A shorter text has no mark: one long name would decide it. Its sentences are still counted."""
HELD = "\ue000"
"""Stands for the full stop of a shortened word while sentences are separated; private use, never in a text.
"""


class Level(StrEnum):
    """Readers, from those with the least practice; the codes of the vocabulary `reading_levels`."""

    EASY_1 = "easy_1"
    EASY_2 = "easy_2"
    EASY_3 = "easy_3"
    CHILD = "child_8"
    TEEN = "teen_12"
    ADULT = "adult"
    EXPERT = "expert"


@dataclass(frozen=True)
class Bounds:
    """What a text for one reader keeps to. `score` is the highest mark of the whole text, `sentence` the most
    words of one sentence.

    `strict` is the guidance on easy-to-read: no shortened words, no brackets, no percentages.
    """

    sentence: int
    score: float
    strict: bool = False


BOUNDS: dict[Level, Bounds] = {
    Level.EASY_1: Bounds(8, 22, strict=True),
    Level.EASY_2: Bounds(10, 26, strict=True),
    Level.EASY_3: Bounds(12, 30, strict=True),
    Level.CHILD: Bounds(8, 22),
    Level.TEEN: Bounds(12, 36),
    Level.ADULT: Bounds(18, 53),
}
"""A text for specialists has no bounds."""


@dataclass(frozen=True)
class Reading:
    """What was counted.

    `score` is words a sentence plus long words in a hundred: about 10 is a picture book, over 60 an act of
    law.
    """

    words: int
    sentences: int
    long_words: int
    longest: int

    @property
    def score(self) -> float:
        """The mark of the whole text; 0 for one without words."""
        return self.words / self.sentences + 100 * self.long_words / self.words if self.words else 0.0


@dataclass(frozen=True)
class Trouble:
    """One place that is too hard: `why` is sentence, abbreviation, bracket, percentage or whole; `counted`
    words or the rounded mark."""

    why: str
    text: str = ""
    counted: int = 0
    allowed: int = 0


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order.

    A line of its own is one, also without a full stop; shortened words do not end one.

    >>> sentences("Paskambink, pvz. mamai. Ji padės!")
    ['Paskambink, pvz. mamai.', 'Ji padės!']
    """
    held = SHORTENED.sub(lambda found: found.group().replace(".", HELD), normalised(text))
    return [
        said for part in END.split(held) if (said := part.replace(HELD, ".").strip()) and WORD.search(said)
    ]


def words(text: str) -> list[str]:
    """The words and numbers of a text.

    >>> words("Vaikų linija: 116 111")
    ['Vaikų', 'linija', '116', '111']
    """
    return WORD.findall(normalised(text))


def measure(text: str, language: str) -> Reading:
    """Count a text by the scale of its language; one that is not known is counted as English."""
    limit = _scale(language).long_word
    lengths = [len(words(sentence)) for sentence in sentences(text)]
    long_words = sum(len(word) > limit and not word[0].isdigit() for word in words(text))
    return Reading(
        words=sum(lengths), sentences=len(lengths), long_words=long_words, longest=max(lengths, default=0)
    )


def longest_sentence(bounds: Bounds, language: str) -> int:
    """The most words of one sentence in a language: the bounds are Lithuanian, and English says the same in
    about a third more words."""
    return round(bounds.sentence * _scale(language).sentence_factor)


def _scale(language: str) -> languages.Language:
    return languages.row(language) or languages.row("en") or languages.active()


def troubles(text: str, language: str, level: str) -> list[Trouble]:
    """Everything that is too hard for the reader, the longest sentences first, then single places, then the
    whole."""
    bounds = BOUNDS.get(Level(level))
    if bounds is None:
        return []
    most = longest_sentence(bounds, language)
    counted = [(len(words(sentence)), sentence) for sentence in sentences(text)]
    found = [Trouble("sentence", sentence, n, most) for n, sentence in counted if n > most]
    found.sort(key=lambda trouble: -trouble.counted)
    if bounds.strict:
        found += _strict(text)
    whole = measure(text, language)
    score = whole.score
    if whole.words >= FEWEST_WORDS and score > bounds.score:
        found.append(Trouble("whole", counted=round(score), allowed=round(bounds.score)))
    return found


def _strict(text: str) -> Iterator[Trouble]:
    for why, pattern in (
        ("abbreviation", SHORTENED),
        ("bracket", BRACKET),
        ("percentage", PERCENTAGE),
    ):
        yield from (Trouble(why, found.group()) for found in pattern.finditer(text))
