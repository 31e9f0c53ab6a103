"""What waits is declared once: a row of “My day”, its number in the menu and the list behind its link say the
same to everybody.
"""

import pytest

from sauga.kernel.identity import home
from sauga.kernel.ui import navigation
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

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
