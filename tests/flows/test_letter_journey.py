"""A letter in real browsers: a child writes and comes back, a counsellor answers, somebody else
reads it first.
"""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.helpline.letters.models import Letter
from sauga.kernel import clock, sealed
from tests.factories.letters import ANSWER, DANGER, TEXT, answered, approve, in_hand, in_review, written
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LETTER = {"lt": "/lt/pagalba/laiskas/", "en": "/en/help/letter/"}
ADULT = {"lt": "/lt/pagalba/suaugusiesiems/", "en": "/en/help/adult/"}
WIDEST = {"lt": "smagumas", "en": "momentum"}
CODE = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}")


def faultless(page, *, js=True):
    """No accessibility fault (axe itself needs scripts) and no sideways scrolling."""
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)


def traceless(page):
    """The public site leaves nothing in the browser."""
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def widest_words(page, language):
    """Nine words and a code are drawn at random: the card must hold the widest of them, at every
    size of window.
    """
    page.evaluate("document.querySelector('.receipt .code b').textContent = 'WWWWW-MMMMM-WWWWW-MMMMM'")
    page.evaluate(
        "words => document.querySelectorAll('[data-receipt] li span').forEach(s => s.textContent = words)",
        WIDEST[language],
    )
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert (width, overflow(page)) == (width, 0)
        inside = (
            "[...document.querySelectorAll('[data-receipt] li')].every(li => li.scrollWidth <= "
            "li.clientWidth)"
        )
        assert page.evaluate(inside), width


def send(page, text, button="main form[data-main] .send button"):
    page.fill("main form[data-main] textarea", text)
    with page.expect_navigation():
        page.click(button)


@in_forms(
    "js width dark language",
    (True, 320, False, "lt"),
    (False, 1280, False, "en"),
    (True, 1280, True, "en"),
    (False, 320, False, "lt"),
    samples=2,
)
def test_child_writes_and_comes_back_for_the_answer(centre, open_page, js, width, dark, language):
    page = open_page(width=width, js=js, dark=dark, language=language)
    page.goto(LETTER[language])
    faultless(page, js=js)
    send(page, "")
    assert page.locator("main [role=alert]").count() == 1
    faultless(page, js=js)
    send(page, "Mano telefonas 861234567")
    assert page.input_value("main form[data-main] textarea") == "Mano telefonas 861234567"
    faultless(page, js=js)
    send(page, TEXT)
    assert (
        CODE.search(page.locator("main").inner_text()) and len(page.locator("[data-receipt] li").all()) == 9
    )
    faultless(page, js=js)
    if js:
        widest_words(page, language)
    traceless(page)
    with page.expect_navigation():
        page.locator("main form[action*=read], main form[action*=skaityti]").first.locator("button").click()
    assert TEXT in page.locator("main").inner_text()
    faultless(page, js=js)

    # Given that two people of the line have answered.
    letter = Letter.objects.get()
    _answer(centre, letter)
    with page.expect_navigation():
        page.locator("aside form[action*=read] button, aside form[action*=skaityti] button").first.click()
    assert ANSWER in page.locator("main").inner_text()
    faultless(page, js=js)
    page.locator("main form.feedback input[value=MOOD_4]").check()
    with page.expect_navigation():
        page.click("main form.feedback .send button")
    faultless(page, js=js)
    send(page, "Ačiū, pabandysiu.")
    assert "Ačiū, pabandysiu." in page.locator("main").inner_text()
    faultless(page, js=js)
    traceless(page)
    letter.refresh_from_db()
    assert letter.state == "REPLIED"


def _answer(centre, letter):
    now = clock.now()
    approve(centre, in_review(centre, letter, at=now), at=now)


def test_words_open_nothing_by_the_back_button_after_leaving(centre, open_page):
    page = open_page(width=320)
    page.goto(LETTER["lt"])
    send(page, TEXT)
    page.goto("/lt/")
    with suppress(Error):  # Chromium refuses to show the answer to a post again
        page.go_back()
    page.wait_for_load_state("networkidle")
    assert TEXT not in page.content() and not CODE.search(page.content())


