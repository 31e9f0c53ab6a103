"""The collection in DCAT-AP 3.0: one catalogue, its data sets (not its lessons), and the services that
provide them.

A lesson plan is not a data set. What a data portal can use is the list of all resources, the code lists that
describe them, and statistics of their use; each is offered here with its distributions.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from sauga.kernel.ui.navigation import addresses
from sauga.repository.catalogue.linked_data import base, whole
from sauga.repository.resources.models import LANGUAGES

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

EU = "http://publications.europa.eu/resource/authority/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
JSON, XML, CSV = "application/json", "text/xml", "text/csv"


@dataclass(frozen=True)
class DataSet:
    """One data set: its addresses, media types and services."""

    code: str
    title: Promise
    about: Promise
    words: tuple[Promise, ...]
    places: tuple[tuple[str, str, str], ...]
    frequency: str


CENTRE = _("Safer Internet Centre “Sauga”")
EDUCATION = _("Education, culture and sport")
"""As the Publications Office names the theme EDUC."""
CATALOGUE = _("Open data of “Sauga”")
ABOUT = _(
    "Descriptions of teaching resources on a safer internet, the code lists behind them and statistics "
    "of their use."
)
SERVICES = {
    "oai": (
        "repository-oai",
        _("Harvesting of resource descriptions by OAI-PMH"),
        "http://www.openarchives.org/OAI/openarchivesprotocol.html",
    ),
    "api": (
        "repository-api-resources",
        _("REST interface to the resources"),
        "https://spec.openapis.org/oas/v3.1.0",
    ),
}


def data_sets() -> list[DataSet]:
    """The data sets of this installation; statistics only where they are published."""
    found = [
        DataSet(
            "resources",
            _("Descriptions of teaching resources"),
            _(
                "All public resources: title, abstract, topics, ages, languages, licence, files. "
                "Withdrawn ones are marked."
            ),
            (_("safer internet"), _("educational resources")),
            (
                (whole("repository-api-resources"), JSON, "api"),
                (whole("repository-oai") + "?verb=ListRecords&metadataPrefix=oai_dc", XML, "oai"),
                (whole("repository-oai") + "?verb=ListRecords&metadataPrefix=lom", XML, "oai"),
                (whole("repository-oai") + "?verb=ListRecords&metadataPrefix=lrmi", XML, "oai"),
            ),
            "CONT",
        ),
        DataSet(
            "vocabularies",
            _("Code lists of teaching resources"),
            _(
                "Topics, audiences, types and other codes, with labels in both languages. External "
                "lists keep their own terms."
            ),
            (_("code lists"),),
            ((whole("repository-api-vocabularies"), JSON, "api"),),
            "IRREG",
        ),
    ]
    with override("en"):
        shown = [address for address in addresses(["statistics-data"]) if address not in addresses([])]
    return [*found, *(_figures(base() + address) for address in shown)]


def _figures(address: str) -> DataSet:
    return DataSet(
        "figures",
        pgettext_lazy("data set", "Figures"),
        _("Published statistics by period; small values are suppressed."),
        (_("statistics"),),
        ((address, CSV, ""),),
        "QUARTERLY",
    )


def catalogue(changed: datetime | None) -> "Graph":
    """The complete graph. `changed`: when a description last changed."""
    from rdflib import Graph, Namespace, URIRef
    from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

    graph = Graph()
    for prefix, space in (
        ("dcat", DCAT),
        ("dct", DCTERMS),
        ("foaf", FOAF),
        ("vcard", Namespace("http://www.w3.org/2006/vcard/ns#")),
    ):
        graph.bind(prefix, space)
    here = URIRef(whole("repository-catalogue"))
    writer = _Writer(graph, URIRef(base() + "/#centre"))
    writer.agent()
    writer.describe(here, DCAT.Catalog, CATALOGUE, ABOUT)
    writer.typed(here, DCTERMS.license, CC0, DCTERMS.LicenseDocument)
    writer.typed(here, FOAF.homepage, whole("repository-developers"), FOAF.Document)
    for code in ("LIT", "ENG"):
        writer.typed(here, DCTERMS.language, EU + "language/" + code, DCTERMS.LinguisticSystem)
    if changed:
        writer.moment(here, DCTERMS.modified, changed)
    services = {code: URIRef(f"{here}#service-{code}") for code in SERVICES}
    for held in data_sets():
        node = URIRef(f"{here}#{held.code}")
        graph.add((here, DCAT.dataset, node))
        writer.data_set(node, held, services, changed)
    for code, node in services.items():
        graph.add((here, DCAT.service, node))
        graph.add((node, RDF.type, DCAT.DataService))
        writer.service(node, code)
    return graph


class _Writer:
    """Adds what DCAT-AP requires, with the class of every node it refers to, as its shapes check them."""

    def __init__(self, graph: "Graph", publisher: "Node") -> None:
        self.graph, self.publisher = graph, publisher

    def say(self, node: "Node", name: "Node", told: Promise) -> None:
        """Texts in both languages."""
        from rdflib import Literal

        for language in LANGUAGES:
            with override(language):
                self.graph.add((node, name, Literal(str(told), lang=language)))

    def typed(self, node: "Node", name: "Node", address: str, kind: "Node") -> None:
        """An address, and what kind of thing stands there."""
        from rdflib import URIRef
        from rdflib.namespace import RDF

        self.graph.add((node, name, URIRef(address)))
        self.graph.add((URIRef(address), RDF.type, kind))

    def moment(self, node: "Node", name: "Node", at: datetime) -> None:
        """An instant."""
        from rdflib import Literal
        from rdflib.namespace import XSD

        self.graph.add((node, name, Literal(at.replace(microsecond=0).isoformat(), datatype=XSD.dateTime)))

    def describe(self, node: "Node", kind: "Node", title: Promise, about: Promise) -> None:
        """What every node has: class, title, description, publisher."""
        from rdflib.namespace import DCTERMS, RDF

        self.graph.add((node, RDF.type, kind))
        self.say(node, DCTERMS.title, title)
        self.say(node, DCTERMS.description, about)
        self.graph.add((node, DCTERMS.publisher, self.publisher))

    def agent(self) -> None:
        """The centre."""
        from rdflib.namespace import FOAF, RDF

        self.graph.add((self.publisher, RDF.type, FOAF.Agent))
        self.say(self.publisher, FOAF.name, CENTRE)

    def data_set(
        self, node: "Node", held: DataSet, services: dict[str, Any], changed: datetime | None
    ) -> None:
        """A data set with its distributions."""
        from rdflib import URIRef
        from rdflib.namespace import DCAT, DCTERMS, RDF, RDFS, SKOS

        self.describe(node, DCAT.Dataset, held.title, held.about)
        for word in held.words:
            self.say(node, DCAT.keyword, word)
        self.typed(node, DCAT.theme, EU + "data-theme/EDUC", SKOS.Concept)
        self.say(URIRef(EU + "data-theme/EDUC"), SKOS.prefLabel, EDUCATION)
        self.typed(node, DCTERMS.accrualPeriodicity, EU + "frequency/" + held.frequency, DCTERMS.Frequency)
        self.typed(node, DCTERMS.accessRights, EU + "access-right/PUBLIC", DCTERMS.RightsStatement)
        self.typed(node, DCTERMS.spatial, EU + "country/LTU", DCTERMS.Location)
        self.typed(
            node,
            DCAT.landingPage,
            whole("repository-developers"),
            URIRef("http://xmlns.com/foaf/0.1/Document"),
        )
        if changed and held.code == "resources":
            self.moment(node, DCTERMS.modified, changed)
        for number, (address, mime, service) in enumerate(held.places, 1):
            place = URIRef(f"{node}-{number}")
            self.graph.add((node, DCAT.distribution, place))
            self.graph.add((place, RDF.type, DCAT.Distribution))
            self.say(place, DCTERMS.title, held.title)
            self.typed(place, DCAT.accessURL, address, RDFS.Resource)
            self.typed(
                place,
                DCAT.mediaType,
                "https://www.iana.org/assignments/media-types/" + mime,
                DCTERMS.MediaType,
            )
            self.typed(place, DCTERMS.license, CC0, DCTERMS.LicenseDocument)
            if service:
                self.graph.add((place, DCAT.accessService, services[service]))
                self.graph.add((services[service], DCAT.servesDataset, node))

    def service(self, node: "Node", code: str) -> None:
        """A service with its address and the standard it keeps to."""
        from rdflib.namespace import DCAT, DCTERMS, RDFS

        name, title, standard = SERVICES[code]
        described = whole("api-openapi") if code == "api" else whole("repository-oai") + "?verb=Identify"
        address = whole(name)
        self.describe(node, DCAT.DataService, title, ABOUT)
        self.typed(node, DCAT.endpointURL, address, RDFS.Resource)
        self.typed(node, DCAT.endpointDescription, described, RDFS.Resource)
        self.typed(node, DCTERMS.conformsTo, standard, DCTERMS.Standard)
        self.typed(node, DCTERMS.license, CC0, DCTERMS.LicenseDocument)
        self.typed(node, DCTERMS.accessRights, EU + "access-right/PUBLIC", DCTERMS.RightsStatement)
