"""What may be done with a broadcast by whom and when, and what is stored of it."""

import shutil
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from sauga.kernel import audit, live
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed
from sauga.training.states import StreamState
from sauga.training.streaming.actions import captions, encoder_reports, recordings, streams
from sauga.training.streaming.actions.captions import CaptionRefused
from sauga.training.streaming.actions.encoder_reports import WORKER
from sauga.training.streaming.actions.streams import StreamRefused
from sauga.training.streaming.models import Source, Stream
from sauga.training.streaming.queries import program, secrets
from sauga.training.streaming.queries import streams as queries
from sauga.training.streaming.rules.health import Note
from sauga.training.trail import ZONE
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
HOST = "WEBINAR_HOST"


@pytest.fixture(autouse=True)
def _room(settings: Any, tmp_path: Any) -> None:
    settings.STREAM_FOLDER, settings.STREAM_RESERVE = tmp_path, 0


def planned(centre: Centre, **facts: Any) -> Stream:
    given = {"title": "Pirmasis telefonas", "starts": AT + timedelta(hours=1), "at": AT} | facts
    return streams.plan_stream(by=centre.actor(HOST), **given)


def opened(centre: Centre, **facts: Any) -> Stream:
    return streams.open_stream(by=centre.actor(HOST), stream=planned(centre, **facts), at=AT)


def on_air(centre: Centre) -> Stream:
    stream = opened(centre)
    encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=AT)
    return streams.start_stream(by=centre.actor(HOST), stream=stream, at=AT)


def test_the_whole_way_of_a_broadcast(centre: Centre):
    by = centre.actor(HOST)
    stream = planned(centre)
    with pytest.raises(MoveNotAllowed):
        streams.stop_stream(by=by, stream=stream, at=AT)
    stream = streams.open_stream(by=by, stream=stream, at=AT)
    assert stream.state == StreamState.WAITING and stream.port in program.ports()
    with pytest.raises(StreamRefused, match="signal"):
        streams.start_stream(by=by, stream=stream, at=AT)
    encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=AT)
    assert not queries.is_live(Stream.objects.get())  # seen at the desk only
    stream = streams.start_stream(by=by, stream=stream, at=AT)
    assert queries.is_live(stream)
    stream = streams.pause_stream(by=by, stream=stream, at=AT)
    stream = streams.start_stream(by=by, stream=stream, at=AT)
    stream = streams.stop_stream(by=by, stream=stream, at=AT)
    assert stream.state == StreamState.ENDED and stream.port is None and not secrets.passphrase_of(stream)
    assert [row.after for row in stream.steps.order_by("pk")] == [
        *("WAITING", "LIVE", "WAITING", "LIVE", "ENDED")
    ]
    assert "stream:moved" in [entry.action for entry in audit.timeline(stream, zone=ZONE)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [streams.RECORD])
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("role", ["EDITOR", "ORGANISER", "ANALYST", "PUBLISHER"])
def test_only_who_runs_broadcasts_runs_them(centre: Centre, role: str):
    by, stream = centre.actor(role), opened(centre)
    tries: list[Any] = [
        lambda: streams.plan_stream(by=by, title="x", starts=AT, at=AT),
        lambda: streams.open_stream(by=by, stream=stream, at=AT),
        lambda: streams.start_stream(by=by, stream=stream, at=AT),
        lambda: streams.pause_stream(by=by, stream=stream, at=AT),
        lambda: streams.stop_stream(by=by, stream=stream, at=AT),
        lambda: streams.close_stream(by=by, stream=stream, at=AT),
        lambda: streams.discard_stream(by=by, stream=stream, at=AT),
        lambda: streams.renew_passphrase(by=by, stream=stream, at=AT),
        lambda: streams.see_passphrase(by=by, stream=stream, at=AT),
        lambda: captions.send_line(by=by, stream=stream, text="x", nonce="1", at=AT),
        lambda: captions.replace_captions(by=by, stream=stream, content=b"x", name="x", at=AT),
        lambda: recordings.delete_recording(by=by, stream=stream, at=AT),
    ]
    for attempt in tries:
        with pytest.raises(PermissionRefused):
            attempt()


