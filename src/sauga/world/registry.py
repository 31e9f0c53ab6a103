"""The synthetic registry: RDAP documents about the providers' networks and domains, and two tables of
countries that disagree in places."""

import ipaddress
import json
from pathlib import Path
from typing import Any

from sauga.world.hosts.answers import Answer
from sauga.world.hosts.sites import by_name, provider_of
from sauga.world.providers import PROVIDERS, REGISTRAR, REGISTRAR_ABUSE, Provider, of_address

RDAP = "application/rdap+json"
FRESH = "2026-10-28T06:00:00Z"
TABLE_A, TABLE_B = "Example table A", "Example table B"


def answer(path: str) -> Answer:
    """One RDAP question."""
    kind, _, rest = path.lstrip("/").partition("/")
    document = {"ip": _network, "domain": _domain}.get(kind, lambda _: None)(rest)
    if document is None:
        return Answer(404, json.dumps({"errorCode": 404, "title": "Not found"}).encode(), RDAP)
    return Answer(200, json.dumps(document, ensure_ascii=False).encode(), RDAP)


def _network(text: str) -> dict[str, Any] | None:
    try:
        provider = of_address(text)
    except ValueError:
        return None
    if provider is None:
        return None
    net = ipaddress.ip_network(provider.network)
    return {
        "objectClassName": "ip network",
        "handle": provider.handle,
        "name": provider.handle + "-NET",
        "startAddress": str(net[0]),
        "endAddress": str(net[-1]),
        "ipVersion": "v4",
        "country": provider.country,
        "status": ["active"],
        "arin_originas0_originautnums": [provider.asn],
        "entities": [_holder(provider)],
        "events": [
            {"eventAction": "last changed", "eventDate": "2026-02-11T09:30:00Z"},
            {"eventAction": "last update of RDAP database", "eventDate": FRESH},
        ],
    }


def _holder(provider: Provider) -> dict[str, Any]:
    """The company, with its abuse desk nested inside, as some registries do it."""
    return {
        "objectClassName": "entity",
        "handle": provider.handle + "-ORG",
        "roles": ["registrant"],
        "vcardArray": _card(provider.name, f"office@{provider.domain}", provider.country),
        "entities": [
            {
                "objectClassName": "entity",
                "handle": provider.handle + "-ABUSE",
                "roles": ["abuse"],
                "vcardArray": _card("Abuse desk", provider.abuse, provider.country),
            }
        ],
    }


def _card(name: str, email: str, country: str) -> list[Any]:
    return [
        "vcard",
        [
            ["version", {}, "text", "4.0"],
            ["fn", {}, "text", name],
            ["adr", {"cc": country}, "text", ["", "", "", "", "", "", ""]],
            ["email", {"type": "work"}, "text", email],
        ],
    ]


def _domain(text: str) -> dict[str, Any] | None:
    host = text.lower()
    if by_name(host) is None and by_name("www." + host) is None and host not in {p.domain for p in PROVIDERS}:
        return None
    return {
        "objectClassName": "domain",
        "handle": "EXAMPLE-" + host.upper(),
        "ldhName": host,
        "status": ["active"],
        "entities": [
            {
                "objectClassName": "entity",
                "roles": ["registrar"],
                "vcardArray": _card(REGISTRAR, "office@registrar.example", "LT"),
                "entities": [
                    {
                        "objectClassName": "entity",
                        "roles": ["abuse"],
                        "vcardArray": _card("Abuse", REGISTRAR_ABUSE, "LT"),
                    }
                ],
            },
            {
                "objectClassName": "entity",
                "roles": ["registrant"],
                "vcardArray": _card(provider_of(host).name, "", provider_of(host).country),
            },
        ],
        "events": [{"eventAction": "last update of RDAP database", "eventDate": FRESH}],
    }


def write_tables(folder: Path) -> list[Path]:
    """Two address tables: they agree on one network and disagree on the rest, as public tables do."""
    written = []
    for source, second in ((TABLE_A, False), (TABLE_B, True)):
        lines = [f"# source: {source}", "# date: 2026-10-28", "start,end,country,asn,name"]
        for provider in PROVIDERS:
            net = ipaddress.ip_network(provider.network)
            country = provider.second_country if second else provider.country
            lines.append(f'{net[0]},{net[-1]},{country},{provider.asn},"{provider.name}"')
        path = folder / f"networks-{'b' if second else 'a'}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        written.append(path)
    return written
