"""What waits is declared once: a row of “My day”, its number in the menu and the list behind its link say the
same to everybody.
"""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from factories.activities import registered
from factories.courses import cohort, enrolled
from factories.hotline import reported
from factories.panel import nominated
from factories.proposals import a_call, closed, proposed
from factories.registrations import PRESENT
from factories.resources import draft

from sauga.events.proposals.actions import reviews
from sauga.kernel.identity import home
from sauga.kernel.ui import navigation
from sauga.repository.resources.actions import review
from sauga.training.learning.actions import assignments
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def numbers(links: list[navigation.Link]) -> int:
    """The numbers of a menu, added up."""
    return sum(link.count + numbers(link.children) for link in links)


def test_whoever_has_a_counter_has_its_page_in_the_menu(centre: Centre):
    lost = set()
    for role in centre.people:
        by = centre.actor(role, AT, unlocked=False)
        for one in home.declared_for(by):
            assert home.Waiting(one, 1).href
            if numbers(navigation.rail(by, "/desk/", waiting={one.url_name: 1})) != 1:
                lost.add((role, one.code))
    assert not lost


def rows_of(desk, href: str) -> int:
    """How many rows the list behind a link has."""
    page = BeautifulSoup(desk.get(href).content, "html.parser")
    return len(page.select("main table tbody tr"))


def my_day(desk) -> tuple[dict[str, int], int]:
    """The rows of “My day” by link, and all the numbers of the menu beside it, added up."""
    page = BeautifulSoup(desk.get("/desk/").content, "html.parser")
    rows = {
        row.select_one("a")["href"]: int(row.select_one("dd").get_text(strip=True))
        for row in page.select("dl.counters > div")
    }
    return rows, sum(int(one.get_text(strip=True)) for one in page.select("nav.rail .count"))


@pytest.fixture
def busy(centre: Centre) -> Centre:
    """Something waits in several services."""
    for n in range(3):
        reported(f"https://a{n}.example/")
    draft(centre)
    resource = draft(centre)
    review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=AT)
    nominated(centre, at=AT)
    registered(at=AT)
    call = a_call(centre)
    row = proposed(call)
    closed(centre, call)
    reviews.assign(
        by=centre.actor("ORGANISER", PRESENT),
        proposal=row,
        person=centre.people["PROGRAMME_COMMITTEE"],
        at=PRESENT,
    )
    group = cohort(centre)
    enrolled_as, enrolment, _secret = enrolled(group)
    assignments.hand_in(by=enrolled_as, enrolment=enrolment, activity="task", text="Planas", at=AT)
    return centre


LISTED = {
    "ANALYST": "hotline-worklist",
    "EDITOR_2": "repository-desk",
    "PANEL_FACILITATOR": "panel-members",
    "ORGANISER": "events-activities",
    "PROGRAMME_COMMITTEE": "events-reviews",
    "TUTOR": "training-cohorts",
}


def test_row_menu_and_list_say_the_same_to_everybody(busy: Centre):
    seen = set()
    for role in busy.people:
        desk = sign_in(busy, role)
        rows, menu = my_day(desk)
        whole = {href: n for href, n in rows.items() if "view=mine" not in href}
        assert menu == sum(whole.values()), role
        assert 0 not in rows.values()
        for href, n in rows.items():
            assert rows_of(desk, href) == n, (role, href)
            seen.add((role, href.partition("?")[0]))
    assert {(role, reverse(name)) for role, name in LISTED.items()} <= seen


def test_an_empty_day_says_so(centre: Centre):
    page = sign_in(centre, "PHOTOGRAPHER").get("/desk/")
    assert "Jūsų niekas nelaukia." in page.text and 'class="counters"' not in page.text
