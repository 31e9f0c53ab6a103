"""The synthetic internet as one thing that starts and stops: names, web, registry, mail and people, all
inside one event loop."""

import asyncio
import json
import secrets
import socket
from collections import deque
from pathlib import Path
from typing import Any

from sauga.kernel.outbound.link import LOOPBACK
from sauga.world import mailbox, registry
from sauga.world.agents import Agents
from sauga.world.certificates import Certificates
from sauga.world.control import ControlServer
from sauga.world.hosts import web
from sauga.world.hosts.library import Library
from sauga.world.hosts.sites import REGISTRY, Sites, WorldClock
from sauga.world.nameserver import NameServer
from sauga.world.post import Exchange
from sauga.world.providers import PROVIDERS

VANTAGES = ("main", "second")
DIARY = 50_000


class World:
    """A small internet on loopback.

    `data`: the mail goes to `data/demo/mail`, everything else to `data/world`. `pace`: seconds of the world's
    time in a real second. `inbound`: the installation's port for delivery reports. After `start`, `file`
    names what SAUGA_WORLD must be set to.
    """

    def __init__(self, data: Path, *, pace: float = 1.0, inbound: int = 0) -> None:
        self.data = data
        self.folder = data / "world"
        self.file = self.folder / "world.json"
        self.memory = self.folder / "sites.json"
        self.mail = mailbox.folder(data)
        self.clock = WorldClock(pace)
        self.sites = Sites(self.clock)
        self.agents = Agents(self.sites, inbound)
        self.exchange = Exchange(self.mail, self.agents.receive)
        self.library = Library()
        self.desk = web.Desk(self.sites, registry.answer, deque(maxlen=DIARY), {}, self.library)
        self.token = secrets.token_urlsafe(24)
        self._servers: list[asyncio.Server] = []

    @property
    def seen(self) -> list[web.Seen]:
        """Every request so far."""
        return list(self.desk.diary)

    async def start(self) -> dict[str, Any]:
        """Open everything and write the link file.

        Returns what the file says. What an earlier world here was told still holds.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.memory.exists():
            self.sites.recall(json.loads(self.memory.read_text(encoding="utf-8")))
        self.mail.parent.mkdir(parents=True, exist_ok=True)
        loop = self.loop = asyncio.get_running_loop()
        certificates = Certificates(self.sites, self.folder)
        tls = certificates.context()
        vantages = {}
        for vantage in VANTAGES:
            http = await self._listen(lambda v=vantage: web.Talk(self.desk, "http", v))
            https = await self._listen(lambda v=vantage: web.Talk(self.desk, "https", v), ssl=tls)
            vantages[vantage] = {"http_port": http, "https_port": https}
        smtp = await self._listen(self.exchange.server)
        self._names, _ = await loop.create_datagram_endpoint(
            lambda: NameServer(self.sites), local_addr=(LOOPBACK, 0)
        )
        self._closed = (
            socket.socket()
        )  # bound and never listening: a connection is refused, and no other process gets the port
        self._closed.bind((LOOPBACK, 0))
        self._control = ControlServer(token=self.token, clock=self.clock, agents=self.agents, desk=self.desk)
        control = await self._control.start()
        link = {
            "dns": f"{LOOPBACK}:{self._names.get_extra_info('sockname')[1]}",
            **vantages["main"],
            "vantages": vantages,
            "closed": [p.closed_address for p in PROVIDERS],
            "closed_port": self._closed.getsockname()[1],
            "ca": str(certificates.path.resolve()),
            "smtp": {"host": LOOPBACK, "port": smtp},
            "rdap": f"http://{REGISTRY}/",
            "networks": [str(path.resolve()) for path in registry.write_tables(self.folder)],
            "control": {"url": control, "token": self.token},
            "mail": str(self.mail.resolve()),
        }
        draft = self.file.with_suffix(".new")
        draft.write_text(json.dumps(link, indent=1), encoding="utf-8")
        draft.chmod(0o600)
        draft.replace(self.file)
        return link

    async def stop(self) -> None:
        """Close everything; nothing keeps waiting."""
        await self.agents.stop()
        await self._control.stop()
        self._names.close()
        self._closed.close()
        await web.close(self._servers)
        self.file.unlink(missing_ok=True)
        self.memory.write_text(json.dumps(self.sites.remembered(), indent=1), encoding="utf-8")

    def reset(self) -> None:
        """Forget what was programmed and seen (between tests)."""
        self.sites.forget()
        self.library.reset()
        self.exchange.forget()
        self.desk.diary.clear()
        self.desk.counts.clear()
        self.agents.diary.clear()
        self.agents.inbound = 0
        self.clock.pace = 1.0

    async def _listen(self, protocol: Any, **options: Any) -> int:
        server = await asyncio.get_running_loop().create_server(
            protocol, LOOPBACK, 0, backlog=1024, **options
        )
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])