def test_what_the_worker_does_nobody_else_may(centre: Centre):
    by, stream = centre.actor(HOST), opened(centre)
    for attempt in (
        lambda: encoder_reports.picture_came(by=by, stream_id=stream.pk, at=AT),
        lambda: encoder_reports.failed(by=by, stream_id=stream.pk, why=Note.DISK, at=AT),
        lambda: encoder_reports.film_over(by=by, stream_id=stream.pk, at=AT),
        lambda: encoder_reports.reported(by=by, stream_id=stream.pk, kbps=1, viewers=9, at=AT),
        lambda: encoder_reports.advance(by=by, at=AT),
        lambda: recordings.record_stream(by=by, stream_id=stream.pk, at=AT),
        lambda: recordings.delete_segments(by=by, stream=stream, at=AT),
    ):
        with pytest.raises(PermissionRefused):
            attempt()


def test_the_passphrase_is_encrypted_renewed_and_gone_at_the_end(centre: Centre):
    by, stream = centre.actor(HOST), on_air(centre)
    first = streams.see_passphrase(by=by, stream=stream, at=AT)
    assert len(first) == 24 and first.encode() not in bytes(stream.passphrase)
    stream = streams.renew_passphrase(by=by, stream=stream, at=AT)
    second = secrets.passphrase_of(stream)
    assert second and second != first
    assert "stream:passphrase_seen" in [entry.action for entry in audit.timeline(stream, zone=ZONE)]
    stream = streams.stop_stream(by=by, stream=stream, at=AT)
    assert bytes(stream.passphrase) == b"" and streams.see_passphrase(by=by, stream=stream, at=AT) == ""


def test_every_open_broadcast_has_a_port_of_its_own_until_there_is_none_left(centre: Centre, settings: Any):
    settings.STREAM_PORTS = (9710, 9711)
    first, second = opened(centre), opened(centre)
    assert {first.port, second.port} == {9710, 9711}
    with pytest.raises(StreamRefused, match="ports"):
        opened(centre)
    freed = first.port
    streams.close_stream(by=centre.actor(HOST), stream=first, at=AT)
    assert opened(centre).port == freed


def test_a_port_that_was_just_left_is_not_the_next_ones_and_its_owner_finds_it_again(
    centre: Centre, settings: Any
):
    settings.STREAM_PORTS = (9710, 9719)
    by, first = centre.actor(HOST), opened(centre)
    left = first.port
    first = streams.close_stream(by=by, stream=first, at=AT)
    assert opened(centre).port != left
    assert streams.open_stream(by=by, stream=first, at=AT).port == left


def test_without_ffmpeg_or_room_it_is_said_and_nothing_changes(centre: Centre, settings: Any):
    stream = planned(centre)
    settings.FFMPEG = "/nowhere/ffmpeg"
    with pytest.raises(StreamRefused) as refused:
        streams.open_stream(by=centre.actor(HOST), stream=stream, at=AT)
    assert program.INSTALL in refused.value.text
    settings.FFMPEG = shutil.which("true")
    settings.STREAM_RESERVE = 2**60
    with pytest.raises(StreamRefused, match="room"):
        streams.open_stream(by=centre.actor(HOST), stream=stream, at=AT)
    assert Stream.objects.get().state == StreamState.PLANNED


def test_a_failed_broadcast_says_why_and_can_be_opened_again_or_ended(centre: Centre):
    stream = on_air(centre)
    encoder_reports.failed(by=WORKER, stream_id=stream.pk, why=Note.DISK, at=AT)
    stream.refresh_from_db()
    assert (stream.state, stream.fault, stream.port) == (StreamState.FAILED, Note.DISK, None)
    assert queries.notes_of(stream)[0].note == Note.DISK
    assert streams.open_stream(by=centre.actor(HOST), stream=stream, at=AT).fault == ""
    encoder_reports.failed(by=WORKER, stream_id=stream.pk, why=Note.DISK, at=AT)
    assert streams.stop_stream(by=centre.actor(HOST), stream=stream, at=AT).state == StreamState.ENDED


