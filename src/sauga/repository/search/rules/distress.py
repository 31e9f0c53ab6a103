"""Whether a search suggests distress, so that help comes first: word lists in five languages and rules that
combine them.

The lists and the rules are data (`data/distress/<language>.json`, `rules.json`); see
`docs/develop/search.md`. The semantic fields of the words are weighed as well (`semantic_fields.py`), which
finds what no list foresaw.

All languages are always considered. Words of teaching ("lesson about …") cancel what is said about a subject,
never what is said about oneself, unless the words name a lesson outright; words that name material outright
("statistics") and have no first person are not weighed. Nothing that was read is kept.
"""

import json
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from sauga.kernel.i18n import languages
from sauga.kernel.i18n.phrases import Hit, Phrasebook, Text, plain, read
from sauga.repository.search.rules.semantic_fields import Reading, reading

DATA = Path(__file__).parents[2] / "data" / "distress"
LONGEST = 200
MASK, REPORT, FIRST_PERSON = "mask", "report", "first_person"
OWN_PICTURE = "ncii"
"""The topic under which the removal of one's own picture is offered."""
WEIGHED = "weighed"
"""The code among the rules for words whose fields together suggest distress."""
TEACHING = frozenset({"hard", "soft"})
AGAINST = frozenset({"hard", "soft", "task", "mask", "report"})
"""Concepts of the rules that also count against distress."""
FOR_MATERIAL, LIGHTEST = frozenset({"material", "question"}), -2.5
"""Words of material that weigh this much against distress cancel what a word of teaching cancels."""
LETTERS_COUNT = 2
SHORTEST_VERB = 5


@dataclass(frozen=True)
class Judgement:
    """What a search asks for. `rules` led to it; `topics` may be read about; `language` is that of the
    question.
    """

    needs_help: bool = False
    wants_to_report: bool = False
    rules: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Rule:
    """All of `wanted` (of each one concept) within `within` words, none of `unless` anywhere, in a text of at
    most `most` words.
    """

    code: str
    wanted: tuple[frozenset[str], ...]
    unless: frozenset[str]
    most: int
    within: int
    topic: str


@dataclass(frozen=True)
class Weight:
    """What it adds when all of `fields` (one of each) are named; below zero it suggests an ordinary
    question.
    """

    fields: tuple[frozenset[str], ...]
    weight: float


def judge(text: str, language: str = "lt") -> Judgement:
    """Whether `text` suggests distress or a report; `language` is the page's, for text that does not reveal
    its own.

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
    is_by_name = "hard" in context and "material" in fields.fields and "me" not in fields.fields
    codes = (*(rule.code for rule in found), *([WEIGHED] if weight >= 0 and not is_by_name else []))
    return Judgement(
        needs_help=bool(codes),
        wants_to_report=wants_to_report,
        rules=codes,
        topics=tuple(dict.fromkeys(rule.topic for rule in found if rule.topic)),
        language=_language(text[:LONGEST], words, language, fields) if codes or wants_to_report else "",
    )


def weigh(fields: Reading, context: set[str]) -> float:
    """How far the fields of the words suggest distress (0 or more) or an ordinary question (below 0).

    `context`: concepts that occur letter by letter.
    """
    start, weights = _weights()
    named = fields.fields | (context & AGAINST)
    return start + sum(one.weight for one in weights if all(named & names for names in one.fields))


@cache
def spoken() -> tuple[str, ...]:
    """The languages that have a word list."""
    return tuple(code for code in languages.codes() if (DATA / f"{code}.json").exists())


@cache
def cyrillic() -> frozenset[str]:
    """Those of them that are written in Cyrillic."""
    return frozenset(row.code for row in languages.every() if row.script == "cyrillic") & set(spoken())


def box(language: str) -> dict[str, str]:
    """The texts of the help box in one of our languages; in English for any other."""
    texts = _box()
    return texts.get(language, texts["en"])


def boxes() -> frozenset[str]:
    """The languages that have texts of the help box."""
    return frozenset(_box())


def is_about_teaching(text: str) -> bool:
    """Whether the words ask for material ("lesson", "for parents", "what is"), so that a topic is no cry for
    help.
    """
    return any(
        hit.concept in TEACHING for hit in _book().find(read(text[:LONGEST]), also_denied=True, exactly=True)
    )


def _first_person(words: Text, masked: frozenset[int]) -> list[Hit]:
    """Verbs in the first person by their endings: they cannot all be listed, and who looks for material
    seldom uses them.
    """
    endings, others = _endings()
    return [
        Hit(FIRST_PERSON, place, place + 1, words.sentence[place])
        for place, word in enumerate(words.words)
        if place not in masked
        and len(word) >= SHORTEST_VERB
        and word.endswith(endings)
        and word not in others
    ]


def _holds(rule: Rule, hits: list[Hit], context: set[str], length: int) -> bool:
    """`context`: what occurs letter by letter; a misspelt word cancels nothing."""
    if length > rule.most or rule.unless & context:
        return False
    places = [[hit for hit in hits if hit.concept in wanted][:12] for wanted in rule.wanted]
    return all(places) and any(
        max(h.start for h in chosen) - min(h.start for h in chosen) <= rule.within
        for chosen in product(*places)
    )


def _language(text: str, words: Text, page: str, fields: Reading) -> str:
    """The language with most letters and words in the text; on a tie the page's, then our first."""
    small = text.lower()
    is_cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in small)
    if fields.language in cyrillic() and not is_cyrillic:
        return fields.language
    candidates = [code for code in spoken() if (code in cyrillic()) == is_cyrillic]
    scores = {code: _score(code, small, words) for code in candidates}
    return max(candidates, key=lambda code: (scores[code], code == page))


def _score(code: str, text: str, words: Text) -> int:
    row = languages.row(code)
    letters = row.letters_apart if row is not None else frozenset()
    known = sum(bool(_own_book(code).stems_of(word, exactly=True)) for word in words.words)
    return known + LETTERS_COUNT * any(letter in letters for letter in text)


@cache
def _book() -> Phrasebook:
    """All languages in one phrasebook, so that a text in two of them is read like any other."""
    return Phrasebook(_read(code) for code in spoken())


@cache
def _own_book(code: str) -> Phrasebook:
    return Phrasebook([_read(code)])


def _read(code: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / f"{code}.json").read_text(encoding="utf-8"))
    return content


@cache
def _endings() -> tuple[tuple[str, ...], frozenset[str]]:
    """First-person endings in all languages, and words that have them by coincidence."""
    books = [_read(code) for code in spoken()]
    return (
        tuple(dict.fromkeys(plain(ending) for book in books for ending in book["first_person"])),
        frozenset(plain(word) for book in books for word in book["not_first_person"]),
    )


@cache
def _box() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, dict[str, str]]] = json.loads(
        (DATA / "box.json").read_text(encoding="utf-8")
    )
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
    """The starting weight, and what each field adds."""
    content = json.loads((DATA / "rules.json").read_text(encoding="utf-8"))
    rows = (
        Weight(tuple(frozenset(place.split("|")) for place in row["all"]), row["weight"])
        for row in content["weights"]
    )
    return content["start"], tuple(rows)
