"""The guard: which addresses and URLs this installation may connect to. Nothing else decides it.

Only addresses that the whole internet can reach are allowed. Everything special (IANA's registries, RFC 6890
and successors) is refused, and with it every IPv6 form that carries an IPv4 address inside, because the inner
address cannot be trusted to be the one checked.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

import idna

MAX_URL = 8192
PORTS = {"http": 80, "https": 443}

_SPECIAL = {
    "this network": ["0.0.0.0/8", "::/128"],
    "private": ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"],
    "shared carrier space": ["100.64.0.0/10"],
    "loopback": ["127.0.0.0/8", "::1/128"],
    "link-local": ["169.254.0.0/16", "fe80::/10"],
    "metadata service": ["168.63.129.16/32", "192.0.0.192/32"],
    "protocol assignments": [
        "192.0.0.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.175.48.0/24",
        "2001::/23",
    ],
    "documentation": ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"],
    "benchmark": ["198.18.0.0/15"],
    "multicast": ["224.0.0.0/4", "ff00::/8"],
    "reserved": ["240.0.0.0/4"],
    "IPv4 inside IPv6": [
        "::/96",
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
    ],
}
type Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_TABLE: tuple[tuple[Network, str], ...] = tuple(
    (ipaddress.ip_network(net), why) for why, nets in _SPECIAL.items() for net in nets
)
_UNICAST = ipaddress.IPv6Network("2000::/3")  # the only IPv6 space IANA has given out for global unicast
DOCUMENTATION = tuple(
    ipaddress.IPv4Network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
)

_PRIVATE_NAMES = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "localdomain",
    "onion",
    "i2p",
    "alt",
)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_UNSEEN = re.compile("[\x00-\x20\x7f\ud800-\udfff]")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")


class BadUrl(ValueError):
    """The text is not an address that a browser would open."""


class GuardRefused(OSError):
    """The guard does not allow this address.

    `why` names the rule, never more of the address than the caller had.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@lru_cache(maxsize=8192)
def refusal(address: str, *, world: bool = False) -> str | None:
    """Why this IP address may not be connected to, or None when it may.

    With `world`, exactly the documentation ranges of RFC 5737 are allowed and nothing else: the synthetic
    internet lives there.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "not an address"
    if world:
        return None if any(ip in net for net in DOCUMENTATION) else "outside the synthetic internet"
    for net, why in _TABLE:
        if ip.version == net.version and ip in net:
            return why
    if isinstance(ip, ipaddress.IPv6Address) and (ip.scope_id or ip not in _UNICAST):
        return "not global"
    return None if ip.is_global else "not global"


def check_all(addresses: Iterable[str], *, world: bool = False) -> None:
    """Raise GuardRefused when any one of the addresses is refused: a name with one bad address is bad
    altogether."""
    for address in addresses:
        why = refusal(address, world=world)
        if why:
            raise GuardRefused(why)


@dataclass(frozen=True, slots=True)
class Target:
    """A checked URL: what to ask (`url`, without user and fragment), the host as an A-label or IP address,
    and the port."""

    url: str
    scheme: str
    host: str
    port: int
    is_address: bool


def parse_url(text: str) -> Target:
    """Read a URL strictly. Raises BadUrl when it is none, GuardRefused when its scheme, port, name or literal
    address is not allowed.

    User name and password are dropped. Numeric spellings of an IPv4 address (`0x7f.1`, `2130706433`,
    `0177.0.0.1`) are read as browsers read them.
    """
    parts = _split(text)
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise GuardRefused("scheme") if scheme and (parts.netloc or ":" in text) else BadUrl("no scheme")
    host = _host(parts.hostname or "")
    try:
        port = parts.port
    except ValueError:
        raise BadUrl("port") from None
    if port is None:
        port = PORTS[scheme]
    if port not in PORTS.values():
        raise GuardRefused("port")
    literal = ":" in host or host.replace(".", "").isdigit()
    place = f"[{host}]" if ":" in host else host
    if port != PORTS[scheme]:
        place += f":{port}"
    url = f"{scheme}://{place}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
    return Target(url=url, scheme=scheme, host=host, port=port, is_address=literal)


def join(url: str, location: str) -> str:
    """The absolute address a `Location` header or a refresh means. Raises BadUrl."""
    try:
        return urljoin(url, location.strip())
    except ValueError:
        raise BadUrl("location") from None


def _split(text: str) -> SplitResult:
    text = text.strip(" \t\r\n")
    if not text or len(text) > MAX_URL:
        raise BadUrl("empty or too long")
    if _UNSEEN.search(text):
        raise BadUrl("blank or control character")
    try:
        parts = urlsplit(text)
        _ = parts.hostname
    except ValueError:
        raise BadUrl("unreadable") from None
    place = parts.netloc.rpartition("@")[2]
    if "\\" in parts.netloc or "%" in place or ("[" in place and ":" not in (parts.hostname or "")):
        raise BadUrl("host")
    return parts


@lru_cache(maxsize=8192)
def _host(raw: str) -> str:
    """The host in the one spelling that is looked up, connected to and sent."""
    raw = raw.rstrip(".")
    if not raw:
        raise BadUrl("no host")
    if ":" in raw:
        return _literal(raw)
    try:
        host = raw if raw.isascii() else idna.encode(raw, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise BadUrl("host") from None
    host = host.lower().rstrip(".")
    labels = host.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        return _literal(_numeric(labels))
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadUrl("host")
    if len(labels) == 1 or any(host == name or host.endswith("." + name) for name in _PRIVATE_NAMES):
        raise GuardRefused("name")
    return host


def _literal(address: str) -> str:
    """A literal address in canonical spelling; whether it may be reached is decided where
    all addresses are.
    """
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        raise BadUrl("address") from None


def _numeric(labels: list[str]) -> str:
    """An IPv4 address in any of the spellings of the WHATWG URL standard, section 3.5."""
    try:
        numbers = [_number(label) for label in labels]
    except ValueError:
        raise BadUrl("address") from None
    if len(numbers) > 4 or any(n > 255 for n in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise BadUrl("address")
    value = numbers[-1] + sum(n * 256 ** (3 - i) for i, n in enumerate(numbers[:-1]))
    return str(ipaddress.IPv4Address(value))


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    if len(label) > 1 and label.startswith("0"):
        return int(label, 8)
    return int(label)
