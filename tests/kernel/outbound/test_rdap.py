"""Registry answers, tidy and bent."""

import asyncio
import ipaddress
import json
from dataclasses import replace

import pytest

from sauga.kernel.outbound import Client, Probe, ProbeError, current_world, rdap_domain, rdap_ip, sync
from sauga.kernel.outbound.contacts import card_country, card_emails, card_name, emails
from sauga.kernel.outbound.rdap import read_answer, registry_of_address, registry_of_domain


def run(work):
    return asyncio.run(work)


def test_network_of_an_address(world):
    found = run(rdap_ip("192.0.2.77"))
    assert (found.error, found.country, found.handle, found.asns) == ("", "LT", "EXAMPLE-LT-1", (64496,))
    assert (
        found.abuse_emails == ("abuse@greita-talpykla.example",)
        and "office@greita-talpykla.example" in found.other_emails
    )
    assert (
        found.source_url.endswith("/ip/192.0.2.77")
        and found.as_of.year == 2026
        and found.last_address == "192.0.2.255"
    )


def test_blocking_calls_and_a_shared_client(world):
    assert (
        sync.rdap_ip("203.0.113.200").handle == "EXAMPLE-CDN-1"
        and sync.rdap_domain("greita-talpykla.example").registrar
    )

    async def both():
        async with Client() as client:
            return await rdap_ip("192.0.2.1", client=client), await rdap_domain(
                "slow-hosting.example", client=client
            )

    assert [found.error for found in run(both())] == ["", ""]


def test_domain_behind_a_host(world):
    found = run(rdap_domain("a.b.slow-hosting.example"))
    assert (
        found.name == "slow-hosting.example"
        and found.registrar
        and "abuse@registrar.example" in found.abuse_emails
    )


def test_what_is_not_registered(world):
    assert (
        run(rdap_ip("192.0.3.1")).error == "not_found"
        and run(rdap_domain("nowhere.example")).error == "not_found"
    )


@pytest.mark.parametrize("query", ["nonsense", "", "1.2.3"])
def test_question_that_makes_no_sense(world, query):
    assert run(rdap_ip(query)).error == "bad_query"


@pytest.mark.parametrize("host", ["192.0.2.1", "a b", "localhost", ""])
def test_host_without_a_registered_domain(world, host):
    assert run(rdap_domain(host)).error == "bad_query"


def test_unreachable_registry(world, monkeypatch):
    world.sites.put("rdap.down.example", "refused")
    elsewhere = replace(current_world(), rdap="http://rdap.down.example/")
    monkeypatch.setattr("sauga.kernel.outbound.rdap.link.current", lambda: elsewhere)
    assert run(rdap_ip("192.0.2.1")).error == "unreachable"


def test_without_bootstrap_files_there_is_no_registry(settings, tmp_path):
    settings.ENV = replace(settings.ENV, data=tmp_path)
    assert (
        run(rdap_ip("1.1.1.1")).error == "no_registry" and run(rdap_domain("rrt.lt")).error == "no_registry"
    )


def test_bootstrap_files_name_the_closest_registry(settings, tmp_path):
    folder = tmp_path / "network" / "rdap"
    folder.mkdir(parents=True)
    services = [
        [["1.0.0.0/8", "broken"], ["http://wide.example/", "https://wide.example/"]],
        [["1.1.0.0/16"], ["https://close.example/"]],
        [["9.0.0.0/8"], []],
    ]
    (folder / "ipv4.json").write_text(json.dumps({"services": services}))
    (folder / "dns.json").write_text(json.dumps({"services": [[["LT", "co.uk"], ["https://lt.example/"]]]}))
    settings.ENV = replace(settings.ENV, data=tmp_path)
    assert registry_of_address(ipaddress.ip_address("1.1.1.1")) == "https://close.example/"
    assert registry_of_address(ipaddress.ip_address("1.2.1.1")) == "https://wide.example/"
    assert registry_of_address(ipaddress.ip_address("2606::1")) == ""
    assert (
        registry_of_domain("example.lt") == registry_of_domain("x.co.uk") == "https://lt.example/"
        and registry_of_domain("example.com") == ""
    )


def card(*rows, roles=("abuse",)):
    return {"roles": list(roles), "vcardArray": ["vcard", list(rows)]}


