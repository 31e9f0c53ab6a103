"""“Something happened” on a small phone, with JavaScript and without: taps, back, numbers, no trace."""

from typing import Any

import pytest

from flows.browser import axe, overflow
from tests.centre import Centre
from tests.flows.browser import browser, open_page, site

__all__ = ["browser", "open_page", "site"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = "/lt/kas-nutiko/"


def see(page: Any, question: str) -> None:
    """The question is there, at the one address, with quick exit and both numbers."""
    page.locator(f'button[name="{question}"]').first.wait_for()
    assert page.url.endswith(FIRST) and overflow(page) == 0
    assert (
        page.locator(".help-bar .leave a").is_visible()
        and page.locator('main a[href="tel:112"]').count() == 1
    )


@pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
def test_four_taps_back_and_danger(published: Centre, open_page: Any, js: bool):
    page = open_page(width=320, js=js)
    page.goto("/lt/")
    page.locator(f'.act a[href="{FIRST}"]').click()
    see(page, "what")
    assert not js or axe(page) == []
    page.locator('button[value="picture"]').click()
    page.locator('[data-end="picture"] a[href="/lt/pranesti/mano-nuotrauka/"]').wait_for()
    assert page.url.endswith(FIRST) and overflow(page) == 0
    page.go_back()
    see(page, "what")
    page.locator('button[value="bullying"]').click()
    see(page, "when")
    page.locator('button[value="long"]').click()
    see(page, "danger")
    page.go_back()
    see(page, "when")
    page.locator('button[value="today"]').click()
    page.locator('button[value="unsure"]').click()
    see(page, "want")
    page.locator('button[name="back"]').click()
    page.locator('button[value="yes"]').click()
    page.locator("[data-numbers] h1").wait_for()
    assert page.locator("[data-numbers] a").first.get_attribute("href") == "tel:112"
    assert page.url.endswith(FIRST) and overflow(page) == 0
    if js:
        assert axe(page) == []
        assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
        page.goto("/lt/ka-pranesti/")
        assert (overflow(page), axe(page)) == (0, [])
    assert page.context.cookies() == []
