"""The whole public site of an installation with demo content, once for all tests of a file: crawled from its
map and its links.
"""

import http.client
import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings

from flows.hotline import Accounts
from sauga.kernel import clock
from sauga.portal import demo as portal
from sauga.repository import demo as repository
from tests.centre import Centre


def tell(centre: Centre) -> None:
    """Portal and repository with their demo stories, on a planted site."""
    at = clock.now()
    portal.seed(
        at, {role: SimpleNamespace(user=centre.people[role].email) for role in ("EDITOR", "PUBLISHER")}
    )
    repository.seed(at, Accounts(centre))


@dataclass
class Seen:
    """One page as machines read it."""

    address: str
    status: int
    headers: dict[str, str]
    html: str
    language: str = ""
    title: str = ""
    h1: int = 0
    ids: set[str] = field(default_factory=set)
    metas: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    twins: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    has_help: bool = False

    @property
    def is_page(self) -> bool:
        """Whether it is a page of the site; files of resources are shown apart from it, without scripts."""
        return (
            self.status // 100 != 3
            and self.headers.get("content-type", "").startswith("text/html")
            and "attachment" not in self.headers.get("content-disposition", "")
            and "sandbox" not in self.headers.get("content-security-policy", "")
        )

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]


class Reader(HTMLParser):
    """Reads a page into a `Seen`."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen, self.in_title = seen, False
        self.feed(seen.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.in_title = self.in_title or (tag == "title" and not self.seen.title)
        if "id" in given:
            self.seen.ids.add(given["id"])
        if tag == "html":
            self.seen.language = given.get("lang", "")
        elif tag == "h1":
            self.seen.h1 += 1
        elif tag == "meta":
            self.seen.metas[given.get("name", given.get("property", ""))] = given.get("content", "")
        elif tag == "a" and "href" in given:
            self.seen.links.append(given["href"])
        elif tag == "nav" and "help-bar" in given.get("class", ""):
            self.seen.has_help = True
        elif tag == "link":
            self._link(given)
        elif tag in {"img", "script", "source", "video", "track", "iframe"} and given.get("src"):
            self.seen.parts.append(given["src"])

    def _link(self, given: dict[str, str]) -> None:
        if given["rel"] == "canonical":
            self.seen.canonical = given["href"]
        elif "hreflang" in given:
            self.seen.twins[given["hreflang"]] = given["href"]
        else:
            self.seen.parts.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.seen.title += data


class Crawl:
    """Every address reachable from the map of the site and its two first pages by links and parts of pages,
    on one connection.

    An address with a query is asked for, but what it links to by another query is not, unless it is the next
    page of a list: filters make as many of them as one likes.
    """

    def __init__(self, site: str) -> None:
        self.site = site
        self.line = http.client.HTTPConnection(urlsplit(site).netloc)
        self.seen: dict[str, Seen] = {}
        self.outside: set[str] = set()
        self.broken: list[str] = []
        self.waiting: dict[str, str] = {}

    def run(self, *starts: str) -> "Crawl":
        self.waiting = dict.fromkeys(starts, "start")
        while self.waiting:
            address, source = self.waiting.popitem()
            seen = self.seen[address] = self._ask(address)
            if seen.status >= 400 and source not in EXPECTED and seen.status != 410:
                self.broken.append(f"{source} → {address}: {seen.status}")
            if seen.is_page:
                self._follow(seen)
        self.line.close()
        return self

    def _ask(self, address: str) -> Seen:
        self.line.request("GET", address, headers={"User-Agent": "crawl"})
        answer = self.line.getresponse()
        content = answer.read()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        is_text = headers.get("content-type", "").startswith(("text/", "application/xml"))
        seen = Seen(address, answer.status, headers, content.decode() if is_text else "")
        if seen.is_page:
            Reader(seen)
        if "location" in headers:
            self._note(seen, headers["location"])
        return seen

    def _follow(self, seen: Seen) -> None:
        for href in [*seen.links, *seen.parts, *seen.twins.values()]:
            self._note(seen, href)

    def _note(self, seen: Seen, href: str) -> None:
        parts = urlsplit(urljoin(self.site + seen.address, href))
        if parts.scheme not in {"http", "https"}:
            return
        if f"{parts.scheme}://{parts.netloc}" not in {self.site, base()}:
            self.outside.add(href)
            return
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        is_by_another = parts.query and "?" in seen.address and not FURTHER.fullmatch(parts.query)
        if address.startswith("/desk/") or is_by_another or address in self.seen:
            return
        self.waiting.setdefault(address, seen.address)

    @cached_property
    def pages(self) -> dict[str, "Page"]:
        """Every page by its address; of those that a query leads to, the further pages of lists."""
        return {
            seen.address: Page(seen.address, seen.html)
            for seen in self.seen.values()
            if seen.is_page
            and seen.status == 200
            and not seen.path.startswith(NO_PAGES)
            and ("?" not in seen.address or FURTHER.fullmatch(seen.address.partition("?")[2]))
        }


def of_this_site(address: str, href: str) -> str | None:
    """The address that a link on a page leads to, without its fragment; None outside this site."""
    parts = urlsplit(urldefrag(urljoin(f"{base()}{address}", href)).url)
    if f"{parts.scheme}://{parts.netloc}" != base():
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


EXPECTED = {"start"}
FURTHER = re.compile(r"page=\d+")
NO_PAGES = ("/files/", "/media/", "/static/", "/leave/", "/desk/", "/api/", "/oai/", "/data/")


def base() -> str:
    """The installation's own name for itself."""
    return str(settings.ENV.base_url.rstrip("/"))


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
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
MUTE = {"script", "style", "svg", "title", "option"}


class Page(HTMLParser):
    """A page as plain readers meet it: title, feeds, words that run together, controls that are dead, and
    where it leads: `hrefs` anywhere on this site, `onward` in its content, `offered` to other languages.
    """

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
            self._lead(given)
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

    def _lead(self, given: dict[str, str]) -> None:
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
