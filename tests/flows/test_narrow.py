"""Narrow screens and dark ones: no word of a table is broken in two, nothing lies beyond the edge, marks do
not glare, zeros are plain.
"""

from typing import Any

import pytest

from sauga.helpline.line.actions.hours import load_hours
from tests.centre import AT, Centre
from tests.flows.browser import browser, open_page, overflow, site

__all__ = ["browser", "open_page", "site"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/lt/pagalba/",
    "/en/help/",
    "/lt/partneriai/",
    "/lt/statistika/",
    "/en/accessibility/",
    "/lt/privatumas/",
)
BROKEN = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll('main td, main th')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (const word of node.data.matchAll(/\\p{L}{3,}/gu)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1)
          broken.push(word[0]);
      }
  }
  return broken;
}"""
CUT = (
    "() => [...document.querySelectorAll('main .table-scroll')].filter(box => box.scrollWidth > "
    "box.clientWidth + 1).length"
)


def test_no_table_is_cut_on_a_narrow_screen(published: Centre, open_page: Any):
    load_hours(AT)
    page = open_page(width=320)
    for address in PAGES:
        page.goto(address)
        for details in page.locator("main details").all():
            details.evaluate("one => one.open = true")
        assert (address, page.evaluate(BROKEN), page.evaluate(CUT), overflow(page)) == (address, [], 0, 0)


def test_marks_of_a_search_are_calm_in_the_dark(published: Centre, open_page: Any):
    page = open_page(width=1280, dark=True)
    page.goto("/en/search/?q=password")
    colour = page.locator(".hit mark").first.evaluate("one => getComputedStyle(one).backgroundColor")
    red, green, blue = (int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
    assert max(red, green, blue) < 100


def test_the_whole_menu_fits_where_it_begins_to_be_shown(published: Centre, open_page: Any):
    """From 960 px on the menu stands in the head; it was cut between 960 and 1056 px."""
    for width in (960, 1000, 1056):
        page = open_page(width=width)
        for address in ("/lt/", "/en/"):
            page.goto(address)
            cut = page.evaluate(
                "() => [...document.querySelectorAll('.site-head a, .site-head input, .site-head button')]"
                ".filter(one => one.getBoundingClientRect().right > innerWidth + 1).length"
            )
            assert (width, address, cut, overflow(page)) == (width, address, 0, 0)
