"""A librarian on a phone, and beside it the coordinator's wall, which shows each change by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from factories import events
from factories.events import given
from factories.webinars import GOOD, HOST, a_library, enrolment

from flows.browser import axe, overflow
from flows.hotline import sign_in
from flows.keys import Keys
from sauga.events.programme.actions import publication
from sauga.events.programme.actions.speakers import save_speaker
from sauga.events.programme.rules.local_times import local_time
from sauga.kernel import clock
from sauga.training.states import SiteState
from sauga.training.viewing.actions import hosts, invitations
from sauga.training.viewing.queries import links
from sauga.training.webinars.actions.webinars import WebinarGiven, prepare_webinar
from sauga.training.webinars.models import Question
from sauga.training.webinars.queries.links import speaker_token
from sauga.training.webinars.rules import Source
from tests.centre import Centre

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def on_now(centre: Centre, at):
    """A webinar that began ten minutes ago, with a library that is ready and one that is not tested."""
    by, before = centre.actor("WEBINAR_HOST"), at - timedelta(days=9)
    times = {"starts": local_time(at - timedelta(minutes=10)), "ends": local_time(at + timedelta(minutes=50))}
    row = events.actions.create_event(
        by=centre.actor("ORGANISER"), given=given(centre, kind="webinar", **times), at=before
    )
    event = publication.publish_event(by=centre.actor("ORGANISER"), event=row, at=before)
    room = {"room_system": "JITSI", "room_address": "https://meet.example/vakaras"}
    held = WebinarGiven(source=Source.ROOM, phone="+370 600 00000", **room)
    webinar = prepare_webinar(by=by, event=event, given=held, at=before)
    libraries = [a_library(1, "LT-18"), a_library(2, "LT-57")]
    sites = invitations.invite(by=by, webinar=webinar, organisations=libraries, language="lt", at=before)
    for site in sites:
        hosts.enrol(by=HOST, site=site, given=enrolment(), at=before)
    hosts.store_test(by=HOST, site=sites[0], found=GOOD, at=before)
    return webinar, sites


def test_what_a_librarian_does_on_a_phone_is_on_the_wall_at_once(centre, open_page):
    webinar, (site, untested) = on_now(centre, clock.now())
    by = centre.actor("ORGANISER")
    ona = save_speaker(
        by=by, event=webinar.event, speaker=None, name="Ona", role={}, biography={}, at=clock.now()
    )
    wall = open_page(width=1280)
    sign_in(wall, centre, "WEBINAR_HOST")
    wall.goto(f"/desk/training/webinars/{webinar.ref}/wall/")
    wall.wait_for_selector(".site.tested")
    assert (axe(wall), overflow(wall)) == ([], 0)

    phone = open_page(width=320)
    phone.goto(links.own_path(site))
    assert (axe(phone), overflow(phone)) == ([], 0)
    phone.click("text=Esame pasirengę")
    wall.wait_for_selector(".site.ready")
    phone.click("text=Taip, rodome")
    wall.wait_for_selector(".site.live")
    phone.click("button >> text=vaizdas sustojo")
    wall.wait_for_selector(".site.lost")
    wall.wait_for_selector("#needs >> text=Žąsų biblioteka 1")
    phone.fill("#message-text", "Negirdime garso")
    phone.click("text=Rašyti organizatoriams")
    phone.wait_for_selector("#chat >> text=Negirdime garso")

    phone.fill("#ask-question", "Kiek laiko per dieną yra per daug?")
    phone.click("text=Perduoti klausimą")
    phone.wait_for_selector("[data-asked] >> text=skaitome")
    wall.wait_for_selector("#asked >> text=Kiek laiko per dieną")
    keys = Keys(wall)
    keys.skip()
    keys.enter("^Perduoti : Kiek laiko", most=25)
    wall.wait_for_selector("#asked >> text=Neskaitytų nėra")
    keys.wait_for("^Perduota pranešėjui")
    assert keys.faults == []
    assert Question.objects.get().state == "PASSED"
    the_speaker_reads_it(open_page, ona)

    wall.keyboard.press("n")
    wall.wait_for_selector("h1 >> text=Žąsų biblioteka 1")
    assert (axe(wall), overflow(wall)) == ([], 0)
    wall.go_back()
    wall.keyboard.press("c")
    wall.wait_for_selector(".wall-tiles .tile.troubled")
    assert (axe(wall), overflow(wall)) == ([], 0)
    phone.fill(".heads input >> nth=0", "31")
    assert phone.inner_text("[data-sum]") == "31"
    phone.reload()
    assert phone.input_value(".heads input >> nth=0") == "31"
    site.refresh_from_db()
    assert site.state == SiteState.LIVE and site.counts.count() == 0

    the_equipment_is_tested(phone, untested)


def the_equipment_is_tested(phone, site):
    """Picture, sound and line, and what was found is stored."""
    phone.goto(links.own_path(site, "site-test"))
    phone.wait_for_selector("[data-speed-says] >> text=Mbit/s")
    for name in ("picture", "sound", "smooth"):
        phone.check(f"input[name={name}][value=yes]")
    assert (axe(phone), overflow(phone)) == ([], 0)
    phone.click("text=Įrašyti patikrą")
    phone.wait_for_selector("text=Pavyko. Jūsų biblioteka gali rengti vakarą.")
    site.refresh_from_db()
    assert site.state == SiteState.TECH_TESTED


def the_speaker_reads_it(open_page, speaker):
    """On a page of their own, without a sign-in."""
    page = open_page(width=1280)
    with override("lt"):
        page.goto(reverse("training-speaker", args=[speaker_token(speaker)]))
    page.wait_for_selector("text=Kiek laiko per dieną yra per daug?")
    page.evaluate(
        """() => { for (const clock of document.querySelectorAll("[data-until]"))
        clock.dataset.until = String(Date.now() / 1000 + 30 * 86400 + 3650); }"""
    )
    page.wait_for_selector("[data-until] >> text=30 d. 1 val.")
    assert (axe(page), overflow(page)) == ([], 0)


def test_the_wall_is_usable_at_320_pixels_with_the_keyboard(centre, open_page):
    webinar, _sites = on_now(centre, clock.now())
    page = open_page(width=320)
    sign_in(page, centre, "WEBINAR_HOST")
    page.goto(f"/desk/training/webinars/{webinar.ref}/wall/")
    page.wait_for_selector(".site")
    assert (axe(page), overflow(page)) == ([], 0)
    page.keyboard.press("t")
    page.wait_for_selector("table")
    assert overflow(page) == 0