ODD = [
    (card(["email", {}, "text", "abuse@a.example"]), ["abuse@a.example"]),
    (card(["EMAIL", {"type": "work"}, "uri", "mailto:Abuse@A.EXAMPLE"]), ["Abuse@a.example"]),
    (card(["email", {}, "text", ["one@a.example", "two@a.example"]]), ["one@a.example", "two@a.example"]),
    (card(["email", {}, "text", "one@a.example", "two@a.example"]), ["one@a.example", "two@a.example"]),
    (
        card(["email", {}, "text", "Abuse Desk <abuse@a.example>, noc@a.example; x"]),
        ["abuse@a.example", "noc@a.example"],
    ),
    (card(["email", {}, "text", None]), []),
    (card(["email", {}, "text"]), []),
    (card(["email"], "email", 7, ["tel", {}, "uri", "tel:+1"]), []),
    (card(["email", {}, "text", "a@a.example\r\nBcc: b@b.example"]), ["a@a.example", "b@b.example"]),
    ({"roles": ["abuse"], "vcardArray": ["vcard"]}, []),
    ({"roles": ["abuse"], "vcardArray": "vcard"}, []),
    ({"roles": ["abuse"], "vcardArray": [["email", {}, "text", "a@a.example"]]}, ["a@a.example"]),
    ({"roles": ["abuse"], "vcardArray": {"x": 1}}, []),
    ({"roles": ["abuse"]}, []),
    (
        {"jscard": {"emails": {"e": {"address": "abuse@a.example"}, "f": "b@a.example", "g": 3}}},
        ["abuse@a.example", "b@a.example"],
    ),
    ({"jscontact_card": {"emails": []}}, []),
]


@pytest.mark.parametrize(("entity", "found"), ODD)
def test_mail_addresses_are_found_in_bent_cards(entity, found):
    assert card_emails(entity) == found


def test_names_and_countries_of_cards():
    assert (
        card_name(card(["fn", {}, "text", " Ona "])) == "Ona"
        and card_name({"handle": "H-1"}) == "H-1"
        and card_name({"handle": 5}) == ""
    )
    assert card_name(card(["org", {}, "text", "UAB"], ["fn", {}, "text", ["x"]])) == "UAB"
    assert (
        card_country(card(["adr", {"cc": "lt"}, "text", []])) == "LT"
        and card_country(card(["adr", {"cc": "Lithuania"}, "text", []])) == ""
    )
    assert emails(7) == [] and emails("no mail here") == []


def told(document, status=200, error=None):
    text = document if isinstance(document, str) else json.dumps(document)
    return read_answer("q", Probe(url="http://r.example/", status=status, text=text, error=error))


@pytest.mark.parametrize("document", ["", "not json", "[]", "7", '{"errorCode": 500}', "[" * 100_000])
def test_unreadable_documents_are_named_so(document):
    assert told(document).error == "unreadable"


@pytest.mark.parametrize(
    "key",
    [
        "entities",
        "events",
        "remarks",
        "status",
        "name",
        "country",
        "arin_originas0_originautnums",
        "startAddress",
    ],
)
@pytest.mark.parametrize(
    "value",
    [None, 7, "x", [], [None], [7], {}, {"a": 1}, [{"roles": 7}], [{"eventAction": 1, "eventDate": 2}], [[]]],
)
def test_any_field_may_be_nonsense(key, value):
    assert told({"handle": "H", key: value}).error == ""


def test_deep_nesting_ends():
    document = {"entities": []}
    inner = document
    for _ in range(200):
        inner["entities"] = [{"roles": "abuse", "entities": []}]
        inner = inner["entities"][0]
    assert told(document).error == ""


def test_abuse_mailbox_is_found_without_the_role():
    found = told(
        {
            "entities": [
                card(
                    ["email", {}, "text", "abuse@a.example"],
                    ["email", {}, "text", "x@a.example"],
                    roles=["technical"],
                )
            ]
        }
    )
    assert found.abuse_emails == ("abuse@a.example",) and found.other_emails == ("x@a.example",)
    found = told(
        {
            "remarks": [
                {"title": "Abuse", "description": ["write to abuse@b.example"]},
                {"description": ["c@c.example"]},
            ]
        }
    )
    assert found.abuse_emails == ("abuse@b.example",)


def test_country_of_the_holder_when_the_network_has_none():
    assert (
        told(
            {
                "country": "Lithuania",
                "entities": [card(["adr", {"cc": "LT"}, "text", []], roles=["registrant"])],
            }
        ).country
        == "LT"
    )
    assert told({}, status=500).error == told({}, error=ProbeError.TIMEOUT).error == "unreachable"
