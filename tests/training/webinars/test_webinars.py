"""Preparing a webinar, its public pages, questions without a name, presence at home; refusals by direct
request."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from factories.events import local
from factories.members import browser_of
from factories.registrations import a_ticket, registered
from factories.webinars import (
    AFTER,
    DURING,
    ENDS,
    NOW,
    ROOM,
    SPEAKER,
    STARTS,
    VIEWER,
    WORKER,
    a_library,
    a_speaker,
    a_webinar,
    invited,
    ready,
    webinar_event,
)

from sauga.events.followup.actions.certificates import issue, set_certificates
from sauga.events.programme.actions import publication
from sauga.events.states import RegistrationState
from sauga.kernel import clock, retention
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.portal.queries.events import next_webinar
from sauga.training.states import QuestionState
from sauga.training.streaming.actions import streams
from sauga.training.viewing.queries import links as site_links
from sauga.training.webinars.actions import presence, questions
from sauga.training.webinars.actions import webinars as actions
from sauga.training.webinars.actions.webinars import WebinarGiven
from sauga.training.webinars.models import Presence, Question, Webinar
from sauga.training.webinars.queries import links, presences
from sauga.training.webinars.rules import Source
from tests.centre import Centre, centre, sign_in

__all__ = ["browser_of", "centre"]
pytestmark = pytest.mark.django_db
PAGE = "/lt/mokymai/vebinarai/"


@pytest.fixture
def webinar(centre: Centre):
    return a_webinar(centre)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock that pages ask."""

    def put(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    put(NOW)
    return put


def test_a_webinar_belongs_to_one_event_of_its_kind(centre, webinar):
    by = centre.actor("WEBINAR_HOST")
    given = WebinarGiven(source=Source.STREAM)
    seminar = webinar_event(centre, kind="seminar")
    for event, moment in ((webinar.event, NOW), (seminar, NOW), (webinar_event(centre), AFTER)):
        with pytest.raises(actions.WebinarRefused):
            actions.prepare_webinar(by=by, event=event, given=given, at=moment)


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": Source.ROOM},
        {**ROOM, "room_address": "http://meet.example/a"},
        {**ROOM, "room_system": "SKYPE"},
        {"source": Source.RECORDING},
        {"source": Source.STREAM, "script": {"lt": "a" * 12_001}},
    ],
)
def test_what_cannot_be_broadcast_is_refused(centre, webinar, wrong):
    with pytest.raises(actions.WebinarRefused):
        actions.edit_webinar(
            by=centre.actor("WEBINAR_HOST"), webinar=webinar, given=WebinarGiven(**wrong), at=NOW
        )


def test_only_coordinators_prepare_end_and_moderate(centre, webinar):
    question = questions.ask(by=VIEWER, webinar=webinar, text="Kiek laiko?", page="", at=DURING)
    outsiders = (VIEWER, SPEAKER, SystemActor("site_host"), WORKER)
    people = [centre.actor(role) for role in ("ORGANISER", "EDITOR", "AWARENESS_STATISTICIAN", "ANALYST")]
    given = WebinarGiven(source=Source.STREAM)
    for by in (*outsiders, *people):
        for act in (
            lambda by=by: actions.prepare_webinar(by=by, event=webinar.event, given=given, at=NOW),
            lambda by=by: actions.edit_webinar(by=by, webinar=webinar, given=given, at=NOW),
            lambda by=by: actions.end_webinar(by=by, webinar=webinar, at=DURING),
            lambda by=by: questions.decide(by=by, question=question, to=QuestionState.PASSED, at=DURING),
        ):
            with pytest.raises(PermissionRefused):
                act()
    for by in people:
        with pytest.raises(PermissionRefused):
            questions.ask(by=by, webinar=webinar, text="Kiek?", page="", at=DURING)
        with pytest.raises(PermissionRefused):
            presence.confirm_presence(by=by, webinar=webinar, at=AFTER)


def test_a_webinar_ends_early_only_while_it_is_on(centre, webinar):
    by = centre.actor("WEBINAR_HOST")
    for moment in (STARTS - timedelta(minutes=1), ENDS):
        with pytest.raises(actions.WebinarRefused):
            actions.end_webinar(by=by, webinar=webinar, at=moment)
    row = actions.end_webinar(by=by, webinar=webinar, at=DURING)
    assert row.times.over_at == DURING


