"""Quizzes and self-checks answer in the page: a quiz with a score, a self-check with advice and none."""

from typing import Any

import pytest

from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.resources import published
from tests.flows.browser import axe, browser, open_page, page, site  # noqa: F401  fixtures
from tests.flows.keys import Keys
from tests.repository.catalogue.test_quizzes import CHECK, LITHUANIAN, QUIZ

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_quiz_shows_its_score_and_a_self_check_shows_none(centre: Centre, open_page: Any):
    row = published(centre, type="quiz", body={"lt": LITHUANIAN, "en": [*QUIZ, *CHECK]})
    page = open_page(language="en")
    page.goto(f"/en/resources/{row.slug_en}/")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    quiz, check = page.locator("form.quiz").nth(0), page.locator("form.quiz").nth(1)
    keys = Keys(page)
    keys.skip()
    keys.to("q1", most=15)
    keys.press("ArrowDown")
    keys.to("Check my answers")
    page.keyboard.press("Enter")
    assert quiz.locator("[data-score]").inner_text() == "Right: 1 of 2."
    keys.to("Show my tips")
    page.keyboard.press("Enter")
    assert check.locator("[data-score]").inner_text() == "You have not chosen an answer yet."
    keys.to("q1", back=True)
    keys.press("Space")
    keys.to("Show my tips")
    page.keyboard.press("Enter")
    assert check.locator("[data-end]").is_visible()
    assert check.locator("[data-score]").evaluate("one => one.hidden"), "an empty line would leave a gap"
    assert axe(page) == []