def test_an_automatic_broadcast_waits_for_its_time(centre: Centre):
    stream = opened(centre, is_automatic=True)
    encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=AT)
    assert Stream.objects.get().state == StreamState.WAITING
    later = AT + timedelta(hours=1)
    encoder_reports.noted(by=WORKER, stream_id=stream.pk, what=Note.LOST, is_signal_lost=True, at=later)
    encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=later)
    assert Stream.objects.get().state == StreamState.LIVE


def test_an_automatic_broadcast_begins_although_the_picture_was_there_before(centre: Centre):
    stream = opened(centre, is_automatic=True)
    encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=AT)
    encoder_reports.advance(by=WORKER, at=AT + timedelta(hours=1, seconds=1))
    assert Stream.objects.get().state == StreamState.LIVE


def test_what_was_forgotten_ends_by_itself(centre: Centre):
    live_one, idle = on_air(centre), opened(centre)
    encoder_reports.noted(by=WORKER, stream_id=live_one.pk, what=Note.LOST, is_signal_lost=True, at=AT)
    encoder_reports.advance(by=WORKER, at=AT + timedelta(minutes=50))
    assert Stream.objects.get(pk=live_one.pk).state == StreamState.LIVE
    encoder_reports.advance(by=WORKER, at=AT + timedelta(hours=13))
    assert Stream.objects.get(pk=live_one.pk).state == StreamState.ENDED
    assert Stream.objects.get(pk=idle.pk).state == StreamState.PLANNED


def test_viewers_are_only_ever_a_number(centre: Centre):
    stream = on_air(centre)
    for viewers in (3, 40, 12):
        encoder_reports.reported(by=WORKER, stream_id=stream.pk, kbps=1300, viewers=viewers, at=AT)
    stream.refresh_from_db()
    assert (stream.viewers, stream.most_viewers) == (12, 40)
    names = {field.name for field in Stream._meta.get_fields()}
    assert not {name for name in names if "address" in name or "ip" in name.split("_")}


def test_lines_are_numbered_once_and_only_while_open(centre: Centre, monkeypatch: pytest.MonkeyPatch):
    told: list[Any] = []
    monkeypatch.setattr(live, "signal", lambda *given: told.append(given))
    by, stream = centre.actor(HOST), opened(centre)
    send = captions.send_line
    assert send(by=by, stream=stream, text=" Labas \n vakaras ", nonce="a", at=AT).text == "Labas vakaras"
    assert send(by=by, stream=stream, text="Labas vakaras", nonce="a", at=AT).number == 1
    assert send(by=by, stream=stream, text="Pradedame", nonce="b", at=AT).number == 2
    assert told[-1] == (f"{streams.CHANNEL}.{stream.ref}", 2)
    for text, why in (("  ", "empty"), ("x" * 301, "long")):
        with pytest.raises(CaptionRefused, match=why):
            send(by=by, stream=stream, text=text, nonce="c", at=AT)
    streams.close_stream(by=by, stream=stream, at=AT)
    with pytest.raises(CaptionRefused, match="over"):
        send(by=by, stream=stream, text="x", nonce="d", at=AT)


def test_plans_are_refused_with_the_field_that_is_wrong(centre: Centre):
    for facts, field in (({"title": " "}, "title"), ({"starts": AT + timedelta(days=900)}, "starts")):
        with pytest.raises(StreamRefused) as refused:
            planned(centre, **facts)
        assert refused.value.field == field
    stream = opened(centre)
    with pytest.raises(StreamRefused, match="edited"):
        streams.discard_stream(by=centre.actor(HOST), stream=stream, at=AT)


