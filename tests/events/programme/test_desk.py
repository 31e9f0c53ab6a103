"""Events at the desk: pages by role, forms with and without what is needed, direct requests, undo."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from factories.events import NOW, draft, form, local, on_team, published_event, room, session, venue, words

from sauga.events.programme.actions import series, speakers
from sauga.events.programme.models import Event, Session, Venue
from sauga.events.states import EventState
from sauga.kernel.figures import Period, PeriodKind, computed, measure
from tests.centre import Centre, sign_in

pytestmark = pytest.mark.django_db
DESK = "/desk/events/"
TEAM = ("PROGRAMME_COMMITTEE", "DOOR_STAFF", "PHOTOGRAPHER")
SEERS = ("ORGANISER", *TEAM)


def organiser_of(centre: Centre) -> dict[str, str]:
    page = BeautifulSoup(sign_in(centre, "ORGANISER").get(f"{DESK}new/").text, "html.parser")
    return {"organiser": page.select_one("[name=organiser]")["value"]}


@pytest.mark.parametrize("role", [*SEERS, "EDITOR", "ANALYST", "COUNSELLOR"])
def test_each_role_gets_its_pages(centre: Centre, role: str):
    event, where = on_team(centre, draft(centre), *TEAM), venue(centre)
    part = session(centre, event, "10:00", "11:00")
    held = series.save_series(
        by=centre.actor("ORGANISER"), series=None, title=words("C"), summary={}, topics=[], at=NOW
    )
    sees = 200 if role in SEERS else 404
    edits = 200 if role == "ORGANISER" else 404
    plans = 200 if role in ("ORGANISER", "PROGRAMME_COMMITTEE") else 404
    pages = {
        "": sees,
        "month/": sees,
        "venues/": sees,
        f"venues/{where.ref}/": sees,
        "series/": sees,
        f"{event.ref}/": sees,
        "new/": edits,
        f"{event.ref}/edit/": edits,
        "venues/new/": edits,
        f"venues/{where.ref}/edit/": edits,
        f"venues/{where.ref}/rooms/new/": edits,
        "series/new/": edits,
        f"series/{held.ref}/": edits,
        f"{event.ref}/programme/sessions/{part.ref}/": plans,
        **{
            f"{event.ref}/programme/{kind}/new/": plans
            for kind in ("sessions", "tracks", "streams", "speakers")
        },
        f"{event.ref}/programme/rooms/new/": 404,
    }
    desk = sign_in(centre, role)
    assert {page: desk.get(DESK + page).status_code for page in pages} == pages


@pytest.mark.parametrize("role", ["PROGRAMME_COMMITTEE", "DOOR_STAFF", "PHOTOGRAPHER", "EDITOR", "ANALYST"])
def test_direct_requests_of_others_change_nothing(centre: Centre, role: str):
    event, where = on_team(centre, draft(centre), *TEAM), venue(centre)
    part = session(centre, event, "10:00", "11:00")
    held = series.save_series(
        by=centre.actor("ORGANISER"), series=None, title=words("C"), summary={}, topics=[], at=NOW
    )
    desk = sign_in(centre, role)
    posts = [
        f"{event.ref}/{name}/" for name in ("publish", "cancel", "copy", "unpublish", "reinstate", "discard")
    ]
    posts += [f"venues/{where.ref}/close/", f"series/{held.ref}/remove/", f"{event.ref}/edit/", "new/"]
    if role != "PROGRAMME_COMMITTEE":
        posts.append(f"{event.ref}/programme/sessions/{part.ref}/remove/")
    for path in posts:
        assert desk.post(DESK + path, {"starts": "2027-03-01T10:00"}).status_code == 404, path
    assert Event.objects.get().state == EventState.DRAFT and Session.objects.exists()
    assert Venue.objects.get().closed_at is None


def test_an_event_is_begun_planned_published_and_taken_back(centre: Centre):
    desk, extra = sign_in(centre, "ORGANISER"), organiser_of(centre)
    assert desk.post(f"{DESK}new/", form({**extra, "title_lt": ""})).status_code == 422
    made = desk.post(f"{DESK}new/", form(extra))
    event = Event.objects.get()
    assert made.url == f"{DESK}{event.ref}/" and event.slug == "tevu-vakaras-2027"
    page = desk.get(made.url).text
    assert "Prieš skelbiant lankytojams dar reikia" in page and "aprašymo" in page
    said = desk.post(f"{made.url}publish/", follow=True).text
    assert "Dar trūksta" in said and Event.objects.get().state == EventState.DRAFT
    whole = {
        **extra,
        "summary_lt": "S",
        "description_lt": "D",
        "audiences": ["teachers"],
        "languages": ["lt"],
        "access": ["captions"],
        "photo_policy": "none",
        "move_sessions": "on",
        "seen": event.changed_at.isoformat(),
    }
    assert desk.post(f"{made.url}edit/", form(whole)).status_code == 302
    assert desk.post(f"{made.url}edit/", form(whole)).status_code == 422  # seen is old now
    part = {"title_lt": "Pirma", "kind": "talk", "starts": "2027-02-09T10:00", "ends": "2027-02-09T11:00"}
    assert (
        desk.post(f"{made.url}programme/sessions/new/", {**part, "ends": "2027-02-09T13:00"}).status_code
        == 422
    )
    assert desk.post(f"{made.url}programme/sessions/new/", part).status_code == 302
    answer = desk.post(f"{made.url}publish/", follow=True).text
    assert "Paskelbta" in answer and f"{made.url}unpublish/" in answer
    assert Event.objects.get().state == EventState.PUBLISHED
    assert desk.post(f"{made.url}unpublish/").status_code == 302
    assert Event.objects.get().state == EventState.DRAFT


def test_the_form_asks_which_of_the_two_hours(centre: Centre):
    desk, extra = sign_in(centre, "ORGANISER"), organiser_of(centre)
    typed = form({**extra, "starts": "2027-10-31T03:30", "ends": "2027-10-31T06:00"})
    again = desk.post(f"{DESK}new/", typed)
    page = BeautifulSoup(again.text, "html.parser")
    assert again.status_code == 422 and page.select_one("select[name=starts_which]") is not None
    assert page.select_one("input[type=hidden][name=ends_which]") is not None
    assert "būna du kartus" in again.text
    made = desk.post(f"{DESK}new/", {**typed, "starts_which": "second"})
    assert made.status_code == 302 and Event.objects.get().starts.hour == 1
    shown = BeautifulSoup(desk.get(f"{made.url}edit/").text, "html.parser")
    assert shown.select_one("select[name=starts_which] option[selected]")["value"] == "second"
    for starts in ("2027-03-28T03:30", "nonsense", "2027-02-09T10:00+05:00", "1066-10-14T09:00"):
        assert desk.post(f"{DESK}new/", form({**extra, "starts": starts})).status_code == 422, starts
    assert Event.objects.count() == 1


def test_an_event_is_cancelled_with_a_reason_and_taken_back_by_undo(centre: Centre):
    event, desk = published_event(centre), sign_in(centre, "ORGANISER")
    path = f"{DESK}{event.ref}/"
    assert desk.post(f"{path}cancel/", {"note_lt": "Atsiprašome."}).status_code == 422
    said = desk.post(f"{path}cancel/", {"reason": "venue", "note_lt": "Atsiprašome."}, follow=True).text
    assert Event.objects.get().state == EventState.CANCELLED and f"{path}reinstate/" in said
    desk.post(f"{path}reinstate/")
    assert Event.objects.get().state == EventState.PUBLISHED
    made = desk.post(f"{path}copy/", {"starts": "2027-03-29T10:00"})
    copy = Event.objects.get(copied_from=event)
    assert made.url == f"{DESK}{copy.ref}/" and copy.starts.hour == 7  # summer time
    assert desk.post(f"{made.url}discard/").url == DESK and Event.objects.count() == 1


def test_parts_of_the_programme_are_edited_and_taken_out(centre: Centre):
    where = venue(centre)
    hall = room(centre, where)
    event = on_team(centre, draft(centre, format="in_person", venue=where), "PROGRAMME_COMMITTEE")
    desk = sign_in(centre, "PROGRAMME_COMMITTEE")
    path = f"{DESK}{event.ref}/programme/"
    assert desk.post(f"{path}tracks/new/", {"title_lt": "Mokykla", "colour": "2"}).status_code == 302
    assert desk.post(f"{path}streams/new/", {"name_lt": "Srautas"}).status_code == 302
    assert desk.post(f"{path}speakers/new/", {"name": "Ona"}).status_code == 302
    person, track = event.speakers.get(), event.tracks.get()
    typed = {
        "title_lt": "Pirma",
        "kind": "talk",
        "starts": "2027-02-09T10:00",
        "ends": "2027-02-09T11:00",
        "place": hall.ref,
        "track": track.ref,
        "speakers": [person.ref],
    }
    assert desk.post(f"{path}sessions/new/", typed).status_code == 302
    part = event.sessions.get()
    assert (part.room, part.track) == (hall, track) and part.speaking.get().speaker == person
    shown = BeautifulSoup(desk.get(f"{path}sessions/{part.ref}/").text, "html.parser")
    assert shown.select_one("select[name=place] option[selected]")["value"] == hall.ref
    again = desk.post(f"{path}sessions/new/", {**typed, "title_lt": "Antra"})
    assert again.status_code == 422 and "Antra" in again.text
    changed = {**typed, "place": event.streams.get().ref, "seen": part.changed_at.isoformat()}
    assert desk.post(f"{path}sessions/{part.ref}/", changed).status_code == 302
    desk.post(f"{path}streams/{event.streams.get().ref}/remove/")
    assert event.streams.exists()  # a session is in it
    for kind, name, row in (("speakers", "consent", person), ("speakers", "withdraw", person)):
        desk.post(f"{path}{kind}/{row.ref}/{name}/")
    person.refresh_from_db()
    assert person.withdrawn_at is not None
    for kind, row in (
        ("sessions", part),
        ("tracks", track),
        ("streams", event.streams.get()),
        ("speakers", person),
    ):
        assert desk.post(f"{path}{kind}/{row.ref}/remove/").status_code == 302
    assert not any(getattr(event, kind).exists() for kind in ("sessions", "tracks", "streams", "speakers"))
    assert desk.post(f"{path}tracks/{track.ref}/publish/").status_code == 404


def test_parts_of_another_event_are_not_found(centre: Centre):
    event, other = draft(centre), draft(centre)
    part = session(centre, other, "10:00", "11:00")
    desk = sign_in(centre, "ORGANISER")
    path = f"{DESK}{event.ref}/programme/sessions/{part.ref}/"
    assert desk.get(path).status_code == 404 and desk.post(f"{path}remove/").status_code == 404
    assert Session.objects.filter(pk=part.pk).exists()


def test_venues_rooms_and_series_are_kept(centre: Centre):
    desk = sign_in(centre, "ORGANISER")
    typed = {
        "name_lt": "Rūmai",
        "address": "Pavyzdžio g. 1",
        "municipality": "LT-57",
        "accessibility": ["step_free"],
    }
    assert desk.post(f"{DESK}venues/new/", {**typed, "name_lt": ""}).status_code == 422
    made = desk.post(f"{DESK}venues/new/", typed)
    assert desk.post(f"{made.url}rooms/new/", {"name_lt": "Salė", "seats": "40"}).status_code == 302
    hall = Venue.objects.get().rooms.get()
    assert desk.post(f"{made.url}rooms/{hall.ref}/", {"name_lt": "Didžioji", "seats": ""}).status_code == 302
    desk.post(f"{made.url}rooms/{hall.ref}/close/")
    page = desk.get(made.url).text
    assert "Didžioji" in page and "uždaryta" in page
    desk.post(f"{made.url}rooms/{hall.ref}/reopen/")
    said = desk.post(f"{made.url}close/", follow=True).text
    assert Venue.objects.get().closed_at is not None and f"{made.url}reopen/" in said
    assert desk.post(f"{made.url}burn/").status_code == 404
    assert desk.post(f"{DESK}series/new/", {"title_lt": "Ciklas"}).status_code == 302
    listed = desk.get(f"{DESK}series/").text
    assert "Ciklas" in listed


def test_the_month_shows_drafts_and_cancelled_ones_too(centre: Centre):
    on_team(centre, draft(centre), "DOOR_STAFF")
    on_team(
        centre,
        published_event(centre, starts=local("2027-02-10 10:00"), ends=local("2027-02-12 12:00")),
        "DOOR_STAFF",
    )
    page = BeautifulSoup(sign_in(centre, "DOOR_STAFF").get(f"{DESK}month/?month=2027-02").text, "html.parser")
    assert len(page.select(".month-list ul li")) == 4 and len(page.select(".month-list > li")) == 28


def test_lists_ask_as_much_for_three_rows_as_for_one(centre: Centre, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk = sign_in(centre, "ORGANISER")
    published_event(centre, format="in_person", venue=venue(centre))
    desk.get(DESK)
    with CaptureQueriesContext(
        connection,
    ) as one:
        desk.get(DESK)
    for _number in range(2):
        published_event(centre, format="in_person", venue=venue(centre))
    with django_assert_num_queries(len(one)):
        desk.get(DESK)


def test_the_list_is_filtered_by_words_and_kind(centre: Centre):
    published_event(centre)
    published_event(centre, kind="webinar")
    desk = sign_in(centre, "ORGANISER")
    found = {
        query: len(BeautifulSoup(desk.get(f"{DESK}?{query}").text, "html.parser").select("tbody tr"))
        for query in (
            "words=vakaras",
            "words=evening+parents",
            "words=vakaras+parents",
            "words=nothing",
            "kind=webinar",
        )
    }
    assert list(found.values()) == [2, 2, 2, 0, 1] and desk.get(f"{DESK}?format=csv").status_code == 200


def test_events_that_were_held_are_counted(centre: Centre):
    for _number in range(5):
        published_event(centre)
    draft(centre)
    quarter = Period.of(PeriodKind.QUARTER, NOW + timedelta(days=80))
    rows = {row.dims.get("kind"): row.n for row in computed(measure("events.held"), quarter)}
    assert rows == {"seminar": 5, None: 5}
    assert sign_in(centre, "AWARENESS_STATISTICIAN").get(f"{DESK}figures/").status_code == 200
    assert speakers.CONSENT_VERSION == 2
