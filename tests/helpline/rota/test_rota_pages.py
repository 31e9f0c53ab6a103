"""Pages of the rota for each who uses them: the week, taking, swapping, coming, templates, hours, forecast,
volunteers, calendar.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sauga.helpline.line.actions import hours
from sauga.helpline.line.models import ClosedDay, Window
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.actions import debriefs, shifts, templates
from sauga.helpline.rota.models import CalendarLink, Duty, Shift, ShiftTemplate
from sauga.helpline.templatetags.helpline_desk import hours_until
from sauga.helpline.volunteers.models import Debrief, Volunteer
from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.ui.formats import calendars as ics
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.line import on_duty, published, volunteer
from tests.shown_once import says_so


def day(ahead: int) -> date:
    return clock.now().astimezone(VILNIUS).date() + timedelta(days=ahead)


def at_hour(ahead: int, hour: int) -> datetime:
    return datetime.combine(day(ahead), time(hour), VILNIUS)


def week_of(when: date) -> str:
    year, week, _ = when.isocalendar()
    return f"{year}-W{week:02}"


@pytest.fixture
def staff(centre: Centre) -> Centre:
    volunteer(centre.people["COUNSELLOR"], "Ąžuolas")
    volunteer(centre.people["COUNSELLOR_2"], "Smiltė", trained=["CHAT"])
    volunteer(centre.people["SHIFT_LEAD"], "Liepa", trained=["CHAT", "LEAD"])
    return centre


def place(staff: Centre, ahead: int = 3, hour: int = 18, length: int = 4, channels=("CHAT",)) -> Shift:
    begins = at_hour(ahead, hour)
    by = staff.actor("VOLUNTEER_COORDINATOR")
    return templates.add_shift(
        by=by,
        begins=begins,
        ends=begins + timedelta(hours=length),
        channels=list(channels),
        is_lead=False,
        at=clock.now(),
    )


def test_a_counsellor_takes_a_place_from_the_week_and_undoes_it(staff: Centre):
    client, shift = sign_in(staff, "COUNSELLOR"), place(staff)
    address = f"/desk/helpline/rota/?week={week_of(day(3))}"
    page = client.get(address).content.decode()
    assert f"/rota/shifts/{shift.ref}/claim/" in page and 'data-live="helpline.rota"' in page
    done = client.post(f"/desk/helpline/rota/shifts/{shift.ref}/claim/", {"next": address}, follow=True)
    assert (
        "Ąžuolas" in done.content.decode() and f"/rota/shifts/{shift.ref}/give-back/" in done.content.decode()
    )
    late = sign_in(staff, "COUNSELLOR_2").post(f"/desk/helpline/rota/shifts/{shift.ref}/claim/", follow=True)
    assert "pakeitė kolega" in late.content.decode() or "somebody may have acted" in late.content.decode()
    client.post(f"/desk/helpline/rota/shifts/{shift.ref}/give-back/")
    shift.refresh_from_db()
    assert shift.state == "OPEN"


def test_the_page_says_why_a_place_is_not_for_me(staff: Centre):
    shift = place(staff, channels=("PHONE",))
    client = sign_in(staff, "COUNSELLOR_2")
    week = client.get(f"/desk/helpline/rota/?week={week_of(day(3))}").content.decode()
    assert f"{shift.ref}/claim/" not in week and shift.ref in week
    page = client.get(f"/desk/helpline/rota/shifts/{shift.ref}/").content.decode()
    assert "mokym" in page or "training" in page
    assert client.get(f"/desk/helpline/rota/?week={week_of(day(3))}&show=can").status_code == 200


def test_swap_between_two_people(staff: Centre):
    client, shift = sign_in(staff, "COUNSELLOR"), place(staff)
    for act in ("claim", "confirm", "offer"):
        assert client.post(f"/desk/helpline/rota/shifts/{shift.ref}/{act}/").status_code == 302
    other = sign_in(staff, "COUNSELLOR_2")
    page = other.get(f"/desk/helpline/rota/?week={week_of(day(3))}&show=swaps").content.decode()
    assert f"/rota/shifts/{shift.ref}/take-over/" in page
    other.post(f"/desk/helpline/rota/shifts/{shift.ref}/take-over/")
    new = Shift.objects.get(replaces=shift)
    assert (new.state, new.person_id) == ("CONFIRMED", staff.people["COUNSELLOR_2"].pk)
    assert other.get(f"/desk/helpline/rota/shifts/{new.ref}/").status_code == 200


def test_coming_going_and_how_are_you(staff: Centre):
    begins = clock.now().replace(second=0, microsecond=0) - timedelta(minutes=5)
    shift = Shift.objects.create(
        state="CONFIRMED",
        begins_at=begins,
        ends_at=begins + timedelta(hours=2),
        channels=["CHAT"],
        person=staff.people["COUNSELLOR"],
    )
    client = sign_in(staff, "COUNSELLOR")
    assert f"/rota/shifts/{shift.ref}/check-in/" in client.get("/desk/helpline/rota/mine/").content.decode()
    client.post(f"/desk/helpline/rota/shifts/{shift.ref}/check-in/", {"next": "/desk/helpline/rota/mine/"})
    assert Duty.objects.present().get().shift_id == shift.pk
    assert 'name="feeling"' in client.get(f"/desk/helpline/rota/shifts/{shift.ref}/").content.decode()
    assert (
        client.post(f"/desk/helpline/rota/shifts/{shift.ref}/check-out/", {"words": "x"}).status_code == 422
    )
    done = client.post(
        f"/desk/helpline/rota/shifts/{shift.ref}/check-out/", {"feeling": "FE_TALK", "words": "Pasikalbėkime"}
    )
    assert done.headers["Location"] == "/desk/helpline/rota/mine/"
    lead = sign_in(staff, "SHIFT_LEAD")
    page = lead.get("/desk/helpline/rota/debriefs/").content.decode()
    assert "Ąžuolas" in page and "Pasikalbėkime" in page
    assert (
        "Pasikalbėkime"
        not in sign_in(staff, "VOLUNTEER_COORDINATOR").get("/desk/helpline/rota/debriefs/").content.decode()
    )
    lead.post(f"/desk/helpline/rota/debriefs/{Debrief.objects.get().ref}/held/")
    assert Debrief.objects.get().held_with_id == staff.people["SHIFT_LEAD"].pk
    shift.refresh_from_db()
    assert shift.state == "DEBRIEFED"


def test_nobody_is_offered_to_hold_their_own_debrief(staff: Centre):
    for role in ("SHIFT_LEAD", "COUNSELLOR"):
        Debrief.objects.create(person=staff.people[role], why="HEAVY", owed_since=clock.now())
    page = sign_in(staff, "SHIFT_LEAD").get("/desk/helpline/rota/debriefs/").content.decode()
    own, other = (Debrief.objects.get(person=staff.people[role]).ref for role in ("SHIFT_LEAD", "COUNSELLOR"))
    assert f"/debriefs/{other}/held/" in page and f"/debriefs/{own}/held/" not in page


def test_an_act_that_a_role_lacks_does_not_exist(staff: Centre):
    shift = place(staff)
    assert (
        sign_in(staff, "SERVICE_ADMINISTRATOR")
        .post(f"/desk/helpline/rota/shifts/{shift.ref}/claim/")
        .status_code
        == 404
    )
    client = sign_in(staff, "COUNSELLOR")
    assert client.post(f"/desk/helpline/rota/shifts/{shift.ref}/withdraw/").status_code == 404
    assert client.post(f"/desk/helpline/rota/shifts/{shift.ref}/dance/").status_code == 404
    assert client.get("/desk/helpline/rota/shifts/NO-SUCH/").status_code == 404
    assert client.get("/desk/helpline/rota/debriefs/").status_code == 404
    assert client.post("/desk/helpline/rota/hours/close/").status_code == 404


def test_the_coordinator_writes_templates_publishes_and_gives_a_place(staff: Centre):
    client = sign_in(staff, "VOLUNTEER_COORDINATOR")
    form = {
        "weekdays": ["0", "2"],
        "begins": "18:00",
        "ends": "22:00",
        "channels": ["CHAT"],
        "places": "2",
        "minimum": "1",
    }
    assert (
        client.post(
            "/desk/helpline/rota/templates/", form | {"valid_from": day(0), "minimum": "3"}
        ).status_code
        == 422
    )
    assert (
        client.post(
            "/desk/helpline/rota/templates/", form | {"valid_from": day(0), "channels": []}
        ).status_code
        == 422
    )
    assert client.post("/desk/helpline/rota/templates/", form | {"valid_from": day(0)}).status_code == 302
    assert ShiftTemplate.objects.count() == 2
    week = week_of(day(7))
    page = client.get(f"/desk/helpline/rota/?week={week}").content.decode()
    assert "/rota/publish/" in page
    client.post("/desk/helpline/rota/publish/", {"week": week})
    assert Shift.objects.filter(state="OPEN").count() == 4
    client.post("/desk/helpline/rota/publish/", {"week": week})
    assert Shift.objects.count() == 4
    shift = Shift.objects.first()
    assert f"/rota/shifts/{shift.ref}/" in client.get(f"/desk/helpline/rota/?week={week}").content.decode()
    page = client.get(f"/desk/helpline/rota/shifts/{shift.ref}/").content.decode()
    assert "Smiltė" in page and "Ąžuolas" in page
    client.post(
        f"/desk/helpline/rota/shifts/{shift.ref}/assign/", {"person": staff.people["COUNSELLOR_2"].pk}
    )
    shift.refresh_from_db()
    assert (shift.state, shift.person_id) == ("CLAIMED", staff.people["COUNSELLOR_2"].pk)
    client.post(
        f"/desk/helpline/rota/templates/{ShiftTemplate.objects.first().pk}/end/", {"last_date": day(0)}
    )
    assert ShiftTemplate.objects.filter(valid_to__isnull=False).count() == 1


def test_a_refused_week_is_chosen_again_where_it_was_asked_for(staff: Centre):
    client = sign_in(staff, "VOLUNTEER_COORDINATOR")
    templates_page = "/desk/helpline/rota/templates/"
    assert f'name="next" value="{templates_page}"' in client.get(templates_page).content.decode()
    refused = client.post("/desk/helpline/rota/publish/", {"week": "next week", "next": templates_page})
    assert refused.headers["Location"] == templates_page
    week = week_of(day(3))
    done = client.post("/desk/helpline/rota/publish/", {"week": week, "next": templates_page})
    assert done.headers["Location"] == f"/desk/helpline/rota/?week={week}"


def test_an_extra_place(staff: Centre):
    client = sign_in(staff, "VOLUNTEER_COORDINATOR")
    form = {"day": day(2), "begins": "20:00", "ends": "00:00", "channels": ["CHAT"]}
    assert client.post("/desk/helpline/rota/extra/", form).status_code == 302
    assert client.post("/desk/helpline/rota/extra/", form | {"ends": "19:00"}).status_code == 422
    assert client.post("/desk/helpline/rota/extra/", form | {"day": day(-2)}).status_code == 422
    assert Shift.objects.get().ends_at == at_hour(3, 0)


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        (time(18), time(23), "18:00–23:00"),
        (time(18), time(0), "18:00–24:00"),
        (time(0), time(0), "visą parą"),
        (datetime(2026, 11, 28, 16, tzinfo=UTC), datetime(2026, 11, 28, 22, tzinfo=UTC), "18:00–24:00"),
    ],
)
def test_hours_end_at_midnight_and_a_whole_day_is_said_in_words(begins, ends, said):
    with translation.override("lt"):
        assert hours_until(begins, ends) == said


@pytest.mark.parametrize("role", ["VOLUNTEER_COORDINATOR", "SERVICE_ADMINISTRATOR"])
def test_hours_and_closed_days_are_edited_by_two_roles(staff: Centre, role: str):
    client = sign_in(staff, role)
    assert client.get("/desk/helpline/rota/hours/").status_code == 200
    form = {
        "channel": "CHAT",
        "weekdays": ["0", "1"],
        "opens": "18:00",
        "closes": "23:00",
        "minimum": "2",
        "valid_from": day(0),
    }
    assert client.post("/desk/helpline/rota/hours/add/", form).status_code == 302
    assert client.post("/desk/helpline/rota/hours/add/", form).status_code == 422
    assert (
        client.post(
            "/desk/helpline/rota/hours/add/",
            form | {"opens": "10:00", "closes": "12:00", "valid_from": day(-1)},
        ).status_code
        == 422
    )
    window = Window.objects.first()
    client.post(f"/desk/helpline/rota/hours/{window.pk}/end/", {"last_date": day(7)})
    window.refresh_from_db()
    assert window.valid_to == day(7) and Window.objects.count() == 2
    closing = {"day": day(5), "channel": "", "label_lt": "Šventė", "label_en": "Holiday"}
    assert client.post("/desk/helpline/rota/hours/close/", closing).status_code == 302
    assert client.post("/desk/helpline/rota/hours/close/", closing).status_code == 422
    assert client.post("/desk/helpline/rota/hours/close/", closing | {"day": day(-1)}).status_code == 422
    assert "Šventė" in client.get("/desk/helpline/rota/hours/").content.decode()
    client.post(f"/desk/helpline/rota/hours/days/{ClosedDay.objects.get().pk}/open/")
    assert not ClosedDay.objects.exists()


def test_windows_that_touch_over_midnight_are_refused_and_future_ones_go(staff: Centre):
    by, at = staff.actor("SERVICE_ADMINISTRATOR"), clock.now()
    add = {"by": by, "channel": "CHAT", "weekday": 0, "minimum": 1, "valid_from": day(3), "at": at}
    hours.add_window(opens=time(20), closes=time(2), **add)
    with pytest.raises(hours.HoursOverlap):
        hours.add_window(opens=time(23), closes=time(0), **add)
    hours.add_window(opens=time(18), closes=time(20), **add)
    hours.end_window(by=by, window=Window.objects.first(), last_date=day(0), at=at)
    assert Window.objects.count() == 1


def test_forecast_shows_gaps_and_its_assumptions(staff: Centre):
    published("CHAT", time(18), time(20))
    for weeks in range(1, 9):
        for number in range(7):
            when = day(-7 * weeks + number)
            if when < day(0):
                rows = [
                    Attempt(
                        channel="CHAT",
                        language="lt",
                        day=when,
                        hour=18,
                        talk_seconds=1800,
                        outcome="ANSWERED",
                    )
                    for _ in range(6)
                ]
                Attempt.objects.bulk_create(rows)
    client = sign_in(staff, "VOLUNTEER_COORDINATOR")
    page = client.get("/desk/helpline/rota/forecast/").content.decode()
    assert "336" in page and "Erlang" in page and "0/6" in page and "<svg" in page
    assert client.get("/desk/helpline/rota/forecast/?channel=PHONE").status_code == 200
    assert client.get("/desk/helpline/rota/forecast/?channel=FAX").status_code == 200


def test_queries_of_the_week_do_not_grow(staff: Centre):
    client, address, counts = sign_in(staff, "COUNSELLOR"), f"/desk/helpline/rota/?week={week_of(day(3))}", []
    for number in (1, 3):
        while Shift.objects.count() < number:
            Shift._base_manager.filter(pk=place(staff).pk).update(
                state="CONFIRMED", person=staff.people["COUNSELLOR_2"]
            )
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len([query for query in asked if "helpline_" in query["sql"]]))
    assert counts[0] == counts[1]


# Volunteers
# ------------------------------------------------------------------------------------------------------------
def test_the_coordinator_keeps_volunteers(staff: Centre):
    client, person = sign_in(staff, "VOLUNTEER_COORDINATOR"), staff.people["SHIFT_LEAD_2"]
    form = {
        "person": person.pk,
        "alias": "Mantas",
        "languages": ["lt", "ru"],
        "capacity": "2",
        "began_date": day(-40),
    }
    assert client.post("/desk/helpline/volunteers/new/", form | {"alias": "Liepa"}).status_code == 422
    assert client.post("/desk/helpline/volunteers/new/", form).status_code == 302
    row = Volunteer.objects.get(alias="Mantas")
    page = f"/desk/helpline/volunteers/{row.pk}/"
    assert client.get(page).status_code == 200
    changes = [
        (
            "training",
            {"training-kind": "CHAT", "training-passed_date": day(-1), "training-valid_to": day(20)},
            302,
        ),
        ("training", {"training-kind": "CHAT", "training-passed_date": day(1)}, 422),
        ("check", {"check-seen_date": day(-1), "check-valid_to": day(-2)}, 422),
        ("check", {"check-seen_date": day(-1), "check-valid_to": day(30)}, 302),
        (
            "supervision",
            {"supervision-day": day(0), "supervision-minutes": "60", "supervision-kind": "GROUP"},
            302,
        ),
        (
            "supervision",
            {"supervision-day": day(1), "supervision-minutes": "60", "supervision-kind": "GROUP"},
            422,
        ),
        ("profile", {"profile-alias": "Liepa", "profile-languages": ["lt"], "profile-capacity": "1"}, 422),
        ("profile", {"profile-alias": "Mantas A", "profile-languages": ["lt"], "profile-capacity": "1"}, 302),
        ("leave", {"last_date": day(30)}, 302),
        ("back", {}, 302),
        ("promote", {}, 404),
    ]
    for what, data, status in changes:
        assert client.post(f"{page}{what}/", data).status_code == status, what
    shown = client.get("/desk/helpline/volunteers/?only=warn").content.decode()
    assert "Mantas A" in shown and "20" in shown and "60" in shown
    assert "Liepa" in client.get("/desk/helpline/volunteers/?find=liep").content.decode()
    assert client.get("/desk/helpline/volunteers/?find=nothing").status_code == 200


def test_whoever_has_shifts_ahead_does_not_just_leave(staff: Centre):
    shifts.claim_shift(by=staff.actor("COUNSELLOR"), shift=place(staff), at=clock.now())
    row = Volunteer.objects.get(alias="Ąžuolas")
    client = sign_in(staff, "VOLUNTEER_COORDINATOR")
    assert client.post(f"/desk/helpline/volunteers/{row.pk}/leave/", {"last_date": day(0)}).status_code == 422
    assert (
        client.post(f"/desk/helpline/volunteers/{row.pk}/leave/", {"last_date": day(10)}).status_code == 302
    )


# Calendar
# ------------------------------------------------------------------------------------------------------------
def test_calendar_behind_a_secret_address_renewed_and_taken_away(staff: Centre):
    client, shift = sign_in(staff, "COUNSELLOR"), place(staff)
    shifts.claim_shift(by=staff.actor("COUNSELLOR"), shift=shift, at=clock.now())
    shown = client.post("/desk/helpline/rota/mine/calendar/")
    assert says_so(shown.content.decode())
    address = re.search(r"(/shifts/[a-z2-9]{32}\.ics)", shown.content.decode())[1]
    assert (
        "no-store" in shown.headers["Cache-Control"]
        and address not in client.get("/desk/helpline/rota/mine/").content.decode()
    )
    assert address.encode() not in bytes(CalendarLink.objects.get().index)
    visitor = Client()
    answer = visitor.get(address)
    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8" and not answer.cookies
    assert (
        f"DTSTART:{shift.begins_at.astimezone(UTC):%Y%m%dT%H%M%SZ}\r\n" in text and "STATUS:TENTATIVE" in text
    )
    assert "Ąžuolas" not in text and staff.people["COUNSELLOR"].name not in text
    again = re.search(
        r"(/shifts/[a-z2-9]{32}\.ics)", client.post("/desk/helpline/rota/mine/calendar/").content.decode()
    )[1]
    wrong = [
        visitor.get(one) for one in (address, f"/shifts/{'a' * 32}.ics", "/shifts/x.ics", "/shifts/ą.ics")
    ]
    assert {one.status_code for one in wrong} == {404} and len({one.content for one in wrong}) == 1
    assert visitor.get(again).status_code == 200
    client.post("/desk/helpline/rota/mine/calendar/", {"drop": "1"})
    assert visitor.get(again).status_code == 404 and not CalendarLink.objects.exists()


def test_calendar_lines_are_folded_and_escaped():
    long = "Ąžuolų gatvė, " * 20
    at = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    text = ics.calendar(
        "Mano; budėjimai", [ics.Event("a@b", at, at + timedelta(hours=4), long, "x\r\ny\\z", number=3)], at
    )
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert f"SUMMARY:{long.replace(',', chr(92) + ',')}\r\n" in whole
    assert (
        "DESCRIPTION:x\\ny\\\\z\r\n" in whole
        and "NAME:Mano\\; budėjimai\r\n" in whole
        and "SEQUENCE:3\r\n" in whole
    )


def test_pages_answer_when_nothing_is_there(staff: Centre):
    for role, addresses in {
        "COUNSELLOR": ["rota/", "rota/mine/", "rota/forecast/", "rota/hours/"],
        "SHIFT_LEAD": ["rota/", "rota/debriefs/"],
        "VOLUNTEER_COORDINATOR": [
            "rota/",
            "rota/templates/",
            "rota/extra/",
            "rota/hours/",
            "volunteers/",
            "volunteers/new/",
            "rota/debriefs/",
        ],
    }.items():
        client = sign_in(staff, role)
        for address in addresses:
            assert client.get(f"/desk/helpline/{address}").status_code == 200, address
    assert client.get("/desk/helpline/rota/?week=2026-W99&show=nonsense").status_code == 200


def test_somebody_on_duty_is_seen_on_the_hours_page(staff: Centre):
    published("CHAT", time(0), time(0))
    now = clock.now()
    on_duty(staff.people["COUNSELLOR"], now)
    page = sign_in(staff, "COUNSELLOR").get("/desk/helpline/rota/hours/").content.decode()
    assert 'data-state="CLOSED"' in page
    assert debriefs.may_hold(staff.actor("SHIFT_LEAD")) and not debriefs.may_hold(staff.actor("COUNSELLOR"))
