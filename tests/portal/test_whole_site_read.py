"""Every page of the demo's site as programs and plain readers meet it: titles, feeds, words without styles,
controls without scripts.
"""

import re
from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import translation

from tests.centre import published

__all__ = ["published"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow("the first of these tests reads every page of the demo's site"),
]
STARTS = ("/lt/", "/en/", "/sitemap.xml")
SKIPPED = ("/files/", "/media/", "/static/", "/leave/", "/desk/", "/api/", "/oai/", "/data/")
INLINE = {
    "a",
    "span",
    "b",
    "strong",
    "em",
    "i",
    "small",
    "time",
    "abbr",
    "label",
    "cite",
    "q",
    "code",
    "kbd",
    "mark",
    "bdi",
    "dfn",
}
"""Elements that lie in a line.

Where no stylesheet sets two of them apart, their words run together unless a space does.
"""
FEEDS = {"/lt/": "/lt/naujienos.xml", "/en/": "/en/news.xml"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
MUTE = {"script", "style", "svg", "title", "option"}
ADDRESS = re.compile(r'<loc>([^<]+)</loc>|href="([^"]+)"')


def of_this_site(address: str, href: str) -> str | None:
    """The address that a link on a page leads to, without its fragment; None outside this site."""
    link = urldefrag(urljoin(f"http://testserver{address}", href)).url
    parts = urlsplit(link.replace("http://localhost:8000", "http://testserver"))
    if parts.netloc != "testserver":
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


class Page(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address, self.title, self.language, self.canonical = address, "", "", ""
        self.links: list[dict[str, str]] = []
        self.joined: list[str] = []
        self.dead: list[str] = []
        self.stack: list[tuple[str, dict[str, str]]] = []
        self.last, self.parted = "", True
        self.hrefs: set[str] = set()
        self.onward: set[str] = set()
        self.offered: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._link(given)
        if tag == "form" and "data-language" in given:
            self.offered.add(given["action"].split("/")[1])
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "link":
            self.links.append(given)
            self.canonical = given["href"] if given.get("rel") == "canonical" else self.canonical
        elif (
            tag == "button"
            and given.get("type") == "button"
            and "popovertarget" not in given
            and not self._is_hidden(given)
        ):
            self.dead.append(str(given))
        self.parted = self.parted or (tag not in INLINE and tag not in MUTE)
        if tag not in VOID:
            self.stack.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and any(open_tag == tag for open_tag, _given in self.stack):
            if self.stack.pop()[0] == tag:
                break
        self.parted = self.parted or (tag not in INLINE and tag not in MUTE)

    def handle_data(self, data: str) -> None:
        open_tags = [tag for tag, _given in self.stack]
        if "title" in open_tags and "svg" not in open_tags:
            self.title += data
        if not data or MUTE & set(open_tags):
            return
        if (
            not self.parted
            and self.last
            and (self.last[-1].isalnum() or self.last[-1] in ".,:;!?…)")
            and data[0].isalnum()
        ):
            self.joined.append(f"{self.last[-30:]}|{data[:30]}")
        self.last, self.parted = data, False

    def _link(self, given: dict[str, str]) -> None:
        """Where a link leads: in the content, outside the path to the page, or anywhere."""
        there = of_this_site(self.address, given.get("href", ""))
        if there is None:
            return
        self.hrefs.add(there)
        if given.get("hreflang") and given["hreflang"] == given.get("lang"):
            self.offered.add(given["hreflang"])
        inside = [(tag, above.get("class", "")) for tag, above in self.stack]
        if ("nav", "crumbs") not in inside and "main" in dict(inside):
            self.onward.add(there)

    def _is_hidden(self, given: dict[str, str]) -> bool:
        return "hidden" in given or any("hidden" in above or "popover" in above for _tag, above in self.stack)


@pytest.fixture(scope="module")
def remembered() -> dict[str, Page]:
    return {}


@pytest.fixture
def pages(published, remembered) -> dict[str, Page]:
    """Every page that the site leads to, read once for all tests here."""
    if remembered:
        return remembered
    client, waiting, asked = Client(), list(STARTS), set(STARTS)
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if answer.status_code != 200 or answer.streaming:
            continue
        html = answer.content.decode()
        if answer.headers["Content-Type"].startswith("text/html"):
            remembered[address] = Page(address, html)
        for found in ADDRESS.finditer(html):
            there = of_this_site(address, (found[1] or found[2]).replace("&amp;", "&"))
            is_ours = there is not None and not there.startswith(SKIPPED) and not there.endswith(".zip")
            if is_ours and there not in asked and re.fullmatch(r"[^?]*(\?page=\d+)?", there):
                asked.add(there)
                waiting.append(there)
    return remembered


def test_every_page_has_a_title_of_its_own(pages: dict[str, Page]):
    """An address with another canonical address is the same page; so is one that only a person with a link of
    their own may open.
    """
    assert len(pages) > 200
    titles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for page in pages.values():
        titles[page.language.partition("-")[0], page.title.strip()].add(page.canonical or page.address)
    assert {title: sorted(found) for title, found in titles.items() if len(found) > 1} == {}
    assert all(title for _language, title in titles)


def test_the_second_page_of_a_list_is_an_address_of_its_own(pages: dict[str, Page]):
    second = [page for address, page in pages.items() if address.endswith("?page=2")]
    assert second
    for page in second:
        first = pages[page.address.removesuffix("?page=2")]
        assert page.canonical == f"{first.canonical}?page=2"
        assert page.title != first.title and "2" in page.title


def test_words_do_not_run_together_without_styles(pages: dict[str, Page]):
    assert {line: page.address for page in pages.values() for line in page.joined} == {}


def test_no_control_is_dead_without_scripts(pages: dict[str, Page]):
    """What only a script can do something for is hidden until the script is there: by the attribute, which
    needs no stylesheet.
    """
    assert {page.address: page.dead for page in pages.values() if page.dead} == {}


def test_pages_name_the_feed_of_their_language(pages: dict[str, Page]):
    for page in pages.values():
        with translation.override(page.language.partition("-")[0]):
            name = resolve(urlsplit(page.address).path).url_name
        if name not in {"portal-offline", "helpline-chat"} and page.address[:4] in {"/lt/", "/en/"}:
            feeds = [link for link in page.links if link.get("type") == "application/atom+xml"]
            assert [link["href"] for link in feeds] == [FEEDS[page.address[:4]]], page.address
            assert feeds[0]["rel"] == "alternate" and feeds[0]["title"]


CLICKS, ONWARD = 3, 3
CONTENT = {"wagtail_serve", "repository-resource", "repository-collection"}
"""Pages of words and material: what a reader opens to learn something."""
STEPS = {"repository-used", "repository-order"}
"""Forms about one resource, one click from its page: nobody looks for them by themselves."""
MEMBER_SITE = ("/lt/mano/", "/en/my/")
"""A site of its own."""


def name_of(page: Page) -> str:
    with translation.override(page.language.partition("-")[0]):
        return resolve(urlsplit(page.address).path).url_name


def clicks_from(start: str, pages: dict[str, Page]) -> dict[str, int]:
    """Address → how many links lead there from a home page."""
    away, waiting = {start: 0}, [start]
    for address in waiting:
        for there in pages[address].hrefs & pages.keys() - away.keys():
            away[there] = away[address] + 1
            waiting.append(there)
    return away


def test_every_page_is_within_three_clicks_of_the_home_page_of_its_language(pages: dict[str, Page]):
    """No orphan: the sitemap leads the crawl to every published page, links must lead a reader there."""
    homes = [address for address in pages if re.fullmatch(r"/[a-z]{2}/", address)]
    far = {}
    for home in homes:
        away = clicks_from(home, pages)
        ours = [
            address
            for address, page in pages.items()
            if address.startswith(home) and not address.startswith(MEMBER_SITE) and name_of(page) not in STEPS
        ]
        far |= {address: away.get(address) for address in ours if away.get(address, 99) > CLICKS}
    assert far == {}


def test_every_content_page_leads_on_to_three_others(pages: dict[str, Page]):
    short = {
        page.address: sorted(found)
        for page in pages.values()
        if page.address[:4] in FEEDS
        and name_of(page) in CONTENT
        and len(found := page.onward - {page.address, page.address[:4], page.canonical}) < ONWARD
    }
    assert short == {}


def test_no_language_is_a_dead_end(pages: dict[str, Page]):
    """Every page offers every other language, or leads to its home page; and to the home page of its own."""
    spoken = {address.strip("/") for address in pages if re.fullmatch(r"/[a-z]{2}/", address)}
    assert spoken >= {"lt", "en", "uk", "ru", "pl"}
    dead = {
        page.address: sorted(spoken - page.offered - {page.language.partition("-")[0]})
        for page in pages.values()
        if not spoken - {page.language.partition("-")[0]} <= page.offered
    }
    assert dead == {}
    assert [page.address for page in pages.values() if f"/{page.address[1:3]}/" not in page.hrefs] == []
