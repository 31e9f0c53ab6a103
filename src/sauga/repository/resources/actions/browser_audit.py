"""An audit of a page in a real browser: axe-core, keyboard navigation with Tab, and requests to other hosts.

Chromium gets the page as text; style sheets and scripts come from our own files through Playwright's routing.
Nothing leaves the process, and the page need not be published. Playwright and the copy of axe-core are the
optional extra `audit`.
"""

import mimetypes
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from sauga.repository.resources.rules.gate_facts import Finding

HERE = "http://page.invalid"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
MOST_STEPS = 200


class NoBrowser(Exception):
    """This installation has no browser, or not the extra that drives it."""


@dataclass
class Seen:
    """Findings by check; `tool` names the browser."""

    tool: str
    findings: dict[str, list[Finding]] = field(default_factory=dict)


def audit_page(html: str) -> Seen:
    """Audit a page in two widths, light and dark. Raises NoBrowser."""
    try:
        from playwright.sync_api import sync_playwright

        script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        tool = f"axe-core, Playwright {version('playwright')}"
    except (ImportError, OSError) as missing:
        raise NoBrowser from missing
    if not settings.CHROMIUM:
        raise NoBrowser
    seen = Seen(tool, {"axe": [], "keyboard": [], "no_third_party": []})
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=settings.CHROMIUM, args=FLAGS, headless=True)
        try:
            for width in WIDTHS:
                for scheme in SCHEMES:
                    _one(browser, html, (width, scheme), script, seen)
        finally:
            browser.close()
    return seen


def _one(browser: Any, html: str, form: tuple[int, str], script: str, seen: Seen) -> None:
    width, scheme = form
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page.route("**/*", lambda route: _answer(route, html, seen))
    page.goto(HERE + "/")
    page.evaluate(script)
    results = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    for found in results["violations"]:
        for node in found["nodes"]:
            _add(
                seen,
                "axe",
                Finding(found["id"], str(node["target"][0])[:200], str(node.get("html", ""))[:160]),
            )
    if scheme == SCHEMES[0]:
        _walk(page, seen)
    page.close()


def _answer(route: Any, html: str, seen: Seen) -> None:
    """Serve our own files from the disk and the page itself, and nothing else."""
    parts = urlsplit(route.request.url)
    if f"{parts.scheme}://{parts.netloc}" != HERE:
        _add(seen, "no_third_party", Finding("outside", text=route.request.url[:160]))
        route.abort()
    elif parts.path == "/":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif (path := _file(parts.path)) is not None:
        route.fulfill(
            body=path.read_bytes(),
            content_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        )
    else:
        route.fulfill(status=404, body="")


def _file(address: str) -> Path | None:
    name = address.removeprefix(settings.STATIC_URL)
    if name == address or ".." in name:
        return None
    if staticfiles_storage.exists(name):
        return Path(staticfiles_storage.path(name))
    found = finders.find(name)
    return Path(found) if isinstance(found, str) else None


def _walk(page: Any, seen: Seen) -> None:
    """Press Tab until focus returns to the start: it must be able to leave every element, and each must be
    visible.
    """
    where = (
        "() => { const e = document.activeElement; return e && e !== document.body ? "
        "[e.outerHTML.slice(0, 160), "
        "[...document.querySelectorAll('*')].indexOf(e), e.getClientRects().length] : null; }"
    )
    page.evaluate("document.activeElement.blur()")
    before, stuck = -1, 0
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        place = page.evaluate(where)
        if place is None:
            return
        markup, number, boxes = place
        stuck = stuck + 1 if number == before else 0
        if stuck > 1:
            _add(seen, "keyboard", Finding("trap", text=markup))
            return
        if not boxes:
            _add(seen, "keyboard", Finding("focus_unseen", text=markup))
        before = number


def _add(seen: Seen, check: str, finding: Finding) -> None:
    if finding not in seen.findings[check]:
        seen.findings[check].append(finding)
