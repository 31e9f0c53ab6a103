"""Whether a search speaks of distress, so that help comes before anything else: word lists in five languages and rules that combine them.

The lists are data (`data/distress/<language>.json`), the rules over them too (`rules.json`); see `docs/develop/search.md`.
Beside the rules, the semantic fields of the words are weighed (`word_fields.py`), which finds what no list foresaw.
All languages are always looked for. Words of teaching ("lesson about …") undo what is said of a subject, never what is said of oneself,
unless the words name a lesson outright. Nothing is kept of what was read.
"""

import json
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from sauga.kernel.i18n.phrases import Hit, Phrasebook, Text, plain, read
from sauga.repository.search.rules.semantic_fields import Reading, reading

DATA = Path(__file__).parent.parent / "data" / "distress"
LANGUAGES = ("lt", "en", "ru", "pl", "uk")
LONGEST = 200
MASK, REPORT, FIRST_PERSON = "mask", "report", "first_person"
WEIGHED = "weighed"
"""The code that stands among the rules where the fields of the words together speak of distress."""
TEACHING = frozenset({"hard", "soft"})
AGAINST = frozenset({"hard", "soft", "task", "mask", "report"})
"""Concepts of the rules that also weigh, against distress."""
FOR_MATERIAL, LIGHTEST = frozenset({"material", "question"}), -2.5
"""Words of material that weigh so much against distress undo what a word of teaching undoes."""
LETTERS = {"lt": frozenset("ėįšųūčž"), "pl": frozenset("łńóśźżć"), "ru": frozenset("ыэъё"), "uk": frozenset("іїєґ")}
"""Letters that tell one of our languages from the others of the same script."""
LETTERS_COUNT = 2
SHORTEST_VERB = 5
CYRILLIC = ("ru", "uk")


@dataclass(frozen=True)
class Judgement:
    """What a search asks for. `rules` led to it; `topics` are what may be read about it; `language` is the language of the question."""

    needs_help: bool = False
    wants_to_report: bool = False
    rules: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Rule:
    """All of `wanted` (of each one concept) within `within` words, none of `unless` anywhere, in a text of at most `most` words."""

    code: str
    wanted: tuple[frozenset[str], ...]
    unless: frozenset[str]
    most: int
    within: int
    topic: str


@dataclass(frozen=True)
class Weight:
    """What it weighs when all of `fields` (of each one) are named; below nothing it speaks for an ordinary question."""

    fields: tuple[frozenset[str], ...]
    weight: float


def judge(text: str, language: str = "lt") -> Judgement:
    """Whether `text` speaks of distress or wants to report; `language` is that of the page, for a text that does not tell its own.

    >>> judge("mane skriaudzia").needs_help, judge("bullying lesson plan").needs_help
    (True, False)
    """
    book = _book()
    words = read(text[:LONGEST])
    exact = book.find(words, also_denied=True, exactly=True)
    masked = frozenset(n for hit in exact if hit.concept == MASK for n in range(hit.start, hit.end))
    hits = [*book.find(words, masked, also_denied=True), *_first_person(words, masked)]
    context = {hit.concept for hit in exact}
    wants_to_report = any(hit.concept == REPORT for hit in hits)
    fields = reading(text[:LONGEST])
    weight = weigh(fields, context)
    if weight < LIGHTEST and FOR_MATERIAL & fields.fields:
        context.add("soft")
    found = [rule for rule in _rules() if _holds(rule, hits, context, len(words.words))]
    codes = (*(rule.code for rule in found), *([WEIGHED] if weight >= 0 else []))
    return Judgement(
        needs_help=bool(codes),
        wants_to_report=wants_to_report,
        rules=codes,
        topics=tuple(dict.fromkeys(rule.topic for rule in found if rule.topic)),
        language=_language(text[:LONGEST], words, language, fields) if codes or wants_to_report else "",
    )


def weigh(fields: Reading, context: set[str]) -> float:
    """How much the fields of the words speak for distress (0 or more) or for an ordinary question (less).

    `context`: the concepts that stand there letter by letter.
    """
    start, weights = _weights()
    named = fields.fields | (context & AGAINST)
    return start + sum(one.weight for one in weights if all(named & names for names in one.fields))


