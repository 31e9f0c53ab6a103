"""The control interface: program hosts, move the clock and read the diary, over HTTP on loopback. The demo
and the benchmarks use it.

The token in the link file keeps a web page in a browser on the same machine from turning knobs.
"""

import http.client
import json
import secrets
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from aiohttp import web as aio

from sauga.kernel.outbound.link import LOOPBACK
from sauga.world.agents import Agents
from sauga.world.hosts import web
from sauga.world.hosts.behaviours import BEHAVIOURS
from sauga.world.hosts.sites import WorldClock

HEADER = "X-World-Token"


class ControlServer:
    """The listening side. Requests need `token`."""

    def __init__(self, *, token: str, clock: WorldClock, agents: Agents, desk: web.Desk) -> None:
        self._token, self._clock, self._agents, self._desk = token, clock, agents, desk

    async def start(self) -> str:
        """Open the interface. Returns its address."""
        application = aio.Application(middlewares=[self._admit])
        application.add_routes([aio.post("/{act}", self._post), aio.get("/{what}", self._get)])
        self._runner = aio.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = aio.TCPSite(self._runner, LOOPBACK, 0)
        await site.start()
        return f"http://{LOOPBACK}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close it."""
        await self._runner.cleanup()

    @aio.middleware
    async def _admit(self, request: aio.Request, handler: Any) -> aio.StreamResponse:
        if not secrets.compare_digest(request.headers.get(HEADER, ""), self._token):
            return aio.json_response({"error": "token"}, status=403)
        answer: aio.StreamResponse = await handler(request)
        return answer

    async def _post(self, request: aio.Request) -> aio.Response:
        given = await request.json() if request.can_read_body else {}
        try:
            return aio.json_response(self._act(request.match_info["act"], given))
        except (KeyError, TypeError, ValueError) as error:
            return aio.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    def _act(self, act: str, given: dict[str, Any]) -> dict[str, Any]:
        sites = self._desk.sites
        if act == "behave":
            place, path = split(given["url"], whole_host=bool(given.get("whole_host")))
            sites.put(
                place,
                given["behaviour"],
                path=path,
                minutes=float(given.get("minutes", 10)),
                referrer=str(given.get("referrer", "")),
            )
        elif act == "remove":
            split(given["url"])
            self._agents.take_down(given["url"])
        elif act == "restore":
            sites.forget(*split(given["url"]))
        elif act == "advance":
            self._clock.advance(float(given["seconds"]))
        elif act == "pace":
            self._clock.pace = float(given["pace"])
        elif act == "inbound":
            self._agents.inbound = int(given["port"])
        else:
            raise KeyError(act)
        return {"ok": True, "now": self._clock.now()}

    async def _get(self, request: aio.Request) -> aio.Response:
        what = request.match_info["what"]
        if what == "hosts":
            return aio.json_response(self._desk.sites.programmed())
        if what == "behaviours":
            return aio.json_response(
                [
                    {"code": b.code, "does": b.does, "verdict": b.verdict, "later": b.later, "needs": b.needs}
                    for b in BEHAVIOURS.values()
                ]
            )
        if what == "requests":
            return aio.json_response([asdict(seen) for seen in self._desk.diary])
        if what == "counts":
            return aio.json_response(self._desk.counts)
        if what == "diary":
            return aio.json_response([asdict(event) for event in list(self._agents.diary)])
        return aio.json_response({"error": "unknown"}, status=404)


def split(url: str, *, whole_host: bool = False) -> tuple[str, str]:
    """Host and path of a web address or bare host; an empty path means the whole host. Raises ValueError."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if not parts.hostname:
        raise ValueError("no host")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return parts.hostname.lower(), "" if whole_host else path


class Control:
    """The turning side, for scripts and tests in another process."""

    def __init__(self, url: str, token: str) -> None:
        self._place, self._token = urlsplit(url).netloc, token

    @classmethod
    def read(cls, file: Path | str) -> Self:
        """From the world's link file."""
        link = json.loads(Path(file).read_text(encoding="utf-8"))["control"]
        return cls(link["url"], link["token"])

    def behave(
        self, url: str, behaviour: str, *, minutes: float = 10, referrer: str = "", whole_host: bool = False
    ) -> None:
        """Let an address (or its whole host) behave so from now on."""
        self._send(
            "behave",
            {
                "url": url,
                "behaviour": behaviour,
                "minutes": minutes,
                "referrer": referrer,
                "whole_host": whole_host,
            },
        )

    def remove(self, url: str) -> None:
        """Take an item down the way its provider does."""
        self._send("remove", {"url": url})

    def restore(self, url: str) -> None:
        """Undo what was programmed for an address."""
        self._send("restore", {"url": url})

    def advance(self, seconds: float) -> None:
        """Move the world's clock."""
        self._send("advance", {"seconds": seconds})

    def pace(self, pace: float) -> None:
        """Seconds of the world's time in a real second."""
        self._send("pace", {"pace": pace})

    def inbound(self, port: int) -> None:
        """Where the installation takes delivery reports."""
        self._send("inbound", {"port": port})

    def ask(self, what: str) -> Any:
        """`hosts`, `behaviours`, `requests`, `counts` or `diary`."""
        return self._send(what, None)

    def _send(self, act: str, given: dict[str, Any] | None) -> Any:
        line = http.client.HTTPConnection(self._place, timeout=10)
        try:
            body = None if given is None else json.dumps(given)
            line.request(
                "GET" if given is None else "POST",
                f"/{act}",
                body,
                {HEADER: self._token, "Content-Type": "application/json"},
            )
            answer = line.getresponse()
            found = json.loads(answer.read())
            if answer.status != 200:
                raise ValueError(found.get("error", answer.status))
            return found
        finally:
            line.close()
