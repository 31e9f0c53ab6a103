"""Readers by whom visitors narrow the list of resources: those of the site's audience pages, and a few more.

Catalogued audiences (vocabulary `audiences`) are finer and overlap; each reader stands for those that a
person who calls themselves so would want to see. Programs go on asking by the catalogued codes.
"""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

READERS: dict[str, tuple[str, ...]] = {
    "children": ("children", "children_young_people"),
    "teenagers": ("teenagers", "children_young_people", "peer_educators"),
    "parents_carers": ("parents_carers", "grandparents"),
    "teachers": ("teachers", "educators_professionals", "school_heads", "ict_coordinators", "ambassadors"),
    "public_librarians": ("public_librarians", "school_librarians", "educators_professionals"),
    "educators_professionals": (
        "educators_professionals",
        "social_pedagogues",
        "psychologists",
        "social_workers",
        "youth_workers",
    ),
    "seniors": ("seniors", "grandparents"),
    "organisations_industry": (
        "organisations_industry",
        "internet_providers",
        "media_specialists",
        "research_policy",
    ),
    "general_public": ("general_public",),
}
"""Each reader, named by a code of the vocabulary, with the codes that it stands for."""
LABELS: dict[str, Promise] = {
    "children": pgettext_lazy("audience", "Children"),
    "teenagers": pgettext_lazy("audience", "Teenagers"),
    "parents_carers": pgettext_lazy("audience", "Parents"),
    "teachers": pgettext_lazy("audience", "Teachers"),
    "public_librarians": pgettext_lazy("audience", "Librarians"),
    "educators_professionals": pgettext_lazy("audience", "Other professionals"),
    "seniors": pgettext_lazy("audience", "Seniors"),
    "organisations_industry": pgettext_lazy("audience", "Organisations and companies"),
    "general_public": pgettext_lazy("audience", "Everybody"),
}


def reader_of(audience: str) -> str | None:
    """The reader who stands for a catalogued audience; None for a code that no reader stands for."""
    if audience in READERS:
        return audience
    return next((reader for reader, codes in READERS.items() if audience in codes), None)


def audiences_of(readers: Iterable[str]) -> list[str]:
    """The catalogued codes that some readers stand for, each once."""
    return list(dict.fromkeys(code for reader in readers for code in READERS[reader]))
