"""Consent to photographs: asked by the event's policy, of a class as a number, decided by a child's guardian;
badges, and the photographer's list.
"""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from factories.events import on_team
from factories.registrations import PRESENT as NOW
from factories.registrations import a_ticket, an_event, coming, registered

from sauga.events.photos.queries import badges as queries
from sauga.events.photos.rules import Colour, class_badges, in_short, person_badge
from sauga.events.programme.models import Event
from sauga.events.registration.actions import own, photographs, registrations
from sauga.events.registration.actions.registrations import (
    REGISTRANT,
    ChildrenRefused,
    CodeRefused,
)
from sauga.events.registration.models import Registration
from sauga.events.registration.queries import links
from sauga.events.registration.rules import is_wider, photo_choices
from sauga.events.states import RegistrationState
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PermissionRefused
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
DESK = "/desk/events/"


def event_now(centre: Centre, policy: str = "with_consent", starts=None) -> Event:
    """An event that begins today, also when the test runs late in the evening."""
    last_minute = NOW.astimezone(VILNIUS).replace(hour=23, minute=59)
    event = an_event(
        centre,
        starts=starts or min(NOW + timedelta(hours=2), last_minute).replace(second=0, microsecond=0),
        photo_policy=policy,
        at=NOW,
    )
    return on_team(centre, event, "PHOTOGRAPHER")


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def test_badges_say_nothing_but_a_number_and_a_colour():
    assert [person_badge(7, photo).colour for photo in ("public", "faceless", "internal", "", "x")] == [
        Colour.GREEN,
        Colour.AMBER,
        Colour.AMBER,
        Colour.RED,
        Colour.RED,
    ]
    held = class_badges(12, 24, 20)
    assert [one.colour for one in held] == [Colour.GREEN] * 20 + [Colour.RED] * 4
    assert in_short(held[20:]) == "12-21–12-24" and in_short(held[:2]) == "12-01, 12-02"


@pytest.mark.parametrize(
    ("policy", "asked"),
    [
        ("none", ()),
        ("speakers", ()),
        ("unrecognisable", ("no_recording", "faceless")),
        ("with_consent", ("no_recording", "faceless", "internal", "public")),
    ],
)
def test_the_policy_decides_what_is_asked(centre: Centre, policy: str, asked):
    assert photo_choices(policy) == asked
    event = coming(centre, photo_policy=policy)
    ticket = a_ticket(centre, event, 9, at=NOW)
    page = Client().get(f"/en/events/{event.slug}/register/{ticket.ref}/").text
    offered = BeautifulSoup(page, "html.parser").select("[name=photo]")
    assert tuple(one["value"] for one in offered) == asked
    for number, photo in enumerate(("no_recording", "faceless", "internal", "public")):
        if photo in asked:
            row = registered(ticket, f"Ona{number}", photo=photo, at=NOW)
            assert (row.photo, row.photo_version) == (photo, registrations.PHOTO_VERSION)
        else:
            with pytest.raises(CodeRefused):
                registered(ticket, f"Ona{number}", photo=photo, at=NOW)


def test_a_teacher_states_a_number_and_prints_badges(centre: Centre):
    event = coming(centre, photo_policy="with_consent")
    ticket = a_ticket(centre, event, 60, classes=True, at=NOW)
    for wrong in ({"photo_children": 25}, {"photo": "public"}):
        with pytest.raises((ChildrenRefused, CodeRefused)):
            registered(ticket, "a", pupils=24, at=NOW, **wrong)
    row = registered(ticket, "b", pupils=24, photo_children=20, at=NOW)
    browser, address = Client(), path(links.own_address(row))
    assert browser.post(address, {"do": "photo", "photo_children": "25"}).status_code == 422
    assert browser.post(address, {"do": "photo", "photo_children": "22"}).status_code == 302
    sheet = browser.get(reverse("events-own-badges", args=[links.own_token(row)]))
    lines = BeautifulSoup(sheet.text, "html.parser").select("tbody tr")
    assert sheet.status_code == 200 and sheet["Cache-Control"] == "no-store" and len(lines) == 24
    assert [one.text.strip() for one in lines[-1].select("th")] == ["1-24"]
    own.change_heads(by=REGISTRANT, registration=row, groups={"grades_5_8": 10, "educators": 1}, at=NOW)
    row.refresh_from_db()
    assert row.photo_children == 10
    person = registered(a_ticket(centre, event, 5, at=NOW), "c", photo="public", at=NOW)
    other = reverse("events-own-badges", args=[links.own_token(person)])
    assert browser.get(other).status_code == 410


