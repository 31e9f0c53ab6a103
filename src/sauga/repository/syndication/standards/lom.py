"""A resource in IEEE 1484.12.3 Learning Object Metadata (LOM v1.0, XML binding).

Values come from LOM's own lists where they fit (source `LOMv1.0`); otherwise from the list that has them
(HCRT for types, LRMI for audiences), as the standard's loose schema permits.
"""

from typing import Any
from xml.etree.ElementTree import Element

from sauga.kernel import vocab
from sauga.repository.catalogue.linked_data import (
    address_of,
    age_range,
    audience_role,
    creator_name,
    file_address,
    licence_address,
)
from sauga.repository.catalogue.queries.entries import Entry
from sauga.repository.resources.models import LANGUAGES, Resource
from sauga.repository.resources.rules.seed_format import iso_duration
from sauga.repository.syndication.standards.oai_dc import labels
from sauga.repository.syndication.standards.xml import XSI, add, root, spoken

NAMESPACE = "http://ltsc.ieee.org/xsd/LOM"
SCHEMA = "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd"
LOM = "LOMv1.0"
HCRT = "https://w3id.org/kim/hcrt/"
LRMI_ROLES = "http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/"
KINDS = {
    "presentation": "slide",
    "worksheet": "exercise",
    "quiz": "self assessment",
    "questionnaire": "questionnaire",
}
END_USERS = {"student": "learner", "teacher": "teacher", "administrator": "manager"}
CONTEXTS = {"adult_learning": "training", "vocational": "training"}
"""Every other stage is school."""
WHOLES = {"toolkit", "campaign_kit"}


def as_lom(entry: Entry) -> Element:
    """The record, category by category in the standard's order."""
    made = root("lom", {"xmlns": NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}"})
    row = entry.resource
    _general(made, row)
    _life_cycle(made, row)
    _about_this_record(made, row)
    _technical(made, entry)
    _educational(made, row)
    _rights(made, row)
    _relations(made, entry)
    _classification(made, "topics", "discipline", row.topics)
    _classification(made, "digcomp", "competency", row.teaches_digcomp)
    _classification(made, "curriculum_digital", "educational objective", row.teaches_curriculum)
    return made


def _identifier(parent: Element, catalog: str, text: str) -> None:
    made = add(parent, "identifier")
    add(made, "catalog", catalog)
    add(made, "entry", text)


def _value(parent: Element, name: str, value: str, source: str = LOM) -> None:
    made = add(parent, name)
    add(made, "source", source)
    add(made, "value", value)


def _words(parent: Element, name: str, words: dict[str, Any]) -> None:
    if any(words.values()):
        spoken(add(parent, name), "string", words, "language")


def _general(made: Element, row: Resource) -> None:
    part = add(made, "general")
    _identifier(part, "URI", f"urn:uuid:{row.uuid}")
    for address in dict.fromkeys(address_of(row, language) for language in LANGUAGES):
        _identifier(part, "URI", address)
    _words(part, "title", row.title)
    for language in row.languages:
        add(part, "language", language)
    _words(part, "description", row.abstract)
    for language, held in row.keywords.items():
        for word in held:
            _words(part, "keyword", {language: word})
    _value(part, "structure", "collection" if row.type in WHOLES else "atomic")
    _value(part, "aggregationLevel", "2" if row.type in WHOLES else "1")


def _life_cycle(made: Element, row: Resource) -> None:
    part = add(made, "lifeCycle")
    spoken(add(part, "version"), "string", {"en": row.version}, "language")
    _value(part, "status", "final")
    for one in row.creators:
        _contribute(
            part, "author", creator_name(one, "lt"), row.created_date.isoformat(), one.get("kind") == "person"
        )
    publisher = str(row.publisher.get("lt") or row.publisher.get("en") or "")
    if publisher and row.published_at:
        _contribute(part, "publisher", publisher, row.published_at.date().isoformat(), False)


def _contribute(part: Element, role: str, name: str, day: str, is_person: bool) -> None:
    made = add(part, "contribute")
    _value(made, "role", role)
    add(made, "entity", vcard(name, is_person))
    add(add(made, "date"), "dateTime", day)


def vcard(name: str, is_person: bool) -> str:
    """A name as vCard 3.0 (RFC 2426), which LOM asks for."""
    said = (
        name.replace("\\", "\\\\")
        .replace(",", "\\,")
        .replace(";", "\\;")
        .replace("\r", "")
        .replace("\n", "\\n")
    )
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{said}",
        f"N:{said};;;;" if is_person else f"N:;;;;\nORG:{said}",
        "END:VCARD",
    ]
    return "\n".join(lines)


