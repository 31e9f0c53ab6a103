"""How far it is to a seat, for somebody who has never been here: clicks and fields are counted on the visible
links and the form, from the list of events to the page that says the seat is theirs.
"""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from factories.registrations import PRESENT, a_ticket, coming

from sauga.events.registration.models import Registration
from sauga.events.registration.queries import links
from sauga.events.states import RegistrationState
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.flows.browser import axe, browser, open_page, overflow, site  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Visitor:
    """Somebody with a mouse and a keyboard; every click and every field that is filled in counts."""

    def __init__(self, page: Any) -> None:
        self.page, self.clicks, self.fields = page, 0, 0

    def follow(self, name: str | re.Pattern[str]) -> None:
        self._click(self.page.get_by_role("link", name=name).first)

    def press(self, name: str) -> None:
        self._click(self.page.locator("form[data-main]").get_by_role("button", name=name))

    def fill(self, field: str, value: str) -> None:
        self.fields += 1
        self.page.fill(f"[name={field}]", value)

    def _click(self, what: Any) -> None:
        self.clicks += 1
        with self.page.expect_navigation():
            what.click()


def confirmed(visitor: Visitor) -> Registration:
    """The mailed link is opened, and its button pressed: the fourth click."""
    row = Registration.objects.get()
    assert row.state == RegistrationState.HELD
    visitor.page.goto(urlsplit(links.own_address(row)).path.replace("/lt/renginiai/mano/", "/en/events/own/"))
    visitor.press("Confirm the registration")
    row.refresh_from_db()
    assert row.state == RegistrationState.CONFIRMED
    return row


@pytest.mark.parametrize("scripts", [True, False])
def test_a_class_is_booked_in_four_clicks_and_without_names(
    transactional_db: Any, centre: Centre, open_page: Any, scripts: bool
):
    event = coming(centre)
    a_ticket(centre, event, 60, classes=True, at=PRESENT)
    page = open_page(width=320, js=scripts, language="en")
    page.goto("/en/events/")
    teacher = Visitor(page)
    teacher.follow("A safe internet in class")
    teacher.follow("Register")
    assert "no names of pupils" in page.inner_text("main")
    assert not scripts or (overflow(page) == 0 and axe(page) == [])
    teacher.fill("school", "Beržyno progimnazija")
    teacher.fill("class_name", "5b")
    teacher.fill("heads_grades_5_8", "24")
    teacher.fill("heads_educators", "1")
    teacher.fill("name", "Rasa Pievaitė")
    teacher.fill("email", "rasa@mokykla.example")
    teacher.press("Register")
    assert page.locator("[data-state]").first.is_visible()
    row = confirmed(teacher)
    assert row.groups == {"grades_5_8": 24, "educators": 1}
    assert (teacher.clicks, teacher.fields) == (4, 6)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_conference_takes_four_clicks_and_two_fields(
    transactional_db: Any, centre: Centre, open_page: Any, scripts: bool
):
    event = coming(centre, photo_policy="with_consent")
    a_ticket(centre, event, 300, at=PRESENT)
    page = open_page(width=320, js=scripts, language="en")
    page.goto("/en/events/")
    visitor = Visitor(page)
    visitor.follow("A safe internet in class")
    visitor.follow("Register")
    visitor.fill("name", "Ona Pušaitė")
    visitor.fill("email", "ona@mokykla.example")
    visitor.press("Register")
    assert page.locator("[data-state]").first.is_visible()
    row = confirmed(visitor)
    assert row.photo == "no_recording"  # nothing is agreed to by default
    assert (visitor.clicks, visitor.fields) == (4, 2)