def test_segments_go_hours_after_the_end(centre: Centre, settings: Any):
    stream = on_air(centre)
    folder = program.folder_of(stream.ref)
    folder.mkdir(parents=True)
    (folder / "a-720-00000.m4s").write_bytes(b"x")
    streams.stop_stream(by=centre.actor(HOST), stream=stream, at=AT)
    Stream.objects.update(is_recorded=False)
    assert queries.with_old_segments(AT) == []
    (old,) = queries.with_old_segments(AT + timedelta(hours=1))
    recordings.delete_segments(by=WORKER, stream=old, at=AT)
    assert not folder.exists() and queries.with_old_segments(AT + timedelta(days=9)) == []


def film(centre: Centre, starts: Any) -> Stream:
    """A film that is planned for `starts`. Nothing is played in these tests, so the file is not stored."""
    stream = planned(centre, starts=starts)
    Stream.objects.filter(pk=stream.pk).update(source=Source.FILM, is_automatic=True, is_recorded=False)
    return Stream.objects.get(pk=stream.pk)


def test_a_film_opened_a_day_early_is_a_rehearsal_and_is_shown_at_its_time(centre: Centre):
    tomorrow = AT + timedelta(days=1)
    stream = film(centre, tomorrow)
    for _time in range(2):
        streams.open_stream(by=centre.actor(HOST), stream=stream, at=AT)
        encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=AT)
        encoder_reports.film_over(by=WORKER, stream_id=stream.pk, at=AT + timedelta(minutes=1))
        stream.refresh_from_db()
        assert (stream.state, stream.on_air_at, stream.signal_at) == (StreamState.PLANNED, None, None)
        assert queries.notes_of(stream)[0].note == Note.REHEARSED
    encoder_reports.advance(by=WORKER, at=tomorrow)
    encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=tomorrow)
    assert queries.is_live(Stream.objects.get())
    encoder_reports.film_over(by=WORKER, stream_id=stream.pk, at=tomorrow + timedelta(minutes=1))
    assert Stream.objects.get().state == StreamState.ENDED


def test_a_film_that_is_still_rehearsed_at_its_time_begins_anew(centre: Centre):
    starts = AT + timedelta(minutes=1)
    stream = film(centre, starts)
    streams.open_stream(by=centre.actor(HOST), stream=stream, at=AT)
    encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=AT)
    encoder_reports.advance(by=WORKER, at=starts)
    encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=starts)
    stream.refresh_from_db()
    assert [row.after for row in stream.steps.order_by("pk")] == ["WAITING", "PLANNED", "WAITING", "LIVE"]
    assert stream.opened_at == stream.on_air_at == starts


def test_a_broadcast_that_was_taken_off_the_air_can_be_ended_and_is_recorded(centre: Centre):
    by, stream = centre.actor(HOST), on_air(centre)
    streams.pause_stream(by=by, stream=stream, at=AT)
    encoder_reports.noted(by=WORKER, stream_id=stream.pk, what=Note.LOST, is_signal_lost=True, at=AT)
    assert streams.stop_stream(by=by, stream=stream, at=AT).state == StreamState.ENDED
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [streams.RECORD])
        assert cursor.fetchone() == (1,)
    with pytest.raises(StreamRefused, match="unseen"):
        streams.stop_stream(by=by, stream=opened(centre), at=AT)


def test_a_broadcast_that_was_left_off_the_air_ends_by_itself(centre: Centre):
    stream = on_air(centre)
    streams.pause_stream(by=centre.actor(HOST), stream=stream, at=AT)
    encoder_reports.noted(by=WORKER, stream_id=stream.pk, what=Note.LOST, is_signal_lost=True, at=AT)
    encoder_reports.advance(by=WORKER, at=AT + timedelta(hours=2))
    assert Stream.objects.get().state == StreamState.ENDED