def test_a_guardian_decides_and_a_child_may_only_allow_less(centre: Centre):
    event = coming(centre, photo_policy="with_consent", audiences=("children",))
    ticket = a_ticket(centre, event, 5, at=NOW)
    row = registered(ticket, "Ona", guardian="mama@mokykla.example", photo="public", at=NOW)
    page, address = Client(), path(links.guardian_address(row))
    assert 'name="photo"' in page.get(address).text
    assert page.post(address, {"do": "agree", "photo": "faceless"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.photo) == (RegistrationState.CONFIRMED, "faceless")
    mine = path(links.own_address(row))
    assert Client().post(mine, {"do": "photo", "photo": "public"}).status_code == 422
    assert Client().post(mine, {"do": "photo", "photo": "no_recording"}).status_code == 302
    row.refresh_from_db()
    assert row.photo == "no_recording"
    assert page.post(address, {"do": "photo", "photo": "internal"}).status_code == 302
    row.refresh_from_db()
    assert row.photo == "internal"
    assert page.post(address, {"do": "photo", "photo": "everything"}).status_code == 200
    row.refresh_from_db()
    assert row.photo == "internal"
    assert is_wider("public", "faceless") and not is_wider("no_recording", "") and is_wider("faceless", "")


def test_the_photographer_sees_numbers_and_nothing_else(centre: Centre):
    event = event_now(centre)
    ticket = a_ticket(centre, event, 100, at=NOW)
    for name, photo in (("Ona", "public"), ("Jonas", "no_recording"), ("Rasa", "faceless")):
        registered(ticket, name, photo=photo, needs="Rampa", at=NOW)
    gone = registered(ticket, "Petras", photo="no_recording", at=NOW)
    own.cancel(by=REGISTRANT, registration=gone, at=NOW)
    registered(a_ticket(centre, event, 60, classes=True, at=NOW), "a", pupils=24, photo_children=20, at=NOW)
    desk = sign_in(centre, "PHOTOGRAPHER")
    text = desk.get(f"{DESK}photographs/").text
    page = BeautifulSoup(text, "html.parser")
    assert [one.text for one in page.select(".badge-red b")] == ["2", "5-21–5-24"]
    assert [one.text for one in page.select(".badge-amber b")] == ["3"]
    for word in ("Ona", "Jonas", "Rasa", "mokykla.example", "Rampa", "Beržyno"):
        assert word not in text, word
    assert desk.get(f"{DESK}{event.ref}/photographs/").status_code == 200
    row = Registration.objects.get(photo="public")
    photographs.set_photo(by=REGISTRANT, registration=row, photo="no_recording", at=NOW)
    assert 'badge-red"><b class="num">1</b>' in desk.get(f"{DESK}photographs/").text.replace(
        "\n", ""
    ).replace("  ", "")
    assert queries.photo_list(event, NOW).free == 20


def test_the_list_is_for_the_days_of_the_event_and_for_these_roles(centre: Centre):
    event, later = event_now(centre), coming(centre, photo_policy="with_consent")
    on_team(centre, later, "PHOTOGRAPHER")
    for role, today, then in (
        ("PHOTOGRAPHER", 200, 404),
        ("ORGANISER", 200, 200),
        ("DOOR_STAFF", 404, 404),
        ("PROGRAMME_COMMITTEE", 404, 404),
        ("ANALYST", 404, 404),
    ):
        desk = sign_in(centre, role)
        assert desk.get(f"{DESK}photographs/").status_code == today
        assert desk.get(f"{DESK}{event.ref}/photographs/").status_code == today
        assert desk.get(f"{DESK}{later.ref}/photographs/").status_code == then


def test_nobody_changes_another_persons_consent(centre: Centre):
    event = coming(centre, photo_policy="with_consent")
    row = registered(a_ticket(centre, event, 5, at=NOW), "Ona", photo="faceless", at=NOW)
    for role in ("PHOTOGRAPHER", "ORGANISER", "ANALYST"):
        with pytest.raises(PermissionRefused):
            photographs.set_photo(by=centre.actor(role), registration=row, photo="public", at=NOW)
    row.refresh_from_db()
    assert row.photo == "faceless"
