"""What an event must say before visitors see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Missing(StrEnum):
    """What visitors would look for in vain."""

    TITLE = "title"
    SUMMARY = "summary"
    DESCRIPTION = "description"
    AUDIENCES = "audiences"
    LANGUAGES = "languages"
    VENUE = "venue"
    VENUE_ACCESS = "venue_access"
    ACCESS = "access"
    PHOTO_POLICY = "photo_policy"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What an event says. `venue_access` is empty where the accessibility of the venue is not stated."""

    title: Mapping[str, str]
    summary: Mapping[str, str]
    description: Mapping[str, str]
    audiences: Collection[str]
    languages: Collection[str]
    has_place: bool
    is_online: bool
    has_venue: bool
    venue_access: Collection[str]
    access: Collection[str]
    photo_policy: str


def missing(event: Shown, language: str) -> list[Missing]:
    """What is missing, in the order of the form; texts in the language of the site."""
    wanted = {
        Missing.TITLE: event.title.get(language),
        Missing.SUMMARY: event.summary.get(language),
        Missing.DESCRIPTION: event.description.get(language),
        Missing.AUDIENCES: event.audiences,
        Missing.LANGUAGES: event.languages,
        Missing.VENUE: event.has_venue or not event.has_place,
        Missing.VENUE_ACCESS: event.venue_access or not event.has_venue or not event.has_place,
        Missing.ACCESS: event.access or not event.is_online,
        Missing.PHOTO_POLICY: event.photo_policy,
    }
    return [code for code, held in wanted.items() if not held]
