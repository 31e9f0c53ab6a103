"""Who runs an address or a domain: RDAP (RFC 9082, 9083) over the pinned client, with the registries' own
bootstrap files (RFC 9224).

Why not the library `whoisit`: it brings its own HTTP client, downloads its bootstrap by itself and knows no
guard, so it would be a second network door. What we need of RDAP (one network, its country and abuse contact)
is little; bent contact cards are the hard part either way.
"""

import ipaddress
import json
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from publicsuffixlist import PublicSuffixList

from sauga.kernel.outbound import contacts, link
from sauga.kernel.outbound.http.client import Client
from sauga.kernel.outbound.politeness import Politeness
from sauga.kernel.outbound.results import Probe, ProbePolicy
from sauga.kernel.outbound.ssrf_guard import GuardRefused, parse_url
from sauga.kernel.outbound.vantages import folder

type RdapError = Literal["", "no_registry", "not_found", "unreachable", "unreadable", "bad_query"]
ASKING = ProbePolicy(
    accept="application/rdap+json, application/json;q=0.8",
    known_text=True,
    follow_refresh=False,
    max_bytes=1024 * 1024,
    user_agent="Sauga/1.0 (+hotline registry look-up)",
)
MANNERS = Politeness(per_host_a_minute=60, burst=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class RdapAnswer:
    """What a registry says. `error` is empty for an answer; every other field may be empty in one.

    `abuse_emails`: contacts with the role "abuse"; when there is none, mailboxes of other contacts that are
    called abuse@…. `other_emails`: the remaining contacts, for a person to judge. `as_of`: how fresh the
    registry says its data is. `changed`: last change of the record.
    """

    query: str
    error: RdapError = ""
    name: str = ""
    handle: str = ""
    country: str = ""
    first_address: str = ""
    last_address: str = ""
    asns: tuple[int, ...] = ()
    abuse_emails: tuple[str, ...] = ()
    other_emails: tuple[str, ...] = ()
    holder: str = ""
    registrar: str = ""
    source_url: str = ""
    as_of: datetime | None = None
    changed: datetime | None = None
    statuses: tuple[str, ...] = ()


async def rdap_ip(address: str, *, client: Client | None = None) -> RdapAnswer:
    """The network around an IP address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return RdapAnswer(query=address, error="bad_query")
    world = link.current()
    base = world.rdap if world else registry_of_address(ip)
    return await _ask(str(ip), base, f"ip/{ip}", client)


async def rdap_domain(host: str, *, client: Client | None = None) -> RdapAnswer:
    """The registered domain behind a host name (`a.b.example.lt` asks for `example.lt`): registrar and its
    abuse contact."""
    try:
        target = parse_url(f"http://{host}/")
    except (ValueError, GuardRefused):
        return RdapAnswer(query=host, error="bad_query")
    domain = None if target.is_address else _suffixes().privatesuffix(target.host)
    if not domain:
        return RdapAnswer(query=host, error="bad_query")
    world = link.current()
    base = world.rdap if world else registry_of_domain(domain)
    return await _ask(domain, base, f"domain/{domain}", client)


async def _ask(query: str, base: str, path: str, client: Client | None) -> RdapAnswer:
    if not base:
        return RdapAnswer(query=query, error="no_registry")
    url = base.rstrip("/") + "/" + path
    if client is None:
        async with Client(politeness=MANNERS) as own:
            found = await own.probe(url, policy=ASKING)
    else:
        found = await client.probe(url, policy=ASKING)
    return read_answer(query, found)


def read_answer(query: str, found: Probe) -> RdapAnswer:
    """An RDAP document as our fields. Never raises for what a registry may write."""
    source = found.final_url or found.url
    if found.status == 404:
        return RdapAnswer(query=query, error="not_found", source_url=source)
    if found.error or found.status != 200:
        return RdapAnswer(query=query, error="unreachable", source_url=source)
    try:
        document = json.loads(found.text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or "errorCode" in document:
        return RdapAnswer(query=query, error="unreadable", source_url=source)
    abuse, others = _mailboxes(document)
    events = _events(document)
    return RdapAnswer(
        query=query,
        name=_text(document, "name") or _text(document, "ldhName"),
        handle=_text(document, "handle"),
        country=_country(document),
        first_address=_text(document, "startAddress"),
        last_address=_text(document, "endAddress"),
        asns=_asns(document),
        abuse_emails=abuse,
        other_emails=others,
        holder=_named(document, {"registrant"}),
        registrar=_named(document, {"registrar"}),
        source_url=source,
        as_of=events.get("last update of rdap database") or _http_date(found.headers.get("date", "")),
        changed=events.get("last changed"),
        statuses=tuple(str(s)[:60] for s in document["status"][:20])
        if isinstance(document.get("status"), list)
        else (),
    )


def _mailboxes(document: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    abuse: dict[str, None] = {}
    others: dict[str, None] = {}
    for entity, roles in contacts.walk(document):
        (abuse if "abuse" in roles else others).update(dict.fromkeys(contacts.card_emails(entity)))
    for remark in document["remarks"][:50] if isinstance(document.get("remarks"), list) else []:
        if isinstance(remark, dict) and "abuse" in json.dumps(remark).lower():
            others.update(dict.fromkeys(contacts.emails(remark.get("description"))))
    if not abuse:
        abuse = {address: None for address in others if address.lower().startswith("abuse@")}
    return tuple(abuse), tuple(address for address in others if address not in abuse)


def _named(document: dict[str, Any], wanted: set[str]) -> str:
    return next(
        (
            name
            for entity, roles in contacts.walk(document)
            if roles & wanted and (name := contacts.card_name(entity))
        ),
        "",
    )


def _country(document: dict[str, Any]) -> str:
    """The network's own country code, else that of its holder's postal address."""
    code = _text(document, "country").upper()
    if len(code) == 2 and code.isalpha():
        return code
    holders = (
        contacts.card_country(entity) for entity, roles in contacts.walk(document) if "registrant" in roles
    )
    return next(filter(None, holders), "")


def _asns(document: dict[str, Any]) -> tuple[int, ...]:
    """Origin networks, where the registry tells them (ARIN's extension)."""
    raw = document.get("arin_originas0_originautnums")
    return tuple(n for n in raw[:20] if isinstance(n, int)) if isinstance(raw, list) else ()


def _events(document: dict[str, Any]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for event in document["events"][:50] if isinstance(document.get("events"), list) else []:
        if isinstance(event, dict):
            try:
                found[str(event.get("eventAction")).lower()] = datetime.fromisoformat(
                    str(event.get("eventDate"))
                )
            except ValueError:
                continue
    return found


def _http_date(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except ValueError:
        return None


def _text(document: dict[str, Any], key: str) -> str:
    value = document.get(key)
    return value.strip()[:200] if isinstance(value, str) else ""


def registry_of_address(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """The RDAP server responsible for an address by IANA's bootstrap file, or empty when the file is not
    installed or does not say."""
    best, base = -1, ""
    for keys, url in _services(folder() / "rdap" / f"ipv{ip.version}.json"):
        for key in keys:
            try:
                net = ipaddress.ip_network(key, strict=False)
            except ValueError:
                continue
            if net.version == ip.version and ip in net and net.prefixlen > best:
                best, base = net.prefixlen, url
    return base


def registry_of_domain(domain: str) -> str:
    """The RDAP server of a domain's registry by IANA's bootstrap file, or empty."""
    labels = domain.lower().split(".")
    table = {key.lower(): url for keys, url in _services(folder() / "rdap" / "dns.json") for key in keys}
    return next(
        (table[".".join(labels[i:])] for i in range(len(labels)) if ".".join(labels[i:]) in table), ""
    )


def _services(file: Path) -> list[tuple[list[str], str]]:
    """The (keys, base URL) pairs of one bootstrap file; https before http; none when it is missing."""
    try:
        return _read_services(str(file), file.stat().st_mtime_ns)
    except OSError:
        return []


@lru_cache(maxsize=8)
def _read_services(file: str, changed: int) -> list[tuple[list[str], str]]:
    document = json.loads(Path(file).read_text(encoding="utf-8"))
    return [
        (list(keys), sorted(urls, key=lambda url: not url.startswith("https:"))[0])
        for keys, urls in document["services"]
        if urls
    ]


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
