"""Finding phrases in what a child typed in a hurry: no marks, drawn-out letters, a wrong letter, words run
together, any word order.

A phrase is a row of words, written in the data as `nor* (gyvent|būti čia)`. `*` ends a stem, `|` separates
alternatives (in brackets of several words), `<adult>` stands for a list of words. One word may stand between
two; `~` lets five, `=` none. Nothing is kept of what was read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sauga.kernel.i18n import fold

TOKEN = re.compile(r"[^\W_]+|[.!?;\n,…]")
STOPS = frozenset(".!?;\n…")
DRAWN_OUT = re.compile(r"([^\W\d_])\1+")
DIGITS = re.compile(r"(?<=[a-z])[013457]{1,2}(?=[a-z])")
DIGIT_LETTERS = dict(zip("013457", "oieast", strict=True))
FOREIGN = (
    ("sh", "s"),
    ("zh", "z"),
    ("ch", "c"),
    ("w", "v"),
    ("ł", "l"),
    ("'", ""),
    ("’", ""),
    ("`", ""),
    ("ʼ", ""),
)
USUAL_GAP, WIDE_GAP = 1, 5
FUZZY_FROM = 5
LONGEST_WORD = 40
"""Longer ones are cut: no word of ours is as long, and the work must not grow with what a stranger sends."""
GAPS = {"~": WIDE_GAP, "=": 0}
CLASS = re.compile(r"<(\w+)>")
PART = re.compile(r"[()|~=]|[^\s()|~=]+")
NEGATORS = {
    **dict.fromkeys(
        (
            "dont",
            "didnt",
            "not",
            "never",
            "vont",
            "doesnt",
            "havent",
            "hasnt",
            "isnt",
            "vasnt",
            "vouldnt",
            "no",
        ),
        2,
    ),
    **dict.fromkeys(("ne", "nera", "не", "нет", "никогда", "nikada", "niekada"), 1),
}  # written as folded: "won't" is "vont"


@dataclass(frozen=True)
class Hit:
    """A concept found, from word `start` to before word `end`; `sentence` counts sentences."""

    concept: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True)
class Phrase:
    """One phrase of a concept: for each word the stems that fit, and how many words may stand before it."""

    concept: str
    words: tuple[frozenset[str], ...]
    gaps: tuple[int, ...]


@dataclass
class Text:
    """A text as words, each with its sentence and part of sentence."""

    words: list[str]
    sentence: list[int]
    part: list[int]


def plain(text: str) -> str:
    """As compared: folded, digraphs and drawn-out letters reduced, digits between letters read as letters."""
    small = fold(text)
    for written, read in FOREIGN:
        small = small.replace(written, read)
    return DRAWN_OUT.sub(r"\1", DIGITS.sub(lambda m: "".join(DIGIT_LETTERS[d] for d in m.group()), small))


def read(text: str) -> Text:
    """The words of `text` in order. Letters typed one by one ("h e l p") are put together."""
    found = Text([], [], [])
    sentence = part = 0
    for piece in _joined(TOKEN.findall(plain(text))):
        if piece in STOPS:
            sentence, part = sentence + 1, part + 1
        elif piece == ",":
            part += 1
        else:
            found.words.append(piece[:LONGEST_WORD])
            found.sentence.append(sentence)
            found.part.append(part)
    return found


def _joined(tokens: Sequence[str]) -> Iterator[str]:
    run: list[str] = []
    for piece in (*tokens, ""):
        if len(piece) == 1 and piece.isalpha():
            run.append(piece)
            continue
        yield from ["".join(run)] if len(run) > 3 else run
        run.clear()
        if piece:
            yield piece


def edits(word: str) -> set[str]:
    """`word` and everything that is left when one letter is taken out."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def near(one: str, other: str) -> bool:
    """Whether one wrong, missing, extra or swapped letter separates the two at most."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or (a[:2] == b[1::-1] and len(a) > 1 and a[2:] == b[2:])


type Row = list[tuple[int, frozenset[str]]]


def _sequence(parts: list[str], inside: bool = False) -> list[Row]:
    """The ways to read a phrase, taken from the front of `parts` to its end or, `inside` a bracket, to the
    next `|` or `)`."""
    rows: list[Row] = [[]]
    gap = USUAL_GAP
    while parts and not (inside and parts[0] in "|)"):
        part = parts.pop(0)
        if part == "|":
            raise ValueError("a bracket cannot stand beside | outside brackets")
        if part in GAPS:
            gap = GAPS[part]
            continue
        choices = _group(parts) if part == "(" else [[(USUAL_GAP, _alternatives(part, parts, inside))]]
        rows = [[*row, (gap, choice[0][1]), *choice[1:]] for row in rows for choice in choices]
        gap = USUAL_GAP
    return rows


def _group(parts: list[str]) -> list[Row]:
    """The alternatives of a bracket; those of one word become one set."""
    singles: set[str] = set()
    longer: list[Row] = []
    while True:
        for row in _sequence(parts, inside=True):
            if len(row) == 1:
                singles |= row[0][1]
            else:
                longer.append(row)
        if parts.pop(0) == ")":
            return [*([[(USUAL_GAP, frozenset(singles))]] if singles else []), *longer]


def _alternatives(part: str, parts: list[str], inside: bool) -> frozenset[str]:
    found = [part]
    while not inside and parts and parts[0] == "|":
        parts.pop(0)
        found.append(parts.pop(0))
    return frozenset(plain(word.rstrip("*")) + "*" * word.endswith("*") for word in found)


class Phrasebook:
    """All phrases of all languages in one index, so that a message in three languages at once is read like
    any other."""

    def __init__(self, books: Iterable[Mapping[str, Mapping[str, Sequence[str]]]]) -> None:
        self.phrases: dict[str, list[Phrase]] = {}
        self.wide: dict[str, set[str]] = {}
        self.stems: set[str] = set()
        for book in books:
            classes = {name: "|".join(words) for name, words in book["words"].items()}
            for concept, written in book["concepts"].items():
                for line in written:
                    self._learn(concept, line, classes)
        for stem in self.stems:
            bare = stem.rstrip("*")
            if len(bare) >= FUZZY_FROM:
                for shorter in edits(bare):
                    self.wide.setdefault(shorter, set()).add(stem)
        self.longest = max((len(stem) for stem in self.stems), default=0) + 1

    def _learn(self, concept: str, line: str, classes: Mapping[str, str]) -> None:
        full = CLASS.sub(lambda m: f"({classes[m.group(1)]})", line)
        parts = PART.findall(full)
        for row in _sequence(parts):
            phrase = Phrase(concept, tuple(stems for _, stems in row), tuple(gap for gap, _ in row))
            self.stems |= set().union(*phrase.words)
            for stem in phrase.words[0]:
                self.phrases.setdefault(stem, []).append(phrase)
        if parts:
            raise ValueError(f"unbalanced phrase of {concept}: {line}")

    def stems_of(self, word: str, *, exactly: bool = False) -> set[str]:
        """The stems that a word fits: whole, by its beginning, or with one wrong letter if it is long."""
        fits = {word} & self.stems
        fits |= {word[:n] + "*" for n in range(2, min(len(word), self.longest) + 1)} & self.stems
        if (
            exactly
            or word in fits
            or len(word) < FUZZY_FROM - 1
            or any(len(stem) > FUZZY_FROM for stem in fits)
        ):
            return fits
        for length in range(FUZZY_FROM - 1, min(len(word), self.longest) + 1):
            head = word[:length]
            for candidate in set().union(*(self.wide.get(shorter, ()) for shorter in edits(head))):
                if (
                    (candidate.endswith("*") or length == len(word))
                    and near(head, candidate.rstrip("*"))
                    and head[0] == candidate[0]
                ):
                    fits.add(candidate)
        return fits

    def apart(self, text: Text) -> Text:
        """`text` with words that were run together taken apart where both halves are known."""
        made = Text([], [], [])
        for word, sentence, part in zip(text.words, text.sentence, text.part, strict=True):
            pieces = [word] if len(word) < 8 or self.stems_of(word) else self._split(word)
            made.words += pieces
            made.sentence += [sentence] * len(pieces)
            made.part += [part] * len(pieces)
        return made

    def _split(self, word: str) -> list[str]:
        """The known pieces that leave the fewest letters over; the word itself where it cannot be taken
        apart."""
        ways: dict[int, tuple[int, list[str]]] = {len(word): (0, [])}
        for start in range(len(word) - 2, -1, -1):
            found = []
            for end in range(start + 2, len(word) + 1):
                stems = self.stems_of(word[start:end], exactly=True) if end in ways else ()
                if stems:
                    over = end - start - max(len(stem.rstrip("*")) for stem in stems)
                    found.append((1 + over + ways[end][0], [word[start:end], *ways[end][1]]))
            if found:
                ways[start] = min(found)
        return ways[0][1] if 0 in ways else [word]

    def find(
        self,
        text: Text,
        hidden: frozenset[int] = frozenset(),
        *,
        also_denied: bool = False,
        exactly: bool = False,
    ) -> list[Hit]:
        """Every concept in `text`, but not across words that are `hidden` and, unless `also_denied`, not
        where a "not" stands just before.

        `exactly`: no wrong letter is forgiven.
        """
        stems = [
            set() if n in hidden else self.stems_of(word, exactly=exactly)
            for n, word in enumerate(text.words)
        ]
        hits = {
            Hit(phrase.concept, start, end, text.sentence[start])
            for start, fits in enumerate(stems)
            for stem in fits
            for phrase in self.phrases.get(stem, ())
            if (end := _match(phrase, stems, text, start)) and (also_denied or not _denied(text, start))
        }
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.concept))


def _match(phrase: Phrase, stems: Sequence[set[str]], text: Text, start: int) -> int:
    """The word after the phrase's last, or 0."""
    ends = {start}
    for wanted, gap in zip(phrase.words[1:], phrase.gaps[1:], strict=True):
        ends = {
            n
            for end in ends
            for n in range(end + 1, min(end + 2 + gap, len(stems)))
            if wanted & stems[n] and text.sentence[n] == text.sentence[start]
        }
        if not ends:
            return 0
    return min(ends) + 1


def _denied(text: Text, start: int) -> bool:
    for back in (1, 2):
        before = start - back
        if (
            before >= 0
            and text.part[before] == text.part[start]
            and NEGATORS.get(text.words[before], 0) >= back
        ):
            return True
    return False
