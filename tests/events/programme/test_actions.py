"""Writing the programme: what is stored, what is refused and why, by whom, and what follows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from factories.events import NOW, draft, given, local, on_team, published_event, room, session, venue, words

from sauga.events.effects import event_cancelled, event_moved
from sauga.events.programme.actions import events as actions
from sauga.events.programme.actions import parts, publication, series, sessions, speakers, venues
from sauga.events.programme.actions.refusals import (
    CodeRefused,
    OutsideEvent,
    PlaceTaken,
    RoomTaken,
    TimeRefused,
)
from sauga.events.programme.actions.sessions import SessionGiven, SessionUnfit
from sauga.events.programme.models import Event, Session
from sauga.events.states import EventState
from sauga.events.trail import ZONE
from sauga.kernel import audit, retention
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ChangedMeanwhile, ReasonMissing
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre

pytestmark = pytest.mark.django_db
BEFORE_EVENT = {"format": "in_person"}


def edit(centre: Centre, event: Event, *, move: bool = True, seen: str = "", **more) -> Event:
    return actions.edit_event(
        by=centre.actor("ORGANISER"),
        event=event,
        given=given(centre, **more),
        move_sessions=move,
        seen=seen,
        at=NOW + timedelta(hours=1),
    )


@pytest.mark.parametrize(
    "role", ["DOOR_STAFF", "PHOTOGRAPHER", "EDITOR", "AWARENESS_STATISTICIAN", "ANALYST"]
)
def test_others_change_nothing(centre: Centre, role: str):
    event, where = on_team(centre, draft(centre), "DOOR_STAFF", "PHOTOGRAPHER"), venue(centre)
    part = session(centre, event, "10:00", "11:00")
    entered = SessionGiven(title=words("X"), starts=local("2027-02-09 11:00"), ends=local("2027-02-09 12:00"))
    by = centre.actor(role)
    some = {"name": words("A"), "at": NOW}
    for act in (
        lambda: actions.create_event(by=by, given=given(centre), at=NOW),
        lambda: actions.edit_event(
            by=by, event=event, given=given(centre), move_sessions=False, seen="", at=NOW
        ),
        lambda: actions.copy_event(by=by, event=event, starts=local("2027-03-09 10:00"), at=NOW),
        lambda: actions.discard_event(by=by, event=event, at=NOW),
        lambda: publication.publish_event(by=by, event=event, at=NOW),
        lambda: publication.unpublish_event(by=by, event=event, at=NOW),
        lambda: publication.cancel_event(by=by, event=event, reason="venue", note={}, at=NOW),
        lambda: publication.reinstate_event(by=by, event=event, at=NOW),
        lambda: publication.close_events(by=by, at=NOW),
        lambda: sessions.add_session(by=by, event=event, given=entered, at=NOW),
        lambda: sessions.edit_session(by=by, session=part, given=entered, seen="", at=NOW),
        lambda: sessions.remove_session(by=by, session=part, at=NOW),
        lambda: parts.save_stream(by=by, event=event, stream=None, **some),
        lambda: parts.save_track(by=by, event=event, track=None, title=words("A"), colour=1, at=NOW),
        lambda: speakers.save_speaker(
            by=by, event=event, speaker=None, name="A", role={}, biography={}, at=NOW
        ),
        lambda: venues.save_room(by=by, venue=where, room=None, seats=1, **some),
        lambda: venues.close_venue(by=by, venue=where, at=NOW),
        lambda: series.save_series(by=by, series=None, title=words("A"), summary={}, topics=[], at=NOW),
    ):
        with pytest.raises(PermissionRefused):
            act()
    assert Event.objects.count() == 1 and Session.objects.count() == 1


def test_the_committee_plans_but_does_not_publish(centre: Centre):
    event, by = on_team(centre, draft(centre), "PROGRAMME_COMMITTEE"), centre.actor("PROGRAMME_COMMITTEE")
    entered = SessionGiven(title=words("X"), starts=local("2027-02-09 10:00"), ends=local("2027-02-09 11:00"))
    sessions.add_session(by=by, event=event, given=entered, at=NOW)
    for act in (publication.publish_event, publication.unpublish_event, actions.discard_event):
        with pytest.raises(PermissionRefused):
            act(by=by, event=event, at=NOW)


@pytest.mark.parametrize(
    ("starts", "ends", "why"),
    [
        ("2027-02-09 10:00", "2027-02-09 10:00", "order"),
        ("2027-02-09 10:00", "2027-02-08 12:00", "order"),
        ("2027-03-28 03:30", "2027-03-28 09:00", "starts_skipped"),
        ("2027-03-27 20:00", "2027-03-28 03:00", "ends_skipped"),
        ("2027-10-31 03:30", "2027-10-31 09:00", "starts_doubled"),
        ("2027-10-30 20:00", "2027-10-31 03:30", "ends_doubled"),
        ("2027-02-09 10:00", "2027-03-20 10:00", "long"),
    ],
)
def test_times_that_cannot_be_are_refused(centre: Centre, starts: str, ends: str, why: str):
    with pytest.raises(TimeRefused) as refused:
        draft(centre, starts=local(starts), ends=local(ends))
    assert refused.value.why == why and not Event.objects.exists()


def test_the_doubled_hour_is_the_one_that_was_chosen(centre: Centre):
    first = draft(centre, starts=local("2027-10-31 03:30", "first"), ends=local("2027-10-31 06:00"))
    second = draft(centre, starts=local("2027-10-31 03:30", "second"), ends=local("2027-10-31 06:00"))
    assert second.starts - first.starts == timedelta(hours=1)


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "party"},
        {"kind": ""},
        {"format": "broadcast"},
        {"audiences": ["nobody"]},
        {"topics": ["x"]},
        {"access": ["x"]},
        {"photo_policy": "x"},
        {"municipality": "LT-99"},
        {"languages": ["tlh"]},
    ],
)
def test_codes_that_no_list_has_are_refused(centre: Centre, more):
    with pytest.raises(CodeRefused):
        draft(centre, **more)


def test_without_what_visitors_need_it_is_not_published(centre: Centre):
    where = venue(centre, ())
    event = draft(centre, format="hybrid", venue=where, access=[], photo_policy="", languages=[])
    with pytest.raises(publication.NotReady) as refused:
        publication.publish_event(by=centre.actor("ORGANISER"), event=event, at=NOW)
    for word in ("prieinam", "pritaikyta", "kalba", "fotografuojama"):
        assert word in refused.value.text or word == "prieinam"
    assert Event.objects.get().state == EventState.DRAFT
    with pytest.raises(publication.TooLate):
        publication.publish_event(
            by=centre.actor("ORGANISER"), event=draft(centre), at=datetime(2027, 3, 1, tzinfo=UTC)
        )


def test_an_event_is_published_changed_and_cancelled_and_each_is_taken_back(centre: Centre):
    by = centre.actor("ORGANISER")
    event = published_event(centre)
    slug, number = event.slug, event.sequence
    assert slug == "tevu-vakaras-2027"
    heard = []
    event_moved.connect("test", lambda **facts: heard.append(facts["before"]) or 1)
    event_cancelled.connect("test", lambda **facts: heard.append(facts["event"].ref) or 1)
    event = edit(centre, event, starts=local("2027-02-09 11:00"))
    assert event.sequence == number + 1 and event.slug == slug and len(heard) == 1
    event = publication.unpublish_event(by=by, event=event, at=NOW)
    event = publication.publish_event(by=by, event=event, at=NOW)
    with pytest.raises(ReasonMissing):
        publication.cancel_event(by=by, event=event, reason="whim", note={}, at=NOW)
    event = publication.cancel_event(by=by, event=event, reason="venue", note=words("Atsiprašome."), at=NOW)
    assert event.state == EventState.CANCELLED and heard[-1] == event.ref
    with pytest.raises(MoveNotAllowed):
        edit(centre, event)
    event = publication.reinstate_event(by=by, event=event, at=NOW)
    assert (event.state, event.cancel_reason, event.cancel_note) == (EventState.PUBLISHED, "", {})
    with pytest.raises(publication.TooLate):
        publication.unpublish_event(by=by, event=event, at=event.starts)
    with pytest.raises(publication.TooLate):
        publication.cancel_event(by=by, event=event, reason="venue", note={}, at=event.ends)
    with pytest.raises(MoveNotAllowed):
        actions.discard_event(by=by, event=event, at=NOW)
    moves = [entry for entry in audit.timeline(event, zone=ZONE) if entry.action == "event:moved"]
    assert len(moves) == 5 and moves[3].facts == {"to": "CANCELLED", "why": "venue"}


def test_what_has_ended_is_over(centre: Centre):
    event, other = published_event(centre), draft(centre)
    worker = SystemActor("events")
    assert publication.close_events(by=worker, at=event.ends - timedelta(minutes=1)) == 0
    assert publication.close_events(by=worker, at=event.ends) == 1
    assert publication.close_events(by=worker, at=event.ends) == 0
    states = dict(Event.objects.values_list("pk", "state"))
    assert states == {event.pk: EventState.OVER, other.pk: EventState.DRAFT}


def test_a_colleagues_version_is_not_overwritten(centre: Centre):
    event = draft(centre)
    seen = event.changed_at.isoformat()
    edit(centre, event, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        edit(centre, event, seen=seen)


def test_a_room_has_one_session_at_a_time_of_whatever_event(centre: Centre):
    where = venue(centre)
    hall, other = room(centre, where), room(centre, where, "Kita")
    one = published_event(centre, format="in_person", venue=where)
    two = draft(centre, format="in_person", venue=where)
    session(centre, one, "10:00", "11:00", room=hall, title=words("Pirma"))
    with pytest.raises(RoomTaken) as refused:
        session(centre, two, "10:30", "11:30", room=hall)
    assert "Salė" in refused.value.text and "Pirma" in refused.value.text and "10:00" in refused.value.text
    session(centre, two, "11:00", "12:00", room=hall)
    session(centre, two, "10:00", "11:00", room=other)
    publication.cancel_event(by=centre.actor("ORGANISER"), event=one, reason="venue", note={}, at=NOW)
    session(centre, two, "10:00", "11:00", room=hall)
    with pytest.raises(RoomTaken):
        publication.reinstate_event(by=centre.actor("ORGANISER"), event=one, at=NOW)
    assert Event.objects.get(pk=one.pk).state == EventState.CANCELLED


def test_the_database_itself_refuses_a_room_twice(centre: Centre):
    from django.db import IntegrityError

    where = venue(centre)
    hall, event = room(centre, where), draft(centre, format="in_person", venue=where)
    part = session(centre, event, "10:00", "11:00", room=hall)
    with pytest.raises(IntegrityError, match="session_room_no_overlap"):
        Session.objects.create(event=event, room=hall, starts=part.starts, ends=part.ends, changed_at=NOW)


def test_sessions_lie_within_the_event_and_beside_each_other(centre: Centre):
    where = venue(centre)
    hall = room(centre, where)
    event = draft(centre, format="in_person", venue=where)
    for starts, ends in (("09:30", "10:30"), ("11:30", "12:01")):
        with pytest.raises(OutsideEvent):
            session(centre, event, starts, ends)
    session(centre, event, "10:00", "10:30")
    for more in ({}, {"room": hall}):
        with pytest.raises(PlaceTaken):
            session(centre, event, "10:15", "10:45", **more)
    with pytest.raises(TimeRefused):
        session(centre, event, "11:00", "10:45")
    stranger = draft(centre, format="in_person", venue=venue(centre))
    track = parts.save_track(
        by=centre.actor("ORGANISER"), event=stranger, track=None, title=words("T"), colour=99, at=NOW
    )
    assert track.colour == 8
    for more, why in (({"room": room(centre, stranger.venue)}, "place"), ({"track": track}, "track")):
        with pytest.raises(SessionUnfit) as refused:
            session(centre, event, "11:00", "11:30", **more)
        assert refused.value.why == why
    with pytest.raises(SessionUnfit):
        session(centre, event, "11:00", "11:30", title={"en": "X"})
    assert event.sessions.count() == 1


def test_sessions_move_along_with_the_start_or_the_change_is_refused(centre: Centre):
    event = draft(centre)
    part = session(centre, event, "11:00", "12:00")
    later = {"starts": local("2027-02-10 10:00"), "ends": local("2027-02-10 12:00")}
    with pytest.raises(actions.SessionsOutside):
        edit(centre, event, move=False, **later)
    edit(centre, event, **later)
    part.refresh_from_db()
    assert part.starts.astimezone(VILNIUS).isoformat() == "2027-02-10T11:00:00+02:00"


def test_a_copy_keeps_the_hours_over_both_changes_of_clocks(centre: Centre):
    where = venue(centre)
    hall = room(centre, where)
    event = draft(
        centre,
        format="in_person",
        venue=where,
        starts=local("2027-03-27 09:00"),
        ends=local("2027-03-27 18:00"),
    )
    session(centre, event, "10:00", "11:00", room=hall)
    by = centre.actor("ORGANISER")
    person = speakers.save_speaker(by=by, event=event, speaker=None, name="A", role={}, biography={}, at=NOW)
    for day in ("2027-03-29", "2027-11-02"):
        made = actions.copy_event(by=by, event=event, starts=local(f"{day} 09:00"), at=NOW)
        copied = made.sessions.get()
        assert [one.astimezone(VILNIUS).strftime("%Y-%m-%d %H:%M") for one in (copied.starts, made.ends)] == [
            f"{day} 10:00",
            f"{day} 18:00",
        ]
        assert copied.room == hall and made.state == EventState.DRAFT and not made.speakers.exists()
        assert made.copied_from == event and made.slug != event.slug
    again = actions.copy_event(by=by, event=event, starts=local("2027-03-29 09:00"), at=NOW)
    assert again.sessions.get().room is None  # taken by the first copy
    night = draft(centre, starts=local("2027-03-20 03:30"), ends=local("2027-03-20 05:00"))
    with pytest.raises(TimeRefused):
        actions.copy_event(by=by, event=night, starts=local("2027-03-28 03:30"), at=NOW)
    assert person.event == event


def test_speakers_are_shown_with_consent_and_deleted_after_their_term(centre: Centre):
    by, event = centre.actor("PROGRAMME_COMMITTEE"), on_team(centre, draft(centre), "PROGRAMME_COMMITTEE")

    def speaker(name: str):
        return speakers.save_speaker(
            by=by, event=event, speaker=None, name=name, role={}, biography={}, at=NOW
        )

    kept, never, gone = speaker("Ona"), speaker("Jonas"), speaker("Rita")
    with pytest.raises(speakers.SpeakerUnfit):
        speaker("  ")
    for one in (kept, gone):
        assert speakers.record_consent(by=by, speaker=one, at=NOW).is_shown
    with pytest.raises(speakers.SpeakerUnfit):
        speakers.record_consent(by=by, speaker=kept, at=NOW)
    assert not speakers.withdraw_consent(by=by, speaker=gone, at=NOW).is_shown
    with pytest.raises(speakers.SpeakerUnfit):
        speakers.withdraw_consent(by=by, speaker=never, at=NOW)
    codes = ["events.speaker", "events.speaker.without_consent"]
    retention.run(NOW + timedelta(days=366), only=codes)
    assert [one.name for one in event.speakers.all()] == ["Ona"]
    retention.run(NOW + timedelta(days=3660), only=codes)
    assert not event.speakers.exists()


def test_venues_and_series_in_use_stay(centre: Centre):
    by, where = centre.actor("ORGANISER"), venue(centre)
    hall = room(centre, where)
    held = series.save_series(by=by, series=None, title=words("Ciklas"), summary={}, topics=[], at=NOW)
    event = published_event(centre, format="in_person", venue=where, series=held)
    session(centre, event, "10:00", "11:00", room=hall)
    for act in (
        lambda: venues.close_venue(by=by, venue=where, at=NOW),
        lambda: venues.close_room(by=by, room=hall, at=NOW),
        lambda: series.remove_series(by=by, series=held, at=NOW),
    ):
        with pytest.raises((venues.VenueUnfit, series.SeriesUnfit)):
            act()
    after = event.ends + timedelta(hours=1)
    assert venues.close_venue(by=by, venue=where, at=after).closed_at == after
    assert venues.reopen_venue(by=by, venue=where, at=after).closed_at is None
    assert replace(given(centre), venue=where).venue == where
