"""Forms under pressure in a real browser: the script works unseen, and without it a little patience does."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from flows.browser import axe, overflow
from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.hotline.reports.models import Report
from sauga.kernel import clock, rate_limits
from sauga.kernel.rate_limits import challenges
from tests.factories.line import open_line
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOON = clock.now().astimezone(clock.VILNIUS).replace(hour=12, minute=0, second=0, microsecond=0)
REPORT = {"lt": "/lt/pranesti/", "en": "/en/report/"}
LETTER = {"lt": "/lt/pagalba/laiskas/", "en": "/en/help/letter/"}
CHAT = {"lt": "/lt/pagalba/pokalbis/", "en": "/en/help/chat/"}
HELP = {"lt": "/lt/pagalba/", "en": "/en/help/"}
WHERE, WORDS = "https://pavyzdys.example/vienas", "Noriu papasakoti apie mokyklą."
SIZES = [(320, "lt"), (1280, "en")]


@pytest.fixture
def shots(tmp_path) -> Path:
    return tmp_path


@pytest.fixture(autouse=True)
def now(monkeypatch, settings, centre):
    settings.PRESSURE_POSTS, settings.PRESSURE_CALM = 8, 120
    rate_limits.calm_down()
    challenges._spent.forget()
    told = [NOON]
    monkeypatch.setattr(clock, "now", lambda: told[0])
    open_line(centre, NOON)
    yield told
    rate_limits.calm_down()


def flood(*purposes, number=8):
    for purpose in purposes or ("hotline.report", "helpline.letter", "helpline.chat"):
        for _ in range(number):
            rate_limits.gauge.gauge(purpose).count(clock.now())


def fill(page):
    page.fill("#id_where", WHERE)
    page.check("input[name=category][value=HATE]", force=True)


def press(page):
    page.click("main form[data-main] .send button")


@in_forms("width language", *SIZES)
def test_browser_works_while_the_person_writes(open_page, width, language):
    flood(number=2000)  # the hardest puzzle there is
    page = open_page(width=width, language=language)
    page.goto(REPORT[language])
    page.wait_for_selector("[data-puzzle][data-solved]", state="attached", timeout=60_000)
    assert "patient" not in page.get_attribute("form[data-main]", "action")
    assert (axe(page), overflow(page)) == ([], 0)
    fill(page)
    press(page)
    page.wait_for_selector("[data-receipt]")
    assert Report.objects.count() == 1 and page.context.cookies() == []


@in_forms("width language", *SIZES)
def test_who_is_quicker_than_the_browser_is_told_that_it_sends_itself(open_page, width, language):
    flood(number=2000)
    page = open_page(width=width, language=language, dark=True)
    page.add_init_script(
        "performance.now = ((real) => () => real() * 50)(performance.now.bind(performance))"
    )  # slices end at once: slow
    page.goto(LETTER[language])
    page.fill("#id_text", WORDS)
    press(page)
    page.wait_for_selector("[data-puzzle-status]:not([hidden])")
    assert (axe(page), overflow(page)) == ([], 0)
    page.wait_for_selector("[data-receipt]", timeout=60_000)
    assert Letter.objects.count() == 1


@in_forms("width language", *SIZES)
def test_who_opened_the_form_at_rest_does_not_notice(open_page, width, language):
    page = open_page(width=width, language=language)
    page.goto(CHAT[language])
    assert page.query_selector("[data-puzzle]") is None
    flood()
    press(page)
    page.wait_for_selector("button[name=danger]", timeout=30_000)
    assert Conversation.objects.count() == 1


@in_forms("width language", *SIZES)
@pytest.mark.parametrize("address", [REPORT, LETTER], ids=["report", "letter"])
def test_without_scripts_a_little_patience_does_and_the_text_stays(open_page, now, width, language, address):
    page = open_page(width=width, language=language, js=False)
    page.goto(address[language])
    flood()
    if address is REPORT:
        fill(page)
    else:
        page.fill("#id_text", WORDS)
    press(page)
    page.wait_for_selector("[data-puzzle-held]")
    assert overflow(page) == 0
    kept = page.input_value("#id_where" if address is REPORT else "#id_text")
    assert kept in {WHERE, WORDS}
    press(page)  # too early
    page.wait_for_url(re.compile(r"\?patient$"))
    assert page.is_visible("[data-puzzle-held]")
    now[0] += timedelta(seconds=6)
    press(page)
    page.wait_for_selector("[data-receipt]")
    assert Report.objects.count() + Letter.objects.count() == 1 and page.context.cookies() == []


@in_forms("width language", *SIZES)
@pytest.mark.parametrize("address", [REPORT, LETTER, CHAT], ids=["report", "letter", "chat"])
def test_the_page_of_who_has_to_wait_is_without_fault(open_page, shots, width, language, address):
    """The script is kept away, so that the page stays and axe can look at it."""
    page = open_page(width=width, language=language, dark=width == 1280)
    page.route("**/ui/puzzle*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(address[language])
    flood()
    if address is REPORT:
        fill(page)
    elif address is LETTER:
        page.fill("#id_text", WORDS)
    press(page)
    page.wait_for_selector("[data-puzzle-held]")
    page.screenshot(
        path=shots / f"held-{width}-{language}-{address[language].strip('/').replace('/', '-')}.png",
        full_page=False,
    )
    assert (axe(page), overflow(page)) == ([], 0)
    assert page.is_visible("[data-puzzle-held] a[href='tel:112']") and page.is_visible(
        f"[data-puzzle-held] a[href='{HELP[language]}']"
    )


def test_script_and_house_agree_on_what_a_proof_is(open_page):
    from sauga.kernel.sealed.visitors.puzzles import is_solved, new_puzzle, read_puzzle

    flood("hotline.report", number=100)
    page = open_page()
    page.goto(REPORT["en"])
    page.wait_for_selector("[data-puzzle][data-solved]", state="attached", timeout=60_000)
    ticket, text, proof = (
        page.input_value(f"form[data-main] [name={name}]") for name in ("ticket", "puzzle", "proof")
    )
    puzzle = read_puzzle(text, ticket, "hotline.report", clock.now(), challenges.MOST_AGE)
    assert is_solved(puzzle, proof)
    assert not is_solved(new_puzzle(ticket, "hotline.report", bits=puzzle.bits, wait=5, at=NOON), proof)
