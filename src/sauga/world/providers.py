"""The hosting providers of the synthetic internet, as data: their networks, names, mailboxes and habits."""

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a provider does after a notice: wait (seconds of the world's time), then act.

    `act` is a code below.
    """

    wait: float
    act: str


OPEN, ACKNOWLEDGE, TAKE_DOWN, SAY_REMOVED, REPORT_DELIVERY = (
    "open",
    "ACKNOWLEDGED",
    "take_down",
    "REMOVED",
    "report_delivery",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One fictitious company.

    `greylists`: its mail server sends the first try away; `leaves`: the behaviour of content it took down.
    """

    code: str
    name: str
    domain: str
    network: str
    handle: str
    country: str
    second_country: str
    asn: int
    steps: tuple[Step, ...] = ()
    greylists: bool = False
    reports_delivery: bool = False
    leaves: str = "gone"
    delivery_network: bool = False

    @property
    def abuse(self) -> str:
        return f"abuse@{self.domain}"

    def address(self, number: int) -> str:
        """One of its apparent addresses for an online host."""
        net = ipaddress.IPv4Network(self.network)
        return str(net[10 + number % (min(net.num_addresses, 128) - 20)])

    @property
    def closed_address(self) -> str:
        """The address at which no server listens."""
        return str(ipaddress.IPv4Network(self.network)[5])


PROMPT = Provider(
    code="prompt",
    name="Greita talpykla (bandomoji)",
    domain="greita-talpykla.example",
    network="192.0.2.0/24",
    handle="EXAMPLE-LT-1",
    country="LT",
    second_country="LT",
    asn=64496,
    steps=(
        Step(1, REPORT_DELIVERY),
        Step(2, OPEN),
        Step(2, ACKNOWLEDGE),
        Step(8, TAKE_DOWN),
        Step(2, SAY_REMOVED),
    ),
    reports_delivery=True,
    leaves="gone",
)
SLOW = Provider(
    code="slow",
    name="Slow Hosting (test)",
    domain="slow-hosting.example",
    network="198.51.100.0/24",
    handle="EXAMPLE-NL-1",
    country="NL",
    second_country="LT",
    asn=64497,
    steps=(
        Step(20, REPORT_DELIVERY),
        Step(60, OPEN),
        Step(10, ACKNOWLEDGE),
        Step(240, TAKE_DOWN),
        Step(60, SAY_REMOVED),
    ),
    greylists=True,
    reports_delivery=True,
    leaves="soft-en",
)
SILENT = Provider(
    code="silent",
    name="Silent Hosting (test)",
    domain="silent-hosting.example",
    network="203.0.113.0/25",
    handle="EXAMPLE-US-1",
    country="US",
    second_country="CA",
    asn=64498,
)
DELIVERY = Provider(
    code="delivery",
    name="Example Delivery Network CDN (test)",
    domain="delivery-network.example",
    network="203.0.113.128/25",
    handle="EXAMPLE-CDN-1",
    country="US",
    second_country="DE",
    asn=64499,
    delivery_network=True,
)
PROVIDERS = (PROMPT, SLOW, SILENT, DELIVERY)
REGISTRAR = "Example Registrar (test)"
REGISTRAR_ABUSE = "abuse@registrar.example"


def of_domain(domain: str) -> Provider | None:
    """The provider of a mail domain or host name."""
    domain = domain.lower().rstrip(".")
    return next((p for p in PROVIDERS if domain == p.domain or domain.endswith("." + p.domain)), None)


def of_address(address: str) -> Provider | None:
    """The provider of an apparent address."""
    ip = ipaddress.ip_address(address)
    return next((p for p in PROVIDERS if ip in ipaddress.ip_network(p.network)), None)