def test_a_question_has_no_trace_of_who_asked(centre, webinar, at):
    """No column but text, state, reference, webinar and a rounded hour; no audit entry; no row of the library
    changed in the transaction that stored it."""
    site = ready(invited(centre, webinar, a_library())[0])
    at(DURING)
    before = _rows("training_viewingsite")
    audits = _count("audit_trailline")
    sent = Client().post(site_links.own_path(site), {"do": "ask", "question": "Kiek laiko per daug?"})
    assert sent.status_code == 302
    row = Question.objects.get()
    columns = {field.name for field in Question._meta.get_fields() if not field.auto_created}
    assert columns == {"ref", "webinar", "text", "state", "asked_at"}
    assert row.asked_at.minute % 5 == 0 and row.asked_at.second == 0
    assert not row.steps.exists()
    assert _rows("training_viewingsite") == before and _count("audit_trailline") == audits
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin FROM training_question WHERE id = %s", [row.pk])
        [[stored_by]] = cursor.fetchall()
        for table in connection.introspection.table_names(cursor):
            if table in ("training_question", "procrastinate_jobs", "procrastinate_events"):
                continue
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE xmin = %s', [stored_by])
            assert cursor.fetchone()[0] == 0 or table.startswith(("identity", "django")), table


def _rows(table: str):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY id')
        return cursor.fetchall()


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


def test_questions_are_open_around_the_webinar_and_slowed_from_one_page(centre, webinar):
    for moment in (STARTS - timedelta(minutes=31), ENDS):
        with pytest.raises(questions.QuestionRefused):
            questions.ask(by=VIEWER, webinar=webinar, text="Kiek?", page="", at=moment)
    with pytest.raises(TextMissing):
        questions.ask(by=VIEWER, webinar=webinar, text=" \u202e ", page="", at=DURING)
    with pytest.raises(questions.QuestionRefused):
        questions.ask(by=VIEWER, webinar=webinar, text="a" * 501, page="", at=DURING)
    for number in range(20):
        questions.ask(by=VIEWER, webinar=webinar, text=f"Kiek {number}?", page="flood", at=DURING)
    with pytest.raises(questions.QuestionRefused):
        questions.ask(by=VIEWER, webinar=webinar, text="Kiek?", page="flood", at=DURING)
    questions.ask(by=VIEWER, webinar=webinar, text="Kiek?", page="another", at=DURING)


def test_the_organisers_pass_questions_on_and_the_speaker_answers_them(centre, webinar, at):
    at(DURING)
    browser, desk = Client(), sign_in(centre, "WEBINAR_HOST")
    asked = browser.post(
        f"{PAGE}{webinar.event.slug}/klausti/",
        {"question": "Ar galima grąžinti pinigus?"},
        headers={"X-Requested-With": "fetch"},
    ).json()
    asked_twice = browser.post(
        f"{PAGE}{webinar.event.slug}/klausti/", {"question": "Ar galima grąžinti pinigus?"}
    )
    assert asked_twice.status_code == 302 and Question.objects.count() == 1
    speaker = a_speaker(centre, webinar)
    page = f"{PAGE}pranesejas/{links.speaker_token(speaker)}/"
    assert "grąžinti pinigus" not in browser.get(page).content.decode()
    listed = f"/desk/training/webinars/{webinar.ref}/questions/"
    assert "grąžinti pinigus" in desk.get(listed).content.decode()
    do = f"/desk/training/webinars/questions/{asked['ref']}/"
    assert desk.post(do, {"do": "pass"}).status_code == 302
    assert "grąžinti pinigus" in browser.get(page).content.decode()
    state = browser.get(f"{PAGE}klausimu-busenos/", {"q": asked["ref"]}).json()
    assert state[asked["ref"]]["says"] == "perduota"
    assert browser.post(page, {"question": asked["ref"]}).status_code == 302
    assert Question.objects.get().state == QuestionState.ANSWERED
    assert browser.post(page, {"question": asked["ref"], "do": "back"}).status_code == 302
    assert browser.get(page.replace(speaker.ref, "0000-0000")).status_code == 410


def test_a_speaker_answers_only_questions_of_the_own_webinar(centre, webinar):
    other = a_webinar(centre, webinar_event(centre))
    stranger, speaker = a_speaker(centre, other), a_speaker(centre, webinar)
    row = questions.ask(by=VIEWER, webinar=webinar, text="Kiek?", page="", at=DURING)
    with pytest.raises(PermissionRefused):
        questions.answer(by=SPEAKER, speaker=stranger, question=row, to=QuestionState.ANSWERED, at=DURING)
    with pytest.raises(MoveNotAllowed):
        questions.answer(by=SPEAKER, speaker=speaker, question=row, to=QuestionState.ANSWERED, at=DURING)
    with pytest.raises(PermissionRefused):
        questions.answer(by=SPEAKER, speaker=speaker, question=row, to=QuestionState.PASSED, at=DURING)


PHASES = (
    (NOW, "numatytas"),
    (STARTS - timedelta(minutes=5), "tuoj prasidės"),
    (DURING, "vyksta dabar"),
    (AFTER, "baigtas"),
)


