"""What is missing before a version can be published, and which texts are too hard for their readers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sauga.kernel.i18n import readability
from sauga.selfcheck.personal.rules.bank import Audience, Bank, Item, Leads, Part, Words

LANGUAGES = ("lt", "en")
FEWEST_ITEMS, MOST_ITEMS = 8, 15
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
WITH_CLASS = (Audience.CHILD, Audience.TEEN)
"""Those whose test a teacher may discuss with a class: each question has a hint."""


@dataclass(frozen=True)
class Problem:
    """What keeps a version from being published: where, and `why` as a code; `text` is what is too hard."""

    why: str
    audience: str = ""
    item: str = ""
    text: str = ""


def problems(bank: Bank) -> list[Problem]:
    """Everything that is missing or too hard, audience by audience."""
    found: list[Problem] = []
    for part in bank.parts.values():
        found += _of_part(part, bank.sources)
    known = {one.code for part in bank.parts.values() for one in (*part.items, *part.set_aside)}
    for promise in bank.agreement:
        if not _is_whole(promise.text) or not set(promise.items) <= known:
            found.append(Problem("promise", item=promise.code))
    if not bank.agreement:
        found.append(Problem("no_agreement"))
    return found


def _of_part(part: Part, sources: Mapping[str, str]) -> Iterator[Problem]:
    if not FEWEST_ITEMS <= len(part.items) <= MOST_ITEMS:
        yield Problem("number", part.audience)
    if not part.help or not all(_is_whole(one.name) for one in part.help):
        yield Problem("help", part.audience)
    for one in part.items:
        yield from (Problem(why, part.audience, one.code) for why in _of_item(one, part, sources))
    for language in LANGUAGES:
        text = "\n".join(_texts(part, language))
        for trouble in readability.troubles(text, language, part.level):
            yield Problem("reading", part.audience, language, trouble.text)


def _of_item(item: Item, part: Part, sources: Mapping[str, str]) -> Iterator[str]:
    words = [item.question, item.well, item.title, item.text, *(one.text for one in item.options)]
    if not all(map(_is_whole, words)):
        yield "language"
    leads = {one.leads for one in item.options}
    if not FEWEST_OPTIONS <= len(item.options) <= MOST_OPTIONS or not {Leads.STRENGTH, Leads.STEP} <= leads:
        yield "options"
    if not item.sources or not set(item.sources) <= set(sources):
        yield "source"
    if not item.topics:
        yield "topic"
    if part.audience in WITH_CLASS and not _is_whole(item.hint):
        yield "hint"


def _texts(part: Part, language: str) -> Iterator[str]:
    yield part.intro.get(language, "")
    for one in part.items:
        yield from (words.get(language, "") for words in (one.question, one.well, one.title, one.text))
        yield from (option.text.get(language, "") for option in one.options)


def _is_whole(words: Words) -> bool:
    return all(words.get(language, "").strip() for language in LANGUAGES)
