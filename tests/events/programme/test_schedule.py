"""The schedule editor: moves with all that is refused, undo, two organisers at once, and that nobody outside
the desk sees a session without a time.
"""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from factories.events import NOW, draft, given, local, on_team, published_event, room, session, venue, words

from sauga.events.programme.actions import events as event_actions
from sauga.events.programme.actions import parts, sessions, speakers
from sauga.events.programme.actions.refusals import (
    OutsideEvent,
    PlaceTaken,
    RecordedPlace,
    RoomTaken,
    SpeakerBusy,
    TimeRefused,
)
from sauga.events.programme.actions.sessions import SessionGiven, SessionUnfit, Spot
from sauga.events.programme.models import Event, Session, SpeakerAbsence, Stream
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed
from tests.centre import Centre, sign_in

pytestmark = pytest.mark.django_db
DESK = "/desk/events/"


def spot(text: str, minutes: int = 60, **more) -> Spot:
    return Spot(starts=local(text if " " in text else f"2027-02-09 {text}"), minutes=minutes, **more)


def moved(centre: Centre, row: Session, to: Spot | None, **more) -> sessions.Move:
    by = centre.actor(more.pop("role", "PROGRAMME_COMMITTEE"))
    return sessions.move_session(by=by, session=row, to=to, at=NOW + timedelta(minutes=1), **more)


def conference(centre: Centre, **more) -> Event:
    event = draft(centre, format="hybrid", venue=venue(centre), ends=local("2027-02-09 18:00"), **more)
    return on_team(centre, event, "PROGRAMME_COMMITTEE")


def speaker(centre: Centre, event: Event, name: str = "Ona"):
    by = centre.actor("ORGANISER")
    return speakers.save_speaker(by=by, event=event, speaker=None, name=name, role={}, biography={}, at=NOW)


def stream(centre: Centre, event: Event) -> Stream:
    by = centre.actor("ORGANISER")
    return parts.save_stream(
        by=by, event=event, stream=None, name=words("Tiesiogiai"), is_recorded=True, at=NOW
    )


def test_a_session_begins_without_a_time_and_is_moved_in_and_out(centre: Centre):
    event = conference(centre)
    hall = room(centre, event.venue)
    by = centre.actor("ORGANISER")
    entered = SessionGiven(title=words("Vėliau"), minutes=45)
    row = sessions.add_session(by=by, event=event, given=entered, at=NOW)
    assert not row.is_scheduled and row.minutes == 45
    made = moved(centre, row, spot("11:00", 45, room=hall))
    assert (made.session.ends - made.session.starts) == timedelta(minutes=45)
    assert made.session.sequence == row.sequence + 1
    back = moved(centre, made.session, None).session
    assert not back.is_scheduled and back.room is None and back.minutes == 45
    for wrong in ({"room": hall}, {"starts": local("2027-02-09 11:00")}):
        with pytest.raises(SessionUnfit):
            sessions.add_session(by=by, event=event, given=SessionGiven(title=words("X"), **wrong), at=NOW)


def test_what_cannot_be_is_refused_and_changes_nothing(centre: Centre):
    event = conference(centre)
    hall, blue = room(centre, event.venue), room(centre, event.venue, "Mėlynoji")
    live, ona = stream(centre, event), speaker(centre, event)
    session(centre, event, "10:00", "11:00", room=hall, speakers=[ona])
    row = session(centre, event, "12:00", "13:00", room=blue, speakers=[ona])
    other = conference(centre)
    event_actions.edit_event(
        by=centre.actor("ORGANISER"),
        event=other,
        given=given(centre, format="hybrid", venue=event.venue, ends=local("2027-02-09 18:00")),
        move_sessions=False,
        seen="",
        at=NOW,
    )
    other.refresh_from_db()
    session(centre, other, "15:00", "16:00", room=blue)
    away = SpeakerAbsence(speaker=ona, starts=row.starts + timedelta(hours=5), ends=event.ends)
    away.save()
    before = (row.starts, row.room_id, row.sequence)
    for to, error in (
        (spot("09:30", room=blue), OutsideEvent),
        (spot("17:30", room=blue), OutsideEvent),
        (spot("10:30", room=hall), PlaceTaken),
        (spot("10:30", room=blue), SpeakerBusy),
        (spot("10:30"), PlaceTaken),
        (spot("15:30", room=blue), RoomTaken),
        (spot("17:00", room=blue), SpeakerBusy),
        (spot("12:00", stream=live), RecordedPlace),
        (spot("12:00", 4, room=blue), SessionUnfit),
        (spot("12:00", room=room(centre, venue(centre))), SessionUnfit),
        (spot("2027-03-28 03:30", room=blue), TimeRefused),
        (spot("2027-10-31 03:30", room=blue), TimeRefused),
    ):
        with pytest.raises(error):
            moved(centre, row, to)
    for role in ("DOOR_STAFF", "PHOTOGRAPHER", "EDITOR", "ANALYST"):
        with pytest.raises(PermissionRefused):
            moved(centre, row, spot("13:00", room=blue), role=role)
    row.refresh_from_db()
    assert (row.starts, row.room_id, row.sequence) == before
    Event.objects.filter(pk=event.pk).update(state="OVER")
    with pytest.raises(MoveNotAllowed):
        moved(centre, row, spot("13:00", room=blue))