def _about_this_record(made: Element, row: Resource) -> None:
    part = add(made, "metaMetadata")
    _identifier(part, "URI", f"urn:uuid:{row.uuid}")
    add(part, "metadataSchema", LOM)


def _technical(made: Element, entry: Entry) -> None:
    part = add(made, "technical")
    for mime in dict.fromkeys(["text/html", *(file.mime for file in entry.files)]):
        add(part, "format", mime)
    if len(entry.files) == 1:
        add(part, "size", str(entry.files[0].size))
    for address in dict.fromkeys(
        [address_of(entry.resource, "lt"), *(file_address(file) for file in entry.files)]
    ):
        add(part, "location", address)


def _educational(made: Element, row: Resource) -> None:
    part = add(made, "educational")
    if row.type in KINDS:
        _value(part, "learningResourceType", KINDS[row.type])
    elif vocab.has_term("resource_types", row.type):
        _value(
            part,
            "learningResourceType",
            str(vocab.term("resource_types", row.type).extra.get("hcrt") or "other"),
            HCRT,
        )
    roles = dict.fromkeys(role for code in row.audiences if (role := audience_role(code)))
    for role in roles:
        _value(
            part, "intendedEndUserRole", END_USERS.get(role, role), LOM if role in END_USERS else LRMI_ROLES
        )
    for context in dict.fromkeys(CONTEXTS.get(stage, "school") for stage in row.stages):
        _value(part, "context", context)
    if ages := age_range(row):
        spoken(add(part, "typicalAgeRange"), "string", {"en": ages}, "language")
    if row.learning_minutes:
        add(add(part, "typicalLearningTime"), "duration", iso_duration(row.learning_minutes))


def _rights(made: Element, row: Resource) -> None:
    part = add(made, "rights")
    _value(part, "cost", "no")
    _value(part, "copyrightAndOtherRestrictions", "no" if row.licence == "CC0-1.0" else "yes")
    address = licence_address(row.licence)
    said = (
        {"en": address}
        if address
        else {**labels("licences", row.licence), **{k: v for k, v in row.licence_note.items() if v}}
    )
    _words(part, "description", said)


def _relations(made: Element, entry: Entry) -> None:
    based = entry.resource.is_based_on
    kinds = [("haspart", one) for one in entry.parts] + [("ispartof", one) for one in entry.wholes]
    kinds += [("isbasedon", based)] if based is not None and based.is_live() else []
    for kind, one in kinds:
        part = add(made, "relation")
        _value(part, "kind", kind)
        about = add(part, "resource")
        _identifier(about, "URI", f"urn:uuid:{one.uuid}")
        _words(about, "description", one.title)


def _classification(made: Element, vocabulary: str, purpose: str, codes: list[str]) -> None:
    """One path for each code of one list; nothing when there is none."""
    if not codes:
        return
    part = add(made, "classification")
    _value(part, "purpose", purpose)
    for code in codes:
        path = add(part, "taxonPath")
        spoken(
            add(path, "source"),
            "string",
            {language: vocab.title(vocabulary, language) for language in LANGUAGES},
            "language",
        )
        taxon = add(path, "taxon")
        add(taxon, "id", code)
        _words(taxon, "entry", labels(vocabulary, code))
