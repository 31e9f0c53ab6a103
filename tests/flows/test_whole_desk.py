"""Every kind of page of the desk, with demo content, followed link by link on a phone by each role of
the installation.

Pages of the desk show more once there is something to show, and what one role may do there another may
not. What every page of a browser must keep (no fault of a script, nothing asked of strangers) is checked
by `open_page`.
"""

from collections import deque
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from flows.browser import axe, overflow, overprinted
from flows.contrast import unreadable
from flows.hotline import sign_in
from flows.narrow import broken_words
from tests.centre import Centre
from tests.repetition import IS_WHOLE, often
from tests.structure import structure

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ELSEWHERE = ("/desk/cms/", "/desk/signout/")  # the editors' tool is Wagtail's own; signing out ends the walk
ROLES_A_KIND = often(1, 2)
LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(link => link.href)"

CODE = r"(?<![\w@.\/#-])(?:[a-z]+(?:_[a-z0-9]+)+|[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+|\w+\(\w+=)(?![\w@\/-])"
"""A code of a vocabulary or the name of a field, or an object of the program.

What is meant as a code is marked as not to be translated.
"""
CODES = """code => {
  const found = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement.closest("script, style, code, textarea, [translate=no]"))
      for (const [one] of node.data.matchAll(new RegExp(code, "g"))) found.add(one);
  return [...found].map(code => `a code instead of words: ${code}`);
}"""


@pytest.mark.prove
@pytest.mark.slow("all services with their demo stories, and every page that a role can reach, in a browser")
def test_the_whole_desk(seeded: Centre, site: str, open_page: Any) -> None:
    walk = Walk(site)
    for number, role in enumerate(role for role in seeded.people if not role.endswith("_2")):
        page = open_page(width=320, dark=number % 2 == 1, language="lt")
        sign_in(page, seeded, role)
        walk.through(page, role)
        page.close()
    assert not walk.wrong, "\n".join(walk.wrong)
    assert len(walk.looked_at) > 60


class Walk:
    """Follows links from where somebody arrives.

    In `make prove` two roles look at each kind of page, since they may see it differently.
    """

    def __init__(self, site: str) -> None:
        self.site = site
        self.looked_at: dict[str, int] = {}
        self.wrong: list[str] = []

    def through(self, page: Any, role: str) -> None:
        arrived = urlsplit(page.url).path
        waiting, kinds = deque([(arrived, "the way in")]), set[str]()
        while waiting:
            address, source = waiting.popleft()
            kind = kind_of(address)
            if kind in kinds or (self.looked_at.get(kind, 0) >= ROLES_A_KIND and address != arrived):
                continue
            kinds.add(kind)
            answer = self._opens(page, address, f"{role} was led from {source} to {address}")
            if answer is not None:
                self.wrong.extend(
                    f"{role} at {address}, as served: {fault}" for fault in structure(answer.text())
                )
                self._look(page, kind, f"{role} at {address}")
                if (
                    "/preview/" not in address
                ):  # it shows what is not published yet, and its links what will be then
                    waiting.extend((link, address) for link in self._onward(page))

    def _opens(self, page: Any, address: str, way: str) -> Any:
        """The answer, if it is a page; a file is none."""
        try:
            answer = page.goto(address)
        except Error as error:
            if "ERR_ABORTED" not in error.message and "Download is starting" not in error.message:
                raise
            return None
        if answer.status >= 400:
            self.wrong.append(f"{way}: {answer.status}")
        return (
            answer
            if answer.status < 400 and answer.headers.get("content-type", "").startswith("text/html")
            else None
        )

    def _look(self, page: Any, kind: str, where: str) -> None:
        if overflow(page):
            self.wrong.append(f"{where}: wider than the screen by {overflow(page)}")
        found = [*overprinted(page), *broken_words(page), *page.evaluate(CODES, CODE)]
        self.wrong.extend(f"{where}: {fault}" for fault in found)
        self.looked_at[kind] = self.looked_at.get(kind, 0) + 1
        if self.looked_at[kind] == 1:
            self.wrong.extend(f"{where}: {fault}" for fault in [*axe(page), *self._unreadable(page)])

    def _unreadable(self, page: Any) -> list[str]:
        """In `make prove` in the other colour scheme, too, and the page gets back the one it came with; in
        `make test` every other role has the dark one.
        """
        if not IS_WHOLE:
            return unreadable(page)
        is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        schemes = ("light", "dark") if is_dark else ("dark", "light")
        found = []
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{scheme}: {fault}" for fault in unreadable(page)]
        return found

    def _onward(self, page: Any) -> list[str]:
        links = (urldefrag(link)[0].removeprefix(self.site) for link in page.evaluate(LINKS))
        return [
            link
            for link in dict.fromkeys(links)
            if link.startswith("/desk/") and not link.startswith(ELSEWHERE)
        ]


def kind_of(address: str) -> str:
    """The name of the view, and the questions that are asked of it."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        name = parts.path
    asked = sorted({part.partition("=")[0] for part in parts.query.split("&") if part})
    return " ".join([name, *asked])
