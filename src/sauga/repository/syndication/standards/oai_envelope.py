"""The envelope of OAI-PMH: everything around the records, in the order of the protocol's schema."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

from sauga.repository.catalogue.queries.entries import Entry, entries
from sauga.repository.resources.models import Resource
from sauga.repository.syndication.queries import oai
from sauga.repository.syndication.rules.oai_protocol import OaiRefused, stamp
from sauga.repository.syndication.standards import lom, lrmi, oai_dc
from sauga.repository.syndication.standards.xml import XSI, add, root

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
WRITERS: dict[str, Callable[[Entry], Element]] = {
    "oai_dc": oai_dc.as_dublin_core,
    "lom": lom.as_lom,
    "lrmi": lrmi.as_lrmi,
}
FORMATS = {
    "oai_dc": (oai_dc.SCHEMA, oai_dc.NAMESPACE),
    "lom": (lom.SCHEMA, lom.NAMESPACE),
    "lrmi": (lrmi.SCHEMA, lrmi.NAMESPACE),
}
SILENT = {"badVerb", "badArgument"}
"""Errors after which the request is not repeated: its arguments may not even be writable."""


def envelope(at: datetime, address: str, arguments: Mapping[str, str]) -> Element:
    """The outer element with the instant of the response and the request."""
    made = root(
        "OAI-PMH", {"xmlns": NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}"}
    )
    add(made, "responseDate", stamp(at))
    add(made, "request", address, arguments)
    return made


def refusal(at: datetime, address: str, arguments: Mapping[str, str], refused: OaiRefused) -> Element:
    """The response to an invalid request."""
    made = envelope(at, address, {} if refused.code in SILENT else arguments)
    add(made, "error", refused.said, {"code": refused.code})
    return made


def identify(parent: Element, *, name: str, address: str, mail: str, at: datetime) -> None:
    """The description of this repository."""
    made = add(parent, "Identify")
    add(made, "repositoryName", name)
    add(made, "baseURL", address)
    add(made, "protocolVersion", "2.0")
    add(made, "adminEmail", mail)
    add(made, "earliestDatestamp", stamp(oai.earliest() or at))
    add(made, "deletedRecord", "persistent")
    add(made, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    add(made, "compression", "gzip")


def formats(parent: Element) -> None:
    """The formats; every record is available in each."""
    made = add(parent, "ListMetadataFormats")
    for prefix, (schema, namespace) in FORMATS.items():
        one = add(made, "metadataFormat")
        add(one, "metadataPrefix", prefix)
        add(one, "schema", schema)
        add(one, "metadataNamespace", namespace)


def all_sets(parent: Element) -> None:
    """Every set."""
    made = add(parent, "ListSets")
    for held in oai.sets():
        one = add(made, "set")
        add(one, "setSpec", held.spec)
        add(one, "setName", held.name)


def one_record(parent: Element, row: Resource, prefix: str) -> None:
    """A single record."""
    _records(add(parent, "GetRecord"), [row], prefix)


def listed(parent: Element, verb: str, prefix: str, found: oai.Listed) -> None:
    """A page of records or headers, with the token for the next; at the end of a list of several pages the
    token is empty.
    """
    made = add(parent, verb)
    if verb == "ListIdentifiers":
        for row in found.rows:
            _header(made, row)
    else:
        _records(made, found.rows, prefix)
    if found.following or found.place.cursor:
        told = {"completeListSize": str(found.place.total), "cursor": str(found.place.cursor)}
        add(made, "resumptionToken", found.following.token() if found.following else "", told)


def _header(parent: Element, row: Resource) -> None:
    made = add(parent, "header", attributes={"status": "deleted"} if oai.is_deleted(row) else {})
    add(made, "identifier", oai.identifier_of(row))
    add(made, "datestamp", stamp(oai.changed_at(row)))
    for spec in oai.sets_of(row):
        add(made, "setSpec", spec)


def _records(parent: Element, rows: Sequence[Resource], prefix: str) -> None:
    held = {entry.resource.pk: entry for entry in entries(row for row in rows if not oai.is_deleted(row))}
    for row in rows:
        made = add(parent, "record")
        _header(made, row)
        if row.pk in held:
            add(made, "metadata").append(WRITERS[prefix](held[row.pk]))
