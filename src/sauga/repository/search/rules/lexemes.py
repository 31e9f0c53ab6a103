"""How a text becomes searchable and what a question means: lexemes, weights (`docs/develop/search.md`).

A text is kept as lexemes of four weights: exact words of the title (A), its stems (B), exact words of the
rest (C), its stems (D). An exact word carries a prefix sign, so it cannot be mistaken for a stem. A topic is
a lexeme of its own, by which children's words lead to texts that never use them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import chain, takewhile

from sauga.kernel.i18n import fold, languages, search_words, word_stems

LANGUAGES = tuple(row.code for row in languages.whole())
"""Languages whose words are stemmed."""
EXACT, TOPIC = "=", "#"
LONGEST_QUESTION = 120
MOST_WORDS = 12
MOST_LEXEMES = 1500
_LT = """ir ar o bet kad kaip kas kur kai su be į iš ant per po prie už apie
aš tu jis ji mes jūs jie tai yra man mane tave"""
_EN = """a an and are as at be but by do for from how i in is it me my of on or the to we
what when who with you"""
STOP = {"lt": frozenset(_LT.split()), "en": frozenset(_EN.split())}
"""Words that occur everywhere. A question made of nothing else is searched as it is."""
CORES = (
    (
        re.compile(r"(?:anci(?:o|u|os|a|ai|am|ame|oje|as|omis|oms|uose)|antis|anti|antys|antiems|antį)$"),
        "ant",
    ),
    (re.compile(r"(?:usi(?:o|u|os|a|ai|am|ame|oje|as|omis|oms|uose|ems|)|es)$"), "us"),
    (
        re.compile(
            r"(?:iuju|uju|uosius|aisiais|osiomis|osioms|ojoje|osios|osiose|ajam|ojo|ajai|oji|asis|aja|"
            r"aji|ieji|iesiems)$"
        ),
        "",
    ),
    (re.compile(r"(?:enu|enys|enims|enis|enimis|enyse|ens|eni|uo)$"), "en"),
)
SHORTEST_CORE = 7
SIGNS = str.maketrans({"'": " ", "\\": " "})


def lexemes(text: str, language: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each word once, in order, with its stems."""
    return [(word, word_stems(word, language)) for word in dict.fromkeys(search_words(text))][:MOST_LEXEMES]


def vector(parts: Sequence[tuple[str, str, str]], language: str, topics: Iterable[str] = ()) -> str:
    """A tsvector as text. `parts` are (text, weight of exact words, weight of stems), best first; topics get
    weight B.
    """
    held: dict[str, str] = {}
    for text, exact, stem in parts:
        for word, stems in lexemes(text, language):
            held.setdefault(EXACT + word[:60], exact)
            for one in (*stems, *core(word, language)):
                held.setdefault(one[:60], stem)
    for topic in topics:
        held.setdefault(TOPIC + topic, "B")
    return " ".join(
        f"'{lexeme.translate(SIGNS)}':{place % 16383 + 1}{weight}"
        for place, (lexeme, weight) in enumerate(held.items())
    )


@dataclass(frozen=True)
class Question:
    """What was asked: the significant words, their look-up forms, and the topics they mean in children's
    language.
    """

    words: tuple[str, ...]
    language: str
    topics: tuple[str, ...] = ()

    @cached_property
    def is_hit(self) -> Callable[[str], bool]:
        """Whether a word of a text is one of those asked for; remembered as long as the question."""
        wanted = {
            stem for word in self.words for stem in (word, fold(word), *word_stems(word, self.language))
        }
        begins = cache(partial(_begins, {stem[:1] for stem in wanted}))
        return cache(lambda word: begins(word[:2]) and _hits(word, wanted, self.language))

    @property
    def tsquery(self) -> str:
        """All words, each exactly or by a stem; or a topic that the words mean."""
        every = " & ".join(f"({alternatives(word, self.language)})" for word in self.words)
        meant = " | ".join(quoted(TOPIC + topic) for topic in self.topics)
        return f"({every}) | {meant}" if every and meant else every or meant

    @property
    def loosely(self) -> str:
        """Any of the words: for a question that no text answers as a whole."""
        return " | ".join(alternatives(word, self.language) for word in self.words)


def alternatives(word: str, language: str) -> str:
    """A word exactly or by one of its stems; the last letters of an address-like word do not matter."""
    return " | ".join(
        [quoted(EXACT + word), *(quoted(one) for one in (*word_stems(word, language), *core(word, language)))]
    )


def core(word: str, language: str) -> tuple[str, ...]:
    """A further stem for forms that the stemmer separates: participles, definite adjectives, duomenys and the
    like.

    >>> core("pasikartojančio", "lt") == core("pasikartojantis", "lt")
    True
    """
    if language == "en" or len(word) < SHORTEST_CORE:
        return ()
    plain = fold(word)
    for pattern, ending in CORES:
        found = pattern.sub(ending, plain)
        if found != plain and len(found) >= SHORTEST_CORE - 2:
            return ("~" + found,)
    return ()


def quoted(lexeme: str) -> str:
    """A lexeme inside a tsquery."""
    return "'" + lexeme[:60].translate(SIGNS) + "'"


def question(text: str, language: str, topics: Iterable[str] = ()) -> Question:
    """The significant words of a question, in order."""
    words = tuple(dict.fromkeys(search_words(text[:LONGEST_QUESTION])))[:MOST_WORDS]
    counting = tuple(word for word in words if word not in STOP.get(language, STOP["lt"]))
    return Question(counting or words, language, tuple(topics))


def excerpt(text: str, asked: Question, longest: int = 220) -> list[tuple[str, bool]]:
    """A passage around the first hit, cut into pieces that are or are not searched words."""
    words = re.finditer(r"[^\W_]+", text, re.UNICODE)
    first = next((match for match in words if asked.is_hit(match.group())), None)
    start = max(0, (first.start() if first else 0) - longest // 3)
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + longest)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + longest // 2)
    shown = takewhile(lambda match: match.end() <= end, chain([first] if first else [], words))
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    place = start
    for match in shown:
        if match.start() < start or not asked.is_hit(match.group()):
            continue
        pieces += [(text[place : match.start()], False), (match.group(), True)]
        place = match.end()
    pieces += [(text[place:end], False), (" …", False)] if end < len(text) else [(text[place:end], False)]
    return [piece for piece in pieces if piece[0]]


def _hits(word: str, wanted: set[str], language: str) -> bool:
    small = word.lower()
    return small in wanted or not wanted.isdisjoint(word_stems(small, language))


def _begins(initials: set[str], start: str) -> bool:
    """Whether a word that begins with these two letters may be one of those asked for: stemming takes
    endings only, but may change the letter where there is one alone."""
    return len(start) < 2 or start[0].lower() in initials or fold(start[0])[:1] in initials
