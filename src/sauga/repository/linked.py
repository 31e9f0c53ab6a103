"""A resource as linked data: the schema.org block of its page. Standards build their own records on the same base."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from sauga.kernel import vocab
from sauga.repository.models import Rendition, Resource
from sauga.repository.queries.snapshots import files_of
from sauga.repository.rules.records import iso_duration


def address_of(resource: Resource, language: str) -> str:
    """The full public address of its page."""
    with translation.override(language):
        return str(settings.ENV.base_url.rstrip("/") + reverse("repository-resource", args=[resource.slug(language)]))


def as_jsonld(resource: Resource, language: str) -> dict[str, Any]:
    """schema.org with LRMI terms; empty values are left out."""
    term = vocab.term("licences", resource.licence) if vocab.has_term("licences", resource.licence) else None
    kind = vocab.term("resource_types", resource.type) if vocab.has_term("resource_types", resource.type) else None
    whole = {
        "@context": "https://schema.org/",
        "@type": (kind.extra.get("schema_type") if kind else None) or ["LearningResource"],
        "@id": address_of(resource, language),
        "url": address_of(resource, language),
        "identifier": f"urn:uuid:{resource.uuid}",
        "name": resource.words("title", language),
        "description": resource.words("abstract", language),
        "keywords": resource.words("keywords", language) or None,
        "inLanguage": [code for code in resource.languages if code not in {"lls", "ils"}],
        "learningResourceType": vocab.label("resource_types", resource.type, language),
        "about": [{"@type": "DefinedTerm", "termCode": code, "name": vocab.label("topics", code, language)} for code in resource.topics],
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": vocab.label("audiences", code, language)} for code in resource.audiences
        ],
        "typicalAgeRange": _ages(resource),
        "timeRequired": iso_duration(resource.learning_minutes),
        "license": term.extra.get("url") if term else None,
        "creator": [_creator(one, language) for one in resource.creators],
        "publisher": _named(resource.publisher, language),
        "funder": _named(resource.funder, language),
        "datePublished": resource.published_at.date().isoformat() if resource.published_at else None,
        "dateModified": resource.modified_at.date().isoformat(),
        "version": resource.version,
        "isAccessibleForFree": True,
        "accessMode": resource.accessibility.get("access_modes"),
        "accessibilityFeature": resource.accessibility.get("features"),
        "accessibilityHazard": resource.accessibility.get("hazards"),
        "isBasedOn": address_of(resource.is_based_on, language) if resource.is_based_on else None,
        "encoding": [_file(row) for row in files_of(resource)],
    }
    return {name: value for name, value in whole.items() if value not in (None, "", [], {})}


def _file(row: Rendition) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "encodingFormat": row.mime,
        "contentSize": str(row.size),
        "sha256": row.sha256,
        "inLanguage": row.language,
    }


def _ages(resource: Resource) -> str:
    if resource.age_min is None:
        return ""
    return f"{resource.age_min}-{resource.age_max if resource.age_max is not None else ''}"


def _creator(one: dict[str, Any], language: str) -> dict[str, Any]:
    kind = "Person" if one.get("kind") == "person" else "Organization"
    made = {"@type": kind, "name": one.get(language) or one.get("name") or one.get("lt") or one.get("en")}
    return made | ({"url": one["url"]} if one.get("url") else {})


def _named(words: dict[str, Any], language: str) -> dict[str, Any] | None:
    name = words.get(language) or words.get("lt") or words.get("en")
    return {"@type": "Organization", "name": name} if name else None
