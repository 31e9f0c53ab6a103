"""Ticking rows of the worklist with the keyboard, acting on many, and taking it back; with a
script and without.
"""

from typing import Any

import pytest

from sauga.hotline.assessment.actions import claims
from sauga.hotline.content.models import ContentItem
from sauga.hotline.tracing import actions as tracing
from sauga.hotline.tracing.rules import Answer
from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import reported
from tests.flows.browser import axe, browser, open_page, overflow, overprinted, page, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(transactional_db: Any, centre: Centre) -> Centre:
    for number in range(3):
        report, _keys = reported(f"https://pavyzdys.example/{number}", category="HATE", at=clock.now())
        item = ContentItem.objects.get(locations__report=report)
        answers = [Answer("RDAP_IP", "192.0.2.7", "NET", 64500, "DE")]
        tracing.record_trace(by=SystemActor("tracer"), item=item, answers=answers, at=clock.now())
    return centre


def taken() -> int:
    return ContentItem.objects.exclude(taken_by=None).count()


def test_two_rows_by_keyboard_are_taken_and_given_back(three: Centre, open_page: Any):
    page = open_page()
    sign_in(page, three, "ANALYST")
    page.goto("/desk/hotline/")
    bar = page.locator("#many")
    assert not bar.is_visible()
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    assert bar.locator("[data-ticked]").inner_text() == "2"
    assert page.locator("tr.chosen").count() == 2
    assert bar.locator("button[value=join]").is_enabled()
    assert axe(page) == [] and overflow(page) == 0
    page.keyboard.press("Escape")
    assert not bar.is_visible()
    page.keyboard.press("*")
    assert bar.locator("[data-ticked]").inner_text() == "3"
    page.keyboard.press("a")
    page.locator(".toast button").click()
    page.wait_for_selector(".toast button", state="detached")
    assert taken() == 0


def test_shift_ticks_the_rows_between(three: Centre, open_page: Any):
    page = open_page()
    sign_in(page, three, "ANALYST")
    page.goto("/desk/hotline/")
    boxes = page.locator("tbody input[type=checkbox]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert page.locator("tr.chosen").count() == 3


def test_urgency_is_asked_and_set_with_two_keys(three: Centre, open_page: Any):
    page = open_page()
    sign_in(page, three, "ANALYST")
    page.goto("/desk/hotline/")
    for key in ("j", "x", "u"):
        page.keyboard.press(key)
    page.wait_for_url("**/many/")
    assert axe(page) == []
    page.keyboard.press("1")
    page.keyboard.press("s")
    page.wait_for_selector(".toast")
    assert ContentItem.objects.filter(priority="P1").count() == 1


@in_forms("width", (320,), (1280,))
def test_works_without_a_script_and_on_a_phone(three: Centre, open_page: Any, width: int):
    page = open_page(width=width, js=False, language="en", dark=width == 320)
    sign_in(page, three, "ANALYST")
    page.goto("/desk/hotline/")
    page.locator("tbody input[type=checkbox]").nth(1).check()
    page.locator("#many button[value=hand]").click()
    page.wait_for_url("**/many/")
    page.locator("input[name=answer]").first.check()
    page.locator(".decision button[type=submit]").click()
    page.wait_for_selector(".toast")
    assert (
        taken() == 1
        and ContentItem.objects.exclude(taken_by=None).get().taken_by == three.people["ANALYST_2"]
    )


def test_row_of_a_phone_names_host_state_and_holder_beside_each_other(three: Centre, open_page: Any):
    item = ContentItem.objects.first()
    claims.claim_item(by=three.actor("ANALYST"), item=item, at=clock.now())
    page = open_page(width=320)
    sign_in(page, three, "ANALYST")
    page.goto("/desk/hotline/")
    assert three.people["ANALYST"].name in page.locator(f"#row-{item.ref}").inner_text()
    assert overprinted(page) == [] and overflow(page) == 0