def test_a_form_refuses_the_same_as_a_move(centre: Centre):
    event = conference(centre)
    blue, ona = room(centre, event.venue), speaker(centre, event)
    session(centre, event, "10:00", "11:00", room=room(centre, event.venue, "B"), speakers=[ona])
    with pytest.raises(SpeakerBusy):
        session(centre, event, "10:30", "11:30", room=blue, speakers=[ona])
    with pytest.raises(RecordedPlace):
        session(centre, event, "12:00", "13:00", stream=stream(centre, event), speakers=[ona])
    assert Session.objects.count() == 1


def test_more_seats_than_the_room_has_are_a_warning(centre: Centre):
    event = conference(centre)
    row = session(centre, event, "10:00", "11:00", seats_wanted=80)
    made = moved(centre, row, spot("11:00", room=room(centre, event.venue)))
    assert made.session.is_scheduled and "50" in made.warnings[0] and "80" in made.warnings[0]


def test_a_session_is_recorded_only_when_every_speaker_agreed(centre: Centre):
    event = conference(centre)
    people = [speaker(centre, event, name) for name in ("Ona", "Jonas")]
    row = session(centre, event, "10:00", "11:00", speakers=people)
    by = centre.actor("ORGANISER")
    agreed = []
    for one in row.speaking.all():
        agreed.append(row.may_be_recorded)
        speakers.set_recording(by=by, speaking=one, agrees=True, at=NOW)
    assert agreed == [False, False] and Session.objects.get().may_be_recorded
    held = row.speaking.first()
    assert held.recording_version == speakers.RECORDING_VERSION
    entered = SessionGiven(
        title=words("Kita"), starts=local("2027-02-09 10:00"), ends=local("2027-02-09 11:00"), speakers=people
    )
    sessions.edit_session(by=by, session=row, given=entered, seen="", at=NOW)
    assert Session.objects.get().may_be_recorded  # an edit keeps what people agreed to
    moved(centre, row, spot("11:00", stream=stream(centre, event)))
    speakers.set_recording(by=by, speaking=held, agrees=False, at=NOW)
    assert not Session.objects.get().may_be_recorded
    page = sign_in(centre, "ORGANISER").get(f"{DESK}{event.ref}/schedule/").text
    assert "card-bad" in page
    with pytest.raises(speakers.SpeakerUnfit):
        speakers.set_recording(by=by, speaking=held, agrees=False, at=NOW)


def test_the_editor_moves_undoes_and_tells_the_later_organiser(centre: Centre):
    event = conference(centre)
    hall = room(centre, event.venue)
    row = session(centre, event, "10:00", "11:00")
    address = f"{DESK}{event.ref}/schedule/"
    desk = sign_in(centre, "ORGANISER")
    page = BeautifulSoup(desk.get(address).text, "html.parser")
    form = page.select_one(f"#s-{row.ref} form")
    values = {one["name"]: one.get("value", "") for one in form.select("input[name]")}
    assert values["starts"] == "2027-02-09T10:00" and values["minutes"] == "60"
    values |= {"starts": "2027-02-09T11:30", "place": hall.ref}
    done = desk.post(form["action"], values)
    assert done.status_code == 302 and done.url == f"{address}#s-{row.ref}"
    row.refresh_from_db()
    assert row.room == hall
    after = BeautifulSoup(desk.get(address).text, "html.parser")
    undo = after.select_one(".toast form")["action"]
    late = desk.post(
        form["action"], values | {"csrfmiddlewaretoken": "a page that another organiser opened before"}
    )
    assert late.status_code == 422 and "11:30" in late.text and "Kas nors" in late.text
    assert desk.post(undo).status_code == 302
    row.refresh_from_db()
    assert row.room is None and row.starts == local("2027-02-09 10:00").instants[0]
    assert desk.post(undo).status_code == 422  # the same undo again: it has moved on
    out = desk.post(form["action"], {"do": "unschedule", "seen": row.sequence})
    row.refresh_from_db()
    assert out.status_code == 302 and not row.is_scheduled
    assert desk.get(form["action"]).url == address
    unfit = desk.post(form["action"], {"minutes": "60", "starts": "", "place": ""})
    assert unfit.status_code == 422


