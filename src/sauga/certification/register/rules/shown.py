"""What the register shows of an ambassador: the fields to which they consented, and nothing else. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

CONSENT_VERSION = 1
MOST_PLACES, MOST_TOPICS, LONGEST_ABOUT, MOST_A_MONTH = 12, 12, 200, 30


class Field(TextChoices):
    """What may be shown, each by a consent of its own. Level and validity belong to every entry."""

    NAME = "NAME", pgettext_lazy("register", "name and surname (otherwise initials)")
    PLACES = "PLACES", pgettext_lazy("register", "municipalities")
    TOPICS = "TOPICS", pgettext_lazy("register", "topics")
    LANGUAGES = "LANGUAGES", pgettext_lazy("register", "languages")
    AUDIENCES = "AUDIENCES", pgettext_lazy("register", "audiences")
    ABOUT = "ABOUT", pgettext_lazy("register", "the sentence about you")


class Held(NamedTuple):
    """An entry as it is stored."""

    ref: str
    name: str
    shown: Collection[str]
    municipalities: Sequence[str]
    topics: Sequence[str]
    languages: Sequence[str]
    audiences: Sequence[str]
    about: str
    level: int
    until: date


class Shown(NamedTuple):
    """An entry as everybody may see it. Whatever was not consented to is empty."""

    ref: str
    name: str
    is_named: bool
    municipalities: Sequence[str]
    topics: Sequence[str]
    languages: Sequence[str]
    audiences: Sequence[str]
    about: str
    level: int
    until: date


def initials(name: str) -> str:
    """„A. G.“: the first letters of the first two and no more."""
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split()[:2])


def public(held: Held) -> Shown:
    """What may be shown of an entry."""
    may = held.shown
    return Shown(
        ref=held.ref,
        name=held.name if Field.NAME in may else initials(held.name),
        is_named=Field.NAME in may,
        municipalities=tuple(held.municipalities) if Field.PLACES in may else (),
        topics=tuple(held.topics) if Field.TOPICS in may else (),
        languages=tuple(held.languages) if Field.LANGUAGES in may else (),
        audiences=tuple(held.audiences) if Field.AUDIENCES in may else (),
        about=held.about if Field.ABOUT in may else "",
        level=held.level,
        until=held.until,
    )


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for; empty: anything."""

    municipality: str = ""
    topics: Collection[str] = ()
    languages: Collection[str] = ()
    audiences: Collection[str] = ()


def fits(one: Shown, wanted: Wanted) -> bool:
    """Whether an entry fits, judged by what it shows: an unshown field is never found by a filter."""
    return (
        (not wanted.municipality or wanted.municipality in one.municipalities)
        and (not wanted.topics or bool(set(wanted.topics) & set(one.topics)))
        and (not wanted.languages or bool(set(wanted.languages) & set(one.languages)))
        and (not wanted.audiences or bool(set(wanted.audiences) & set(one.audiences)))
    )
