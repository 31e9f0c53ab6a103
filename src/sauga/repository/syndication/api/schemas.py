"""Schemas of what `/api/v1/` returns about resources. Within version 1 a field is never renamed or removed;
new ones may be added.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field
from pydantic.config import JsonDict

from sauga.kernel.ui.responses.api_errors import ApiError

type Words = dict[str, str]
Code = Annotated[str, Field(max_length=40)]
Codes = Annotated[list[Code], Field(max_length=12)]


SOME = "Any of these codes of the vocabulary `{name}`; the parameter may be repeated."


def takes(vocabulary: str) -> JsonDict:
    """Of which vocabulary a parameter takes codes; the description lists them (`project.api`)."""
    return {"x-vocabulary": vocabulary}


TEXT = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
"""Words without control characters, which no address of ours may hold."""


class ListParameters(Schema):
    """What a list is narrowed to. Every parameter must fit; within one any code does."""

    q: str = Field(
        "", max_length=120, pattern=TEXT, description="Words to look for, in Lithuanian or English."
    )
    for_: Codes = Field(
        [], alias="for", description=SOME.format(name="audiences"), json_schema_extra=takes("audiences")
    )
    topic: Codes = Field([], description=SOME.format(name="topics"), json_schema_extra=takes("topics"))
    age: Codes = Field([], description=SOME.format(name="age_bands"), json_schema_extra=takes("age_bands"))
    type: Codes = Field(
        [], description=SOME.format(name="resource_types"), json_schema_extra=takes("resource_types")
    )
    access: Codes = Field(
        [],
        description=SOME.format(name="accessibility_features"),
        json_schema_extra=takes("accessibility_features"),
    )
    lang: Codes = Field([], description=SOME.format(name="languages"), json_schema_extra=takes("languages"))
    limit: int = Field(20, ge=1, le=100, description="How many at most.")
    after: str = Field(
        "",
        pattern=r"^([0-9]{1,17}\.[0-9]{1,17})?$",
        description="Where to go on: taken from `next` of the page before.",
    )


class Language(Schema):
    """In which language words are wanted, where a record has one."""

    language: Literal["lt", "en"] = Field(
        "lt", description="The language of the record's words, where the resource has them."
    )


class Addresses(Schema):
    """The page for people, in both languages."""

    lt: str
    en: str


class Mention(Schema):
    """A resource that another one names."""

    ref: str
    title: Words
    href: str = Field(description="Where it stands in this interface.")


class ResourceShort(Schema):
    """A resource as a list shows it."""

    ref: str = Field(description="Its reference. It never changes.")
    identifier: str = Field(description="The same name as in OAI-PMH: urn:uuid:…")
    type: str = Field(description="Vocabulary `resource_types`.")
    title: Words = Field(description="By language (BCP 47).")
    abstract: Words
    topics: list[str]
    audiences: list[str]
    age_min: int | None = Field(description="Ages of those who learn.")
    age_max: int | None
    languages: list[str]
    licence: str = Field(description="Vocabulary `licences`; SPDX where there is one.")
    published: datetime
    changed: datetime = Field(description="When the record changed last; lists go by it, the newest first.")
    url: Addresses
    href: str = Field(description="Where the whole stands in this interface.")


class Page(Schema):
    """One page of a list."""

    items: list[ResourceShort]
    next: str | None = Field(description="The address of the next page; null at the end.")


class Maker(Schema):
    """Who made it."""

    kind: str
    name: Words
    url: str


class File(Schema):
    """A file. Its address stays as long as the file is offered; then it answers 410."""

    name: str
    kind: str = Field(description="Vocabulary `rendition_kinds`.")
    language: str
    mime: str
    size: int = Field(description="Bytes.")
    sha256: str
    url: str


class Access(Schema):
    """Accessibility, in the words of the W3C vocabulary."""

    modes: list[str]
    features: list[str]
    hazards: list[str]
    summary: Words


class Resource(ResourceShort):
    """A resource whole."""

    keywords: dict[str, list[str]]
    stages: list[str]
    reading_level: str
    minutes: int | None = Field(description="How long it takes to learn with it.")
    licence_url: str = Field(description="Empty for terms of one's own; `licence_note` says them.")
    licence_note: Words
    attribution: str
    creators: list[Maker]
    publisher: Words
    funder: Words
    version: str
    review_by: date | None = Field(description="When somebody looks at it again.")
    under_review: bool = Field(description="That day has passed: some details may be out of date.")
    accessibility: Access
    digcomp: list[str]
    curriculum: list[str]
    help_services: list[str]
    based_on: Mention | None
    files: list[File]
    parts: list[Mention]
    part_of: list[Mention]
    amb: str = Field(description="The same as JSON-LD after the AMB profile.")


class Gone(ApiError):
    """It was offered and is not any more: why, and what instead."""

    reason: Words
    instead: Mention | None


class CollectionShort(Schema):
    """A collection as a list shows it."""

    ref: str
    title: Words
    abstract: Words
    changed: datetime
    url: Addresses
    href: str


class Collection(CollectionShort):
    """A collection in its order."""

    items: list[ResourceShort]


class VocabularyShort(Schema):
    """The name of a code list."""

    code: str
    title: Words
    href: str


class Term(Schema):
    """One code. Codes are never renamed and never used again for something else."""

    code: str
    labels: Words
    parent: str
    valid_from: date | None
    valid_to: date | None


class Vocabulary(VocabularyShort):
    """A code list with all its codes, retired ones included."""

    terms: list[Term]