@in_forms("width language dark", (320, "lt", True), (1280, "en", False))
def test_adults_have_their_own_door(centre, open_page, width, language, dark):
    page = open_page(width=width, language=language, dark=dark)
    page.goto(ADULT[language])
    faultless(page)
    with page.expect_navigation():
        page.locator("main a[href*=laiskas], main a[href*=letter]").first.click()
    faultless(page)
    send(page, "Nerimauju dėl dukros.")
    faultless(page)
    traceless(page)
    assert Letter.objects.get().audience == "ADULT"


def test_counsellor_and_reviewer_in_two_browsers(centre, open_page):
    letter, _ = written(at=clock.now())
    counsellor, reviewer = open_page(), open_page()
    sign_in(counsellor, centre, "COUNSELLOR")
    counsellor.goto("/desk/helpline/letters/")
    faultless(counsellor)
    counsellor.keyboard.press("j")
    counsellor.keyboard.press("Enter")
    counsellor.wait_for_url(re.compile(f"/letters/{letter.ref}/"))
    assert TEXT in counsellor.locator("main").inner_text()
    faultless(counsellor)
    counsellor.keyboard.press("s")
    counsellor.wait_for_selector("textarea[name=text]")
    counsellor.fill("textarea[name=text]", "Pirma mintis")
    with counsellor.expect_navigation():
        counsellor.click("button[name=send]")
    faultless(counsellor)

    sign_in(reviewer, centre, "LETTER_REVIEWER")
    reviewer.goto("/desk/helpline/letters/")
    faultless(reviewer)
    reviewer.keyboard.press("j")
    reviewer.keyboard.press("Enter")
    reviewer.wait_for_url(re.compile(f"/letters/{letter.ref}/"))
    assert "Pirma mintis" in reviewer.locator("main").inner_text()
    faultless(reviewer)
    reviewer.keyboard.press("r")
    reviewer.fill("textarea[name=remark]", "Paklausk apie saugumą")
    with reviewer.expect_navigation():
        reviewer.click("dialog[open] .actions button[type=submit]")

    counsellor.goto(f"/desk/helpline/letters/{letter.ref}/")
    assert "Paklausk apie saugumą" in counsellor.locator("main").inner_text()
    faultless(counsellor)
    counsellor.fill("textarea[name=text]", "Antra mintis")
    with counsellor.expect_navigation():
        counsellor.click("button[name=send]")
    reviewer.goto(f"/desk/helpline/letters/{letter.ref}/")
    reviewer.keyboard.press("y")
    reviewer.wait_for_url(re.compile("/letters/$"))
    letter.refresh_from_db()
    assert letter.state == "DELIVERED" and letter.drafts.count() == 2


@in_forms("width dark language", (1280, False, "en"), (320, True, "lt"))
def test_desk_pages_fit_and_have_no_faults(centre, open_page, width, dark, language):
    now = clock.now()
    page = open_page(width=width, dark=dark, language=language)
    sign_in(page, centre, "SHIFT_LEAD")
    page.goto("/desk/helpline/letters/")
    faultless(page)
    letters = {
        "new": written(DANGER, at=now)[0],
        "hand": in_hand(centre, written("ilgas" * 900, at=now)[0], "SHIFT_LEAD", now),
    }
    letters["review"] = in_review(centre, written(at=now)[0], at=now)
    letters["sent"] = answered(centre, at=now)[0]
    page.goto("/desk/helpline/letters/")
    faultless(page)
    for letter in letters.values():
        page.goto(f"/desk/helpline/letters/{letter.ref}/")
        faultless(page)


def test_new_letter_appears_in_an_open_list(centre, open_page):
    page = open_page()
    sign_in(page, centre, "COUNSELLOR")
    page.goto("/desk/helpline/letters/")
    page.wait_for_timeout(500)
    letter, keys = written(at=clock.now())
    page.wait_for_selector(f"text={letter.ref}", timeout=15_000)
    assert keys.zone is sealed.Zone.HELPLINE
