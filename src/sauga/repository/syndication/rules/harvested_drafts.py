"""A record from elsewhere as fields of a draft: Dublin Core and LOM mapped to our texts and codes. What is
not understood is kept as stated.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sauga.kernel import vocab
from sauga.kernel.i18n import fold, normalised
from sauga.repository.adaptations.rules.licences import LICENCES
from sauga.repository.resources.rules import blocks
from sauga.repository.resources.rules.attribution import ADDRESS
from sauga.repository.resources.rules.seed_format import minutes

DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OURS = ("lt", "en")
LONGEST = {"title": 200, "abstract": 1200, "keyword": 80, "name": 120}
MOST_KEYWORDS, MOST_CREATORS = 20, 12
MOST_SAID = 200
"""Subjects, kinds and readers of one record that are looked at; each is compared with a whole list."""
CC = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero)/1\.0)", re.IGNORECASE
)
CC_WORDS = re.compile(r"\bcc[ -]?(0|by(?:[ -](?:nc|sa|nd))*)(?:[ -]?v?(\d\.\d))?\b", re.IGNORECASE)
RESERVED = re.compile(r"all rights reserved|visos teisės saugomos|©|\(c\)|copyright", re.IGNORECASE)
AGES = re.compile(r"(\d{1,2})\s*(?:-|–|to|iki)\s*(\d{1,2})|(\d{1,2})\s*\+?")
MARKUP = re.compile(r"<[^<>]{0,400}>")
NAME = re.compile(r"^(?:FN|ORG)[^:\n]*:(.+)$", re.MULTILINE)
TYPES = {
    "lesson plan": "lesson_plan",
    "slide": "presentation",
    "exercise": "worksheet",
    "exam": "quiz",
    "self assessment": "quiz",
    "questionnaire": "questionnaire",
    "movingimage": "video",
    "moving image": "video",
    "sound": "audio",
    "image": "image",
    "stillimage": "image",
    "narrative text": "guide",
    "text": "guide",
    "lecture": "presentation",
    "simulation": "game",
    "interactiveresource": "app",
    "brochure": "leaflet",
}
ROLES = {
    "teacher": "teachers",
    "learner": "children_young_people",
    "parent": "parents_carers",
    "student": "children_young_people",
}
FIRST_CHOICE = "guide"
"""The kind that a person is offered when the record's own is not understood."""


def draft_of(metadata: Any, *, language: str, licence: str = "") -> dict[str, Any]:
    """What a record would be here, as JSON. `language` is that of texts without one, `licence` the source's
    default.

    Beside fields of a resource it holds `licence_why` (why the licence is not open, empty when it is),
    `licence_said`, `type_said`, `address` and `spoken` (the language of texts that are neither Lithuanian nor
    English).
    """
    reader = _lom if metadata.tag.rpartition("}")[2] == "lom" else _dublin_core
    found = reader(metadata, language)
    found["licence"], found["licence_why"] = licence_of(found.pop("rights"), licence)
    return _ours(found)


def licence_of(said: Iterable[str], granted: str = "") -> tuple[str, str]:
    """Our code of a licence, and why it cannot be accepted: none, version, several, reserved, unknown; empty
    when it can.

    Where a record states none, the source's default applies. A licence of another version is another licence.
    """
    lines = [line for line in said if line.strip()]
    if not lines:
        code = granted if granted in LICENCES else ""
        return code, "" if code and LICENCES[code].share else ("none" if not code else "reserved")
    found, older = set(), False
    for line in lines:
        codes, other = _named(line)
        found |= codes
        older |= other
    if older:
        return "", "version"
    if len(found) > 1:
        return "", "several"
    if found:
        return found.pop(), ""
    return (
        ("all_rights_reserved", "reserved")
        if any(RESERVED.search(line) for line in lines)
        else ("", "unknown")
    )


def _named(line: str) -> tuple[set[str], bool]:
    """The licences that a line names, and whether it names one of another version."""
    found, other = set(), False
    for kind, version, zero in CC.findall(line):
        code = "CC0-1.0" if zero else f"CC-{kind.upper()}-{version}"
        other |= code not in ADDRESS
        found |= {code} & set(ADDRESS)
    if not found and not other:
        for kind, version in CC_WORDS.findall(line):
            code = "CC0-1.0" if kind == "0" else f"CC-{kind.upper().replace(' ', '-')}-{version}"
            other |= code not in ADDRESS
            found |= {code} & set(ADDRESS)
    return found, other


def _dublin_core(root: Any, language: str) -> dict[str, Any]:
    def said(name: str) -> list[tuple[str, str]]:
        return [
            (_language(one.get(LANG), language), text)
            for one in root.iter(f"{DC}{name}")
            if (text := _text(one.text))
        ]

    addresses = [text for _code, text in said("identifier") if text.startswith(("https://", "http://"))]
    return {
        "title": said("title"),
        "abstract": said("description"),
        "subjects": said("subject"),
        "creators": [text for _code, text in (*said("creator"), *said("contributor"))],
        "publisher": next((text for _code, text in said("publisher")), ""),
        "languages": [text for _code, text in said("language")] or [language],
        "rights": [text for _code, text in said("rights")],
        "types": [text for _code, text in said("type")],
        "roles": [text for _code, text in said("audience")],
        "address": addresses[0] if addresses else "",
    }