def test_the_doubled_hour_is_an_instant(centre: Centre):
    event = draft(centre, starts=local("2027-10-30 20:00"), ends=local("2027-10-31 10:00"), format="online")
    row = session(centre, event, "2027-10-30 21:00", "2027-10-30 22:00")
    address = f"{DESK}{event.ref}/schedule/{row.ref}/"
    desk = sign_in(centre, "ORGANISER")
    for instant, said in (("2027-10-31T00:30:00Z", "vasaros"), ("2027-10-31T01:30:00Z", "žiemos")):
        asked = {"instant": instant, "minutes": "60", "place": ""}
        answer = json.loads(desk.get(f"{address}check/", asked).content)
        assert "03:30" in answer["when"] and said in answer["when"] and answer["refused"] == []
        assert desk.post(address, asked).status_code == 302
        row.refresh_from_db()
        assert row.starts.isoformat() == instant.replace("Z", "+00:00")
        assert (row.ends - row.starts) == timedelta(hours=1)
    typed = {"starts": "2027-10-31T03:30", "minutes": "60", "place": ""}
    again = desk.post(address, typed)
    assert again.status_code == 422 and "starts_which" in again.text
    early = {"instant": "2027-10-29T10:00:00Z", "minutes": "60", "place": ""}
    assert json.loads(desk.get(f"{address}check/", early).content)["refused"]
    assert desk.get(f"{address}check/", {"minutes": "x"}).status_code == 422


@pytest.mark.parametrize("role", ["DOOR_STAFF", "PHOTOGRAPHER", "EDITOR", "ANALYST"])
def test_others_do_not_reach_the_editor(centre: Centre, role: str):
    event = conference(centre)
    row = session(centre, event, "10:00", "11:00")
    desk, address = sign_in(centre, role), f"{DESK}{event.ref}/schedule/"
    for path in (address, f"{address}{row.ref}/", f"{address}{row.ref}/check/"):
        assert desk.get(path).status_code == 404
    assert desk.post(f"{address}{row.ref}/", {"do": "unschedule"}).status_code == 404
    elsewhere = conference(centre)
    own = sign_in(centre, "ORGANISER")
    assert own.post(f"{DESK}{elsewhere.ref}/schedule/{row.ref}/", {"do": "unschedule"}).status_code == 404
    row.refresh_from_db()
    assert row.is_scheduled


def test_nobody_outside_sees_a_session_without_a_time(centre: Centre):
    event = on_team(centre, published_event(centre), "PROGRAMME_COMMITTEE")
    by = centre.actor("ORGANISER")
    sessions.add_session(by=by, event=event, given=SessionGiven(title=words("Paslėpta")), at=NOW)
    shown = session(centre, event, "10:00", "11:00")
    there = f"/lt/renginiai/{event.slug}"
    visitor = Client()
    for path in (
        f"{there}/",
        f"{there}/programa/",
        f"{there}/programa.json",
        f"{there}/programa.xml",
        f"{there}.ics",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 200 and "Paslėpta" not in answer.text, path
    desk = sign_in(centre, "ORGANISER")
    assert "Paslėpta" in desk.get(f"{DESK}{event.ref}/").text
    number = Event.objects.get().sequence
    moved(centre, shown, None)
    assert "Dalis" not in visitor.get(f"{there}/programa/").text
    assert Event.objects.get().sequence == number + 1
    copied = event_actions.copy_event(by=by, event=event, starts=local("2027-03-09 10:00"), at=NOW)
    assert copied.sessions.filter(starts__isnull=True).count() == 2
    edited = event_actions.edit_event(
        by=by,
        event=event,
        given=given(centre, starts=local("2027-02-10 10:00"), ends=local("2027-02-10 12:00")),
        move_sessions=True,
        seen="",
        at=NOW,
    )
    assert edited.sessions.scheduled().count() == 0
