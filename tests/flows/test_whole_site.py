"""Every public address of an installation with demo content, and every kind of page in every form.

The crawl asks for each address over HTTP and reads it as machines do; a browser opens one page of each kind
and reading level in three widths, light or dark, in one of the languages in which there is such a page, in
`make prove` in each of them. The checker of HTML reads a page of each kind in every language. One story is
told for all of it, so all of it is one test. The tests after it read the same answers as programs and plain
readers do: titles, feeds, words without styles, controls without scripts.
"""

import re
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation

from flows.alfa import alfa, write_down
from flows.browser import WCAG, AxeOnce, overflow
from flows.contrast import unreadable, unreadable_on_paper
from flows.html_checker import faults_of_html
from flows.narrow import narrow_faults
from flows.whole import Crawl, Page, Seen
from sauga.helpline.line.actions.hours import load_hours
from sauga.helpline.line.actions.texts import load_texts
from sauga.kernel.i18n import languages
from sauga.portal.models.base import PortalPage
from tests.centre import AT, Centre
from tests.repetition import IS_WHOLE, by_name
from tests.structure import structure

pytestmark = [
    pytest.mark.flow,
    pytest.mark.browser,
    pytest.mark.tools,
    pytest.mark.django_db(transaction=True),
]
STARTS = ("/lt/", "/en/", "/lt/nera/", "/en/missing/", "/sitemap.xml", "/robots.txt", "/offline/")
WHOLE = {"portal-offline", "ui-leave"}  # whole in themselves: the page without a net, the way out
ONE_LANGUAGE = {"portal-easy"}  # pages in easy language, where only one language has some
QUIET = {"helpline-chat"}  # about to talk: nothing leads away from there
APART = {"/leave/", "/offline/"}
FEEDS = {"/lt/": "/lt/naujienos.xml", "/en/": "/en/news.xml"}
WIDTHS = (320, 768, 1280)  # 320 is also what 1280 becomes at 400 %
JUDGED = (
    "portal-home ",
    "wagtail_serve TopicPage ",
    "repository-resource ",
    "helpline-help ",
    "statistics-figures ",
)
"""The kinds of page that Alfa judges in `make test`; in `make prove` it judges all of them."""
CONTRAST = {
    "runOnly": ["color-contrast"],
    "resultTypes": ["violations"],
}  # what changes with the dark are colours alone
FOLDED = """() => [...document.querySelectorAll("details[data-prints-open] > :not(summary)")]
  .filter((part) => !part.checkVisibility())
    .map((part) => `folded: ${part.textContent.trim().slice(0, 40)}`)"""
SCRIPTED = "main [data-with-script], main [data-print]"
HIDE = """which => document.querySelectorAll(which).forEach((part) => {
  part.style.setProperty("display", "none", "important");  // a style sheet may show what a script will show
})"""
PAPER = 718  # A4 between its margins
PLACEHOLDERS = (
    "to be confirmed",
    "confirmed by the service administrator",
    "keeps the list",
    "patvirtina tarnybos",
    "pildo tarnybos",
    "bus patvirtin",
    "tikslinama",
    "lorem ipsum",
)
NOTES_OF_A_WRITER = ("todo", "tbc")
OUTSIDE_HOTLINES = ("svarusinternetas", "pranesk.draugiskasinternetas")


@pytest.fixture(scope="module")
def remembered() -> list[Crawl]:
    return []


@pytest.fixture
def crawl(published: Centre, site: str, remembered: list[Crawl]) -> Crawl:
    """Every address, asked for once for all tests here; the helpline has its texts and hours, which the
    blocks of help show.
    """
    load_texts(AT)
    load_hours(AT)
    if not remembered:
        remembered.append(Crawl(site).run(*STARTS))
    return remembered[0]


@pytest.fixture
def pages(crawl: Crawl) -> dict[str, Page]:
    return crawl.pages