def test_the_public_pages_say_what_is_on_and_need_no_account(centre, webinar, at):
    slug, browser = webinar.event.slug, Client()
    for moment, word in (
        (NOW, "numatytas"),
        (STARTS - timedelta(minutes=5), "tuoj prasidės"),
        (DURING, "vyksta dabar"),
        (AFTER, "baigtas"),
    ):
        at(moment)
        sent = browser.get(f"{PAGE}{slug}/")
        assert sent.status_code == 200 and word in sent.content.decode()
        assert "Tėvų vakaras" in browser.get(PAGE).content.decode()
    assert not browser.cookies
    assert browser.get("/en/training/webinars/").status_code == 200
    assert browser.get(f"{PAGE}nothing/").status_code == 404
    assert browser.get(f"{PAGE}{slug}/irasas/").status_code == 404


def test_the_page_plays_the_broadcast_and_may_where_a_browser_needs_a_script(centre, at):
    host = centre.actor("WEBINAR_HOST")
    stream = streams.plan_stream(by=host, title="Tėvų vakaras", starts=STARTS, at=NOW)
    slug = a_webinar(centre, stream=stream).event.slug
    at(DURING)
    sent = Client().get(f"{PAGE}{slug}/")
    page = sent.content.decode()
    assert f'data-master="/stream/{stream.ref.lower()}/master.m3u8"' in page
    assert "training/streaming/player" in page
    assert "blob:" in sent.headers["Content-Security-Policy"]


def test_a_draft_has_no_public_page(centre, at):
    row = a_webinar(centre, webinar_event(centre, is_published=False))
    assert Client().get(f"{PAGE}{row.event.slug}/").status_code == 404


def test_a_room_of_another_system_is_a_link_while_the_webinar_is_on(centre, at):
    row = a_webinar(centre, **ROOM)
    address = f"{PAGE}{row.event.slug}/"
    assert ROOM["room_address"] not in Client().get(address).content.decode()
    at(DURING)
    assert ROOM["room_address"] in Client().get(address).content.decode()


def test_libraries_that_want_it_are_on_the_public_page(centre, webinar, at):
    ready(invited(centre, webinar, a_library(1))[0])
    invited(centre, webinar, a_library(2))
    seen = Client().get(f"{PAGE}{webinar.event.slug}/").content.decode()
    assert "Žąsų biblioteka 1" in seen and "Žąsų biblioteka 2" not in seen


@pytest.fixture
def seat(centre, webinar, at):
    """A registration of somebody who wants a confirmation."""
    return registered(a_ticket(centre, webinar.event, 100))


def stay(webinar, seat, first: int, last: int, device: str = "a") -> None:
    for second in range(first * 60, last * 60 + 1, 20):
        presence.be_present(
            by=VIEWER,
            webinar=webinar,
            registration=seat,
            device=device,
            at=STARTS + timedelta(seconds=second),
        )


def test_presence_is_minutes_of_open_pages_and_two_devices_count_once(webinar, seat):
    stay(webinar, seat, 0, 30)
    stay(webinar, seat, 10, 40, "b")
    stay(webinar, seat, 50, 55)
    assert presences.percent_of(webinar, seat) == 75
    assert Presence.objects.count() == 3
    with pytest.raises(presence.PresenceRefused):
        stay(webinar, seat, 60, 61)
    with pytest.raises(presence.PresenceRefused):
        stay(webinar, seat, -1, -1)


def test_pages_of_one_registration_are_limited(webinar, seat):
    for number in range(presence.MOST_DEVICES):
        stay(webinar, seat, 0, 0, f"d{number}")
    with pytest.raises(presence.PresenceRefused):
        stay(webinar, seat, 0, 0, "one more")


@pytest.mark.parametrize(("minutes", "came"), [(45, True), (44, False)])
def test_three_quarters_make_attendance_and_with_it_the_certificate(centre, webinar, seat, minutes, came):
    stay(webinar, seat, 0, minutes)
    publication.close_events(by=SystemActor("events"), at=AFTER)
    webinar.event.refresh_from_db()
    assert presence.confirm_presence(by=WORKER, webinar=webinar, at=AFTER) == int(came)
    assert presence.confirm_presence(by=WORKER, webinar=webinar, at=AFTER) == 0
    seat.refresh_from_db()
    assert (seat.state == RegistrationState.ATTENDED) is came
    if came:
        set_certificates(by=centre.actor("ORGANISER"), event=webinar.event, minutes=None, at=AFTER)
        assert issue(by=SystemActor("attendee"), registration=seat, at=AFTER).minutes == 60
        assert presences.confirmed_between(STARTS.date(), STARTS.date() + timedelta(days=1)) == 1
        shown = Client().get("/en/figures/", {"from": f"{STARTS:%Y-%m-%d}"})
        assert (
            shown.status_code == 200
            and "People at home with a confirmed attendance" in shown.content.decode()
        )


