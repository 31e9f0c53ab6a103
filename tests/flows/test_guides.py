"""Guides in a browser: on a narrow screen, for axe, on paper, and from a page to the section about it."""

from typing import Any

import pytest

from flows.browser import axe, overflow
from flows.hotline import sign_in
from tests.centre import Centre
from tests.flows.browser import browser, open_page, site

__all__ = ["browser", "open_page", "site"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = ("/lt/zinynas/", "/lt/zinynas/provider/", "/en/guides/child/", "/en/guides/partner/")


def test_public_guides_fit_a_phone_and_paper(centre: Centre, open_page: Any):
    page = open_page(width=320)
    for address in PUBLIC:
        page.goto(address)
        assert (address, overflow(page), axe(page)) == (address, 0, [])
        page.emulate_media(media="print")
        assert not page.locator(".help-bar").is_visible() and page.locator("h1").is_visible()
        page.emulate_media(media="screen")


def test_help_leads_to_the_section_about_the_page(centre: Centre, open_page: Any):
    page = open_page(width=320, language="en")
    sign_in(page, centre, "ANALYST")
    page.goto("/desk/hotline/watched/")
    assert overflow(page) == 0
    page.locator(".help-link").click()
    page.wait_for_url("**/desk/guides/analyst/#monitoring")
    assert page.locator("#monitoring").is_visible()
    assert (overflow(page), axe(page)) == (0, [])
