"""From rows to the schemas of the interface."""

from collections.abc import Iterable
from typing import Any

from sauga.kernel import vocab
from sauga.repository.catalogue.linked_data import (
    address_of,
    amb_address,
    creator_name,
    file_address,
    licence_address,
    whole,
)
from sauga.repository.catalogue.models import Collection
from sauga.repository.catalogue.queries.entries import Entry
from sauga.repository.resources.models import LANGUAGES, Rendition, Resource
from sauga.repository.states import ResourceState
from sauga.repository.syndication.api import schemas as s
from sauga.repository.syndication.queries.oai import changed_at, identifier_of


def words(held: dict[str, str] | None) -> s.Words:
    """Texts by language, without empty ones."""
    return {language: text for language, text in (held or {}).items() if text}


def href(row: Resource) -> str:
    """The address of a resource in this interface."""
    return whole("repository-api-resource", row.ref)


def mention(row: Resource) -> s.Mention:
    """A reference to a resource."""
    return s.Mention(ref=row.ref, title=words(row.title), href=href(row))


def short(row: Resource) -> s.ResourceShort:
    """A resource in a list."""
    return s.ResourceShort(**_short(row))


def _short(row: Resource) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "identifier": identifier_of(row),
        "type": row.type,
        "title": words(row.title),
        "abstract": words(row.abstract),
        "topics": row.topics,
        "audiences": row.audiences,
        "age_min": row.age_min,
        "age_max": row.age_max,
        "languages": row.languages,
        "licence": row.licence,
        "published": row.published_at or row.modified_at,
        "changed": changed_at(row),
        "url": s.Addresses(lt=address_of(row, "lt"), en=address_of(row, "en")),
        "href": href(row),
    }


def full(entry: Entry) -> s.Resource:
    """A complete resource."""
    row = entry.resource
    held = row.accessibility or {}
    return s.Resource(
        **_short(row),
        keywords=row.keywords or {},
        stages=row.stages,
        reading_level=row.reading_level,
        minutes=row.learning_minutes,
        licence_url=licence_address(row.licence),
        licence_note=words(row.licence_note),
        attribution=row.attribution,
        creators=[_maker(one) for one in row.creators],
        publisher=words(row.publisher),
        funder=words(row.funder),
        version=row.version,
        review_by=row.review_by,
        under_review=row.state == ResourceState.REVIEW_DUE,
        accessibility=s.Access(
            modes=held.get("access_modes") or [],
            features=held.get("features") or [],
            hazards=held.get("hazards") or [],
            summary=words(held.get("summary")),
        ),
        digcomp=row.teaches_digcomp,
        curriculum=row.teaches_curriculum,
        help_services=row.help_services,
        based_on=mention(row.is_based_on) if row.is_based_on and row.is_based_on.is_live() else None,
        files=[_file(one) for one in entry.files],
        parts=[mention(one) for one in entry.parts],
        part_of=[mention(one) for one in entry.wholes],
        amb=amb_address(row),
    )


def _maker(one: dict[str, str]) -> s.Maker:
    names = {language: name for language in LANGUAGES if (name := creator_name(one, language))}
    return s.Maker(kind=str(one.get("kind") or ""), name=names, url=str(one.get("url") or ""))


def _file(row: Rendition) -> s.File:
    return s.File(
        name=row.name,
        kind=row.kind,
        language=row.language,
        mime=row.mime,
        size=row.size,
        sha256=row.sha256,
        url=file_address(row),
    )


def gone(row: Resource) -> s.Gone:
    """Why a resource is no longer offered."""
    instead = row.replaced_by if row.replaced_by and row.replaced_by.is_live() else None
    return s.Gone(
        code="gone",
        message="This resource was taken back and is not offered any more.",
        next="Stop using copies of it. Where `instead` names another resource, use that one.",
        reason=words(row.withdrawn_reason),
        instead=mention(instead) if instead else None,
    )


def _collection(row: Collection) -> dict[str, Any]:
    pages = {
        language: whole("repository-collection", row.slug(language), language=language)
        for language in LANGUAGES
    }
    return {
        "ref": row.ref,
        "title": words(row.title),
        "abstract": words(row.abstract),
        "changed": row.changed_at,
        "url": s.Addresses(**pages),
        "href": whole("repository-api-collection", row.ref),
    }


def collection_short(row: Collection) -> s.CollectionShort:
    """A collection in a list."""
    return s.CollectionShort(**_collection(row))


def collection(row: Collection, members: Iterable[Resource]) -> s.Collection:
    """A collection with its resources."""
    return s.Collection(**_collection(row), items=[short(one) for one in members])


def vocabulary_short(code: str) -> s.VocabularyShort:
    """The name of a code list."""
    return s.VocabularyShort(**_vocabulary(code))


def _vocabulary(code: str) -> dict[str, Any]:
    titles = {language: vocab.title(code, language) for language in LANGUAGES}
    return {"code": code, "title": titles, "href": whole("repository-api-vocabulary", code)}


def vocabulary(code: str) -> s.Vocabulary:
    """A code list."""
    terms = [
        s.Term(
            code=term.code,
            labels=words(dict(term.labels)),
            parent=term.parent,
            valid_from=term.valid_from,
            valid_to=term.valid_to,
        )
        for term in vocab.every_term(code)
    ]
    return s.Vocabulary(**_vocabulary(code), terms=terms)
