"""Help in the languages of the journeys, in a browser: narrow, without accessibility faults, by keyboard."""

import pytest
from django.utils import translation

from flows.browser import axe, overflow
from sauga.kernel.i18n import languages
from sauga.kernel.sealed.visitors.wordlists import words
from sauga.kernel.ui.hrefs import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "portal-home",
    "helpline-help",
    "helpline-chat",
    "helpline-letter",
    "hotline-report",
    "hotline-own-picture",
    "helpline-return",
    "portal-privacy",
)


@pytest.mark.parametrize("code", [row.code for row in languages.core()])
def test_pages_fit_a_narrow_screen(open_page, centre, code):
    page = open_page(width=320)
    for name in PAGES:
        with translation.override(code):
            page.goto(address(name))
        assert (page.url, overflow(page)) == (page.url, 0)
        if code == "uk":
            assert (page.url, axe(page)) == (page.url, [])


def test_another_language_is_found_by_keyboard_and_the_receipt_holds_the_longest_words(open_page, centre):
    page = open_page(width=320)
    page.goto("/lt/pagalba/laiskas/")
    page.locator("[popovertarget=languages].menu-button").press("Enter")
    link = page.locator("#languages a[hreflang=uk]")
    assert link.is_visible() and link.evaluate("one => one.lang") == "uk"
    link.press("Enter")
    page.wait_for_url("**/uk/dopomoha/lyst/")
    assert page.evaluate("document.documentElement.lang") == "uk"
    page.fill("[name=text]", "Привіт")
    page.click("form[data-main] .send .button")
    page.wait_for_selector("[data-receipt]")
    longest = max(words("uk"), key=len)
    page.evaluate(
        "word => document.querySelectorAll('[data-receipt] li span').forEach(one => one.textContent = word)",
        longest,
    )
    assert overflow(page) == 0 and axe(page) == []
    assert page.context.cookies() == []
