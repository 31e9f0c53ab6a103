"""A resource as schema.org linked data for its page, and the public addresses that all standards share."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from sauga.kernel import vocab
from sauga.repository.catalogue.models import Collection
from sauga.repository.catalogue.queries.entries import Entry
from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.resources.rules.seed_format import iso_duration


def base() -> str:
    """The installation's public address, without a trailing slash."""
    return str(settings.ENV.base_url.rstrip("/"))


def whole(name: str, *args: Any, language: str = "en") -> str:
    """The full public address of a named page."""
    with translation.override(language):
        return base() + reverse(name, args=args)


def address_of(resource: Resource, language: str) -> str:
    """The full public address of its page."""
    return whole("repository-resource", resource.slug(language), language=_interface(language))


def file_address(row: Rendition) -> str:
    """The full public address of a file as it is kept, with the checksum that is published."""
    return whole("repository-file", row.ref, row.name) + ("?download" if row.mime == "text/html" else "")


def amb_address(resource: Resource) -> str:
    """The address of its AMB record."""
    return whole("repository-api-amb", resource.ref)


def _interface(language: str) -> str:
    return "en" if language == "en" else "lt"


def schema_types(resource: Resource) -> list[str]:
    """Its types in schema.org, LearningResource first."""
    kind = (
        vocab.term("resource_types", resource.type)
        if vocab.has_term("resource_types", resource.type)
        else None
    )
    named = list(kind.extra.get("schema_type") or []) if kind else []
    return ["LearningResource", *(one for one in named if one != "LearningResource")]


def licence_address(code: str) -> str:
    """The address of the licence; empty for custom terms."""
    term = vocab.term("licences", code) if vocab.has_term("licences", code) else None
    return str((term.extra.get("url") or "") if term else "")


def as_jsonld(held: Entry, language: str) -> dict[str, Any]:
    """schema.org with LRMI terms; empty values are omitted."""
    resource = held.resource
    found = {
        "@context": "https://schema.org/",
        "@type": schema_types(resource),
        "@id": address_of(resource, language),
        "url": address_of(resource, language),
        "identifier": f"urn:uuid:{resource.uuid}",
        "name": resource.words("title", language),
        "description": resource.words("abstract", language),
        "keywords": resource.words("keywords", language) or None,
        "inLanguage": [code for code in resource.languages if code not in {"lls", "ils"}],
        **_learning(resource, language),
        "license": licence_address(resource.licence) or None,
        "creator": [_creator(one, language) for one in resource.creators],
        "publisher": _named(resource.publisher, language),
        "provider": {"@type": "Organization", "name": "Sauga", "url": base()},
        "funder": _named(resource.funder, language),
        "datePublished": resource.published_at.date().isoformat() if resource.published_at else None,
        "dateModified": resource.modified_at.date().isoformat(),
        "version": resource.version,
        "isAccessibleForFree": True,
        **_access(resource),
        "isBasedOn": address_of(resource.is_based_on, language)
        if resource.is_based_on and resource.is_based_on.is_live()
        else None,
        "encoding": [_file(row) for row in held.files],
        "hasPart": [_mention(one, language) for one in held.parts],
        "isPartOf": [_mention(one, language) for one in held.wholes],
        **_course(resource, language),
    }
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _learning(resource: Resource, language: str) -> dict[str, Any]:
    """The properties that LRMI added to schema.org."""
    labels = vocab.label
    aligned = [("DigComp 2.2", code, labels("digcomp", code, language)) for code in resource.teaches_digcomp]
    aligned += [
        (vocab.title("curriculum_digital", language), c, labels("curriculum_digital", c, language))
        for c in resource.teaches_curriculum
    ]
    return {
        "learningResourceType": labels("resource_types", resource.type, language),
        "about": [
            {"@type": "DefinedTerm", "termCode": code, "name": labels("topics", code, language)}
            for code in resource.topics
        ],
        "audience": [_audience(code, language) for code in resource.audiences],
        "educationalLevel": [
            {"@type": "DefinedTerm", "termCode": code, "name": labels("education_stages", code, language)}
            for code in resource.stages
        ],
        "teaches": [
            {"@type": "DefinedTerm", "inDefinedTermSet": where, "termCode": code, "name": name}
            for where, code, name in aligned
        ],
        "typicalAgeRange": age_range(resource),
        "timeRequired": iso_duration(resource.learning_minutes),
    }


