"""Menus show only pages that exist and that the person may open."""

from enum import StrEnum

import pytest
from django.utils import translation

from sauga.kernel.ui import navigation
from sauga.kernel.ui.navigation import Item, Place, PublicEntry


class Permission(StrEnum):
    SEE = "probe.see"


class Someone:
    def __init__(self, *permissions):
        self.permissions = permissions

    def can(self, permission):
        return permission in self.permissions


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_entries", {})


def test_rail_leaves_out_what_the_person_may_not_open_and_what_does_not_exist():
    navigation.register(Item(url="ui-style", label="Style", icon="palette", permissions=(Permission.SEE,)))
    navigation.register(Item(url="no-such-page", label="Ghost", icon="x"))
    assert navigation.rail(Someone(), "/desk/") == []
    assert [link.href for link in navigation.rail(Someone(Permission.SEE), "/desk/")] == ["/desk/style/"]


def test_heading_leads_to_the_first_page_below_it_that_the_person_may_open():
    closed = Item(url="ui-style", label="Style", icon="palette", permissions=(Permission.SEE,))
    home = Item(url="identity-home", label="Home", icon="sun")
    navigation.register(Item(url="ui-style", label="All", icon="sun", children=(closed, home)))
    (link,) = navigation.rail(Someone(), "/desk/")
    assert (link.href, [child.href for child in link.children]) == ("/desk/", ["/desk/"])
    assert [link.href for link in navigation.rail(Someone(Permission.SEE), "/desk/")] == ["/desk/style/"]


def test_heading_without_a_page_below_it_is_left_out():
    closed = Item(url="ui-style", label="Style", icon="palette", permissions=(Permission.SEE,))
    navigation.register(Item(url="identity-home", label="All", icon="sun", children=(closed,)))
    assert navigation.rail(Someone(), "/desk/") == []


def test_rail_marks_the_nearest_page_once_and_counts_what_waits():
    child = Item(url="ui-style", label="Style", icon="palette", pages=("one-of-them",))
    navigation.register(Item(url="ui-style", label="Style", icon="palette", children=(child,)))
    navigation.register(Item(url="identity-home", label="Home", icon="sun", order=1))
    waiting = {"ui-style": 3, "one-of-them": 2, "elsewhere": 7}
    home, style = navigation.rail(Someone(), "/desk/style/more/", waiting=waiting)
    assert (home.current, style.current, style.children[0].current) == (False, False, True)
    assert (home.count, style.count, style.children[0].count) == (0, 0, 5)


def test_rail_marks_an_entry_on_the_other_pages_that_it_stands_for():
    navigation.register(Item(url="ui-style", label="Style", icon="palette", also=("identity-people",)))
    assert navigation.rail(Someone(), "/desk/people/p-1/")[0].current


def test_rail_marks_nothing_on_a_page_outside_it():
    navigation.register(Item(url="ui-style", label="Style", icon="palette"))
    assert not navigation.rail(Someone(), "/desk/elsewhere/")[0].current


def test_public_doors_come_in_order_with_addresses_of_the_language():
    places = frozenset({Place.BAR})
    navigation.register_public(
        PublicEntry(url="portal-privacy", label="Privacy", icon="info", places=places, order=9)
    )
    navigation.register_public(
        PublicEntry(url="helpline-help", label="Talk", icon="phone", places=places, order=1)
    )
    navigation.register_public(PublicEntry(url="gone", label="Gone", icon="phone", places=places))
    with translation.override("en"):
        assert [link.href for link in navigation.public(Place.BAR)] == ["/en/help/", "/en/privacy/"]
        assert navigation.public(Place.FOOT) == []
        assert navigation.addresses(["portal-home", "helpline-help"]) == ["/en/", "/en/help/", "/en/privacy/"]


def test_entries_are_offered_to_their_audiences_and_found_by_their_words():
    more = {"icon": "phone", "places": frozenset()}
    navigation.register_public(
        PublicEntry(
            url="helpline-help",
            label="Mokymai",
            title="Mokymai bibliotekininkams",
            summary="Nemokami kursai.",
            audiences=frozenset({"teachers"}),
            **more,
        )
    )
    navigation.register_public(PublicEntry(url="gone", label="Mokymai", **more))
    with translation.override("lt"):
        assert [link.href for link in navigation.for_audience("teachers")] == ["/lt/pagalba/"]
        assert navigation.for_audience("seniors") == []
        for text, is_found in (
            ("mokymų", True),
            ("nemokamus mokymus", True),
            ("mokymai senjorams", False),
            ("", False),
        ):
            assert bool(navigation.named(text, "lt")) == is_found, text
