"""The HTTP client of the monitor: bounded probes, redirects followed by hand, each hop checked again by the
SSRF guard."""

import asyncio
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

import aiohttp
from yarl import URL

from sauga.kernel.outbound import link
from sauga.kernel.outbound.http import bodies
from sauga.kernel.outbound.http.faults import kind_of
from sauga.kernel.outbound.http.transport import PinnedResolver, open_session, settle, world_request
from sauga.kernel.outbound.names import Names
from sauga.kernel.outbound.politeness import Manners, Politeness, retry_seconds
from sauga.kernel.outbound.results import Body, Hop, Probe, ProbeError, ProbePolicy
from sauga.kernel.outbound.ssrf_guard import BadUrl, GuardRefused, Target, join, parse_url
from sauga.kernel.outbound.vantages import sources

KEPT_HEADERS = {
    "server", "content-type", "content-length", "content-language", "last-modified", "etag", "location",
    "retry-after", "www-authenticate",
    "cf-mitigated", "cf-ray", "x-cache", "via", "x-robots-tag", "date",
}  # fmt: skip
REDIRECTS = {301, 302, 303, 307, 308}
PLAIN = ProbePolicy()


@dataclass(slots=True)
class _Journey:
    """One probe under way: where it is, what it has seen, and until when it may take."""

    target: Target
    policy: ProbePolicy
    referrer: str
    provider: str
    deadline: asyncio.Timeout
    hops: list[Hop] = field(default_factory=list)
    addresses: tuple[str, ...] = ()
    requests: int = 0
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    refresh: str = ""
    spent: float = 0.0