def test_presence_is_recorded_only_on_the_own_page(webinar, seat, at):
    at(DURING)
    browser = Client()
    browser.get(f"{PAGE}{webinar.event.slug}/")
    assert not Presence.objects.exists()
    own = f"{PAGE}ziureti/{links.watch_token(seat)}/"
    assert "data-present" in browser.get(own).content.decode()
    assert browser.post(f"{own}dalyvauja/", {"device": "a"}).json() == {"percent": 0, "enough": False}
    assert Presence.objects.count() == 1
    at(AFTER)
    assert browser.post(f"{own}dalyvauja/", {"device": "a"}).status_code == 409
    assert browser.post(f"{PAGE}ziureti/a:b/dalyvauja/", {"device": "a"}).status_code == 410


def test_questions_and_presence_go_after_half_a_year(webinar, seat):
    stay(webinar, seat, 0, 1)
    questions.ask(by=VIEWER, webinar=webinar, text="Kiek?", page="", at=DURING)
    retention.run(by=SystemActor("retention"), at=ENDS + timedelta(days=190))
    assert not Question.objects.exists() and not Presence.objects.exists()


def test_the_desk_prepares_and_edits_by_its_pages(centre, at):
    event, browser = webinar_event(centre), sign_in(centre, "WEBINAR_HOST")
    posted = {"event": event.ref, "source": "STREAM", "script_lt": "# Pradžia\nLabas.", "for_libraries": "on"}
    assert browser.post("/desk/training/webinars/new/", {**posted, "source": "ROOM"}).status_code == 422
    assert browser.post("/desk/training/webinars/new/", posted).status_code == 302
    row = event.webinar
    edit = f"/desk/training/webinars/{row.ref}/edit/"
    assert "# Pradžia" in browser.get(edit).content.decode()
    assert browser.post(edit, {**posted, **{k: str(v) for k, v in ROOM.items()}}).status_code == 302
    row.refresh_from_db()
    assert row.source == Source.ROOM and row.script == {"lt": "# Pradžia\nLabas."}
    at(DURING)
    assert (
        sign_in(centre, "WEBINAR_HOST").post(f"/desk/training/webinars/{row.ref}/do/end/").status_code == 302
    )
    row.refresh_from_db()
    assert row.ended_at == DURING


@pytest.mark.parametrize("role", ["ORGANISER", "EDITOR", "ANALYST", "AWARENESS_STATISTICIAN"])
def test_other_roles_have_no_webinars_at_the_desk(centre, webinar, at, role):
    browser = sign_in(centre, role)
    for page in (
        "",
        f"{webinar.ref}/",
        f"{webinar.ref}/wall/",
        f"{webinar.ref}/sites/",
        f"{webinar.ref}/questions/",
    ):
        assert browser.get(f"/desk/training/webinars/{page}").status_code == 404


def test_the_home_page_leads_to_the_next_webinar_for_parents_first(centre: Centre):
    assert next_webinar(NOW) is None
    teachers = webinar_event(centre, audiences=["teachers"])
    found = next_webinar(NOW)
    assert found is not None and found.href.endswith(f"/{teachers.slug}/")
    later = {"starts": local("2027-02-18 17:30"), "ends": local("2027-02-18 18:30")}
    parents = webinar_event(centre, audiences=["parents_carers"], **later)
    found = next_webinar(NOW)
    assert found is not None and found.href.endswith(f"/{parents.slug}/")


def test_courses_lead_to_the_next_webinars_and_back(centre: Centre, at):
    def said() -> str:
        return Client().get("/lt/mokymai/").text

    def offers(row: Webinar) -> bool:
        return f'href="{PAGE}{row.event.slug}/"' in said()

    assert "Šiuo metu vebinarų nenumatyta." in said() and f'href="{PAGE}"' in said()
    rows = [a_webinar(centre, webinar_event(centre)) for _number in range(5)]
    publication.cancel_event(
        by=centre.actor("ORGANISER"), event=rows[0].event, reason="venue", note={}, at=NOW
    )
    assert [offers(row) for row in rows] == [False, True, True, True, False]
    assert "Šiuo metu vebinarų nenumatyta." not in said()
    for page in (PAGE, f"{PAGE}{rows[1].event.slug}/"):
        assert 'href="/lt/mokymai/"' in Client().get(page).text.split("<main")[1]
    at(ENDS + timedelta(minutes=1))
    assert not any(offers(row) for row in rows), "what is over is not offered"
