"""Attribution that travels with a copy: title, author, source and licence of every work, the partner's
version first (TASL).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHORT = {
    "CC0-1.0": "CC0 1.0",
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC-BY-NC-4.0": "CC BY-NC 4.0",
    "CC-BY-NC-SA-4.0": "CC BY-NC-SA 4.0",
    "CC-BY-ND-4.0": "CC BY-ND 4.0",
    "CC-BY-NC-ND-4.0": "CC BY-NC-ND 4.0",
}
ADDRESS = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    **{
        code: (
            f"https://creativecommons.org/licenses/{code.removeprefix('CC-').removesuffix('-4.0').lower()}/"
            f"4.0/"
        )
        for code in SHORT
        if code != "CC0-1.0"
    },
}
WORDS = {
    "lt": {
        "quoted": "„{}“",
        "author": "autorius: {}",
        "source": "šaltinis: {}",
        "licence": "licencija: {}",
        "reserved": "visos teisės saugomos",
        "custom": "atskiros savininko sąlygos",
        "adapted": "Pritaikė {who} ({kind})",
        "after": "pagal",
    },
    "en": {
        "quoted": "“{}”",
        "author": "by {}",
        "source": "source: {}",
        "licence": "licence: {}",
        "reserved": "all rights reserved",
        "custom": "terms of the owner",
        "adapted": "Adapted by {who} ({kind})",
        "after": "after",
    },
}
"""Attribution is written in the language of the work, not of the page; other languages than Lithuanian are
served in English.
"""


@dataclass(frozen=True)
class Work:
    """What must be credited about a work."""

    title: str
    author: str
    source: str
    licence: str


def says(language: str) -> Mapping[str, str]:
    """The texts in a language."""
    return WORDS["lt" if language.startswith("lt") else "en"]


def line(work: Work, language: str) -> str:
    """One work in one line."""
    say = says(language)
    licence = {"all_rights_reserved": say["reserved"], "custom": say["custom"]}.get(work.licence)
    if licence is None:
        licence = f"{SHORT[work.licence]} ({ADDRESS[work.licence]})"
    said = [say["quoted"].format(work.title)]
    said += [say["author"].format(work.author)] if work.author else []
    said += [say["source"].format(work.source)] if work.source else []
    return ", ".join([*said, say["licence"].format(licence)]) + "."


def lines(works: Sequence[Work], language: str, *, who: str, kind: str, licence: str) -> list[str]:
    """What a copy must credit: who adapted what, how and under which licence, then every work it is based on,
    nearest first.
    """
    say = says(language)
    own = say["adapted"].format(who=who, kind=kind)
    if licence in SHORT:
        own = f"{own}, {say['licence'].format(f'{SHORT[licence]} ({ADDRESS[licence]})')}"
    return [f"{own}.", *(line(work, language) for work in works)]


def spoken(attribution: str, creators: Sequence[Mapping[str, Any]], language: str) -> str:
    """How a work asks to be credited, with its creators' names in the language: the text is one for all
    languages.

    >>> spoken("Sample Centre, 2026", [{"lt": "Pavyzdinis centras", "en": "Sample Centre"}], "lt")
    'Pavyzdinis centras, 2026'
    """
    for one in creators:
        for code in ("lt", "en"):
            if one.get(code) and one.get(language):
                attribution = attribution.replace(str(one[code]), str(one[language]))
    return attribution


def authors(creators: Sequence[Mapping[str, Any]], language: str) -> str:
    """The creators' names in a language, else in any."""
    named = [one.get(language) or one.get("lt") or one.get("en") or "" for one in creators]
    return ", ".join(str(name) for name in named if name)
