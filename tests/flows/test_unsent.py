"""A person types in one form of a page and sends another: what was typed stands there afterwards, in the real
browser, which itself keeps nothing."""

import pytest

from sauga.kernel import clock
from sauga.kernel.kit.models import KeptForm
from sauga.panel.voice.queries import addressees
from tests.access.form_things import noon_before
from tests.access.test_kept_forms import item_page
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import panel_voice as make
from tests.factories.line import volunteer
from tests.flows.browser import browser, open_page, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in
from tests.flows.test_panel_voice import in_space

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Pirma eilutė <b>\nantra & trečia"


def nothing_in_the_browser(page):
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert "unsent" not in page.url and not KeptForm.objects.exists()


def test_a_note_at_the_hotline_stands_there_after_other_forms_were_sent(open_page, centre: Centre):
    _item, address = item_page(centre)
    page = open_page()
    sign_in(page, centre, "ANALYST")
    page.goto(address)
    page.locator("[name=note]").fill(WORDS)
    for country in ("NL", "DE"):  # what was put back is carried on by the next form, too
        page.locator("[name=country]").fill(country)
        with page.expect_navigation():
            page.locator("form:has([name=country]) button").click()
        assert page.locator("[name=note]").input_value() == WORDS
        nothing_in_the_browser(page)
    page.goto(address)
    assert page.locator("[name=note]").input_value() == "", "only the next page has it"


def test_the_file_of_a_volunteer_keeps_what_stands_in_its_other_forms(open_page, centre: Centre):
    row = volunteer(centre.people["COUNSELLOR"], "Ąžuolas")
    page = open_page(width=360)
    sign_in(page, centre, "VOLUNTEER_COORDINATOR")
    page.goto(f"/desk/helpline/volunteers/{row.pk}/")
    for name in ("profile-alias", "supervision-day"):
        page.locator(f"details:has([name={name}]) > summary").click()
    page.locator("[name=profile-alias]").fill("Berželis")
    page.locator("[name=supervision-day]").fill("2026-01-05")
    with page.expect_navigation():
        page.locator("form:has([name=supervision-day]) button").click()
    alias = page.locator("[name=profile-alias]")
    assert alias.is_visible() and alias.input_value() == "Berželis"
    nothing_in_the_browser(page)


def test_a_member_supports_a_proposal_while_a_comment_is_being_written(open_page, centre: Centre):
    panel = make.panel(centre)
    row = make.discussed(panel)
    page = in_space(open_page, panel.member("Smiltė"), 360, js=True)
    page.goto(f"/lt/jaunimas/pasiulymai/{row.ref}/")
    page.locator("[name=text]").fill(WORDS)
    page.get_by_role("button", name="Palaikau").click()
    page.wait_for_url("**done=supported")
    assert page.locator("[name=text]").input_value() == WORDS
    nothing_in_the_browser(page)


def test_whoever_answers_by_a_link_takes_more_time_and_loses_nothing(open_page, centre: Centre):
    panel = make.panel(centre, at=noon_before(clock.now()))
    page = open_page(width=360)
    page.goto(f"/lt/jaunimo-taryba/atsakyti/{addressees.token_of(make.sent(panel))}/")
    page.locator("[name=reason]").fill(WORDS)
    page.locator("[name=verdict]").first.check(force=True)
    page.locator("button[value=more-time]").click()
    page.wait_for_url("**done=more-time*")
    assert page.locator("[name=reason]").input_value() == WORDS
    assert page.locator("[name=verdict]").first.is_checked()
    assert page.context.cookies() == []
    nothing_in_the_browser(page)