class Client:
    """Probes from one event loop over shared connections; use it as `async with Client() as client`.

    Polite by default: see `Politeness`. `concurrency` bounds the probes under way at once.
    """

    def __init__(self, *, politeness: Politeness | None = None, concurrency: int = 200) -> None:
        self._world = link.current()
        self._manners = Manners(politeness or Politeness())
        self._room = asyncio.Semaphore(concurrency)
        self._sessions: dict[str, tuple[aiohttp.ClientSession, PinnedResolver]] = {}
        self._sources = dict.fromkeys(self._world.vantages, "") if self._world else sources()

    @property
    def vantages(self) -> tuple[str, ...]:
        """The places we can look from; "main" is always among them."""
        return tuple(self._sources)

    async def __aenter__(self) -> Self:
        self._names = Names(self._world)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for session, _ in self._sessions.values():
            await settle(session)
        self._sessions.clear()

    async def probe(
        self,
        url: str,
        *,
        referrer: str = "",
        policy: ProbePolicy = PLAIN,
        provider: str = "",
        wait: float = 60.0,
    ) -> Probe:
        """Look at one address. Never raises for what a server does: see `Probe.error`.

        `provider` groups hosts that share a token bucket. Raises TooSoon when politeness would make us wait
        longer than `wait` seconds, KeyError for a vantage that this installation does not have.
        """
        try:
            target = parse_url(url)
        except BadUrl as error:
            return Probe(url=url, error=ProbeError.BAD_URL, detail=str(error))
        except GuardRefused as error:
            return Probe(url=url, error=ProbeError.GUARD, detail=error.why)
        self._session(policy.vantage)
        await self._manners.wait_turn(target.host, provider, wait)
        return await self._guarded(
            _Journey(target, policy, _plain_referrer(referrer), provider, asyncio.timeout(None)), url
        )

    async def _guarded(self, way: _Journey, url: str) -> Probe:
        """Follow the redirects, and map every failure to its kind."""
        try:
            async with way.deadline:
                found = await self._travel(way)
                return self._told(way, url, found=found)
        except _TooMany:
            return self._told(way, url, ProbeError.TOO_MANY_REDIRECTS)
        except (OSError, aiohttp.ClientError, ValueError) as error:
            kind, detail = kind_of(error, secure=way.target.scheme == "https")
            return self._told(way, url, kind, detail)

    async def _travel(self, way: _Journey) -> bodies.Read:
        """Request, follow, request again.

        The time limit runs only during requests; no slot is waited for while another one is held.
        """
        clock = asyncio.get_running_loop().time
        while True:
            async with self._manners.inside(way.target.host), self._room:
                began = clock()
                way.deadline.reschedule(began + way.policy.seconds - way.spent)
                try:
                    found = await self._ask(way)
                finally:
                    way.spent += clock() - began
                way.deadline.reschedule(None)
            onward = self._onward(way, found)
            if not onward:
                return found
            if len(way.hops) >= way.policy.max_redirects:
                raise _TooMany
            way.hops.append(Hop(way.target.url, way.status or 0, onward[:2000]))
            way.target = parse_url(onward)

    def _onward(self, way: _Journey, found: bodies.Read) -> str:
        """Where the answer sends us, as an absolute address, or empty."""
        if way.status in REDIRECTS and way.headers.get("location"):
            return join(way.target.url, way.headers["location"])
        if found.text and way.policy.follow_refresh and way.status == 200:
            way.refresh = bodies.refresh_target(found.text)
            there = join(way.target.url, way.refresh) if way.refresh else ""
            return "" if there.partition("#")[0] == way.target.url else there
        return ""

    async def _ask(self, way: _Journey) -> bodies.Read:
        """HEAD first; GET only where the head says text or the server does not speak HEAD (then closed after
        the headers, unless text)."""
        session, resolver = self._session(way.policy.vantage)
        way.refresh, way.addresses = "", (await resolver.look_up(way.target)).addresses
        if way.policy.known_text and not way.policy.headers_only:
            return await self._get(session, way, ranged=True)
        await self._request(session, way, "HEAD")
        settled = way.status in REDIRECTS or (
            way.status is not None and 200 <= way.status < 300 and _is_media(way.headers)
        )
        if settled or way.policy.headers_only:
            return bodies.Read(Body.MEDIA if settled and way.status not in REDIRECTS else Body.NONE)
        return await self._get(session, way, ranged=True)

    async def _get(self, session: aiohttp.ClientSession, way: _Journey, *, ranged: bool) -> bodies.Read:
        found = await self._request(session, way, "GET", ranged=ranged)
        if way.status == 416 and ranged:
            return await self._get(session, way, ranged=False)
        if way.status == 206 and ranged:
            way.status = 200
        return found

    async def _request(
        self, session: aiohttp.ClientSession, way: _Journey, method: str, *, ranged: bool = False
    ) -> bodies.Read:
        """One request.

        The response is released for reuse when its body was read to the end or has none, closed otherwise.
        """
        policy, url = way.policy, way.target.url
        extra: dict[str, Any] = {}
        headers = dict(_own_headers(policy))
        if way.referrer:
            headers["Referer"] = way.referrer
        if ranged:
            headers["Range"] = f"bytes=0-{policy.max_bytes - 1}"
        if self._world is not None and way.target.is_address:
            headers["Host"] = way.target.host
            url, extra = world_request(way.target, self._world, policy.vantage)
        way.requests += 1
        self._manners.spend(way.target.host, way.provider)
        response = await session.request(method, URL(url), headers=headers, allow_redirects=False, **extra)
        try:
            self._note(way, response)
            if method == "HEAD" or way.status in REDIRECTS:
                return bodies.Read(Body.NONE)
            if not bodies.is_text(way.headers.get("content-type", "")):
                return bodies.Read(
                    Body.MEDIA if response.headers.get("Content-Length") != "0" else Body.EMPTY
                )
            return await bodies.read(response, max_bytes=policy.max_bytes, seconds=policy.body_seconds)
        finally:
            response.close() if not response.content.at_eof() else response.release()

    def _note(self, way: _Journey, response: aiohttp.ClientResponse) -> None:
        way.status = response.status
        way.headers = {
            name.lower(): _clean(value)
            for name, value in response.headers.items()
            if name.lower() in KEPT_HEADERS
        }
        if response.status in (429, 503) and "retry-after" in way.headers:
            self._manners.rest(way.target.host, retry_seconds(way.headers["retry-after"]))

    def _told(
        self,
        way: _Journey,
        url: str,
        error: ProbeError | None = None,
        detail: str = "",
        *,
        found: bodies.Read | None = None,
    ) -> Probe:
        found = found or bodies.Read(Body.NONE)
        return Probe(
            url=url,
            status=way.status,
            error=error,
            detail=detail,
            final_url=way.target.url,
            redirects=tuple(way.hops),
            headers=way.headers,
            content_type=way.headers.get("content-type", ""),
            text=found.text,
            body=found.body,
            truncated=found.truncated,
            refresh=way.refresh,
            addresses=way.addresses,
            requests=way.requests,
            elapsed=way.spent,
        )

    def _session(self, vantage: str) -> tuple[aiohttp.ClientSession, PinnedResolver]:
        held = self._sessions.get(vantage)
        if held is None:
            held = self._sessions[vantage] = open_session(
                self._names, self._world, vantage, self._sources[vantage]
            )
        return held


class _TooMany(Exception):
    """More redirects than the policy allows."""


def _is_media(headers: dict[str, str]) -> bool:
    """A body whose declared type may not be read: the head is all we take."""
    kind = headers.get("content-type", "")
    return bool(kind) and not bodies.is_text(kind)


def _clean(value: str) -> str:
    return (
        value
        if value.isprintable() and len(value) <= 2000
        else "".join(c for c in value[:2000] if c.isprintable())
    )


@lru_cache(maxsize=64)
def _own_headers(policy: ProbePolicy) -> dict[str, str]:
    """What every request of a policy says.

    Nothing is asked for packed; a server that packs all the same is unpacked within bounds.
    """
    return {
        "User-Agent": policy.user_agent,
        "Accept": policy.accept,
        "Accept-Language": policy.language,
        "Accept-Encoding": "identity",
    }


def _plain_referrer(referrer: str) -> str:
    """A referrer fit to send: a web address without user and fragment, or none."""
    if not referrer:
        return ""
    try:
        return parse_url(referrer).url.encode("ascii", "ignore").decode("ascii")
    except (BadUrl, GuardRefused):
        return ""


async def probe(url: str, *, referrer: str = "", policy: ProbePolicy = PLAIN) -> Probe:
    """One look at one address, without a shared client."""
    async with Client() as client:
        return await client.probe(url, referrer=referrer, policy=policy)


def options(**given: Any) -> ProbePolicy:
    """A policy that differs from the default in what is given."""
    return replace(PLAIN, **given)