@pytest.mark.prove
@pytest.mark.slow("every public address, and a page of each kind in a browser")
def test_the_whole_public_site(crawl, open_page, tmp_path):
    classes = {
        page.get_url(): f"{type(page).__name__} {page.level}" for page in PortalPage.objects.live().specific()
    }
    pages = [seen for seen in crawl.seen.values() if seen.is_page]
    wrong = crawl.broken + [
        f"{seen.address}: sets a cookie" for seen in crawl.seen.values() if "set-cookie" in seen.headers
    ]
    wrong += [fault for seen in pages for fault in faults_of(seen)] + mapped(crawl)
    wrong += [
        f"{seen.address}: {fault}"
        for seen in pages
        if seen.path not in APART
        for fault in structure(seen.html)
    ]
    one_of_each: dict[tuple[str, str], Seen] = {}
    for seen in sorted(
        (seen for seen in pages if seen.path != "/leave/"), key=lambda seen: len(seen.address)
    ):
        one_of_each.setdefault((kind_of(seen, classes), seen.language), seen)
    shown = in_one_language(one_of_each)
    assert len(shown) > 50
    page, plain = open_page(width=WIDTHS[0]), open_page(js=False)
    scripted = with_scripts_of_their_own(list(shown.values()))
    (html := tmp_path / "html").mkdir()
    (judged := tmp_path / "judged").mkdir()
    for (kind, _language), seen in shown.items():
        wrong += faults_on_screen(page, kind, seen) + faults_on_paper(page, seen)
        if seen.address in scripted:
            wrong += faults_without_scripts(page, plain, seen)
        if IS_WHOLE or kind.startswith(JUDGED):
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            write_down(page, judged, seen.address.replace("/", "|"))
    wrong += faults_of_html(list(one_of_each.values()), html) + alfa(judged)
    assert wrong == []


def in_one_language(pages: dict[tuple[str, str], Seen]) -> dict[tuple[str, str], Seen]:
    """One page of each kind, in a language that the name of the kind decides; in `make prove` in each."""
    spoken: dict[str, list[str]] = defaultdict(list)
    for kind, language in sorted(pages):
        spoken[kind].append(language)
    chosen = {kind: by_name(kind, held) for kind, held in spoken.items()}
    return {(kind, language): seen for (kind, language), seen in pages.items() if language in chosen[kind]}


def with_scripts_of_their_own(shown: list[Seen]) -> set[str]:
    """Addresses of pages that a script of theirs may change, and one page of each language with those scripts
    only that every page has; in `make prove` all pages.
    """
    scripts = {seen.address: frozenset(part for part in seen.parts if ".js" in part) for seen in shown}
    common = frozenset.intersection(*scripts.values())
    one_of_each = {(scripts[seen.address], seen.language): seen.address for seen in shown}
    return {
        address
        for address, own in scripts.items()
        if IS_WHOLE or own - common or address in one_of_each.values()
    }


def language_of(path: str) -> str:
    """The language whose pages are at an address; Lithuanian for those without one."""
    row = languages.of_path(path)
    return row.code if row else languages.DEFAULT


def kind_of(seen: Seen, classes: dict[str, str]) -> str:
    """What kind of page it is: the name of its address, for the site's own pages their class
    and reading level.
    """
    with translation.override(language_of(seen.path)):
        try:
            name = resolve(seen.path).url_name or seen.path
        except Resolver404:
            name = seen.path
    return f"{name} {classes.get(seen.path, '')} {seen.status} {'asked' if '?' in seen.address else ''}"


def faults_of(seen: Seen) -> list[str]:
    """What a page lacks that every page has."""
    with translation.override(language_of(seen.path)):
        name = resolve(seen.path).url_name if seen.status != 404 else "missing"
    if name in WHOLE:
        return []
    wanted = {
        "a title": bool(seen.title.strip()),
        "one h1": seen.h1 == 1,
        "its language": seen.path.startswith(f"/{seen.language}/"),
        "the help bar": seen.has_help,
        "a description": bool(seen.metas.get("description"))
        or "noindex" in seen.metas.get("robots", "")
        or name in QUIET | {"missing"},
        "its own address": (seen.status < 400) == seen.canonical.startswith("http") or name in QUIET,
        "its twin": {"lt", "en"} <= set(seen.twins)
        or any("-" in tag for tag in seen.twins)  # another reading of the same text
        or name in QUIET | ONE_LANGUAGE
        or seen.status >= 400,
        "a title that says what happened": seen.status < 400 or seen.title.strip() not in {"", "Sauga"},
    }
    return [f"{seen.address}: no {what}" for what, is_there in wanted.items() if not is_there]


def mapped(crawl: Crawl) -> list[str]:
    """Pages of the site and of resources that can be reached but do not stand on the map."""
    known = crawl.seen["/sitemap.xml"].html
    names = {
        "wagtail_serve",
        "portal-home",
        "repository-resources",
        "repository-resource",
        "repository-collection",
    }
    lost = []
    for seen in crawl.seen.values():
        if seen.is_page and seen.status == 200 and "?" not in seen.address:
            with translation.override(seen.language):
                name = resolve(seen.path).url_name
            if name in names and f"{seen.path}<" not in known and f'{seen.path}"' not in known:
                lost.append(f"{seen.address}: not on the map")
    return lost


