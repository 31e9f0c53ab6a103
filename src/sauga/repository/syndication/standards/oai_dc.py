"""A resource in unqualified Dublin Core, in the container that every OAI-PMH repository must offer."""

from typing import Any
from xml.etree.ElementTree import Element

from sauga.kernel import vocab
from sauga.repository.catalogue.linked_data import address_of, creator_name, file_address, licence_address
from sauga.repository.catalogue.queries.entries import Entry
from sauga.repository.resources.models import LANGUAGES, Resource
from sauga.repository.syndication.standards.xml import XSI, add, root, spoken

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"


def as_dublin_core(entry: Entry) -> Element:
    """The record: texts in every available language, addresses and codes without one."""
    row = entry.resource
    made = root(
        "oai_dc:dc",
        {
            "xmlns:oai_dc": NAMESPACE,
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
        },
    )
    spoken(made, "dc:title", row.title)
    for one in row.creators:
        _each(made, "dc:creator", {language: creator_name(one, language) for language in LANGUAGES})
    _subjects(made, row)
    spoken(made, "dc:description", row.abstract)
    _each(made, "dc:publisher", row.publisher)
    if row.published_at:
        add(made, "dc:date", row.published_at.date().isoformat())
    spoken(made, "dc:type", labels("resource_types", row.type))
    for mime in dict.fromkeys(file.mime for file in entry.files):
        add(made, "dc:format", mime)
    for address in dict.fromkeys(
        [*(address_of(row, language) for language in LANGUAGES), f"urn:uuid:{row.uuid}"]
    ):
        add(made, "dc:identifier", address)
    _relations(made, entry)
    for language in row.languages:
        add(made, "dc:language", language)
    licence = licence_address(row.licence)
    if licence:
        add(made, "dc:rights", licence)
    spoken(made, "dc:rights", labels("licences", row.licence))
    spoken(made, "dc:rights", row.licence_note)
    return made


def labels(vocabulary: str, code: str) -> dict[str, str]:
    """The labels of a code by language; none for an unknown code."""
    return dict(vocab.term(vocabulary, code).labels) if vocab.has_term(vocabulary, code) else {}


def _each(made: Element, name: str, words: dict[str, Any]) -> None:
    """Names of people and organisations: once where they are the same in every language."""
    for text in dict.fromkeys(str(words[language]) for language in LANGUAGES if words.get(language)):
        add(made, name, text)


def _subjects(made: Element, row: Resource) -> None:
    for code in row.topics:
        spoken(made, "dc:subject", labels("topics", code))
    for language, held in row.keywords.items():
        for word in held:
            add(made, "dc:subject", word, {"xml:lang": language})


def _relations(made: Element, entry: Entry) -> None:
    based = entry.resource.is_based_on
    if based is not None and based.is_live():
        add(made, "dc:source", address_of(based, "lt"))
    elif entry.resource.source:
        add(made, "dc:source", entry.resource.source)
    for one in [*entry.parts, *entry.wholes]:
        add(made, "dc:relation", address_of(one, "lt"))
    for file in entry.files:
        add(made, "dc:relation", file_address(file))