def _audience(code: str, language: str) -> dict[str, Any]:
    name = vocab.label("audiences", code, language)
    return {"@type": "EducationalAudience", "educationalRole": audience_role(code) or name, "name": name}


def audience_role(code: str) -> str:
    """The role of an audience in LRMI's list; empty where there is none."""
    return (
        str(vocab.term("audiences", code).extra.get("lrmi_role") or "")
        if vocab.has_term("audiences", code)
        else ""
    )


def _access(resource: Resource) -> dict[str, Any]:
    held = resource.accessibility or {}
    return {
        "accessMode": held.get("access_modes"),
        "accessModeSufficient": [
            {"@type": "ItemList", "itemListElement": modes}
            for modes in held.get("access_mode_sufficient") or []
            if modes
        ],
        "accessibilityFeature": held.get("features"),
        "accessibilityHazard": held.get("hazards"),
    }


def _course(resource: Resource, language: str) -> dict[str, Any]:
    """How a course is taken: at one's own pace, in the browser."""
    if "Course" not in schema_types(resource):
        return {}
    taken = {
        "@type": "CourseInstance",
        "courseMode": "Online",
        "courseWorkload": iso_duration(resource.learning_minutes),
    }
    return {
        "hasCourseInstance": [{name: value for name, value in taken.items() if value}],
        "url": address_of(resource, language),
    }


def collection_jsonld(collection: Collection, members: list[Resource], language: str) -> dict[str, Any]:
    """A collection with its resources in order."""
    address = whole("repository-collection", collection.slug(language), language=_interface(language))
    found = {
        "@context": "https://schema.org/",
        "@type": "Collection",
        "@id": address,
        "url": address,
        "name": _word(collection.title, language),
        "description": _word(collection.abstract, language),
        "inLanguage": _interface(language),
        "dateModified": collection.changed_at.date().isoformat(),
        "isAccessibleForFree": True,
        "provider": {"@type": "Organization", "name": "Sauga", "url": base()},
        "collectionSize": len(members),
        "hasPart": [_mention(one, language) for one in members],
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _mention(one: Resource, language: str) -> dict[str, Any]:
    return {
        "@type": schema_types(one),
        "@id": address_of(one, language),
        "name": one.words("title", language),
    }


def _file(row: Rendition) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "name": row.name,
        "contentUrl": file_address(row),
        "encodingFormat": row.mime,
        "contentSize": str(row.size),
        "sha256": row.sha256,
        "inLanguage": row.language,
    }


def age_range(resource: Resource) -> str:
    """Ages of the learners: 10-13, 18-, empty when not set."""
    if resource.age_min is None:
        return ""
    return f"{resource.age_min}-{resource.age_max if resource.age_max is not None else ''}"


def _creator(one: dict[str, Any], language: str) -> dict[str, Any]:
    kind = "Person" if one.get("kind") == "person" else "Organization"
    made = {"@type": kind, "name": creator_name(one, language)}
    return made | ({"url": one["url"]} if one.get("url") else {})


def creator_name(one: dict[str, Any], language: str) -> str:
    """The name of a creator in a language, else in any."""
    return str(one.get(language) or one.get("name") or one.get("lt") or one.get("en") or "")


def _word(words: dict[str, Any], language: str) -> str:
    return str(words.get(language) or words.get("lt") or words.get("en") or "")


def _named(words: dict[str, Any], language: str) -> dict[str, Any] | None:
    name = _word(words, language)
    return {"@type": "Organization", "name": name} if name else None