def box(language: str) -> dict[str, str]:
    """The words of the help box in one of our languages; for any other language in English."""
    texts = _box()
    return texts.get(language, texts["en"])


def is_about_teaching(text: str) -> bool:
    """Whether the words ask for material ("lesson", "for parents", "what is"), so that a topic they name is no cry for help."""
    return any(hit.concept in TEACHING for hit in _book().find(read(text[:LONGEST]), also_denied=True, exactly=True))


def _first_person(words: Text, masked: frozenset[int]) -> list[Hit]:
    """Verbs in the first person by their endings: nobody can list them all, and who looks for material seldom uses them."""
    endings, others = _endings()
    return [
        Hit(FIRST_PERSON, place, place + 1, words.sentence[place])
        for place, word in enumerate(words.words)
        if place not in masked and len(word) >= SHORTEST_VERB and word.endswith(endings) and word not in others
    ]


def _holds(rule: Rule, hits: list[Hit], context: set[str], length: int) -> bool:
    """`context`: what stands there letter by letter; a misspelt word undoes nothing."""
    if length > rule.most or rule.unless & context:
        return False
    places = [[hit for hit in hits if hit.concept in wanted][:12] for wanted in rule.wanted]
    return all(places) and any(max(h.start for h in chosen) - min(h.start for h in chosen) <= rule.within for chosen in product(*places))


def _language(text: str, words: Text, page: str, fields: Reading) -> str:
    """The language whose letters and words there are most; the page's, then the first of ours, where two are alike."""
    small = text.lower()
    is_cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in small)
    if fields.language in CYRILLIC and not is_cyrillic:
        return fields.language
    candidates = [code for code in LANGUAGES if (code in CYRILLIC) == is_cyrillic]
    scores = {code: _score(code, small, words) for code in candidates}
    return max(candidates, key=lambda code: (scores[code], code == page))


def _score(code: str, text: str, words: Text) -> int:
    known = sum(bool(_own_book(code).stems_of(word, exactly=True)) for word in words.words)
    return known + LETTERS_COUNT * any(letter in LETTERS.get(code, ()) for letter in text)


@cache
def _book() -> Phrasebook:
    """All languages in one, so that a text in two of them is read like any other."""
    return Phrasebook(_read(code) for code in LANGUAGES)


@cache
def _own_book(code: str) -> Phrasebook:
    return Phrasebook([_read(code)])


def _read(code: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / f"{code}.json").read_text(encoding="utf-8"))
    return content


@cache
def _endings() -> tuple[tuple[str, ...], frozenset[str]]:
    """Endings of the first person in all languages, and words that have them by chance."""
    books = [_read(code) for code in LANGUAGES]
    return (
        tuple(dict.fromkeys(plain(ending) for book in books for ending in book["first_person"])),
        frozenset(plain(word) for book in books for word in book["not_first_person"]),
    )


@cache
def _box() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, dict[str, str]]] = json.loads((DATA / "box.json").read_text(encoding="utf-8"))
    return content["texts"]


@cache
def _rules() -> tuple[Rule, ...]:
    rows = json.loads((DATA / "rules.json").read_text(encoding="utf-8"))["rules"]
    return tuple(
        Rule(
            code=row["code"],
            wanted=tuple(frozenset(place.split("|")) for place in row["all"]),
            unless=frozenset(row.get("unless", ())),
            most=row.get("most", LONGEST),
            within=row.get("within", 12),
            topic=row.get("topic", ""),
        )
        for row in rows
    )


@cache
def _weights() -> tuple[float, tuple[Weight, ...]]:
    """What weighs before anything is said, and what each field adds."""
    content = json.loads((DATA / "rules.json").read_text(encoding="utf-8"))
    rows = (Weight(tuple(frozenset(place.split("|")) for place in row["all"]), row["weight"]) for row in content["weights"])
    return content["start"], tuple(rows)
