"""The rota in a browser: a week by keyboard, taking and swapping, check-out, the coordinator's pages; narrow,
dark, without JavaScript.
"""

import os
from datetime import datetime, time, timedelta

import pytest

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.helpline.line.actions import hours
from sauga.helpline.line.models import Pause
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.actions import shifts, templates
from sauga.helpline.rota.models import Shift
from sauga.helpline.volunteers.models import Debrief
from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity.models import Person
from tests.factories.line import volunteer
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROTA = "/desk/helpline/rota/"
PICTURES = os.environ.get("TEST_PICTURES", "")


def faultless(page, *, js=True):
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)


def pictured(page, name):
    """A picture for whoever looks at the pages by eye; nothing in CI."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=True)


def entered(open_page, centre, role, *, language="lt", **options):
    Person.objects.filter(pk=centre.people[role].pk).update(language=language)
    page = open_page(language=language, **options)
    sign_in(page, centre, role)
    return page


def next_week() -> str:
    year, week, _ = (clock.now().astimezone(VILNIUS).date() + timedelta(days=7)).isocalendar()
    return f"{year}-W{week:02}"


@pytest.fixture
def line(centre):
    """A published week with people, gaps, a swap, and a past to forecast from."""
    at = clock.now()
    today, coordinator = at.astimezone(VILNIUS).date(), centre.actor("VOLUNTEER_COORDINATOR")
    names = {
        "COUNSELLOR": "Ąžuolas",
        "COUNSELLOR_2": "Smiltė",
        "SHIFT_LEAD": "Liepa",
        "SHIFT_LEAD_2": "Mantas",
    }
    for role, alias in names.items():
        trained = ["PHONE", "CHAT", "LEAD"] if "LEAD" in role else ["PHONE", "CHAT"]
        volunteer(centre.people[role], alias, trained=trained)
    hours.load_hours(at)
    morning, day, evening = (time(11), time(15)), (time(15), time(19)), (time(18), time(22))
    wanted = [(*morning, ["PHONE"], 2), (*day, ["PHONE"], 3), (*evening, ["CHAT"], 4), (*evening, [], 1)]
    for weekday in range(7):
        for begins, ends, channels, places in wanted:
            templates.add_template(
                by=coordinator,
                weekday=weekday,
                begins=begins,
                ends=ends,
                channels=channels,
                is_lead=not channels,
                places=places,
                minimum=min(places, 2),
                valid_from=today,
                at=at,
            )
    monday = today + timedelta(days=7 - today.weekday())
    templates.publish_week(by=coordinator, monday=monday, at=at)
    evening = datetime.combine(monday, time(18), VILNIUS)
    for role, day, lead in (
        ("COUNSELLOR_2", 0, False),
        ("COUNSELLOR_2", 1, False),
        ("SHIFT_LEAD", 0, True),
        ("COUNSELLOR", 2, False),
    ):
        open_ones = Shift.objects.filter(begins_at=evening + timedelta(days=day), is_lead=lead, state="OPEN")
        by, shift = centre.actor(role), open_ones.order_by("pk").first()
        shift = shifts.claim_shift(by=by, shift=shift, at=at)
        if shift.state == "CLAIMED":  # a shift that begins soon is confirmed at once (Sunday evening)
            shift = shifts.confirm_shift(by=by, shift=shift, at=at)
        if (role, day) == ("COUNSELLOR_2", 1):
            shifts.offer_swap(by=by, shift=shift, at=at)
    for back in range(1, 57):
        day = today - timedelta(days=back)
        hours_of_day = (hour for hour in (18, 19, 20) for _ in range(5))
        Attempt.objects.bulk_create(
            Attempt(channel="CHAT", language="lt", day=day, hour=hour, talk_seconds=1500, outcome="ANSWERED")
            for hour in hours_of_day
        )
    gap = (at - timedelta(days=1), at - timedelta(hours=23))
    Pause.objects.create(
        channel="CHAT", reason="NO_COVER", began_at=gap[0], ended_at=gap[1], by="system:queue"
    )
    return centre


@in_forms(
    "width language dark", (320, "lt", True), (1280, "lt", False), (1280, "en", True), (320, "en", False)
)
def test_counsellors_pages_are_faultless(line, open_page, width, language, dark):
    page = entered(open_page, line, "COUNSELLOR", width=width, language=language, dark=dark)
    own = Shift.objects.get(person=line.people["COUNSELLOR"])
    free = Shift.objects.filter(state="OPEN").first()
    for name, address in {
        "rota": f"{ROTA}?week={next_week()}",
        "rota-can": f"{ROTA}?week={next_week()}&show=can",
        "rota-empty": f"{ROTA}?week=2030-W01",
        "mine": f"{ROTA}mine/",
        "shift": f"{ROTA}shifts/{own.ref}/",
        "shift-free": f"{ROTA}shifts/{free.ref}/",
        "hours": f"{ROTA}hours/",
        "forecast": f"{ROTA}forecast/",
    }.items():
        page.goto(address)
        faultless(page)
        pictured(page, f"{name}-{language}")


@in_forms("width language dark", (320, "en", True), (1280, "lt", False))
def test_coordinators_pages_are_faultless(line, open_page, width, language, dark):
    page = entered(open_page, line, "VOLUNTEER_COORDINATOR", width=width, language=language, dark=dark)
    pk = volunteer(line.people["COUNSELLOR"]).pk
    free = Shift.objects.filter(state="OPEN").first()
    Debrief.objects.create(person=line.people["COUNSELLOR"], why="HEAVY", owed_since=clock.now())
    for name, address in {
        "c-rota": f"{ROTA}?week={next_week()}",
        "c-templates": f"{ROTA}templates/",
        "c-extra": f"{ROTA}extra/",
        "c-hours": f"{ROTA}hours/",
        "c-shift": f"{ROTA}shifts/{free.ref}/",
        "c-volunteers": "/desk/helpline/volunteers/",
        "c-volunteer": f"/desk/helpline/volunteers/{pk}/",
        "c-new": "/desk/helpline/volunteers/new/",
        "c-debriefs": f"{ROTA}debriefs/",
    }.items():
        page.goto(address)
        for summary in page.locator("main details.more > summary").all():
            summary.click()
        faultless(page)
        pictured(page, f"{name}-{language}")


@in_forms("width", (1280,), (320,))
def test_a_week_by_keyboard(line, open_page, width):
    page = entered(open_page, line, "COUNSELLOR", language="en", width=width)
    page.goto(ROTA)
    page.keyboard.press("n")
    page.wait_for_url(f"**week={next_week()}*")
    # The week's last shift: on a Sunday, Monday's begins so soon that taking it confirms it.
    free = page.locator("td:last-child form[action$='/claim/'] button").first
    free.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    taken = Shift.objects.get(person=line.people["COUNSELLOR"], state="CLAIMED")
    assert "Taken." in page.locator("[role=status], .toast").first.inner_text()
    page.goto(f"{ROTA}shifts/{taken.ref}/")
    for key in "ys":
        with page.expect_navigation():
            page.keyboard.press(key)
    page.wait_for_selector("[data-state='offered for a swap']")
    page.keyboard.press("u")
    page.wait_for_url(f"**{ROTA}*")
    taken.refresh_from_db()
    assert taken.state == "SWAP_OFFERED"


def test_taking_over_checking_in_and_out_without_javascript(line, open_page):
    page = entered(open_page, line, "COUNSELLOR", language="en", js=False)
    page.goto(f"{ROTA}?week={next_week()}&show=swaps")
    with page.expect_navigation():
        page.click("form[action$='/take-over/'] button")
    assert Shift.objects.filter(person=line.people["COUNSELLOR"], state="CONFIRMED").count() == 2
    at = clock.now()
    now = Shift.objects.create(
        state="CONFIRMED",
        begins_at=at,
        ends_at=at + timedelta(hours=4),
        channels=["CHAT"],
        person=line.people["COUNSELLOR"],
    )
    page.goto(f"{ROTA}mine/")
    with page.expect_navigation():
        page.click(f"form[action$='/{now.ref}/check-in/'] button")
    page.goto(f"{ROTA}shifts/{now.ref}/")
    faultless(page, js=False)
    with page.expect_navigation():
        page.click("form[data-main] button[type=submit]")
    assert page.locator("form[data-main] [aria-invalid=true], .error-summary").count()
    page.check("input[name=feeling][value=FE_WELL]")
    page.click("form[data-main] button[type=submit]")
    page.wait_for_url(f"**{ROTA}mine/")
    now.refresh_from_db()
    assert now.state == "DEBRIEFED"


def test_the_week_prints_without_controls(line, open_page):
    page = entered(open_page, line, "COUNSELLOR", language="en")
    page.goto(f"{ROTA}?week={next_week()}")
    page.emulate_media(media="print")
    assert page.locator("table.rota").is_visible()
    assert not page.locator("table.rota form").first.is_visible() and not page.locator(".chips").is_visible()
