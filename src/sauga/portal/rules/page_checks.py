"""What the publish gate asks of a page of the site: the repository's checks where they apply, and
the page's own.

A page is no resource: its description, its help and its links stand in other places. The codes are those of
`gate_checks`; only `links` is named by the portal's own list (`page_checks`), because resources have none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sauga.kernel import vocab
from sauga.kernel.i18n import readability
from sauga.repository.resources.rules.gate_checks import CHECKS as OF_RESOURCES
from sauga.repository.resources.rules.gate_checks import other_language
from sauga.repository.resources.rules.gate_facts import Finding, GateFacts

type Findings = list[Finding] | None

SHARED = (
    "axe",
    "html",
    "alt_text",
    "keyboard",
    "personal_data",
    "no_third_party",
    "review_date",
)
"""Checks that ask of a page what they ask of a resource's page."""
FOR_READERS = {"children": readability.Level.CHILD, "teenagers": readability.Level.TEEN}
"""How a text is read whose readers are only these, whatever level its editor chose."""
HARDEST = (readability.Level.EXPERT, readability.Level.ADULT, readability.Level.TEEN, readability.Level.CHILD)


@dataclass(frozen=True)
class Film:
    """A film on the page. `captions` is the text of its WebVTT file."""

    name: str
    language: str
    captions: str
    transcript: str
    rights: str


@dataclass(frozen=True)
class PageFacts(GateFacts):
    """What the checks of a page look at beyond what every gate looks at.

    `asks_whom`: its kind must say for whom or about what it is. `rights` are name and terms of each picture
    and file; `links` what is wrong with links; `offers_help` whether the text leads to help; `lacks`
    languages in which the text does not exist; `unfit` what the editors' tool itself would refuse to publish;
    `copied` passages that are still word for word those of the page it translates; `advice` the reading level
    and the texts of each passage for one group of readers.
    """

    asks_whom: bool = True
    films: Sequence[Film] = ()
    rights: Sequence[tuple[str, str]] = ()
    links: Sequence[Finding] = ()
    offers_help: bool = False
    lacks: Sequence[str] = ()
    unfit: Sequence[Finding] = ()
    copied: Sequence[Finding] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    advice: Sequence[tuple[str, Mapping[str, str]]] = ()


def level_of(chosen: str, audiences: Sequence[str]) -> str:
    """The level by which a text is judged: its editor's, or an easier one where only children or teenagers
    read it.
    """
    if not audiences or any(code not in FOR_READERS for code in audiences):
        return chosen
    wanted = max((FOR_READERS[code] for code in audiences), key=HARDEST.index)
    held = readability.Level(chosen)
    return str(held if held not in HARDEST or HARDEST.index(held) > HARDEST.index(wanted) else wanted)


def _metadata(facts: PageFacts) -> Findings:
    found = [
        Finding("page_missing", name)
        for name in ("title", "summary")
        if not str(facts.named.get(name, "")).strip()
    ]
    if facts.asks_whom and not facts.content.get("audiences") and not facts.content.get("topics"):
        found.append(Finding("page_for_nobody"))
    return [*found, *facts.unfit]


def _captions(facts: PageFacts) -> Findings:
    if not facts.films:
        return None
    found = [Finding("film_captions", film.name) for film in facts.films if not film.captions.strip()]
    heard = GateFacts(
        content={**facts.content, "type": ""},
        files=[("captions", "text/vtt", film.language) for film in facts.films],
        parts=[],
        day=facts.day,
        captions=[(film.name, film.captions) for film in facts.films if film.captions.strip()],
    )
    return [*found, *(OF_RESOURCES["captions"](heard) or [])]


def _transcript(facts: PageFacts) -> Findings:
    silent = [Finding("film_transcript", film.name) for film in facts.films if not film.transcript.strip()]
    return silent if facts.films else None


def _rights(facts: PageFacts) -> Findings:
    held = [*facts.rights, *((film.name, film.rights) for film in facts.films)]
    return [Finding("rights_missing", name) for name, terms in held if not terms.strip()] if held else None


def _languages(facts: PageFacts) -> Findings:
    copied = list(facts.copied)
    return [*(Finding("page_language", code) for code in facts.lacks), *(copied or other_language(facts))]


def _reading_level(facts: PageFacts) -> Findings:
    """The text for all by the level of the page, advice by that of its readers."""
    check = OF_RESOURCES["reading_level"]
    found = list(check(facts) or [])
    for level, texts in facts.advice:
        content = {**facts.content, "reading_level": level, "abstract": {}}
        found += check(replace(facts, content=content, read=dict(texts))) or []
    return found


def _help_block(facts: PageFacts) -> Findings:
    """A topic that needs a help block has one on the page."""
    topics = [
        vocab.term("topics", code)
        for code in facts.content.get("topics", [])
        if vocab.has_term("topics", code)
    ]
    asking = [topic.code for topic in topics if topic.extra.get("help_block_required")]
    if not asking:
        return None
    return [] if facts.offers_help else [Finding("page_help", code) for code in asking]


def _links(facts: PageFacts) -> Findings:
    return list(facts.links)


_OWN: dict[str, Callable[[Any], Findings]] = {
    "metadata": _metadata,
    "captions": _captions,
    "transcript": _transcript,
    "tagged_pdf": OF_RESOURCES["tagged_pdf"],
    "both_languages": _languages,
    "help_block": _help_block,
    "licence": _rights,
    "reading_level": _reading_level,
}
CHECKS: dict[str, Callable[[Any], Findings]] = {
    **{code: _OWN.get(code) or OF_RESOURCES[code] for code in OF_RESOURCES if code in _OWN or code in SHARED},
    "links": _links,
}
"""Every check of a page, in the order of the vocabularies."""
