"""A resource in the General Metadata Profile for Educational Resources (AMB, version 20231019): LRMI terms in
JSON-LD, validated by a schema.

What AMB has no place for is left out: topics go to the keywords (its `about` takes two German subject lists
and nothing else), sign languages and easy reading have no two-letter code, custom terms have no licence
address.
"""

from typing import Any

from sauga.kernel import vocab
from sauga.kernel.ui.hrefs import parts_of
from sauga.repository.catalogue.linked_data import (
    address_of,
    audience_role,
    base,
    creator_name,
    file_address,
    licence_address,
    schema_types,
    whole,
)
from sauga.repository.catalogue.queries.entries import Entry
from sauga.repository.resources.models import Rendition, Resource

CONTEXT = "https://w3id.org/kim/amb/context.jsonld"
ROLES = "http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/"
TYPES = "https://w3id.org/kim/hcrt/"
LEVELS = "https://w3id.org/kim/educationalLevel/level_"
NO_LOGIN = "http://w3id.org/kim/conditionsOfAccess/no_login"


def as_amb(entry: Entry, language: str) -> dict[str, Any]:
    """The record, in that language where the resource has texts in it, else in one that it has."""
    row = entry.resource
    spoken = language_of(row, language)
    address = address_of(row, spoken)
    found: dict[str, Any] = {
        "@context": [CONTEXT, {"@language": spoken}],
        "id": address,
        "type": schema_types(row),
        "name": row.words("title", spoken),
        "description": row.words("abstract", spoken),
        "keywords": keywords(row, spoken),
        "creator": [_creator(one, spoken) for one in row.creators if creator_name(one, spoken)],
        "publisher": _organisations(row.publisher, spoken),
        "funder": _organisations(row.funder, spoken),
        "license": {"id": licence} if (licence := licence_address(row.licence)) else None,
        "dateCreated": row.created_date.isoformat(),
        "datePublished": row.published_at.date().isoformat() if row.published_at else None,
        "dateModified": row.modified_at.date().isoformat(),
        "inLanguage": [code for code in row.languages if len(code) == 2],
        "learningResourceType": _kind(row),
        "audience": _audiences(row),
        "educationalLevel": _levels(row),
        "teaches": [_taught("digcomp", c) for c in row.teaches_digcomp]
        + [_taught("curriculum_digital", c) for c in row.teaches_curriculum],
        "isAccessibleForFree": True,
        "conditionsOfAccess": {"id": NO_LOGIN, "type": "Concept"},
        "isBasedOn": [_mention(row.is_based_on, spoken)]
        if row.is_based_on and row.is_based_on.is_live()
        else [],
        "hasPart": [_mention(one, spoken) for one in entry.parts],
        "isPartOf": [_mention(one, spoken) for one in entry.wholes],
        "encoding": [_file(one) for one in entry.files if one.kind not in {"captions", "thumbnail"}],
        "caption": [_caption(one) for one in entry.files if one.kind == "captions"],
        "mainEntityOfPage": [
            {
                "id": address,
                "type": "WebContent",
                "provider": {"id": base() + "/", "type": "Service", "name": "Sauga"},
            }
        ],
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def language_of(row: Resource, language: str) -> str:
    """The language of its title: the requested one, else one of its own."""
    held = [code for code in row.title if row.title[code] and len(code) == 2]
    return language if language in held or not held else held[0]


def keywords(row: Resource, language: str) -> list[str]:
    """Labels of topics, then the editors' keywords."""
    words = [vocab.label("topics", code, language) for code in row.topics]
    return list(dict.fromkeys([*words, *(row.keywords.get(language) or [])]))


def _concept(address: str, vocabulary: str, code: str) -> dict[str, Any]:
    labels = dict(vocab.term(vocabulary, code).labels) if vocab.has_term(vocabulary, code) else {}
    return {
        "id": address,
        "type": "Concept",
        "prefLabel": {name: text for name, text in labels.items() if text},
    }


def _kind(row: Resource) -> list[dict[str, Any]]:
    term = vocab.term("resource_types", row.type) if vocab.has_term("resource_types", row.type) else None
    return (
        [_concept(TYPES + str(term.extra.get("hcrt") or "other"), "resource_types", row.type)] if term else []
    )


def _audiences(row: Resource) -> list[dict[str, Any]]:
    """Each role once, under the name of the first audience that has it."""
    roles = {role: code for code in reversed(row.audiences) if (role := audience_role(code))}
    return [_concept(ROLES + role, "audiences", code) for role, code in reversed(roles.items())]


def _levels(row: Resource) -> list[dict[str, Any]]:
    """ISCED levels, each once; a stage without an ISCED level is left out."""
    found: dict[str, str] = {}
    for code in row.stages:
        held = (
            vocab.term("education_stages", code).extra.get("isced")
            if vocab.has_term("education_stages", code)
            else None
        )
        if held:
            found.setdefault(str(held), code)
    return [_concept(LEVELS + level, "education_stages", code) for level, code in found.items()]


def _taught(vocabulary: str, code: str) -> dict[str, Any]:
    """DigComp and the curriculum have no known addresses of their own; ours link to the labels."""
    found = _concept(f"{whole('repository-api-vocabulary', vocabulary)}#{code}", vocabulary, code)
    return {"id": found["id"], "prefLabel": found["prefLabel"]}


def _creator(one: dict[str, Any], language: str) -> dict[str, Any]:
    made = {
        "type": "Person" if one.get("kind") == "person" else "Organization",
        "name": creator_name(one, language),
    }
    return made | ({"id": one["url"]} if is_address(one.get("url")) else {})


def is_address(text: Any) -> bool:
    """Whether a text can be a web address."""
    parts = parts_of(text) if isinstance(text, str) and " " not in text else None
    return parts is not None and parts.scheme in {"http", "https"}


def _organisations(words: dict[str, Any], language: str) -> list[dict[str, str]]:
    name = str(words.get(language) or words.get("lt") or words.get("en") or "") if words else ""
    return [{"type": "Organization", "name": name}] if name else []


def _mention(one: Resource, language: str) -> dict[str, Any]:
    return {"id": address_of(one, language), "type": schema_types(one), "name": one.words("title", language)}


def _file(row: Rendition) -> dict[str, str]:
    return {
        "type": "MediaObject",
        "contentUrl": file_address(row),
        "encodingFormat": row.mime,
        "contentSize": str(row.size),
        "sha256": row.sha256,
    }


def _caption(row: Rendition) -> dict[str, str]:
    found = {"type": "MediaObject", "id": file_address(row), "encodingFormat": row.mime}
    return found | ({"inLanguage": row.language} if len(row.language) == 2 else {})
