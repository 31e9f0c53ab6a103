"""The link to the synthetic internet (`sauga.world`): where its name server, listeners, mail and registry
wait on loopback.

The link is only followed in the demo and in the test suite. It widens nothing: the guard then allows the
documentation ranges *instead of* the real internet, and the transport turns such an address into a port on
127.0.0.1 that the file names.
"""

import ipaddress
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

LOOPBACK = "127.0.0.1"


class WorldNotAllowed(RuntimeError):
    """A synthetic internet was named outside the demo and the tests, or its file points
    away from loopback.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldLink:
    """Where the synthetic internet listens. Ports by vantage: name → (http, https)."""

    dns: tuple[str, int]
    vantages: dict[str, tuple[int, int]]
    closed: frozenset[str]
    closed_port: int
    ca: str
    smtp: tuple[str, int]
    rdap: str
    networks: tuple[str, ...]

    def port(self, address: str, port: int, vantage: str) -> int:
        """The loopback port that stands for `port` of an apparent address."""
        if address in self.closed:
            return self.closed_port
        http, https = self.vantages[vantage]
        return https if port == 443 else http

    def may_connect(self, host: str, port: int) -> bool:
        """Whether a socket may be opened: only to the listeners of this file."""
        return host == LOOPBACK and (
            port == self.closed_port or any(port in pair for pair in self.vantages.values())
        )


_attached: dict[str, str] = {}


def attach(path: Path | str | None) -> None:
    """Follow the link file at `path` from now on in this process, or none. For tests and benchmarks; the demo
    sets SAUGA_WORLD.

    Raises WorldNotAllowed outside the demo and the test settings.
    """
    if path is None:
        _attached.clear()
        return
    _allowed()
    _attached["path"] = str(path)


def current() -> WorldLink | None:
    """The link in force, or None for the real internet.

    Raises WorldNotAllowed when one is named where none may be.
    """
    path = _attached.get("path") or settings.ENV.world
    if not path:
        return None
    _allowed()
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError as error:
        raise WorldNotAllowed(
            f"SAUGA_WORLD names {path}, which cannot be read. Start it with `python -m sauga.world`."
        ) from error
    return _read(path, changed)


def _allowed() -> None:
    if not (
        settings.ENV.demo or getattr(settings, "WORLD_ALLOWED", False)
    ):  # the test settings allow it, and no others
        raise WorldNotAllowed(
            "A synthetic internet is for the demo (SAUGA_DEMO=1) and for tests only; unset SAUGA_WORLD."
        )


@lru_cache(maxsize=4)
def _read(path: str, changed: int) -> WorldLink:
    data: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    dns, _, dns_port = str(data["dns"]).rpartition(":")
    smtp = data["smtp"]
    for host in (dns, smtp["host"]):
        if not ipaddress.ip_address(host).is_loopback:
            raise WorldNotAllowed(f"{path} points away from loopback.")
    return WorldLink(
        dns=(dns, int(dns_port)),
        vantages={
            name: (int(ports["http_port"]), int(ports["https_port"]))
            for name, ports in data["vantages"].items()
        },
        closed=frozenset(data["closed"]),
        closed_port=int(data["closed_port"]),
        ca=str(data["ca"]),
        smtp=(str(smtp["host"]), int(smtp["port"])),
        rdap=str(data["rdap"]),
        networks=tuple(data["networks"]),
    )
