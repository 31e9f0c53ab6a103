"""The domain name system: one look-up for both address families, with "no such name" told apart from "no
answer".

The plain case (both answers short and direct) is read here by hand, because the monitor asks thousands of
names a minute and dnspython takes several times longer. Anything else, an alias, a truncated or odd answer,
goes to dnspython: the same bytes, or the question again.
"""

import asyncio
import ipaddress
import secrets
import socket
import struct
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import dns.asyncresolver
import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
from django.conf import settings

from sauga.kernel.outbound import link
from sauga.kernel.outbound.ssrf_guard import BadUrl, GuardRefused, parse_url

SECONDS_A_TRY = 2.0
SECONDS_FOR_THE_OTHER = 0.5
TRIES = 2
KEEP_SECONDS = 5.0
KEEP_NAMES = 20_000
_A, _AAAA = 1, 28
_SIZE = {_A: 4, _AAAA: 16}
_NO_SUCH_NAME, _FINE = 3, 0
_FIXED = struct.Struct("!HHHHHH")
_RECORD = struct.Struct("!HHHIH")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the name system says about a host at this moment.

    `nxdomain` is the authoritative "no such name"; `error` is "" or "failure" (no server answered, or all
    said they cannot). A name that exists without any address has neither and no addresses.
    """

    host: str
    addresses: tuple[str, ...] = ()
    nxdomain: bool = False
    error: Literal["", "failure"] = ""


class Names:
    """A resolver of one event loop.

    Answers are kept a few seconds: one check asks once, and the next one sees a changed answer.
    """

    def __init__(self, world: link.WorldLink | None = None) -> None:
        self._servers, self._slow = _servers(world)
        self._kept: OrderedDict[str, tuple[float, Resolution]] = OrderedDict()
        self._asking: dict[str, asyncio.Task[Resolution]] = {}

    def kept(self, host: str) -> Resolution | None:
        """The answer of the last few seconds."""
        kept = self._kept.get(host)
        return kept[1] if kept and kept[0] > time.monotonic() else None

    async def look_up(self, host: str) -> Resolution:
        """Addresses of an A-label host, IPv4 first. Never raises for what a server may answer."""
        kept = self.kept(host)
        if kept is not None:
            return kept
        task = self._asking.get(host)
        if task is None:
            task = self._asking[host] = asyncio.create_task(self._ask(host))
            task.add_done_callback(lambda _: self._asking.pop(host, None))
        return await asyncio.shield(task)

    async def _ask(self, host: str) -> Resolution:
        found = await self._fast(host)
        self._kept[host] = (time.monotonic() + KEEP_SECONDS, found)
        self._kept.move_to_end(host)
        while len(self._kept) > KEEP_NAMES:
            self._kept.popitem(last=False)
        return found

    async def _fast(self, host: str) -> Resolution:
        """Both questions to each server in turn, each from a port of its own; the first usable pair of
        answers counts."""
        failed = Resolution(host, error="failure")
        for server in self._servers * TRIES:
            try:
                answers = await _exchange(server, host)
            except OSError:
                continue
            found = _join(host, answers)
            if found is None:
                return await self._thorough(host)
            if not found.error:
                return found
        return failed

    async def _thorough(self, host: str) -> Resolution:
        """dnspython's resolver, for answers that do not fit the plain case."""
        four, six = await asyncio.gather(self._query(host, "A"), self._query(host, "AAAA"))
        return _merge(host, four, six)

    async def _query(self, host: str, kind: str) -> Resolution:
        try:
            answer = await self._slow.resolve(host, kind, search=False, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN:
            return Resolution(host, nxdomain=True)
        except (dns.exception.DNSException, OSError):
            return Resolution(host, error="failure")
        return Resolution(
            host, addresses=tuple(record.address for record in answer.rrset) if answer.rrset else ()
        )


def _merge(host: str, four: Resolution, six: Resolution) -> Resolution:
    addresses = four.addresses + six.addresses
    if addresses:
        return Resolution(host, addresses=addresses)
    if four.nxdomain or six.nxdomain:
        return Resolution(host, nxdomain=True)
    return Resolution(host, error="failure" if four.error or six.error else "")


def _question(host: str, kind: int) -> bytes:
    """The question section of RFC 1035 for an A-label host."""
    labels = b"".join(bytes((len(label),)) + label.encode("ascii") for label in host.split("."))
    return labels + b"\x00" + struct.pack("!HH", kind, 1)


async def _exchange(server: tuple[str, int], host: str) -> dict[int, bytes]:
    """Ask for both families on one fresh, connected socket. Returns the raw answers, by kind, that match
    their question and came in time.

    Some servers never answer for IPv6: once one answer is here, the other is waited for only a little longer.
    """
    loop = asyncio.get_running_loop()
    family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
    number = secrets.randbits(16)
    asked = {number: _A, (number + 1 + secrets.randbelow(0xFFFF)) % 0x10000: _AAAA}
    questions = {kind: _question(host, kind) for kind in (_A, _AAAA)}
    with socket.socket(family, socket.SOCK_DGRAM) as line:
        line.setblocking(False)
        line.connect(server)
        for number, kind in asked.items():
            line.send(_FIXED.pack(number, 0x0100, 1, 0, 0, 0) + _question(host, kind))
        answers: dict[int, bytes] = {}
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_A_TRY) as patience:
                while len(answers) < 2:
                    data = await loop.sock_recv(line, 4096)
                    kind = asked.get(int.from_bytes(data[:2], "big"), 0) if len(data) >= 12 else 0
                    if (
                        kind
                        and data[2] & 0x80
                        and data[12 : 12 + len(questions[kind])].lower() == questions[kind].lower()
                    ):
                        answers[kind] = data
                        patience.reschedule(loop.time() + SECONDS_FOR_THE_OTHER)
    return answers


