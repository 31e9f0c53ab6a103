"""Searching, the accessibility statement with its feedback, and the gate at the desk: with and without
scripts, narrow and wide.
"""

from typing import Any

import pytest
from factories.resources import draft, published

from sauga.repository.search.actions import child_words
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.flows.browser import axe, browser, open_page, overflow, page, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def collection(transactional_db: Any, centre: Centre) -> Centre:
    child_words.load_words({"lt": {"cyberbullying": ["mane šaidina"]}, "en": {}})
    published(
        centre,
        title={"lt": "Kaip sustabdyti patyčias klasėje", "en": "Stopping bullying in class"},
        topics=["cyberbullying"],
        help_services=["child_helpline"],
    )
    for n in range(25):
        published(
            centre,
            title={"lt": f"Pamoka apie pokalbius {n}", "en": f"Lesson {n}"},
            type="poster" if n % 2 else "lesson_plan",
        )
    return centre


def calm(page: Any) -> None:
    assert axe(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize(("width", "dark", "js"), [(320, False, False), (1280, True, True)])
def test_somebody_searches(collection: Centre, open_page: Any, width: int, dark: bool, js: bool):
    page = open_page(width=width, dark=dark, js=js)
    page.goto("/lt/paieska/")
    calm(page) if js else None
    page.fill("#search-q", "mane šaidina")
    page.locator("main form button").click()
    page.wait_for_url("**/paieska/?q=*")
    assert page.locator("main [data-help=first] a[href='tel:112']").first.is_visible(), "nobody is on duty"
    assert page.locator(".hit").count() == 0
    calm(page) if js else None
    page.goto("/lt/paieska/?q=pokalbiu")
    assert page.locator(".hit").count() == 20
    assert page.locator(".hit mark").first.inner_text()
    assert overflow(page) == 0 if js else True
    page.locator(".pager a[rel=next]").click()
    page.wait_for_url("**page=2*")
    assert page.locator(".hit").count() == 5
    page.goto("/en/search/?q=zzzqqq")
    assert page.locator("#s-none").inner_text() == "We found nothing"
    calm(page) if js else None
    assert page.context.cookies() == []


@in_forms("width dark", (320, True), (1280, False))
def test_a_reader_says_what_does_not_work(centre: Centre, open_page: Any, width: int, dark: bool):
    page = open_page(width=width, dark=dark)
    page.goto("/lt/prieinamumas/")
    calm(page)
    page.locator("main aside a.button").click()
    page.wait_for_url("**/atsiliepimas/")
    calm(page)
    page.fill("#id_text", "Mygtukas per mažas.")
    page.locator("form[data-main] button").click()
    page.wait_for_selector("#receipt-words")
    calm(page)
    words = page.locator("#receipt-words").get_attribute("data-copy-text")
    page.goto("/lt/prieinamumas/atsiliepimas/")
    page.fill("#back_receipt", words)
    page.locator("aside form button").click()
    page.wait_for_selector("blockquote")
    assert "Mygtukas per mažas." in page.locator("blockquote").inner_text()
    assert page.context.cookies() == []


@in_forms("width dark", (1280, True), (320, False))
def test_a_chief_editor_reads_the_gate_and_gives_an_exception(
    centre: Centre, open_page: Any, width: int, dark: bool
):
    published(centre)
    resource = draft(centre, type="video", languages=["lt"])
    page = open_page(width=width, dark=dark)
    sign_in(page, centre, "PUBLISHER")
    page.goto(f"/desk/repository/resources/{resource.ref}/gate/")
    assert page.locator("#check-captions").is_visible()
    calm(page)
    page.locator("#check-transcript summary").click()
    page.fill("#id_transcript_reason_lt", "Filme nieko nesakoma.")
    page.fill("#id_transcript_until", "2027-06-01")
    page.locator("#check-transcript form button:not([data-cancel])").click()
    page.wait_for_selector("#g-ex")
    calm(page)
    for address in ("/desk/repository/figures/", "/desk/portal/feedback/"):
        page.goto(address)
        calm(page)
