"""XARF documents of the hotline are what XARF 4.2.0 asks for, and never more."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from sauga.hotline.notices.rules.xarf import Sender, Subject, document, written
from sauga.hotline.tracing.rules import network_number

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SENDER = Sender(org="Hotline", contact="notices@sauga.example", domain="sauga.example")


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    folder = Path(__file__).resolve().parents[4] / "shared" / "data" / "validators" / "xarf-v4"
    if not folder.is_dir():
        pytest.skip("the published XARF schemas do not lie beside the repository")
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in folder.rglob("*.json")]
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas if "$id" in schema
    )
    schema = json.loads((folder / "types" / "content-csam.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


def subject(**given) -> Subject:
    base = {"number": "K7Q4-M2XD", "url": "https://a.pavyzdys.example/q?x=1", "host": "a.pavyzdys.example"}
    return Subject(**{**base, "verdict": "BASELINE", "xarf_class": "", "at": AT, **given})


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"xarf_class": "A1", "verified_at": AT, "country": "LT", "asn": 64496, "provider": "Tyli priegloba"},
        {"verdict": "NATIONAL", "xarf_class": "B2"},
        {"url": "https://xn--yel-8oa.example/", "host": "xn--yel-8oa.example"},
        {"url": "http://192.0.2.7/a", "host": "192.0.2.7"},
        {"country": "?"},
    ],
    ids=["plain", "full", "national", "international name", "address", "no country"],
)
def test_document_validates_and_holds_no_evidence(validator, given):
    found = document(subject(**given), SENDER)
    validator.validate(json.loads(written(found)))
    assert not {"evidence", "screenshot_url", "_internal", "whois"} & found.keys()
    assert ("domain" in found) == (found["source_identifier"] == "a.pavyzdys.example")
    assert f"verdict:{subject(**given).verdict.lower()}" in found["tags"]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ([(64496, "LT"), (64496, "")], 64496),
        ([(64496, "LT"), (64511, "NL")], 64496),
        ([(64496, ""), (64511, "NL")], None),
        ([(64496, "LT"), (64511, "LT")], None),
        ([(None, "LT")], None),
        ([], None),
    ],
)
def test_one_network_number_or_none(said, number):
    assert network_number(said, "LT") == number


@pytest.mark.parametrize("number", [0, 4294967296, "64496"])
def test_schema_would_refuse_what_is_no_network_number(validator, number):
    assert not validator.is_valid({**document(subject(), SENDER), "asn": number})


@pytest.mark.parametrize(
    ("verdict", "given"),
    [("NATIONAL", ""), ("NATIONAL", "BASELINE"), ("PROHIBITED", "A1"), ("RESTRICTED", "")],
)
def test_no_document_where_xarf_has_no_class(verdict, given):
    assert document(subject(verdict=verdict, xarf_class=given), SENDER) is None


def test_the_same_content_has_the_same_number_everywhere():
    first, again = document(subject(), SENDER), document(subject(at=AT.replace(day=25)), SENDER)
    other = document(subject(url="https://a.pavyzdys.example/r"), SENDER)
    assert first["report_id"] == again["report_id"] != other["report_id"] and first["report_id"][14] == "4"


def test_schema_would_refuse_a_national_class(validator):
    found = document(subject(), SENDER)
    assert not validator.is_valid({**found, "classification": "national"})
