"""LRMI for OAI-PMH, which only carries XML: the triples of the AMB record as RDF/XML."""

from typing import Any
from xml.etree.ElementTree import Element

from sauga.repository.catalogue.queries.entries import Entry
from sauga.repository.syndication.standards.amb import as_amb
from sauga.repository.syndication.standards.xml import XSI, add, root

NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SCHEMA = "http://www.openarchives.org/OAI/2.0/rdf.xsd"
TERMS = "http://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def as_lrmi(entry: Entry, language: str = "lt") -> Element:
    """The record as RDF/XML. Every text carries the record's language, as its JSON-LD context says."""
    made = root(
        "rdf:RDF",
        {
            "xmlns:rdf": NAMESPACE,
            "xmlns:schema": TERMS,
            "xmlns:skos": SKOS,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
        },
    )
    record = as_amb(entry, language)
    _node(made, record, record["@context"][1]["@language"])
    return made


def _node(parent: Element, held: dict[str, Any], language: str) -> None:
    made = add(parent, "rdf:Description", attributes={"rdf:about": held["id"]} if "id" in held else {})
    for name, value in held.items():
        if name in {"@context", "id"}:
            continue
        for one in value if isinstance(value, list) else [value]:
            if name == "type":
                add(
                    made, "rdf:type", attributes={"rdf:resource": (SKOS if one == "Concept" else TERMS) + one}
                )
            elif name == "prefLabel":
                _labels(made, one)
            else:
                _property(made, f"schema:{name}", one, language)


def _labels(made: Element, words: dict[str, str]) -> None:
    for language, text in words.items():
        add(made, "skos:prefLabel", text, {"xml:lang": language})


def _property(made: Element, name: str, value: Any, language: str) -> None:
    if isinstance(value, bool):
        add(made, name, str(value).lower(), {"rdf:datatype": BOOLEAN})
    elif isinstance(value, dict) and list(value) == ["id"]:
        add(made, name, attributes={"rdf:resource": value["id"]})
    elif isinstance(value, dict):
        _node(add(made, name), value, language)
    else:
        add(made, name, str(value), {"xml:lang": language})