def _join(host: str, answers: dict[int, bytes]) -> Resolution | None:
    """Both answers as one, or None when either is not plain."""
    none = Resolution(host, error="failure")
    four, six = (_read(host, kind, answers[kind]) if kind in answers else none for kind in (_A, _AAAA))
    return None if four is None or six is None else _merge(host, four, six)


def _read(host: str, kind: int, data: bytes) -> Resolution | None:
    """One plain answer: not truncated, and every record an address of the very name that was asked.

    None for anything else.
    """
    _, flags, questions, count, _, _ = _FIXED.unpack_from(data)
    code = flags & 0xF
    if code == _NO_SUCH_NAME and not count:
        return Resolution(host, nxdomain=True)
    if code != _FINE:
        return Resolution(host, error="failure")
    if flags & 0x0200 or questions != 1:
        return None
    at = 12 + len(_question(host, kind))
    addresses = []
    for _ in range(count):
        if len(data) < at + 12:
            return None
        name, record, _, _, length = _RECORD.unpack_from(data, at)
        if name != 0xC00C or record != kind or length != _SIZE[kind]:
            return _read_alias(host, data)
        addresses.append(str(ipaddress.ip_address(data[at + 12 : at + 12 + length])))
        at += 12 + length
    return Resolution(host, addresses=tuple(addresses))


def _read_alias(host: str, data: bytes) -> Resolution | None:
    """An answer with aliases, followed within the answer by dnspython; None when it cannot be read or leads
    out of it."""
    try:
        message = dns.message.from_wire(data)
        assert isinstance(message, dns.message.QueryMessage)
        chain = message.resolve_chaining()
    except (dns.exception.DNSException, AssertionError):
        return None
    if chain.answer is None:
        return None
    return Resolution(host, addresses=tuple(record.address for record in chain.answer))


def _servers(world: link.WorldLink | None) -> tuple[list[tuple[str, int]], dns.asyncresolver.Resolver]:
    """The servers named by SAUGA_NAMESERVERS, else the system's; in the synthetic internet, its own.

    And dnspython set to the same.
    """
    if world is None and not settings.ENV.nameservers:
        resolver = dns.asyncresolver.Resolver(configure=True)
    else:
        resolver = dns.asyncresolver.Resolver(configure=False)
        resolver.nameservers = [world.dns[0]] if world else list(settings.ENV.nameservers)
        resolver.port = world.dns[1] if world else 53
    resolver.lifetime = SECONDS_A_TRY * TRIES
    plain = [str(server) for server in resolver.nameservers if not str(server).startswith("http")]
    return [(server, resolver.port) for server in plain], resolver


async def resolve(host: str) -> Resolution:
    """Ask the name system once about a host name (Unicode or A-label). Asking twice before believing "no such
    name" is the caller's part.

    Raises BadUrl for a text that is no host name, GuardRefused for names that only mean something inside a
    network.
    """
    target = parse_url(f"http://[{host}]/" if ":" in host else f"http://{host}/")
    if target.is_address:
        return Resolution(target.host, addresses=(target.host,))
    return await Names(link.current()).look_up(target.host)


__all__ = ["BadUrl", "GuardRefused", "Names", "Resolution", "resolve"]
