"""Fixtures for tests in a real browser: the installation served by uvicorn on the test's database, Chromium,
pages in every form, axe.

axe looks once at each kind of page, and again at one that shows a part which none has shown so far
(`new_in`); `make prove` looks at all of them in every form.

`site` is the base address, `page` a fresh page at 1280 px, `open_page` makes one of another size, colour
scheme, language or without JavaScript. Every page fails its test when it asks another host for anything,
breaks the content policy or throws in a script.
"""

import asyncio
import fcntl
import hashlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.cleanup import MARK
from tests.repetition import IS_WHOLE
from tests.structure import structure

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell is Chromium without windows: the same engine, and a page costs a third.

`TEST_CHROMIUM` names another one.
"""
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
WITH_WINDOWS = ["--headless=new"]
COLOURS = "color-contrast"
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": {"assets": ["media"]},
}
"""Of what axe loads beforehand, the style sheets are for a rule that it does not run yet."""

_serving: list[Any] = []
"""The uvicorn server of this process, while it runs."""


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """The address of the running installation.

    Use it together with `transactional_db`, so that the server sees what the test writes. Styles, scripts and
    fonts are found once and kept by the browser, as in production.
    """
    import uvicorn
    from django.test import override_settings

    from sauga.project.requests.sites import SiteHandler

    with override_settings(WHITENOISE_AUTOREFRESH=False, WHITENOISE_MAX_AGE=3600, STATIC_ROOT=""):
        handler = SiteHandler()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            handler,
            host="127.0.0.1",
            port=port,
            log_level="error",
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    _serving.append(server)
    yield f"http://127.0.0.1:{port}"
    _serving.remove(server)
    server.should_exit = True
    thread.join(timeout=10)


class Chromium:
    """One headless Chromium of this worker, for all of its files of browser tests.

    Playwright keeps an event loop running in this thread, which Django would take for an async caller and
    which tests of our own loops cannot bear. Between those files it is therefore hidden; it stands still
    until Playwright is called again.
    """

    def __init__(self, playwright: Any) -> None:
        self._playwright = playwright
        self._loop = asyncio.get_running_loop()
        named = (os.environ.get("TEST_CHROMIUM", ""), *CHROMIUM)
        self._program = next((path for name in named if (path := shutil.which(name))), None)
        if self._program is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium here: install Debian's chromium, or run `playwright install chromium`")
        self._launched = self._launch()

    @property
    def browser(self) -> Any:
        """The running browser; a new one when the last has crashed."""
        if not self._launched.is_connected():
            self._launched = self._launch()
        return self._launched

    def close(self) -> None:
        self._launched.close()

    @contextmanager
    def shown_loop(self) -> Iterator[None]:
        """As long as Playwright is called."""
        asyncio._set_running_loop(self._loop)
        try:
            yield
        finally:
            asyncio._set_running_loop(None)

    def launch(self, *more: str) -> Any:
        """Another browser with other flags; whoever asks closes it."""
        flags = FLAGS if (self._program or "").endswith("-shell") else FLAGS + WITH_WINDOWS
        args = [*flags, *more]
        return self._playwright.chromium.launch(executable_path=self._program, args=args, headless=True)

    def _launch(self) -> Any:
        return self.launch()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Chromium, headless, started once for this worker. Skips loudly where there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = Chromium(playwright)
        asyncio._set_running_loop(None)
        yield launched
        with launched.shown_loop():
            launched.close()
            playwright.stop()


@pytest.fixture(scope="module")
def browser(chromium: Chromium) -> Iterator[Any]:
    """The browser of this file's pages."""
    with pytest.MonkeyPatch.context() as environment, chromium.shown_loop():
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield chromium.browser


def _settled() -> None:
    """Wait until nobody but this test uses its database: a page that has just closed may still be served, and
    emptying would meet it.

    On a slow machine a request may have come and not yet asked the database for anything, so the
    server is asked, too.
    """
    from django.db import connection

    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        "pg_backend_pid() AND state <> 'idle'"
    )
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if not cursor.fetchone()[0] and not any(server.server_state.tasks for server in _serving):
                return
        time.sleep(0.05)


