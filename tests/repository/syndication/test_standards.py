"""Descriptions for programs, read by other people's readers and held against published schemas and shapes."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import extruct
import pytest
from django.conf import settings
from django.test import Client
from factories.shelf import load_codes, put, shelf  # noqa: F401  a fixture
from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT7

from sauga.kernel import vocab
from sauga.repository.catalogue.queries.entries import entries, entry
from sauga.repository.resources.models import Part, Resource
from sauga.repository.resources.rules.seed_format import fields_of
from sauga.repository.syndication.standards.amb import as_amb
from sauga.repository.syndication.standards.lrmi import as_lrmi
from sauga.repository.syndication.standards.xml import document
from tests.centre import AT

# rdflib reads JSON-LD through a class of its own that it has declared old.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]


def read(address: str) -> Any:
    response = Client().get(address)
    assert response.status_code == 200 and not response.cookies, address
    return response


def jsonld(address: str) -> list[dict[str, Any]]:
    """What a reader from elsewhere finds on the page."""
    return extruct.extract(
        read(address).content.decode(), base_url=settings.ENV.base_url, syntaxes=["json-ld"]
    )["json-ld"]


def _formats() -> FormatChecker:
    """Dates and addresses as the schema means them: jsonschema by itself lets any text pass
    for an instant.
    """
    checker = FormatChecker(formats=())
    checker.checks("date", ValueError)(lambda text: bool(date.fromisoformat(text)))
    checker.checks("date-time", ValueError)(lambda text: "T" in text and bool(datetime.fromisoformat(text)))
    checker.checks("uri")(lambda text: bool(urlsplit(text).scheme) and " " not in text)
    return checker


@pytest.fixture(scope="session")
def amb_schema(shared: Path) -> Draft7Validator:
    folder = shared / "data" / "validators" / "amb"
    held = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    registry = Registry().with_resources((one["$id"], DRAFT7.create_resource(one)) for one in held.values())
    return Draft7Validator(held["schema.json"], registry=registry, format_checker=_formats())


def seed() -> list[Resource]:
    """The forty records of the demonstration, as rows."""
    from importlib.resources import files

    records = json.loads(
        files("sauga.repository").joinpath("data/resources_seed.json").read_text(encoding="utf-8")
    )["resources"]
    made = []
    for number, record in enumerate(records):
        fields = fields_of(record)
        made.append(
            put(
                f"s{number}",
                **{name: value for name, value in fields.items() if name not in {"slug_lt", "slug_en"}},
            )
        )
    return made


def test_every_record_of_the_demonstration_is_valid_amb_in_both_languages(
    db: None, amb_schema: Draft7Validator
):
    load_codes()
    for held in entries(seed()):
        for language in ("lt", "en"):
            record = as_amb(held, language)
            assert list(amb_schema.iter_errors(record)) == [], record["name"]
            assert {"lls", "ils", "lt-simple"}.isdisjoint(record.get("inLanguage", []))
            assert "about" not in record and set(record["keywords"]) >= {
                vocab.label("topics", code, language) for code in held.resource.topics
            }


def test_amb_stands_at_its_address_and_is_named_on_the_page(
    shelf: dict[str, Resource], amb_schema: Draft7Validator
):
    lesson = shelf["lesson"]
    answer = read(f"/api/v1/resources/{lesson.ref}/amb?language=en")
    record = answer.json()
    amb_schema.validate(record)
    assert record["name"] == "Is it an ad?" and record["isPartOf"][0]["name"] == "Lesson kit"
    assert record["encoding"][0]["sha256"] == "0" * 64 and record["license"]["id"].startswith(
        "https://creativecommons.org/licenses/by/4.0"
    )
    assert (
        f'type="application/ld+json" href="{record_address(lesson)}?language=en"'
        in read("/en/resources/lesson-en/").content.decode()
    )


def record_address(row: Resource) -> str:
    return f"{settings.ENV.base_url}/api/v1/resources/{row.ref}/amb"


def test_lrmi_says_in_rdf_what_amb_says_in_json(shelf: dict[str, Resource], shared: Path):
    from rdflib import Graph
    from rdflib.compare import isomorphic

    context = json.loads((shared / "data/validators/amb/context.jsonld").read_text(encoding="utf-8"))[
        "@context"
    ]
    for name in ("lesson", "kit"):
        record = as_amb(entry(shelf[name]), "lt")
        record["@context"] = [context, record["@context"][1]]
        said = Graph().parse(data=json.dumps(record), format="json-ld")
        assert isomorphic(Graph().parse(data=document(as_lrmi(entry(shelf[name]))), format="xml"), said)
        assert len(said) > 50


def test_pages_describe_themselves_to_any_reader(shelf: dict[str, Resource]):
    [lesson] = jsonld("/en/resources/lesson-en/")
    assert lesson["@type"] == ["LearningResource"] and lesson["name"] == "Is it an ad?"
    assert (
        lesson["typicalAgeRange"] == "10-13"
        and lesson["timeRequired"] == "PT45M"
        and lesson["teaches"][0]["termCode"] == "2.5"
    )
    assert (
        lesson["educationalLevel"][0]["termCode"] == "primary"
        and lesson["audience"][0]["educationalRole"] == "teacher"
    )
    assert lesson["isPartOf"][0]["name"] == "Lesson kit" and lesson["encoding"][0]["contentUrl"].endswith(
        "/a.pdf"
    )
    [kit] = jsonld("/lt/istekliai/kit-lt/")
    assert kit["@type"] == ["LearningResource", "Collection"] and kit["hasPart"][0]["name"].startswith(
        "Ar tai reklama"
    )
    put("course", type="course")
    [course] = jsonld("/en/resources/course-en/")
    assert (
        course["@type"] == ["LearningResource", "Course"]
        and course["hasCourseInstance"][0]["courseWorkload"] == "PT45M"
    )
    [week] = jsonld("/en/resources/collections/week/")
    assert week["@type"] == "Collection" and [one["name"] for one in week["hasPart"]] == ["Is it an ad?"]


def test_the_catalogue_keeps_to_dcat_ap(shelf: dict[str, Resource], shared: Path):
    from pyshacl import validate
    from rdflib import Graph
    from rdflib.compare import isomorphic
    from rdflib.namespace import DCAT, RDF

    turtle = read("/dcat/catalogue.ttl")
    graph = Graph().parse(data=turtle.content, format="turtle")
    shapes = Graph().parse(shared / "data/validators/dcat-ap-3.0.0/dcat-ap-SHACL.ttl", format="turtle")
    conforms, _graph, said = validate(graph, shacl_graph=shapes, inference="none")
    assert conforms, said
    assert (
        len(set(graph.subjects(RDF.type, DCAT.Dataset))) == 3
        and len(set(graph.subjects(RDF.type, DCAT.DataService))) == 2
    )
    as_json = read("/dcat/catalogue.jsonld")
    assert isomorphic(graph, Graph().parse(data=as_json.content, format="json-ld"))
    for address in {str(one) for one in graph.objects(None, DCAT.accessURL)} | {
        str(one) for one in graph.objects(None, DCAT.endpointDescription)
    }:
        read(address.removeprefix(settings.ENV.base_url))


def test_the_catalogue_is_kept_by_its_tag_and_speaks_as_asked(shelf: dict[str, Resource]):
    first = read("/dcat/")
    assert first.headers["Content-Type"].startswith("text/turtle") and "Accept" in first.headers["Vary"]
    again = Client().get("/dcat/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    other = Client().get(
        "/dcat/", headers={"accept": "application/ld+json", "if-none-match": first.headers["ETag"]}
    )
    assert other.status_code == 200 and other.headers["Content-Type"].startswith("application/ld+json")
    put("newer", at=AT.replace(year=2027))
    assert Client().get("/dcat/", headers={"if-none-match": first.headers["ETag"]}).status_code == 200
    Part.objects.all().delete()
    Resource.objects.all().delete()
    assert Client().get("/dcat/catalogue.ttl").status_code == 200, "an empty house has a catalogue too"
