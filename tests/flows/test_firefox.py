"""The main journeys in Firefox: those of the Chromium tests where they exist, with scripts and without;
and small screens. `make test` takes a report, a talk and the public pages; `make prove` all of them.
"""

import re

import pytest
from factories.hotline import reported

from flows import test_alerts as alerts
from flows import test_helpline_child as chat
from flows import test_hotline_journey as hotline
from flows import test_letter_journey as letters
from flows.browser import overflow, overprinted
from flows.firefox import browser
from flows.hotline import fill_in_sign_in, sign_in
from flows.test_helpline_child import line
from sauga.helpline.line.actions import texts
from sauga.kernel import clock
from tests.repetition import in_forms, in_prove_only

__all__ = ["browser", "line"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SOON = 10_000
COVERED = """() => [...document.querySelectorAll("nav")].flatMap((nav) => {
  const links = [...nav.querySelectorAll("a, button")].filter((link) => link.checkVisibility());
  return links.flatMap((link) => {
    const range = document.createRange();
    range.selectNodeContents(link);
    const words = range.getBoundingClientRect();
    return links.filter((other) => other !== link).flatMap((other) => {
      const box = other.getBoundingClientRect();
      const across = Math.min(words.right, box.right) - Math.max(words.left, box.left);
      const down = Math.min(words.bottom, box.bottom) - Math.max(words.top, box.top);
      return across > 2 && down > 2
        ? [`„${other.innerText}“ covers ${Math.round(across)} px of „${link.innerText}“`] : [];
    });
  });
})"""
"""Links of a bar that lie on the words of another."""


def test_the_tests_of_this_file_run_in_firefox(open_page):
    assert "Firefox/" in open_page().evaluate("navigator.userAgent")


@in_forms("js width language", (True, 320, "lt"), (False, 1280, "en"))
def test_somebody_reports_adds_and_comes_back(furnished, open_page, js, width, language):
    hotline.test_reporter_reports_adds_and_comes_back(furnished, open_page, js, width, language)


@in_prove_only
@in_forms("js width language", (True, 320, "lt"), (False, 1280, "en"))
def test_child_writes_a_letter_and_comes_back_for_the_answer(centre, open_page, js, width, language):
    letters.test_child_writes_and_comes_back_for_the_answer(centre, open_page, js, width, False, language)


@in_prove_only
def test_child_talks_without_scripts(line, open_page):
    chat.test_journey_without_scripts(line, open_page)


def test_child_and_counsellor_talk_each_in_a_firefox(line, open_page):
    texts.load_texts(clock.now())
    child, counsellor = open_page(width=320), open_page()
    chat.wait(child)
    sign_in(counsellor, line, "COUNSELLOR")
    counsellor.goto("/desk/helpline/")
    counsellor.keyboard.press("n")
    counsellor.wait_for_selector("[data-state=OFFERED]")
    counsellor.keyboard.press("a")
    counsellor.wait_for_selector("[data-composer]")
    child.wait_for_selector("#thread", timeout=SOON)
    counsellor.click("[data-composer] textarea")
    counsellor.keyboard.type("Labas, aš čia.")
    counsellor.keyboard.press("Enter")
    child.wait_for_selector("text=Labas, aš čia.", timeout=SOON)
    child.fill("#msg", "Ačiū.\nMan sunku.")
    child.click("button[value=say]")
    counsellor.wait_for_selector("#thread >> text=Man sunku.", timeout=SOON)
    child.wait_for_selector(".message.mine:has-text('Man sunku') >> text=Perskaityta", timeout=SOON)
    for page in (child, counsellor):
        chat.faultless(page)


@in_forms("how", ("button",), ("escape",))
def test_somebody_searches_reads_and_leaves_quickly(published, open_page, settings, site, how):
    settings.LEAVE_TO = f"{site}/robots.txt"
    page = open_page(width=320)
    page.goto("/lt/paieska/")
    page.fill("#search-q", "patyčios")
    page.locator("main form button").click()
    page.wait_for_url("**/paieska/?q=*")
    narrow(page)
    with page.expect_navigation():
        page.locator(".hit h2 a").first.click()
    narrow(page)
    read = page.locator("main h1").inner_text()
    if how == "button":
        page.click("a[data-leave]", no_wait_after=True)
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("**/robots.txt")
    page.go_back()
    assert "/paieska/" in page.url and page.locator("main h1").inner_text() != read


@in_prove_only
def test_staff_sign_in_and_a_new_report_appears_in_the_open_worklist(furnished, open_page):
    page = open_page()
    fill_in_sign_in(page, furnished, "ANALYST")
    page.goto("/desk/hotline/")
    page.wait_for_load_state()
    reported("https://pavyzdys.example/1", category="HATE", at=clock.now())
    page.wait_for_selector("[data-row]", timeout=SOON)
    page.keyboard.press("j")
    assert page.locator("tr.here").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/items/"))
    hotline.faultless(page)


@in_prove_only
def test_urgent_alert_reaches_a_lead_on_another_page(centre, open_page):
    def light(**options):
        return open_page(**options | {"dark": False})

    alerts.test_f8_reaches_a_lead_on_another_page_and_the_counsellor_reads_who_has_seen_it(centre, light)


def narrow(page):
    """At this width nothing is cut off at the side, and nothing lies on anything else."""
    assert (page.url, overflow(page), overprinted(page), page.evaluate(COVERED)) == (page.url, 0, [], [])


@in_prove_only
def test_pages_of_the_desk_fit_on_a_small_phone(furnished, open_page):
    page = open_page(width=320)
    for role, addresses in {
        "ANALYST": ("", "hotline/", "hotline/notices/"),
        "SHIFT_LEAD": ("", "helpline/letters/", "helpline/board/"),
    }.items():
        page.context.clear_cookies()
        sign_in(page, furnished, role)
        for address in addresses:
            page.goto(f"/desk/{address}")
            narrow(page)


def test_public_pages_fit_on_a_small_phone(published, open_page):
    page = open_page(width=320)
    for address in ("/lt/", "/en/", "/lt/istekliai/", "/lt/pagalba/", "/lt/pranesti/", "/lt/partneriai/"):
        page.goto(address)
        narrow(page)
