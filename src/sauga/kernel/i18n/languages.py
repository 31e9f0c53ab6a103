"""The languages: each is a folder `locale/<code>/` with one row, `language.json`, its catalogues and perhaps
a list of words for receipts (docs/develop/new-language.md).

Whatever depends on a language asks its row: addresses, the language switch, receipts, readability, search,
dates, letters to providers. No other module keeps a list of languages.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language

FOLDER = Path(__file__).parents[2] / "locale"
ROW = "language.json"
RECEIPT_WORDS = "words.txt"
DEFAULT = "lt"
"""The language of the installation: of addresses without one, and of what is said to nobody in particular."""
SOURCE = "en"
"""The language of the texts in the code, from which others are translated."""
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Writing:
    """How dates, shares and money are written; the patterns are those of Django's date filter.

    `weekday` joins a date and its weekday. `in_month` and `in_year` are the first and the last day of a range
    within one month or one year. `gap` stands before a percent sign, `euro` around an amount.
    """

    weekday: str = "{weekday}, {date}"
    small_weekday: bool = True
    in_month: tuple[str, str] = ("j", "j\u00a0E Y")
    in_year: tuple[str, str] = ("j\u00a0E", "j\u00a0E Y")
    gap: str = "\u00a0"
    euro: str = "{amount}\u00a0€"


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language.

    `name` is its name in itself, `english_name` the text that other languages translate. `pages` names the
    journeys that are complete in it: `all`, some, or none yet (it may be spoken, but has no pages). A page
    that is missing is shown in the first of `instead`. `segments` translate the parts of addresses.
    `staff`: whether the desk speaks it; `cms`: whether editors write pages in it; `letters`: whether letters
    to providers are written in it. `plurals` is the rule of its catalogues. `long_word` and
    `sentence_factor` are the scale of readability: a word is long with more letters than that, a sentence may
    have that many times the words of a Lithuanian one. `stemmer` names an algorithm of Snowball, if any.
    `letters_apart` distinguish it from all others of the same script. `small_words` and `own_letters` tell
    the languages apart that pages are translated from and into. `child` and `adult` are the forms of address.
    """

    code: str
    name: str
    english_name: str
    position: int
    script: str = "latin"
    direction: str = "ltr"
    pages: str | frozenset[str] = frozenset()
    instead: tuple[str, ...] = ()
    segments: Mapping[str, str]
    staff: bool = False
    cms: bool = False
    letters: bool = False
    plurals: str
    long_word: int = 7
    sentence_factor: float = 1.0
    stemmer: str = ""
    letters_apart: frozenset[str] = frozenset()
    own_letters: frozenset[str] = frozenset()
    small_words: frozenset[str] = frozenset()
    child: str = ""
    adult: str = ""
    writing: Writing

    @property
    def is_whole(self) -> bool:
        """Whether every page exists in it."""
        return self.pages == ALL

    @property
    def is_public(self) -> bool:
        """Whether it has any pages."""
        return bool(self.pages)

    @property
    def has_receipt_words(self) -> bool:
        """Whether receipts can be written in it."""
        return (FOLDER / self.code / RECEIPT_WORDS).exists()


class RowRefused(ValueError):
    """A row of a language is not right; the text says what."""


def every() -> tuple[Language, ...]:
    """All languages that are known, in their order."""
    return tuple(_rows().values())


def public() -> tuple[Language, ...]:
    """Languages with public pages: all of them, or the journeys of who needs help."""
    return tuple(row for row in every() if row.is_public)


def whole() -> tuple[Language, ...]:
    """Languages in which every page exists."""
    return tuple(row for row in every() if row.is_whole)


def core() -> tuple[Language, ...]:
    """Languages in which some journeys exist."""
    return tuple(row for row in public() if not row.is_whole)


def for_staff() -> tuple[Language, ...]:
    """Languages of the desk."""
    return tuple(row for row in every() if row.staff)


def for_editors() -> tuple[Language, ...]:
    """Languages in which editors write pages."""
    return tuple(row for row in every() if row.cms)


def for_letters() -> tuple[Language, ...]:
    """Languages in which letters to providers are written."""
    return tuple(row for row in every() if row.letters)


def codes() -> tuple[str, ...]:
    """The codes of all languages that are known."""
    return tuple(_rows())


def row(code: str) -> Language | None:
    """The row of a language, `uk` or `uk-UA`; None when it is not known."""
    return _rows().get(code) or _rows().get(code.partition("-")[0].lower())


def of_path(path: str) -> Language | None:
    """The language whose pages are below this path, `/uk/…`; None below no language."""
    found = _rows().get(path.removeprefix("/").partition("/")[0])
    return found if found is not None and found.is_public else None


def active() -> Language:
    """The row of the language now spoken; the default where none is."""
    return row(get_language() or DEFAULT) or default()


def default() -> Language:
    """The language of the installation."""
    return _rows()[DEFAULT]


def prefixes() -> tuple[str, ...]:
    """How the paths of public pages begin, `/uk/`."""
    return tuple(f"/{one.code}/" for one in public())


def own_names(rows: tuple[Language, ...]) -> list[tuple[str, str]]:
    """Pairs for a form's choice field, each language by its own name."""
    return [(one.code, one.name) for one in rows]


@cache
def _rows() -> Mapping[str, Language]:
    found = [_read(path) for path in FOLDER.glob(f"*/{ROW}")]
    found.sort(key=lambda one: (one.position, one.code))
    rows = {one.code: one for one in found}
    for one in found:
        is_core = one.is_public and not one.is_whole
        if is_core and not all(_is_whole(rows, code) for code in one.instead or ("",)):
            raise RowRefused(f"{one.code}: `instead` must name languages in which every page exists")
    return MappingProxyType(rows)


def _is_whole(rows: Mapping[str, Language], code: str) -> bool:
    return code in rows and rows[code].is_whole


def _read(path: Path) -> Language:
    given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    pages = given.pop("pages", [])
    writing: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in given.pop("writing", {}).items()
    }
    try:
        return Language(
            code=path.parent.name,
            pages=ALL if pages == ALL else frozenset(pages),
            instead=tuple(given.pop("instead", ())),
            segments=MappingProxyType(given.pop("segments", {})),
            letters_apart=frozenset(given.pop("letters_apart", "")),
            own_letters=frozenset(given.pop("own_letters", "")),
            small_words=frozenset(given.pop("small_words", "").split()),
            writing=Writing(**writing),
            **given,
        )
    except TypeError as error:
        raise RowRefused(f"{path.parent.name}/{ROW}: {error}") from error
