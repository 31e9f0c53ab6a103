"""The hotline's journeys in a real browser: who reports, who assesses, who hosts; and one address all the way
to its measured removal.
"""

import re
import time

import pytest

from flows.browser import axe, overflow
from flows.hotline import based_at, fill_in_sign_in, sign_in, taking_reports, working
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.figures.queries import takedown
from sauga.hotline.figures.rules.takedown import Clock
from sauga.hotline.notices.models import NoticeMail
from sauga.hotline.reports.models import Report
from sauga.hotline.states import Handling, NoticeState, Presence
from sauga.kernel import clock
from sauga.kernel.figures import estimate
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLACE = "http://forumas.greita-talpykla.example/tema/77"
CODE = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}")
PATIENCE = 45


def faultless(page, *, js=True):
    """No accessibility fault (axe itself needs scripts) and no sideways scrolling."""
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)


def traceless(page):
    """The public site leaves nothing in the browser."""
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def report(page, address=PLACE, category="HATE", language="lt"):
    """Send the first screen. Returns the receipt's code."""
    page.goto({"lt": "/lt/pranesti/", "en": "/en/report/"}[language])
    page.fill("main textarea", address)
    page.check(f"main input[value={category}]")
    with page.expect_navigation():
        page.click("main .send button")
    return CODE.search(page.locator("main").inner_text())[0]


@pytest.mark.parametrize(("js", "width", "language"), [(True, 320, "lt"), (False, 1280, "en")])
def test_reporter_reports_adds_and_comes_back(furnished, open_page, js, width, language):
    page = open_page(width=width, js=js, language=language)
    page.goto({"lt": "/lt/pranesti/", "en": "/en/report/"}[language])
    faultless(page, js=js)
    code = report(page, language=language)
    faultless(page, js=js)
    for button in (
        "[data-print]",
        "[data-copy]",
    ):  # offered where a script can do it, and not where it cannot
        assert page.locator(button).is_visible() is js
    for number in range(5):  # the five questions; one is answered, the others passed over
        if number == 1 and page.locator("main textarea").count():
            page.locator("main textarea").first.fill("Iš paieškos rezultatų")
        faultless(page, js=js)
        with page.expect_navigation():
            page.locator("main form button").last.click()
    faultless(page, js=js)
    page.goto({"lt": "/lt/pranesti/grizti/", "en": "/en/report/return/"}[language])
    faultless(page, js=js)
    page.locator("main form :is(textarea, input:not([type=hidden]))").first.fill(code.lower())
    with page.expect_navigation():
        page.locator("main form button").first.click()
    faultless(page, js=js)
    assert PLACE in page.locator("main").inner_text()
    page.locator("main textarea").first.fill("Papildau: matoma ir be paskyros.")
    with page.expect_navigation():
        page.locator("main form:has(textarea) button").first.click()
    assert "Papildau: matoma ir be paskyros." in page.locator("main").inner_text()
    faultless(page, js=js)
    traceless(page)
    assert Report.objects.get().messages.count() == 1


def test_report_that_cannot_be_taken_is_told_kindly_and_nothing_typed_is_lost(furnished, open_page):
    page = open_page(js=False)
    page.goto("/lt/pranesti/")
    many = "\n".join(f"{PLACE}{number}" for number in range(51))
    page.fill("main textarea", many)
    page.check("main input[value=HATE]")
    with page.expect_navigation():
        page.click("main .send button")
    assert page.input_value("main textarea") == many
    assert page.is_checked("main input[value=HATE]")
    faultless(page, js=False)


def test_analyst_works_with_the_keyboard_alone(furnished, open_page):
    public = open_page()
    report(public, category="CHILD_EXPLOITATION")
    report(public, PLACE + "1", category="CHILD_EXPLOITATION")
    page = open_page()
    fill_in_sign_in(page, furnished, "ANALYST")
    page.goto("/desk/hotline/")
    faultless(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/items/"))
    faultless(page)
    page.goto("/desk/hotline/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/items/"))
    page.keyboard.press("v")
    page.wait_for_url(re.compile("/reveal/"))
    assert PLACE in page.locator("main").inner_text()
    page.keyboard.press("7")
    page.select_option("[name=no_action_reason]", "NOT_ILLEGAL")
    page.locator("main h1").click()
    page.keyboard.press("s")
    page.wait_for_url(re.compile(r"/items/[^/]+/$"))
    assert ContentItem.objects.filter(handling=Handling.NO_ACTION).count() == 1


@in_forms("width dark language", (320, True, "lt"), (1280, False, "en"))
def test_desk_pages_fit_and_have_no_faults(furnished, open_page, width, dark, language):
    public = open_page()
    report(public)
    page = open_page(width=width, dark=dark, language=language)
    sign_in(page, furnished, "ANALYST")
    item, told = ContentItem.objects.get(), Report.objects.get()
    for address in (
        "",
        f"items/{item.ref}/",
        f"reports/{told.ref}/",
        "notices/",
        "watched/",
        "providers/",
        "figures/",
    ):
        page.goto(f"/desk/hotline/{address}")
        faultless(page)
    page.goto("/desk/")
    assert page.locator(".waiting li").count() == 1
    faultless(page)


def test_an_address_travels_from_report_to_measured_removal(furnished, open_page, site, world):
    with based_at(site), taking_reports(world), working():
        world.clock.pace = 5
        reporter = open_page(width=320)
        code = report(reporter)
        analyst = open_page()
        sign_in(analyst, furnished, "ANALYST")
        _until(lambda: ContentItem.objects.get().handling == Handling.AWAITING_ASSESSMENT)
        analyst.goto("/desk/hotline/")
        analyst.keyboard.press("n")
        analyst.wait_for_url(re.compile("/items/"))
        analyst.keyboard.press("y")
        analyst.wait_for_selector("text=Šalis patvirtinta.")
        analyst.keyboard.press("3")
        analyst.select_option("[name=legal_act]", "I_1418_19")
        analyst.locator("main h1").click()
        analyst.keyboard.press("s")
        _until(lambda: Occurrence.objects.get().removed_at is not None)
        analyst.wait_for_selector("#reach :text('Pašalinta')", timeout=10_000)
        _until(lambda: NoticeMail.objects.get(purpose="FIRST").notice.state == NoticeState.SATISFIED)
    assert ContentItem.objects.get().presence == Presence.REMOVED
    times = Occurrence.objects.get()
    assert (
        times.reported_at
        < times.decided_at
        < times.notice_delivered_at
        < times.first_gone_at
        <= times.removed_at
    )
    rows = takedown.spans(Clock.T_NOTICE, times.reported_at, clock.now())
    assert estimate(takedown.intervals(rows, Clock.T_NOTICE)).n == 1
    _comes_back(reporter, code)


def _comes_back(page, code):
    page.goto("/lt/pranesti/grizti/")
    page.locator("main form :is(textarea, input:not([type=hidden]))").first.fill(code)
    with page.expect_navigation():
        page.locator("main form button").first.click()
    assert "Turinio nebėra" in page.locator("main").inner_text()
    traceless(page)


def _until(so):
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end
        time.sleep(0.2)
