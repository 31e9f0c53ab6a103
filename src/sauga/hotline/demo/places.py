"""Where the demo's content is hosted: the hosting companies of the synthetic internet, as its names, registry
and tables describe them.

The synthetic internet gives the same answers later; a test compares the two.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sauga.hotline.tracing.rules import Answer

TABLES = ("Example table A", "Example table B")
OF = date(2026, 10, 28)
REGISTRAR, REGISTRAR_ABUSE = "Example Registrar (test)", "abuse@registrar.example"


@dataclass(frozen=True, kw_only=True)
class Host:
    """One company.

    `address` is one of its network addresses; the second table disagrees about some countries, as public
    tables do.
    """

    name: str
    domain: str
    country: str
    second_country: str
    asn: int
    address: str
    language: str = "en"
    is_cdn: bool = False
    memorandum_from: date | None = None
    promised_remove: int | None = None

    @property
    def abuse(self) -> str:
        return f"abuse@{self.domain}"


PROMPT = Host(
    name="Greita talpykla (bandomoji)",
    domain="greita-talpykla.example",
    country="LT",
    second_country="LT",
    asn=64496,
    address="192.0.2.20",
    language="lt",
    memorandum_from=date(2020, 2, 11),
    promised_remove=8,
)
SLOW = Host(
    name="Slow Hosting (test)",
    domain="slow-hosting.example",
    country="NL",
    second_country="LT",
    asn=64497,
    address="198.51.100.20",
)
SILENT = Host(
    name="Silent Hosting (test)",
    domain="silent-hosting.example",
    country="US",
    second_country="CA",
    asn=64498,
    address="203.0.113.20",
)
DELIVERY = Host(
    name="Example Delivery Network CDN (test)",
    domain="delivery-network.example",
    country="US",
    second_country="DE",
    asn=64499,
    address="203.0.113.150",
    is_cdn=True,
)
HOSTS = (PROMPT, SLOW, SILENT, DELIVERY)


def host_of(address: str) -> Host | None:
    """The company behind a web address; None for what is not on the web."""
    name = urlsplit(address).hostname or ""
    return next((host for host in HOSTS if name == host.domain or name.endswith("." + host.domain)), None)


def answers(address: str) -> list[Answer]:
    """What DNS, the tables and the registries say about a web address."""
    host = host_of(address)
    if host is None:
        return []
    said = [Answer("DNS", value=host.address)]
    said += [
        Answer("COUNTRY_TABLE", host.address, host.name, host.asn, country, table, OF)
        for table, country in zip(TABLES, (host.country, host.second_country), strict=True)
    ]
    said.append(Answer("RDAP_IP", host.address, host.name, host.asn, host.country, "", OF, (host.abuse,)))
    said.append(Answer("RDAP_DOMAIN", "", REGISTRAR, None, "", "", OF, (REGISTRAR_ABUSE,)))
    return said