@pytest.fixture
def open_page(browser: Any, site: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Make a page: `open_page(width=320, dark=True, js=False, language="en")`.

    Its `faults` must stay empty; it is checked at the end.
    """
    opened: list[tuple[Any, list[str]]] = []

    def make(
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        js: bool = True,
        language: str = "lt",
        **options: Any,
    ) -> Any:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=js,
            locale=language,
            reduced_motion="reduce",
            **options,
        )
        page = context.new_page()
        page.site, page.faults = site, []
        _watch(page, site)
        opened.append((context, page.faults))
        return page

    yield make
    faults = [fault for _context, found in opened for fault in found]
    for context, _found in opened:
        context.close()
    if request.node.get_closest_marker("django_db"):
        _settled()
    assert faults == []


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """One page at 1280 px, light, with JavaScript."""
    return open_page()


def _watch(page: Any, site: str) -> None:
    """Write down what a page must not do."""

    def asked(request: Any) -> None:
        if not request.url.startswith((site, "data:", "blob:")) and not request.is_navigation_request():
            page.faults.append(f"asked {request.url}")

    def said(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            page.faults.append(f"{page.url}: {message.text}")

    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", lambda error: page.faults.append(f"{page.url}: {error}"))


PARTS = """() => {
  const NAMES = /^(aria-|role$|type$|hidden$|open$|disabled$|lang$|tabindex$)/;
  const part = (element) => {
    const held = [...element.attributes].filter(({ name }) => NAMES.test(name));
    return [element.tagName, element.getAttribute("class"), ...held.map(({ name }) => name).sort()].join(" ");
  };
  const parts = new Map();
  for (const element of document.querySelectorAll("body, body *")) {
    const name = part(element);
    if (!parts.has(name)) parts.set(name, []);
    parts.get(name).push(element);
  }
  document.parts = [...parts.values()];
  return [...parts.keys()].join("\\n");
}"""
"""What a page consists of: each kind of element once, with its classes and the attributes that matter to
those who cannot see it. The page keeps the elements of each.
"""


class New(Enum):
    """What no test of this run has looked at yet."""

    NOTHING = "nothing"
    VIEW = "no page of its view, but all of its parts on others"
    PARTS = "some of its parts, on no page"


def new_in(page: Any, options: dict[str, Any] = WCAG) -> New:
    """What is new on a page; always its parts, in `make prove`."""
    return _news(page, options)[0]


def _news(page: Any, options: dict[str, Any]) -> tuple[New, list[int]]:
    """What is new, and where among the page's parts those stand that are."""
    if IS_WHOLE:
        return New.PARTS, []
    try:
        view = resolve(urlsplit(page.url).path).view_name
    except Resolver404:
        view = page.url
    kind = str(options["runOnly"])
    of_view = _mark(f"{kind} view {view}")
    parts = [_mark(f"{kind} {line}") for line in page.evaluate(PARTS).splitlines()]
    with (Path(os.environ[MARK]) / "looked-at").open("a+", encoding="ascii") as seen:
        fcntl.flock(seen, fcntl.LOCK_EX)
        seen.seek(0)
        fresh = {of_view, *parts}.difference(seen.read().split())
        seen.write("".join(f"{mark}\n" for mark in fresh))
    places = [place for place, mark in enumerate(parts) if mark in fresh]
    return New.PARTS if places else New.VIEW if fresh else New.NOTHING, places


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


HTML = "document.documentElement.outerHTML"
"""As `page.content()`, which makes a world of its own in each page for it and takes three times as long."""


def axe(page: Any) -> list[str]:
    """What is wrong with the page's structure, and what axe finds, one line each; a page of parts looked at
    before is left out by axe.
    """
    return structure(page.evaluate(HTML)) + AxeOnce(page).faults()


AXE = """async ({ options, places }) => {
  const fresh = (places ?? []).flatMap((place) => document.parts[place]).filter((one) => one.isConnected);
  const selector = places ? "[data-fresh], [data-fresh] *" : "*";
  axe.configure({ rules: [{ id: "color-contrast", selector }] });
  if (places && !fresh.length) options.rules = { "color-contrast": { enabled: false } };
  fresh.forEach((one) => one.setAttribute("data-fresh", ""));
  const { violations } = await axe.run(document, options);
  fresh.forEach((one) => one.removeAttribute("data-fresh"));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id}: ${target.join(" ")} ${failureSummary.slice(0, 200)}`));
}"""
"""Looks at the page; where `places` are given, at the contrast of words in these parts only.

Lines are put together in the page: a result as an object costs more on its way than axe itself.
"""


@cache
def _axe() -> str:
    from axe_playwright_python.base import AXE_FILE_PATH

    return AXE_FILE_PATH.read_text(encoding="utf-8")


class AxeOnce:
    """axe on a page that stays open while its form changes: loaded when first needed, run again and again."""

    def __init__(self, page: Any) -> None:
        self.page, self.is_loaded = page, False

    def faults(self, options: dict[str, Any] = WCAG) -> list[str]:
        """What is wrong in the form the page has now.

        The contrast of words is that of the parts: it is measured on those that no page has shown, which is
        half of what axe costs.
        """
        found, places = _news(self.page, options)
        is_of_parts = options["runOnly"] == [COLOURS]
        if found is New.NOTHING or (found is New.VIEW and is_of_parts):
            return []
        if not self.is_loaded:
            self.page.evaluate(_axe())
            self.is_loaded = True
        given = {"options": options, "places": None if IS_WHOLE or is_of_parts else places}
        return list(self.page.evaluate(AXE, given))


def overflow(page: Any) -> int:
    """How many pixels the page is wider than the window: 0 when nobody has to scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


OVERPRINTED = """() => {
  // What can be seen of an element: nothing of one that floats above the page, of others what their scrolling
  // frames let through.
  const frames = new Map([[null, { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity }]]);
  const frame = (box) => {
    if (!frames.has(box)) frames.set(box, framed(box, frame(box.parentElement)));
    return frames.get(box);
  };
  const framed = (box, outer) => {
    const style = getComputedStyle(box);
    if (!outer || ["fixed", "sticky"].includes(style.position) || style.clipPath !== "none"
      || style.visibility === "hidden") return null;
    if (style.overflow === "visible" || [document.body, document.documentElement].includes(box)) return outer;
    const edge = box.getBoundingClientRect();
    return { left: Math.max(outer.left, edge.left), right: Math.min(outer.right, edge.right),
      top: Math.max(outer.top, edge.top), bottom: Math.min(outer.bottom, edge.bottom) };
  };
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim()
      || text.parentElement.closest("svg, script, style, option, details:not([open]) > :not(summary)"))
        continue;
    const shown = frame(text.parentElement);
    if (!shown) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      const left = Math.max(box.left, shown.left), right = Math.min(box.right, shown.right);
      const top = Math.max(box.top, shown.top), bottom = Math.min(box.bottom, shown.bottom);
      const words = text.data.trim().slice(0, 40);
      if (right - left > 2 && bottom - top > 4) seen.push([{ left, top, right, bottom,
        height: bottom - top }, words]);
    }
  }
  const found = [];
  seen.sort(([one], [other]) => one.top - other.top);  // none below the end of a word lies over it
  seen.forEach(([one, said], place) => {
    for (let next = place + 1; next < seen.length && seen[next][0].top < one.bottom; next += 1) {
      const [other, also] = seen[next];
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - other.top;
      if (across > 3 && down > Math.min(one.height,
        other.height) / 2) found.push(`„${said}“ lies over „${also}“`);
    }
  });
  return found.slice(0, 5);
}"""


def overprinted(page: Any) -> list[str]:
    """Words that lie over other words, as far as one can read them; empty where each stands
    in its own place.
    """
    return list(page.evaluate(OVERPRINTED))
