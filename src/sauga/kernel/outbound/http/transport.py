"""The pinned transport: an aiohttp session that connects only to addresses the guard has checked, with the
name kept for Host and TLS."""

import asyncio
import socket
import ssl
from functools import lru_cache
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from sauga.kernel.outbound.link import LOOPBACK, WorldLink
from sauga.kernel.outbound.names import KEEP_SECONDS, Names, Resolution
from sauga.kernel.outbound.ssrf_guard import GuardRefused, Target, check_all, refusal

MAX_HEADER = 16 * 1024
MAX_HEADERS = 100


class NoSuchName(OSError):
    """The name system says the host does not exist."""


class NoAnswer(OSError):
    """The name system gave no usable answer."""


class PinnedResolver(AbstractResolver):
    """Gives aiohttp the addresses of one checked look-up; in the synthetic internet, the loopback port that
    stands for them."""

    def __init__(self, names: Names, world: WorldLink | None, vantage: str) -> None:
        self._names, self._world, self._vantage = names, world, vantage

    async def look_up(self, target: Target) -> Resolution:
        """Addresses of the target, all of them allowed. Raises NoSuchName, NoAnswer or GuardRefused."""
        if target.is_address:
            found = Resolution(target.host, addresses=(target.host,))
        else:
            found = self._names.kept(target.host) or await self._names.look_up(target.host)
        if found.nxdomain:
            raise NoSuchName(target.host)
        if not found.addresses:
            raise NoAnswer(target.host)
        check_all(found.addresses, world=self._world is not None)
        return found

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """aiohttp's interface. Checks again, whatever the caller."""
        found = self._names.kept(host) or await self._names.look_up(host)
        check_all(found.addresses, world=self._world is not None)
        if not found.addresses:
            raise NoAnswer(host)
        return [self._place(host, address, port) for address in found.addresses]

    def _place(self, host: str, address: str, port: int) -> ResolveResult:
        if self._world is not None:
            port, address = self._world.port(address, port, self._vantage), LOOPBACK
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return ResolveResult(
            hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST
        )

    async def close(self) -> None:
        """Nothing is held."""


def open_session(
    names: Names, world: WorldLink | None, vantage: str, source: str
) -> tuple[aiohttp.ClientSession, PinnedResolver]:
    """A session that keeps no cookies, sends no credentials, follows nothing, unpacks nothing and reads no
    proxy settings."""
    resolver = PinnedResolver(names, world, vantage)
    connector = aiohttp.TCPConnector(
        resolver=resolver,
        use_dns_cache=False,
        ssl=_trust(world.ca if world else ""),
        limit=0,
        keepalive_timeout=KEEP_SECONDS,
        socket_factory=_socket_factory(world),
        local_addr=(source, 0) if source else None,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        auto_decompress=False,
        trust_env=False,
        skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
        max_line_size=MAX_HEADER,
        max_field_size=MAX_HEADER,
        max_headers=MAX_HEADERS,
    )
    return session, resolver


def _socket_factory(world: WorldLink | None) -> Any:
    """The last check: no socket is made for an address that the guard would not allow."""

    def make(info: tuple[Any, ...]) -> socket.socket:
        family, kind, proto, _, place = info
        if world is None and (why := refusal(place[0])):
            raise GuardRefused(why)
        if world is not None and not world.may_connect(place[0], place[1]):
            raise GuardRefused("outside the synthetic internet")
        made = socket.socket(family=family, type=kind, proto=proto)
        made.setblocking(False)
        return made

    return make


@lru_cache(maxsize=4)
def _context(ca: str, changed: int) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _trust(ca: str) -> ssl.SSLContext:
    """The system's authorities, or the synthetic internet's own and no other."""
    return _context(ca, Path(ca).stat().st_mtime_ns if ca else 0)


def world_request(target: Target, world: WorldLink, vantage: str) -> tuple[str, dict[str, Any]]:
    """A literal address is not looked up, so in the synthetic internet the request itself goes to the
    loopback port, Host and SNI kept."""
    port = world.port(target.host, target.port, vantage)
    path = target.url.split("/", 3)[3]
    extra: dict[str, Any] = {"server_hostname": target.host} if target.scheme == "https" else {}
    return f"{target.scheme}://{LOOPBACK}:{port}/{path}", extra


async def settle(session: aiohttp.ClientSession) -> None:
    """Close a session and let its transports finish, so that no warning about them is left behind."""
    await session.close()
    await asyncio.sleep(0)
