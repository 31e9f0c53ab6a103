"""How urgent a first message may be, by rules that can be read: phrases in three languages and the child's
own answers.

It only orders the queue and shows a sentence to a person, who decides. It never hides or refuses a contact,
and it calls no outside service.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path

from sauga.kernel.i18n import languages
from sauga.kernel.i18n.phrases import Hit, Phrasebook, read

DATA = Path(__file__).parents[2] / "data"
LONGEST = 12_000
MASK, FICTION = "mask", "fiction"


class Band(StrEnum):
    """How soon a person should be there."""

    NONE = "NONE"
    SOME = "SOME"
    HIGH = "HIGH"
    IMMEDIATE = "IMMEDIATE"

    @property
    def rank(self) -> int:
        """0 to 3."""
        return list(Band).index(self)


@dataclass(frozen=True)
class Judgement:
    """A band and the codes of the rules that led to it, the weightiest first.

    This is all that is stored of a triage.
    """

    band: Band
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """`wanted`: for each place the concepts of which one must be found, all within `within` words; none of
    `unless` anywhere.
    """

    code: str
    band: Band
    wanted: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    within: int
    firm: bool
    words: dict[str, str]


def judge(text: str, language: str = "", self_urgency: str = "", chip: str = "") -> Judgement:
    """The band of a first message, and why.

    `language` is only what the page was in; all phrases are always looked for.
    """
    book = _book()
    words = book.apart(read(text[:LONGEST]))
    masked = frozenset(
        n for hit in book.find(words) if hit.concept == MASK for n in range(hit.start, hit.end)
    )
    hits = book.find(words, masked)
    invented = {hit.sentence for hit in hits if hit.concept == FICTION}
    real = [hit for hit in hits if hit.sentence not in invented]
    found = [
        rule for rule in _rules().values() if rule.wanted and _holds(rule, hits if rule.firm else real, hits)
    ]
    found += [_rules()[code] for code in (_answers().get(self_urgency), _answers().get(chip)) if code]
    found.sort(key=lambda rule: -rule.band.rank)
    return Judgement(found[0].band if found else Band.NONE, tuple(rule.code for rule in found))


def sentence(rules: Iterable[str], language: str) -> str:
    """Why, in one plain sentence for the counsellor: the two weightiest reasons.

    Codes that are no longer known are left out.
    """
    words = {
        "lt": ("Požymių, kad reikėtų skubėti, nerasta.", "ir"),
        "en": ("No sign of hurry was found.", "and"),
    }
    nothing, joint = words["lt" if language == "lt" else "en"]
    known = [_rules()[code] for code in rules if code in _rules()][:2]
    told = [rule.words["lt" if language == "lt" else "en"] for rule in known]
    if not told:
        return nothing
    return f"{told[0][:1].upper()}{f' {joint} '.join(told)[1:]}."


def _holds(rule: Rule, hits: list[Hit], everything: list[Hit]) -> bool:
    if any(hit.concept in rule.unless for hit in everything):
        return False
    places = [[hit for hit in hits if hit.concept in concepts] for concepts in rule.wanted]
    if not all(places):
        return False
    return any(
        max(h.start for h in chosen) - min(h.start for h in chosen) <= rule.within
        for chosen in product(*(p[:12] for p in places))
    )


def _languages() -> list[str]:
    """The languages that have phrases."""
    return [code for code in languages.codes() if (DATA / f"triage_{code}.json").exists()]


@cache
def _book() -> Phrasebook:
    return Phrasebook(json.loads((DATA / f"triage_{language}.json").read_text()) for language in _languages())


@cache
def _rules() -> dict[str, Rule]:
    made = {}
    for code, row in json.loads((DATA / "triage_rules.json").read_text())["rules"].items():
        wanted = tuple(tuple(place.split("|")) for place in row.get("all", []))
        words = {"lt": row["lt"], "en": row["en"]}
        made[code] = Rule(
            code,
            Band(row["band"]),
            wanted,
            tuple(row.get("unless", [])),
            row.get("within", 30),
            row.get("firm", False),
            words,
        )
    return made


@cache
def _answers() -> dict[str, str]:
    """What the child ticked, and the rule it stands for."""
    return dict(json.loads((DATA / "triage_rules.json").read_text())["answers"])
