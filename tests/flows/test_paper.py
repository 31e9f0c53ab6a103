"""Receipts on paper: an adult's says where to come back, a child's holds the words alone; everything can be
read without backgrounds.
"""

import re

import pytest

from flows.contrast import unreadable_on_paper
from sauga.kernel import clock
from tests.factories.line import open_line

FOLDED = """() => [...document.querySelectorAll('details[data-prints-open] > :not(summary)')]
  .filter((part) => !part.checkVisibility()).length"""
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "1cm")
SHOWN = """() => [...document.querySelectorAll("main *")]
  .filter((element) => element.checkVisibility() && [...element.childNodes]
    .some((node) => node.nodeType === 3 && node.data.trim()))
  .map((element) => element.textContent.trim())"""


def printed(page):
    """What stands on the paper, and how many sheets there are."""
    page.emulate_media(media="print")
    shown, sheets = (
        page.evaluate(SHOWN),
        len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=MARGIN))),
    )
    assert unreadable_on_paper(page) == []
    return shown, sheets


def letter(page, address):
    page.goto(address)
    page.fill("form[data-main] textarea", "Labas, noriu paklausti apie mokyklą.")
    with page.expect_navigation():
        page.click("form[data-main] button")
    page.wait_for_selector("[data-receipt]")


def test_the_paper_of_a_child_holds_the_words_alone(centre, page):
    open_line(centre, clock.now())
    letter(page, "/lt/pagalba/laiskas/")
    words = page.inner_text("[data-receipt]").split()
    assert "/lt/pagalba/grizti/" in page.inner_text("[data-back]")
    shown, sheets = printed(page)
    assert sheets == 1
    assert [text for text in shown if text in words] == words
    assert len(shown) == len(words) + 1 and re.fullmatch(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", shown[-1])
    assert not page.locator(".receipt .brand-mark").is_visible()


@pytest.mark.parametrize("address", ["/lt/pagalba/suaugusiesiems/laiskas/", "/en/report/"])
def test_the_paper_of_an_adult_says_where_to_come_back(centre, page, address):
    open_line(centre, clock.now())
    if "report" in address:
        page.goto(address)
        page.fill("[name=where]", "https://pavyzdys.example/a")
        page.check("[name=category][value=HATE]")
        with page.expect_navigation():
            page.click("form[data-main] button[type=submit], form[data-main] .send button")
        page.wait_for_selector("[data-receipt]")
    else:
        letter(page, address)
    shown, sheets = printed(page)
    back = page.inner_text("[data-back]")
    assert sheets == 1 and back in shown and re.search(r"/(grizti|return)/$", back)


def test_the_number_of_emergency_can_be_read_on_paper(centre, page):
    page.goto("/lt/pagalba/")
    page.emulate_media(media="print")
    assert page.is_visible("main a.button[href='tel:112']") and unreadable_on_paper(page) == []


LESSONS = (
    "/lt/istekliai/patycios-pamoka/",
    "/en/resources/cyberbullying-lesson/",
    "/en/resources/sid-2027-lesson/",
)


def test_a_lesson_takes_few_sheets_and_folded_figures_are_printed_open(published, page):
    """A lesson with its worksheet and letter is four sheets as a PDF; the page says some things more."""
    for address in LESSONS:
        page.goto(address)
        assert 3 <= printed(page)[1] <= 5, address
    page.emulate_media(media="screen")
    page.goto("/en/figures/")
    folded = page.locator("details[data-prints-open] > :not(summary)")
    assert folded.count() > 5 and not folded.first.is_visible()
    page.emulate_media(media="print")
    assert page.evaluate(FOLDED) == 0


def test_the_safety_plan_takes_one_sheet_and_a_letter_to_an_adult_stands_alone(published, page):
    for address in ("/lt/kai-sunku/saugumo-planas/", "/en/when-it-is-hard/safety-plan/"):
        page.goto(address)
        assert (address, printed(page)[1]) == (address, 1)
    page.emulate_media(media="screen")
    page.goto("/lt/kai-sunku/kaip-pasakyti-suaugusiajam/")
    for choice in ("to", "open", "what-0"):
        page.locator(f"[name={choice}]").first.check()
    for step in ("write", "sheet"):
        with page.expect_navigation():
            page.click(f"button[value={step}]")
    shown, sheets = printed(page)
    assert (sheets, shown) == (1, ["Mama,\nMan reikia pagalbos. Internete mane skaudina ir nesiliauja."])


def test_a_topic_prints_the_chosen_advice_without_the_hours_of_today(published, page):
    page.goto("/lt/patycios/?for=parents_carers")
    assert page.locator(".near:visible").count() > 0
    page.emulate_media(media="print")
    assert page.locator(".near:visible").count() == 0, "nothing on paper only leads on"
    shown = page.locator(".advice:visible")
    assert shown.count() == 1 and shown.get_attribute("data-for") == "parents_carers"
    assert shown.locator(".advice-for").is_visible(), "the choice is not printed, so the paper says for whom"
    page.emulate_media(media="screen")
    page.check("input[name=reader][value=teachers]")
    page.emulate_media(media="print")
    assert page.locator(".advice:visible").get_attribute("data-for") == "teachers"
    assert page.locator(".help-block .no-print:visible, [data-help-now]:visible").count() == 0
