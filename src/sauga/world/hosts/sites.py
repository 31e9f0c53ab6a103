"""Every synthetic host and what it does now: by its name, unless it was programmed.

One clock for all of them.
"""

import threading
import time
from dataclasses import dataclass, field, replace
from typing import Any

from sauga.world.hosts import library, pages
from sauga.world.hosts.answers import Answer, Ask, hash_of, page
from sauga.world.hosts.behaviours import BEHAVIOURS, Behaviour
from sauga.world.providers import DELIVERY, PROVIDERS, SILENT, Provider, of_domain

BEHAVE = "behave.example"
PARKED = "parked.example"
REGISTRY = "rdap.registry.example"
TOP = ("example", "test", "invalid")
SERVICE_PAGES = {
    "/": page(pages.HOME, title="Pradžia"),
    "/login": page(pages.LOGIN, more=pages.LOGIN_FORM),
    "/search": page(pages.SEARCH, title="Paieška"),
    "/robots.txt": Answer(200, b"User-agent: *\n", "text/plain"),
}
FIXED = {"redirecting.example": "secure-redirect", PARKED: "online", library.HOST: "online"}


class WorldClock:
    """The world's seconds. `pace` 60 makes one real second a minute; `advance` jumps."""

    def __init__(self, pace: float = 1.0) -> None:
        self.pace = pace
        self._began, self._jumped = time.monotonic(), 0.0

    def now(self) -> float:
        """Seconds since the world began."""
        return (time.monotonic() - self._began) * self.pace + self._jumped

    def advance(self, seconds: float) -> None:
        """Let so much time have passed."""
        self._jumped += seconds


@dataclass(slots=True)
class Setting:
    """A behaviour in force at a place since a moment; `count` counts its requests."""

    behaviour: Behaviour
    since: float
    minutes: float = 10.0
    referrer: str = ""
    count: int = 0
    questions: int = 0


@dataclass(slots=True)
class Sites:
    """The switchboard. Used by the listeners' event loop and, through `World`, by other threads."""

    clock: WorldClock
    _set: dict[tuple[str, str], Setting] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def put(
        self, host: str, behaviour: str, *, path: str = "", minutes: float = 10.0, referrer: str = ""
    ) -> None:
        """Let a host, or one path of it, behave so from now on. Raises KeyError for an unknown behaviour."""
        with self._lock:
            self._set[host.lower(), path] = Setting(
                BEHAVIOURS[behaviour], self.clock.now(), minutes, referrer
            )

    def forget(self, host: str = "", path: str = "") -> None:
        """Undo what was programmed for a place; without a host, everything, counters included."""
        with self._lock:
            if host:
                self._set.pop((host.lower(), path), None)
            else:
                self._set.clear()

    def remove(self, host: str, path: str) -> str:
        """Take one item down the way its provider does. Returns the behaviour it has now."""
        provider = provider_of(host)
        self.put(host, provider.leaves, path=path)
        return provider.leaves

    def programmed(self) -> list[dict[str, Any]]:
        """What was programmed, for the control interface."""
        with self._lock:
            rows = list(self._set.items())
        return [
            {
                "host": h,
                "path": p,
                "behaviour": s.behaviour.code,
                "requests": s.count,
                "age": self.clock.now() - s.since,
            }
            for (h, p), s in rows
        ]

    def remembered(self) -> list[dict[str, Any]]:
        """What was programmed, whole, so that another world can `recall` it: what was taken down stays down
        after a restart."""
        now = self.clock.now()
        with self._lock:
            kept = [(h, p, s) for (h, p), s in self._set.items() if s.behaviour.code != by_name(h)]
        return [
            {
                "host": h,
                "path": p,
                "behaviour": s.behaviour.code,
                "age": now - s.since,
                "minutes": s.minutes,
                "referrer": s.referrer,
            }
            for h, p, s in kept
        ]

    def recall(self, rows: list[dict[str, Any]]) -> None:
        """Take up what another world remembered; behaviours that do not exist any more are passed over."""
        now = self.clock.now()
        with self._lock:
            for row in rows:
                if row["behaviour"] in BEHAVIOURS:
                    made = Setting(
                        BEHAVIOURS[row["behaviour"]], now - row["age"], row["minutes"], row["referrer"]
                    )
                    self._set[row["host"], row["path"]] = made

    def answer(self, ask: Ask) -> Answer | None:
        """What the host answers, or None for a host that does not exist here."""
        with self._lock:
            setting = self._setting(ask.host, ask.path)
            if setting is None:
                return None
            if ask.path.partition("?")[0] in SERVICE_PAGES and not setting.behaviour.everywhere:
                return _service_page(ask)
            setting.count += 1
            ask = replace(
                ask,
                age=self.clock.now() - setting.since,
                count=setting.count,
                minutes=setting.minutes,
                original_referrer=setting.referrer,
            )
        return setting.behaviour.way(ask)

    def addresses(self, host: str, *, count: bool = True) -> tuple[str, list[str]]:
        """What the name server says: ("ok" | "nxdomain" | "servfail" | "silent", apparent addresses)."""
        with self._lock:
            setting = self._setting(host, "")
            if setting is None:
                return "nxdomain", []
            setting.questions += count
            provider, number = provider_of(host), hash_of(host)
            dns, home = setting.behaviour.dns, provider.address(number)
            moved = self.clock.now() - setting.since >= setting.minutes * 60
            odd = setting.questions % 2 == 1
        known = {
            "normal": ("ok", [home]),
            "nodata": ("ok", []),
            "closed": ("ok", [provider.closed_address]),
            "private": ("ok", ["10.0.0.7"]),
            "mixed": ("ok", [home, "127.0.0.1"]),
            "rebind": ("ok", [home if odd else "127.0.0.1"]),
            "moves": ("ok", [SILENT.address(number) if moved else home]),
        }
        return known.get(dns, (dns, []))

    def tls(self, host: str) -> str:
        """The kind of certificate the host shows."""
        with self._lock:
            setting = self._setting(host, "")
        return setting.behaviour.tls if setting else "good"

    def _setting(self, host: str, path: str) -> Setting | None:
        """The most particular setting; a name that carries a behaviour gets its own at the first question."""
        found = (
            self._set.get((host, path))
            or self._set.get((host, path.partition("?")[0]))
            or self._set.get((host, ""))
        )
        if found is None:
            code = by_name(host)
            if code is None:
                return None
            found = self._set[host, ""] = Setting(BEHAVIOURS[code], self.clock.now())
        return found


def by_name(host: str) -> str | None:
    """The behaviour that a name stands for: `<any>.<code>.behave.example`; any name under a provider's domain
    is simply online."""
    if host in FIXED:
        return FIXED[host]
    if host.endswith("." + BEHAVE):
        code = host.removesuffix("." + BEHAVE).rpartition(".")[2]
        return code if code in BEHAVIOURS else None
    return "online" if of_domain(host) else None


def provider_of(host: str) -> Provider:
    """Who hosts a name: the owner of its domain, otherwise one chosen by the name, always the same."""
    return of_domain(host) or (DELIVERY if "cdn" in host else PROVIDERS[hash_of(host) % 3])


def _service_page(ask: Ask) -> Answer:
    if ask.host == PARKED:
        return page(pages.PARKED, title="Parked")
    return SERVICE_PAGES[ask.path.partition("?")[0]]
