"""The shift lead's board and the page of calls in a browser: keys, live news, without JavaScript, narrow, and
no fault for axe.
"""

import os

import pytest

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.helpline.calls.actions import calls
from sauga.helpline.calls.models import Call
from sauga.helpline.chat.actions import supervision
from sauga.helpline.states import CallState
from sauga.kernel import clock
from sauga.kernel.identity.models import Person
from sauga.kernel.states import SystemActor
from tests.factories.line import on_duty
from tests.factories.talks import active, queued
from tests.helpline.contacts import ended_call, ended_chat
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOARD, CALLS = "/desk/helpline/board/", "/desk/helpline/calls/"
SWITCHBOARD = SystemActor("switchboard")
PICTURES = os.environ.get("TEST_PICTURES", "")


def visit(page, address):
    """Go there and find the page, not an error."""
    answer = page.goto(address)
    assert (answer.status, address) == (200, address)


def faultless(page, *, js=True):
    assert page.locator("h1").count() == 1 and page.locator("nav.rail").count() == 1, page.content()[:2000]
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)


def pictured(page, name):
    """A picture for whoever looks at the pages by eye; nothing in CI."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=True)


def entered(open_page, centre, role, *, language="lt", **options):
    Person.objects.filter(pk=centre.people[role].pk).update(language=language)
    page = open_page(language=language, **options)
    sign_in(page, centre, role)
    return page


def busy(centre):
    at = clock.now()
    talking = active(centre, at)
    supervision.call_lead(by=centre.actor("COUNSELLOR", at), conversation=talking.conversation, at=at)
    queued(centre, at, band="IMMEDIATE")
    queued(centre, at, open_first=False)
    ended_chat(centre, at=at)
    ended_call(centre, "COUNSELLOR_2", at=at)
    on_duty(centre.people["COUNSELLOR_2"], at, channels=("PHONE",), refusals=2)
    calls.ring_outside(by=SWITCHBOARD, outside="pbx-0001", language="lt", at=at)
    return talking


@in_forms(
    "width language dark", (320, "lt", True), (1280, "lt", False), (1280, "en", True), (320, "en", False)
)
def test_board_is_faultless_empty_and_busy(centre, open_page, width, language, dark):
    page = entered(open_page, centre, "SHIFT_LEAD", width=width, language=language, dark=dark)
    visit(page, BOARD)
    faultless(page)
    talking = busy(centre)
    visit(page, BOARD)
    faultless(page)
    pictured(page, f"board-{language}")
    visit(page, f"{BOARD}{talking.conversation.ref}/")
    faultless(page)
    page.keyboard.press("s")
    page.wait_for_selector("[data-state=LISTENING]")
    faultless(page)
    pictured(page, f"talk-{language}")


def test_lead_pauses_whispers_and_takes_over_without_javascript(centre, open_page):
    page = entered(open_page, centre, "SHIFT_LEAD", js=False)
    made = busy(centre)
    visit(page, BOARD)
    with page.expect_navigation():
        page.click("form[data-main] button[type=submit]")
    assert "Pristabdyta" in page.locator("main").inner_text()
    visit(page, f"{BOARD}{made.conversation.ref}/")
    page.fill("textarea", "Kvėpuok kartu su juo.")
    with page.expect_navigation():
        page.click("form[data-main] button")
    assert "Kvėpuok kartu su juo." in page.locator("#talk-beside").inner_text()
    page.select_option("select[name=reason]", "TO_ASKED")
    with page.expect_navigation():
        page.click("aside form button")
    assert made.fresh().owner_id == centre.people["SHIFT_LEAD"].pk


def test_board_hears_at_once_who_begins_to_wait(centre, open_page):
    page = entered(open_page, centre, "SHIFT_LEAD")
    queued(centre, clock.now())
    visit(page, BOARD)
    page.wait_for_selector("#board-waiting tbody tr")
    assert page.locator("#board-waiting tbody tr").count() == 1
    made = queued(centre, clock.now(), open_first=False)
    page.wait_for_selector(f"#wait-{made.conversation.ref}", timeout=10_000)


@in_forms("width language", (1280, "lt"), (320, "en"))
def test_a_call_by_keys_alone(centre, open_page, width, language):
    page = entered(open_page, centre, "COUNSELLOR", width=width, language=language)
    visit(page, CALLS)
    faultless(page)
    for key, state in (
        ("n", CallState.CONNECTED),
        ("h", CallState.HELD),
        ("h", CallState.CONNECTED),
        ("c", CallState.CONSULT),
    ):
        page.keyboard.press(key)
        page.wait_for_selector(f"[data-state={state}]")
        faultless(page)
    page.keyboard.press("F8")
    page.wait_for_selector(".mark.bad")
    calls.ring_outside(by=SWITCHBOARD, outside="pbx-0001", language="ru", at=clock.now())
    page.wait_for_selector("[data-state=RINGING]")
    before = page.locator(".call-clock").inner_text()
    page.wait_for_function("text => document.querySelector('.call-clock').innerText !== text", arg=before)
    faultless(page)
    pictured(page, f"calls-{language}")
    page.keyboard.press("e")
    page.wait_for_selector("[data-state=WRAP_UP]")
    faultless(page)
    assert Call.objects.filter(state=CallState.WRAP_UP).count() == 1


def test_a_slip_is_undone_from_the_toast_without_javascript(centre, open_page):
    page = entered(open_page, centre, "COUNSELLOR", js=False, width=320)
    visit(page, CALLS)
    with page.expect_navigation():
        page.click("button[value=talk]")
    with page.expect_navigation():
        page.click(".toast button")
    assert not Call.objects.exists() and overflow(page) == 0