def faults_on_screen(page: Any, kind: str, seen: Seen) -> list[str]:
    """In three widths, what is too wide and what axe finds; and whether anything was kept in the browser.

    In `make test` half of the kinds are looked at in the light, half in the dark, and axe, which takes
    seconds for a page in all forms, looks at the narrow one; in `make prove` each is looked at in all forms.
    """
    page.goto(seen.address)
    looking, found = AxeOnce(page), []
    for number, dark in enumerate(by_name(kind, (False, True))):
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        found += [f"{seen.address}{' dark' if dark else ''}: {fault}" for fault in unreadable(page)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            form = f"{seen.address} {width}{' dark' if dark else ''}"
            if IS_WHOLE or width == WIDTHS[0]:
                found += [f"{form}: {fault}" for fault in looking.faults(CONTRAST if number else WCAG)]
            if wider := overflow(page):
                found.append(f"{form}: {wider} px too wide")
            if width == WIDTHS[0] and not number:
                found += [f"{form}: {fault}" for fault in narrow_faults(page)]
    if page.context.cookies() or page.evaluate("localStorage.length + sessionStorage.length"):
        found.append(f"{seen.address}: something is kept in the browser")
    return found


def faults_on_paper(page: Any, seen: Seen) -> list[str]:
    """Printed by somebody whose screen is dark: dark on white, nothing cut off, no bars and menus, the
    heading and words there.
    """
    page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    pale = [
        f"{seen.address} on paper: {fault}" for fault in [*unreadable_on_paper(page), *page.evaluate(FOLDED)]
    ]
    found = pale + (
        [f"{seen.address} on paper: {fault}" for fault in AxeOnce(page).faults(CONTRAST)] if IS_WHOLE else []
    )
    if wider := overflow(page):
        found.append(f"{seen.address} on paper: {wider} px too wide")
    if (
        not page.locator("h1").first.is_visible()
        or page.locator(".help-bar, .site-nav, .site-foot").first.is_visible()
    ):
        found.append(f"{seen.address} on paper: not only what is to be read")
    page.emulate_media(media="screen", color_scheme="light", reduced_motion="reduce")
    return found


def faults_without_scripts(page: Any, plain: Any, seen: Seen) -> list[str]:
    """The same words and a way to send, where no script runs; without controls that need a script."""
    plain.goto(seen.address)
    page.set_viewport_size({"width": WIDTHS[2], "height": 900})
    page.evaluate(HIDE, SCRIPTED)
    with_scripts, without = (set(one.locator("main").inner_text().split()) for one in (page, plain))
    lost = with_scripts - without
    found = [f"{seen.address} without scripts: {sorted(lost)[:8]} is missing"] if lost else []
    for form in plain.locator("form[data-main]").all():
        if not any(button.is_visible() for button in form.locator("button, input[type=submit]").all()):
            found.append(f"{seen.address} without scripts: a form cannot be sent")
    return found


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


def test_no_page_shows_a_placeholder_or_leads_to_an_outside_hotline(crawl: Crawl):
    asked = [seen for seen in crawl.seen.values() if seen.is_page]
    assert {page.get_url() for page in PortalPage.objects.live()} <= {seen.address for seen in asked}
    shown = {seen.address: found for seen in asked if (found := placeholders(seen.html))}
    assert shown == {}
    outside = [link for link in crawl.outside if any(name in link for name in OUTSIDE_HOTLINES)]
    assert outside == []


def placeholders(html: str) -> list[str]:
    """What stands where somebody meant to write something else later."""
    plain = html.lower()
    notes = [word for word in NOTES_OF_A_WRITER if word in plain and re.search(rf"\b{word}\b", plain)]
    return [words for words in PLACEHOLDERS if words in plain] + notes


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
            hrefs = [link["href"] for link in feeds]
            assert hrefs[0] == FEEDS[page.address[:4]] and len(hrefs) == len(set(hrefs)), page.address
            assert all(href.startswith(page.address[:4]) for href in hrefs), page.address
            assert all(link["rel"] == "alternate" and link["title"] for link in feeds)


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
        if page.address not in APART and not spoken - {page.language.partition("-")[0]} <= page.offered
    }
    assert dead == {}
    inside = [page for page in pages.values() if re.match(r"/[a-z]{2}/", page.address)]
    assert [page.address for page in inside if page.address[:4] not in page.hrefs] == []
