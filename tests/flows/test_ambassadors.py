"""A school without an account and an ambassador in My Sauga, side by side; the board of two at the desk."""

import os
from datetime import timedelta
from typing import Any

import pytest
from factories import certification as make
from factories.members import joined

from flows.browser import axe, overflow
from flows.hotline import sign_in
from flows.keys import Keys
from sauga.certification.applications.models import Ambassador, Case
from sauga.certification.sessions.models import Booking
from sauga.certification.sessions.queries import links
from sauga.certification.states import AmbassadorState, BookingState
from sauga.kernel import clock
from sauga.kernel.members.signin import cookies
from tests.centre import Centre

PICTURES = os.environ.get("TEST_PICTURES", "")
pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sound(page: Any, *, js: bool = True) -> None:
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)
    if PICTURES:
        name = "-".join(page.url.partition("?")[0].rstrip("/").rsplit("/", 2)[-2:])[:40]
        page.screenshot(path=f"{PICTURES}/amb-{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.mark.parametrize("js", [True, False])
def test_a_school_and_an_ambassador_side_by_side(centre: Centre, open_page: Any, js: bool):
    now = clock.now()
    make.load_programme(now)
    who, secret = joined("agne@mokykla.example", "Agnė Girdenienė", now)
    row = make.applications.apply(by=who, given=make.given(make.school(), level=2), at=now)
    row = make.decided(centre, make.at_board(centre, row, now), at=now)
    make.profiles.save_profile(by=who, ambassador=row, profile=make.Profile(**make.PROFILE), at=now)
    school = open_page(width=320, js=js, language="lt")
    school.goto("/lt/ambasadoriai/?municipality=LT-18")
    assert "Agnė Girdenienė" in school.inner_text(".amb-list")
    sound(school, js=js)
    keys = Keys(school)
    keys.skip()
    keys.enter("^Prašyti užsiėmimo", most=2)
    school.wait_for_url("**/prasyti/**")
    keys.skip()
    keys.fill("organisation", "Ąžuolų gimnazija (pavyzdys)", most=3)
    keys.to("topic", most=3)
    keys.answer(["cyberbullying"])
    keys.to("audience", most=1)
    keys.answer(["teenagers"])
    school.fill("[name=day]", (now + timedelta(days=10)).date().isoformat())  # typed by the region's habit
    keys.fill("heads_expected", "25", most=9)
    keys.fill("email", "mokykla@azuolai.example", most=2)
    sound(school, js=js)
    keys.enter("^Prašyti užsiėmimo", most=2)
    assert keys.faults == []
    school.wait_for_url("**/issiusta/")
    booking = Booking.objects.get()
    school.goto(links.own_path(booking).replace("/en/ambassadors/session/", "/lt/ambasadoriai/uzsiemimas/"))
    school.get_by_role("button", name="Taip, prašome šio užsiėmimo").click()
    school.wait_for_url("**done=confirm")
    sound(school, js=js)
    ambassador = open_page(width=360, js=js, language="lt")
    ambassador.context.add_cookies(
        [{"name": cookies.session_name(), "value": secret, "url": ambassador.site}]
    )
    ambassador.goto("/lt/mano/ambasadorius/")
    sound(ambassador, js=js)
    ambassador.get_by_role("button", name="Galiu atvykti").click()
    ambassador.wait_for_load_state()
    assert "done=accepted" in ambassador.url
    Booking.objects.update(day=clock.now().date())
    ambassador.goto(f"/lt/mano/ambasadorius/uzsiemimas/{booking.ref}/")
    ambassador.fill("[name=heads_grades_5_8]", "48")
    sound(ambassador, js=js)
    ambassador.get_by_role("button", name="Užsiėmimas įvyko").click()
    ambassador.wait_for_load_state()
    assert "done=reported" in ambassador.url
    school.reload()
    school.get_by_role("link", name="Patvirtinti, kas įvyko").click()
    school.fill("[name=heads_grades_5_8]", "47")
    sound(school, js=js)
    school.click("form[data-main] .send button")
    school.wait_for_url("**done=report")
    assert Booking.objects.get().state == BookingState.HOST_CONFIRMED
    sound(school, js=js)


def test_the_board_of_two(centre: Centre, open_page: Any):
    now = clock.now()
    _who, row = make.applied(at=now)
    make.at_board(centre, row, now)
    case = Case.objects.get()
    for role in ("CERTIFICATION_BOARD", "CERTIFICATION_BOARD_2"):
        page = open_page(language="lt")
        sign_in(page, centre, role)
        page.goto(f"/desk/certification/board/{case.ref}/")
        page.locator("[name=reason]").first.fill("Visi kriterijai įvykdyti.")
        sound(page)
        page.locator("form.confirm button").first.click()
        page.wait_for_load_state()
    assert Ambassador.objects.get(pk=row.pk).state == AmbassadorState.ACTIVE
    manager = open_page(language="lt")
    sign_in(manager, centre, "CERTIFICATION_MANAGER")
    for path in ("?view=active", f"ambassadors/{row.ref}/", "sessions/", "programme/1/", "figures/"):
        manager.goto(f"/desk/certification/{path}")
        sound(manager)
    visitor = open_page(width=1280)
    for path in ("/en/ambassadors/", "/en/ambassadors/request/"):
        visitor.goto(path)
        sound(visitor)
