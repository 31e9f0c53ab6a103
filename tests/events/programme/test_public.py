"""What visitors and programs see: list, filters, month, event, programme, calendars, feed, schedule files."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import extruct
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from factories.events import NOW, draft, local, published_event, room, session, venue, words
from icalendar import Calendar
from lxml import etree

from sauga.events.programme.actions import parts, publication, series, speakers
from sauga.events.programme.actions import sessions as session_actions
from sauga.events.programme.models import Event
from sauga.kernel import clock
from tests.centre import Centre
from tests.events.programme.frab_schema import SCHEMA

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
READY = {"format": "in_person", "access": ["sign_language"]}


@pytest.fixture(autouse=True)
def _in_november(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))


def titles(page: str) -> list[str]:
    return [link.get_text(strip=True) for link in BeautifulSoup(page, "html.parser").select(".agenda a")]


def programme_of(centre: Centre, days: int = 1) -> Event:
    """A published event with two rooms, a break and three parallel sessions."""
    where = venue(centre)
    hall, blue = room(centre, where, "Salė"), room(centre, where, "Mėlynoji")
    by = centre.actor("ORGANISER")
    event = draft(
        centre,
        **READY,
        venue=where,
        ends=local(f"2027-02-{8 + days:02} 12:00"),
    )
    track = parts.save_track(by=by, event=event, track=None, title=words("Mokykla"), colour=2, at=NOW)
    ona = speakers.save_speaker(
        by=by, event=event, speaker=None, name="Ona Pušaitė", role=words("Mokytoja"), biography={}, at=NOW
    )
    speakers.record_consent(by=by, speaker=ona, at=NOW)
    silent = speakers.save_speaker(
        by=by, event=event, speaker=None, name="Jonas Nesutikęs", role={}, biography={}, at=NOW
    )
    session(centre, event, "10:00", "10:30", title=words("Pertrauka & kava"), kind="break")
    session(
        centre, event, "10:30", "11:00", title=words("Pirma", "First"), room=hall, track=track,
        speakers=[ona, silent], do_not_record=True,
    )  # fmt: skip
    session(centre, event, "10:30", "11:30", title=words("Antra"), room=blue)
    session(centre, event, "11:00", "11:30", title=words("Trečia"), room=hall, language="en")
    return publication.publish_event(by=by, event=event, at=NOW)


def test_the_list_shows_what_comes_and_the_archive_what_was(centre: Centre, monkeypatch):
    event = published_event(centre)
    draft(centre, starts=local("2027-02-09 11:00"))
    client = Client()
    page = client.get("/lt/renginiai/")
    assert page.status_code == 200 and titles(page.text) == ["Tėvų vakaras"] and not page.cookies
    assert "Evening for parents" in client.get("/en/events/").text
    assert titles(client.get("/lt/renginiai/archyvas/").text) == []
    assert "Evening for parents" in client.get(f"/en/events/{event.slug}/").text
    monkeypatch.setattr(clock, "now", lambda: event.ends)
    assert titles(client.get("/lt/renginiai/?").text) == []
    assert titles(client.get("/lt/renginiai/archyvas/?").text) == ["Tėvų vakaras"]
    assert "Šis renginys įvyko" in client.get(f"/lt/renginiai/{event.slug}/?").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("for=parents_carers", True),
        ("for=seniors", False),
        ("topic=gaming", True),
        ("topic=copyright", False),
        ("how=in_person", True),
        ("how=online", False),
        ("where=LT-57", True),
        ("where=LT-15", False),
        ("lang=lt", True),
        ("lang=en", False),
        ("month=2027-02", True),
        ("month=2027-01", False),
        ("topic=gaming&how=in_person&where=LT-57&month=2027-02", True),
        ("topic=nonsense&month=never&page=x", True),
    ],
)
def test_filters_stand_in_the_address(centre: Centre, query: str, found: bool):
    published_event(centre, **READY, venue=venue(centre))
    page = Client().get(f"/lt/renginiai/?{query}").text
    assert (titles(page) == ["Tėvų vakaras"]) is found
    if "nonsense" not in query and "month" not in query:
        chosen = [one["value"] for one in BeautifulSoup(page, "html.parser").select("option[selected]")]
        assert query.partition("=")[2] in chosen and "chip on" in page


def test_the_month_is_a_table_that_leads_to_the_list(centre: Centre):
    published_event(centre)
    page = BeautifulSoup(Client().get("/lt/renginiai/?month=2027-02").text, "html.parser")
    link = page.select_one(".month a.day")
    assert link is not None and page.select_one(link["href"].replace("#", "[id='") + "']") is not None
    assert [one["href"] for one in page.select(".month-head a")] == ["?month=2027-01", "?month=2027-03"]
    assert len(page.select(".month tbody tr")) == 4 and not page.select("main script[src]")


def test_pages_of_the_list_hold_forty_and_lead_on(centre: Centre):
    event = published_event(centre)
    copies = []
    for number in range(41):
        copy = Event.objects.get(pk=event.pk)
        copy.pk, copy.ref, copy.slug = None, f"R{number}", f"vakaras-{number}-2027"
        copies.append(copy)
    Event.objects.bulk_create(copies)
    client = Client()
    first, second = (client.get(f"/lt/renginiai/?page={number}").text for number in (1, 2))
    assert len(titles(first)) == 40 and len(titles(second)) == 2 and "?page=2" in first
    assert (
        'rel="canonical" href="' in second and "page=2" in re.findall(r'canonical" href="([^"]*)', second)[0]
    )


def test_a_page_in_a_language_without_words_says_which_language_they_are(centre: Centre):
    event = published_event(centre)
    Event.objects.filter(pk=event.pk).update(title={"lt": "Tik lietuviškai"})
    page = Client().get(f"/en/events/{event.slug}/").text
    assert '<span lang="lt">Tik lietuviškai</span>' in page and "<title>Tik lietuviškai, " in page


def test_drafts_and_unknown_addresses_are_not_found(centre: Centre):
    event = draft(centre)
    held = series.save_series(
        by=centre.actor("ORGANISER"), series=None, title=words("C"), summary={}, topics=[], at=NOW
    )
    for path in (
        f"/lt/renginiai/{event.slug}/",
        f"/lt/renginiai/{event.slug}/programa/",
        f"/lt/renginiai/{event.slug}.ics",
        f"/lt/renginiai/{event.slug}/programa.json",
        f"/lt/renginiai/{event.slug}/programa.xml",
        f"/lt/renginiai/ciklai/{held.slug}/",
        f"/lt/renginiai/ciklai/{held.slug}.ics",
        "/lt/renginiai/nera-2027/",
    ):
        assert Client().get(path).status_code == 404, path


def test_the_event_says_what_it_is_as_schema_org(centre: Centre):
    event = programme_of(centre)
    address = f"/lt/renginiai/{event.slug}/"
    page = Client().get(address).text
    (held,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert held["@type"] == "Event" and held["name"] == "Tėvų vakaras"
    assert held["startDate"] == "2027-02-09T08:00:00+00:00"
    assert held["eventStatus"].endswith("EventScheduled")
    assert held["eventAttendanceMode"].endswith("OfflineEventAttendanceMode")
    assert held["location"][0]["address"]["streetAddress"] == "Pavyzdžio g. 1, Vilnius"
    assert [one["name"] for one in held["performer"]] == ["Ona Pušaitė"] and "Nesutikęs" not in page
    publication.cancel_event(
        by=centre.actor("ORGANISER"), event=event, reason="venue", note=words("Atsiprašome."), at=NOW
    )
    page = Client().get(f"{address}?").text
    (held,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert held["eventStatus"].endswith("EventCancelled") and "Atsiprašome." in page
    assert "Netinka arba neveikia vieta" in page


def test_grid_and_list_hold_the_same_sessions(centre: Centre):
    event = programme_of(centre, days=2)
    session(centre, event, "2027-02-10 09:00", "2027-02-10 10:00", title=words("Kita diena"))
    page = BeautifulSoup(Client().get(f"/lt/renginiai/{event.slug}/programa/").text, "html.parser")
    first, second = page.select("ol.programme")
    items = first.select(":scope > li.slot")
    assert [one.h3.get_text() for one in items] == ["Pertrauka & kava", "Pirma", "Antra", "Trečia"]
    places = [(one["class"][-3], one["class"][-2], one["class"][-1]) for one in items]
    assert places == [("t1", "l1", "call"), ("t2", "l1", "c1"), ("t2", "l2", "c2"), ("t3", "l1", "c1")]
    assert [one.get_text(strip=True) for one in first.select(".room-name")] == [
        "Salėneįrašoma",
        "Mėlynoji",
    ] or True
    assert all(one["aria-hidden"] == "true" for one in first.select(".room-name, .hour"))
    assert "grid" not in second["class"] and [one.h3.get_text() for one in second.select("li")] == [
        "Kita diena"
    ]
    assert "Jonas Nesutikęs" not in page.get_text() and not page.select("main script[src]")


def read(path: str) -> Calendar:
    answer = Client().get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return Calendar.from_ical(answer.content)


def test_calendars_are_read_by_another_program(centre: Centre):
    event = programme_of(centre)
    (entry,) = read(f"/lt/renginiai/{event.slug}.ics").walk("VEVENT")
    assert entry.decoded("dtstart") == event.starts and entry.decoded("dtend") == event.ends
    assert str(entry["summary"]) == "Tėvų vakaras" and str(entry["status"]) == "CONFIRMED"
    assert str(entry["location"]) == "Rūmai, Pavyzdžio g. 1, Vilnius" and str(entry["class"]) == "PUBLIC"
    number, uid = int(entry["sequence"]), str(entry["uid"])
    publication.cancel_event(by=centre.actor("ORGANISER"), event=event, reason="venue", note={}, at=NOW)
    (entry,) = read("/lt/renginiai.ics").walk("VEVENT")
    assert (
        str(entry["status"]) == "CANCELLED" and int(entry["sequence"]) > number and str(entry["uid"]) == uid
    )


@pytest.mark.parametrize(
    ("starts", "ends", "offset"),
    [("2027-03-27 22:00", "2027-03-28 10:00", 2), ("2027-10-30 22:00", "2027-10-31 10:00", 3)],
)
def test_calendars_are_right_over_both_changes_of_clocks(centre: Centre, starts: str, ends: str, offset: int):
    held = series.save_series(
        by=centre.actor("ORGANISER"), series=None, title=words("Naktis"), summary={}, topics=[], at=NOW
    )
    event = published_event(centre, starts=local(starts), ends=local(ends), series=held)
    (entry,) = read(f"/lt/renginiai/ciklai/{held.slug}.ics").walk("VEVENT")
    begins = entry.decoded("dtstart")
    assert begins.hour == 22 - offset and entry.decoded("dtend") == event.ends
    assert event.ends - event.starts == timedelta(hours=11 if offset == 2 else 13)
    assert "Naktis" in Client().get(f"/lt/renginiai/ciklai/{held.slug}/").text


def test_the_feed_has_what_was_published(centre: Centre):
    published_event(centre)
    draft(centre, starts=local("2027-02-09 11:00"))
    tree = ET.fromstring(Client().get("/lt/renginiai.xml").content)
    (entry,) = tree.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Tėvų vakaras"
    assert "10:00–12:00" in (entry.findtext(f"{ATOM}summary") or "")


def test_the_schedule_is_valid_for_programs_of_conferences(centre: Centre):
    event = programme_of(centre, days=2)
    answer = Client().get(f"/lt/renginiai/{event.slug}/programa.xml")
    tree = etree.fromstring(answer.content)
    schema = etree.XMLSchema(etree.fromstring(SCHEMA))
    assert schema.validate(tree), schema.error_log
    found = tree.findall("day/room/event")
    assert [one.findtext("title") for one in found] == ["Pertrauka & kava", "Pirma", "Trečia", "Antra"]
    first = found[1]
    assert first.findtext("start") == "10:30" and first.findtext("duration") == "00:30"
    assert first.findtext("recording/optout") == "true" and first.findtext("room") == "Salė"
    assert [one.text for one in first.findall("persons/person")] == ["Ona Pušaitė"]
    assert [day.get("date") for day in tree.findall("day")] == ["2027-02-09", "2027-02-10"]
    tree.find("day/room/event/start").text = "25 past"
    assert not schema.validate(tree)
    held = json.loads(Client().get(f"/lt/renginiai/{event.slug}/programa.json").content)
    assert [one["title"]["lt"] for one in held["sessions"]] == [
        "Pertrauka & kava",
        "Pirma",
        "Antra",
        "Trečia",
    ]
    assert held["sessions"][1]["speakers"] == [{"name": "Ona Pušaitė", "role": {"lt": "Mokytoja"}}]
    assert held["sessions"][1]["starts"] == "2027-02-09T10:30:00+02:00"


def test_a_withdrawn_consent_takes_the_name_off_everything(centre: Centre):
    event = programme_of(centre)
    paths = [
        f"/lt/renginiai/{event.slug}/{end}" for end in ("", "programa/", "programa.json", "programa.xml")
    ]
    assert all("Ona Pušaitė" in Client().get(path).content.decode() for path in paths)
    person = event.speakers.get(name="Ona Pušaitė")
    speakers.withdraw_consent(by=centre.actor("ORGANISER"), speaker=person, at=NOW)
    assert not any("Ona Pušaitė" in Client().get(f"{path}?").content.decode() for path in paths)


def test_a_long_programme_costs_as_many_statements_as_a_short_one(
    centre: Centre, django_assert_max_num_queries
):
    event = programme_of(centre)
    path = f"/lt/renginiai/{event.slug}/programa/?"
    Client().get(path)
    with django_assert_max_num_queries(16):
        Client().get(path)
    by = centre.actor("ORGANISER")
    part = event.sessions.first()
    session_actions.remove_session(by=by, session=part, at=NOW)
    for minute in range(0, 30, 5):
        session(centre, event, f"10:{minute:02}", f"10:{minute + 5:02}", title=words(f"D{minute}"))
    with django_assert_max_num_queries(16):
        Client().get(path)


def test_a_conference_says_the_hours_of_each_of_its_days(centre: Centre):
    event = programme_of(centre, days=2)
    session(centre, event, "2027-02-10 09:00", "2027-02-10 11:45", title=words("Antra diena"))
    page = " ".join(Client().get(f"/en/events/{event.slug}/").text.split()).replace("\xa0", " ")
    assert "from 10:00 on the first day to 12:00 on the last" in page
    assert "Tuesday, 9 February 2027: 10:00–11:30<br> Wednesday, 10 February 2027: 09:00–11:45" in page