def _lom(root: Any, language: str) -> dict[str, Any]:
    def strings(*path: str) -> list[tuple[str, str]]:
        ends = root.iterfind("/".join(f"{{*}}{step}" for step in (*path, "string")))
        return [(_language(one.get("language"), language), text) for one in ends if (text := _text(one.text))]

    def values(*path: str) -> list[str]:
        return [
            text
            for one in root.iterfind("/".join(f"{{*}}{step}" for step in path))
            if (text := _text(one.text))
        ]

    people: dict[str, list[str]] = {"author": [], "publisher": []}
    for one in root.iterfind("{*}lifeCycle/{*}contribute"):
        role = next((_text(value.text) for value in one.iterfind("{*}role/{*}value")), "")
        people.setdefault(role, []).extend(_card(entity.text or "") for entity in one.iterfind("{*}entity"))
    ages = AGES.search(" ".join(text for _code, text in strings("educational", "typicalAgeRange")))
    entries = [
        one
        for one in (*values("technical", "location"), *values("general", "identifier", "entry"))
        if one.startswith("http")
    ]
    return {
        "title": strings("general", "title"),
        "abstract": strings("general", "description"),
        "subjects": [
            *strings("general", "keyword"),
            *strings("classification", "taxonPath", "taxon", "entry"),
        ],
        "creators": [name for name in people["author"] if name],
        "publisher": next((name for name in people["publisher"] if name), ""),
        "languages": values("general", "language") or [language],
        "rights": [text for _code, text in strings("rights", "description")],
        "types": values("educational", "learningResourceType", "value"),
        "roles": values("educational", "intendedEndUserRole", "value"),
        "minutes": minutes(next(iter(values("educational", "typicalLearningTime", "duration")), None)),
        "ages": [int(ages[1] or ages[3]), int(ages[2]) if ages[2] else None] if ages else [None, None],
        "address": entries[0] if entries else "",
    }


def _ours(found: Mapping[str, Any]) -> dict[str, Any]:
    """Texts and codes as a resource stores them."""
    topics, keywords = _subjects(found["subjects"][:MOST_SAID])
    kinds = [code for said in found["types"][:MOST_SAID] if (code := _kind(said))]
    audiences = [
        code
        for said in found["roles"][:MOST_SAID]
        if (code := ROLES.get(said.lower()) or _labelled("audiences", said))
    ]
    low, high = found.get("ages", [None, None])
    title, spoken = _spoken(found["title"], LONGEST["title"])
    return {
        "title": title,
        "abstract": _spoken(found["abstract"], LONGEST["abstract"])[0],
        "keywords": keywords,
        "topics": list(dict.fromkeys(topics)),
        "audiences": list(dict.fromkeys(audiences)),
        "type": kinds[0] if kinds else "",
        "type_said": ", ".join(found["types"])[:120],
        "languages": list(
            dict.fromkeys(
                code for said in found["languages"] if vocab.has_term("languages", code := said.lower()[:2])
            )
        ),
        "creators": [
            {"lt": name, "en": name}
            for name in dict.fromkeys(one[: LONGEST["name"]] for one in found["creators"])
        ][:MOST_CREATORS],
        "publisher": {code: found["publisher"][:200] for code in OURS} if found["publisher"] else {},
        "learning_minutes": found.get("minutes"),
        "age_min": low,
        "age_max": high if high is None or low is None or high >= low else None,
        "licence": found["licence"],
        "licence_why": found["licence_why"],
        "address": found["address"][:400],
        "spoken": spoken,
    }


def _spoken(said: Iterable[tuple[str, str]], longest: int) -> tuple[dict[str, str], str]:
    """Texts in our languages; texts in another one take the English place until translated. And which
    language that was.
    """
    made: dict[str, str] = {}
    for code, text in said:
        made.setdefault(code, text[:longest])
    ours = {code: made[code] for code in OURS if code in made}
    if ours or not made:
        return ours, ""
    code, text = next(iter(made.items()))
    return {"en": text}, code


def _subjects(said: Iterable[tuple[str, str]]) -> tuple[list[str], dict[str, list[str]]]:
    topics: list[str] = []
    keywords: dict[str, list[str]] = {}
    for code, text in said:
        if topic := _labelled("topics", text):
            topics.append(topic)
        else:
            keywords.setdefault(code if code in OURS else "en", []).append(text[: LONGEST["keyword"]])
    return topics, {code: list(dict.fromkeys(words))[:MOST_KEYWORDS] for code, words in keywords.items()}


def _kind(said: str) -> str:
    plain = said.lower().replace("_", " ").strip()
    return TYPES.get(plain) or _labelled("resource_types", plain)


def _labelled(vocabulary: str, said: str) -> str:
    """The code with this name or label; empty when there is none."""
    wanted = fold(said.strip())
    for term in vocab.terms(vocabulary):
        if wanted in {
            fold(term.code),
            fold(term.code.replace("_", " ")),
            *(fold(vocab.label(vocabulary, term.code, one)) for one in OURS),
        }:
            return term.code
    return ""


def _language(said: str | None, otherwise: str) -> str:
    return (said or otherwise or "en").lower().partition("-")[0][:3]


def _text(said: str | None) -> str:
    """Plain text: composed letters, no markup, no control characters."""
    if not said:
        return ""
    plain = " ".join(MARKUP.sub(" ", normalised(said)).split())
    return plain if blocks.plain_text(plain) else " ".join(re.sub(r"[<>&\x00-\x1f\x7f]", " ", plain).split())


def _card(entity: str) -> str:
    """The name on a vCard."""
    found = NAME.search(entity.replace("\r\n", "\n"))
    return _text(found[1] if found else "" if "BEGIN:VCARD" in entity else entity)
