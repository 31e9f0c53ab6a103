"""The people at the hosting providers: they read the mail, open the notice page over real HTTP, answer, and
take content down."""

import asyncio
import ipaddress
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp

from sauga.world import forms, providers, reports
from sauga.world.hosts.sites import Sites, provider_of
from sauga.world.post import Delivered
from sauga.world.providers import Provider

log = logging.getLogger(__name__)
NOTICE = "/notice/"
SECONDS = 20
LATER = 3.0


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the providers' diary."""

    at: float
    provider: str
    act: str
    detail: str


@dataclass(slots=True)
class Case:
    """One notice on one desk: its link, the addresses it names so far, and the page as last seen."""

    provider: Provider
    mail: Delivered
    link: str
    items: dict[str, None] = field(default_factory=dict)
    page: str = ""


@dataclass(slots=True)
class Agents:
    """All providers' desks.

    `inbound` is the port at which the installation takes delivery reports (0: it takes none).
    """

    sites: Sites
    inbound: int = 0
    diary: deque[Event] = field(default_factory=lambda: deque(maxlen=5000))
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def receive(self, mail: Delivered) -> None:
        """A mail has come; the addressee begins to act."""
        if mail.fails_later:
            self._begin(self._fail_later(mail))
        elif mail.provider and mail.recipient == mail.provider.abuse:
            self._begin(self._work(mail.provider, mail))
        elif "SUCCESS" in mail.wants:
            self._begin(self._report(mail, "delivered"))

    async def stop(self) -> None:
        """Everybody goes home."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _wait(self, seconds: float) -> None:
        """So much of the world's time, jumps included."""
        until = self.sites.clock.now() + seconds
        while (left := until - self.sites.clock.now()) > 0:
            await asyncio.sleep(min(left / self.sites.clock.pace, 0.25))

    async def _work(self, provider: Provider, mail: Delivered) -> None:
        text = _words(mail.message)
        link = next((url for url in forms.addresses(text) if NOTICE in urlsplit(url).path), "")
        case = Case(provider, mail, link)
        self._learn(case, text)
        self._note(provider, "received", link and "notice")
        async with aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=SECONDS), headers={"Accept-Language": "lt,en"}
        ) as browser:
            for step in provider.steps:
                await self._wait(step.wait)
                try:
                    await self._act(case, step.act, browser)
                except (aiohttp.ClientError, TimeoutError, OSError) as error:
                    self._note(provider, step.act, f"no answer: {type(error).__name__}")

    async def _act(self, case: Case, act: str, browser: aiohttp.ClientSession) -> None:
        if act == providers.REPORT_DELIVERY:
            if "SUCCESS" in case.mail.wants:
                await self._report(case.mail, "delivered")
        elif act == providers.TAKE_DOWN:
            for url in case.items:
                self.take_down(url)
        elif case.link and _is_here(case.link):
            if act == providers.OPEN or not case.page:
                await self._open(case, browser)
            if act != providers.OPEN:
                await self._say(case, act, browser)

    def take_down(self, url: str) -> None:
        """Remove one item the way its provider does it."""
        parts = urlsplit(url)
        host, path = (
            (parts.hostname or "").lower(),
            (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
        )
        left = self.sites.remove(host, path)
        self._note(provider_of(host), providers.TAKE_DOWN, left)

    async def _open(self, case: Case, browser: aiohttp.ClientSession) -> None:
        async with browser.get(case.link) as answer:
            case.page = await answer.text()
            self._note(case.provider, providers.OPEN, str(answer.status))
        self._learn(case, case.page)

    async def _say(self, case: Case, answer: str, browser: aiohttp.ClientSession) -> None:
        """Send the first form that offers this answer, with everything else the form sends by itself."""
        form = next((f for f in forms.forms(case.page) if f.offers("answer", answer)), None)
        if form is None:
            self._note(case.provider, answer, "the page offers no such answer")
            return
        target = urljoin(case.link, form.action)
        if not _is_here(target):
            return
        headers = {"Referer": case.link, "Origin": "{0.scheme}://{0.netloc}".format(urlsplit(case.link))}
        async with browser.post(target, data={**form.fields, "answer": answer}, headers=headers) as reply:
            said = await reply.text()
            self._note(case.provider, answer, str(reply.status))
        self._learn(case, said)
        case.page = ""

    def _learn(self, case: Case, text: str) -> None:
        """Addresses that this provider hosts are the items; everything else is a link."""
        for url in forms.addresses(text):
            host = (urlsplit(url).hostname or "").lower()
            if self.sites.addresses(host, count=False)[0] == "ok" and provider_of(host) is case.provider:
                case.items[url] = None

    async def _fail_later(self, mail: Delivered) -> None:
        await self._wait(LATER)
        if "FAILURE" in mail.wants:
            await self._report(mail, "failed")

    async def _report(self, mail: Delivered, action: reports.Action) -> None:
        if not self.inbound or not mail.return_path:
            return
        server = "mx." + (mail.provider.domain if mail.provider else "world.example")
        raw = reports.report(
            server=server,
            return_path=mail.return_path,
            recipient=mail.recipient,
            action=action,
            original=mail.message,
        )
        done = await reports.send_back(raw, return_path=mail.return_path, port=self.inbound)
        self._note(mail.provider, "report", action if done else "nobody took it")

    def _note(self, provider: Provider | None, act: str, detail: str) -> None:
        self.diary.append(Event(self.sites.clock.now(), provider.code if provider else "", act, detail))


def _is_here(url: str) -> bool:
    """Agents open pages on this machine only."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _words(message: Message) -> str:
    """All text in a mail, attachments included, that may name addresses."""
    parts = []
    for part in message.walk():
        if part.get_content_maintype() in {"text", "application"} and not part.is_multipart():
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                parts.append(data.decode(part.get_content_charset() or "utf-8", "replace"))
    return "\n".join(parts)


type OnMail = Callable[[Delivered], None]
