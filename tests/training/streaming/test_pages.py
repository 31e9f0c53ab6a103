"""The pages of broadcasts: who sees what at the desk, what everybody sees, what the pages let browsers do."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sauga.kernel import audit, clock, media
from sauga.training.states import StreamState
from sauga.training.streaming.actions import encoder_reports, recordings, streams
from sauga.training.streaming.actions.encoder_reports import WORKER
from sauga.training.streaming.models import OWNER, Source, Stream
from sauga.training.streaming.queries import program, secrets
from sauga.training.streaming.rules.health import Note
from sauga.training.trail import ZONE
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
HOST = "WEBINAR_HOST"
DESK = "/desk/training/streams/"
WEBVTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nLabas\n"


@pytest.fixture(autouse=True)
def _room(settings: Any, tmp_path: Any) -> None:
    settings.STREAM_FOLDER, settings.STREAM_RESERVE = tmp_path, 0


@pytest.fixture
def stream(centre: Centre) -> Stream:
    at = clock.now()
    return streams.plan_stream(
        by=centre.actor(HOST), title="Pirmasis telefonas", starts=at + timedelta(hours=1), at=at
    )


def whole(response: Any) -> bytes:
    async def read() -> bytes:
        return b"".join([piece async for piece in response.streaming_content])

    try:
        return asyncio.run(read())
    finally:
        for close in response._resource_closers:  # its own `close` would end the test's connection, too
            close()


def going(centre: Centre, stream: Stream) -> Stream:
    at = clock.now()
    streams.open_stream(by=centre.actor(HOST), stream=stream, at=at)
    encoder_reports.picture_came(by=WORKER, stream_id=stream.pk, at=at)
    return Stream.objects.get(pk=stream.pk)


def test_a_broadcast_is_planned_changed_opened_and_put_on_air_at_the_desk(centre: Centre):
    desk = sign_in(centre, HOST)
    assert "Plan one" in desk.get(DESK).text or "Suplanuokite" in desk.get(DESK).text
    given = {"title": "Vakaras", "language": "lt", "source": "PROGRAM", "is_recorded": "on"}
    refused = desk.post(f"{DESK}new/", given | {"starts": ""})
    assert refused.status_code == 422 and "Vakaras" in refused.text
    tomorrow = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT18:00")
    page = desk.post(f"{DESK}new/", given | {"starts": tomorrow}).url
    desk.post(f"{page}edit/", given | {"title": "Kitas vakaras", "starts": tomorrow})
    row = Stream.objects.get()
    assert row.title == "Kitas vakaras" and row.title in desk.get(DESK).text
    assert desk.post(f"{page}do/open/").status_code == 302
    assert (
        desk.post(f"{page}do/start/", follow=True).status_code == 200
    )  # no picture: refused with the reason
    assert Stream.objects.get().state == StreamState.WAITING
    encoder_reports.picture_came(by=WORKER, stream_id=row.pk, at=clock.now())
    assert "data-live-player" in desk.get(page).text
    desk.post(f"{page}do/start/")
    assert Stream.objects.get().state == StreamState.LIVE
    encoder_reports.failed(by=WORKER, stream_id=row.pk, why=Note.DISK, at=clock.now())
    assert 'role="alert"' in desk.get(page).text
    desk.post(f"{page}do/stop/")
    assert Stream.objects.get().state == StreamState.ENDED


@pytest.mark.parametrize("role", ["ORGANISER", "EDITOR", "PUBLISHER", "ANALYST"])
def test_others_find_nothing(centre: Centre, stream: Stream, role: str):
    other = sign_in(centre, role)
    for address in (
        "",
        f"{stream.ref}/",
        f"{stream.ref}/connect/",
        f"{stream.ref}/browser/",
        f"{stream.ref}/captions/",
        "new/",
    ):
        assert other.get(f"{DESK}{address}").status_code == 404, address
    for address in (
        f"{stream.ref}/do/open/",
        f"{stream.ref}/browser/",
        f"{stream.ref}/captions/",
        f"{stream.ref}/captions/replace/",
    ):
        assert other.post(f"{DESK}{address}", {"text": "x", "nonce": "1"}).status_code == 404, address
    assert Stream.objects.get().state == StreamState.PLANNED and not stream.lines.exists()


def test_the_passphrase_is_on_one_page_and_looking_is_recorded(centre: Centre, stream: Stream):
    desk = sign_in(centre, HOST)
    stream = going(centre, stream)
    passphrase = secrets.passphrase_of(stream)
    assert passphrase not in desk.get(f"{DESK}{stream.ref}/").text
    assert "stream:passphrase_seen" not in [one.action for one in audit.timeline(stream, zone=ZONE)]
    page = desk.get(f"{DESK}{stream.ref}/connect/")
    assert passphrase in page.text and str(stream.port) in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "stream:passphrase_seen" in [one.action for one in audit.timeline(stream, zone=ZONE)]


def test_the_token_is_asked_for_when_somebody_sends_from_the_browser(centre: Centre, stream: Stream):
    desk, page = sign_in(centre, HOST), f"{DESK}{stream.ref}/browser/"
    assert page in desk.get(f"{DESK}{stream.ref}/").text
    closed = desk.post(page)
    assert closed.status_code == 409 and closed.json()["error"]
    stream = going(centre, stream)
    shown = desk.get(page)
    passphrase = secrets.passphrase_of(stream)
    assert passphrase not in shown.text and f"{DESK}{stream.ref}/do/start/" in shown.text
    assert "camera=(self), microphone=(self)" in shown.headers["Permissions-Policy"]
    assert "camera=()" in desk.get(f"{DESK}{stream.ref}/").headers["Permissions-Policy"]
    seen = [one.action for one in audit.timeline(stream, zone=ZONE)].count("stream:passphrase_seen")
    given = desk.post(page).json()
    assert given == {"address": f"/whip/{stream.ref.lower()}", "token": passphrase}
    told = [one.action for one in audit.timeline(stream, zone=ZONE)].count("stream:passphrase_seen")
    assert told == seen + 1
    connect = desk.get(f"{DESK}{stream.ref}/connect/").text
    assert f"/whip/{stream.ref.lower()}" in connect and connect.count(passphrase) == 3
    at = clock.now()
    film = streams.plan_stream(by=centre.actor(HOST), title="Kita", starts=at, at=at)
    Stream.objects.filter(pk=film.pk).update(source=Source.FILM)
    assert desk.get(f"{DESK}{film.ref}/browser/").status_code == 404


def test_lines_are_sent_with_and_without_a_script(centre: Centre, stream: Stream):
    desk, page = sign_in(centre, HOST), f"{DESK}{stream.ref}/captions/"
    stream = going(centre, stream)
    form = BeautifulSoup(desk.get(page).text, "html.parser").select_one("form[data-main]")
    assert form is not None
    nonce = form.select_one("[name=nonce]")["value"]
    assert desk.post(page, {"text": "Labas", "nonce": nonce}).status_code == 302
    assert desk.post(page, {"text": "Labas", "nonce": nonce}).status_code == 302
    script = {"X-Requested-With": "captions"}
    sent = desk.post(page, {"text": "vakaras", "nonce": "b"}, headers=script)
    assert sent.json() == {"number": 2, "text": "vakaras"}
    refused = desk.post(page, {"text": "x" * 400, "nonce": "c"}, headers=script)
    assert refused.status_code == 422 and refused.json()["error"]
    assert [line.text for line in stream.lines.order_by("number")] == ["Labas", "vakaras"]


def test_everybody_watches_and_no_page_says_what_only_the_desk_may_know(centre: Centre, stream: Stream):
    stream = going(centre, stream)
    for address in (f"/lt/mokymai/transliacija/{stream.ref}/", f"/en/training/broadcast/{stream.ref}/"):
        page = Client().get(address)
        assert page.status_code == 200 and stream.preview_token not in page.text
        assert f"/stream/{stream.ref.lower()}/master.m3u8" in page.text and not page.cookies
        policy = page.headers["Content-Security-Policy"]
        assert "media-src 'self' blob:;" in policy and "script-src 'self';" in policy
        shown = BeautifulSoup(page.text, "html.parser").select_one("[data-live-player] noscript")
        assert shown is not None and len(shown.select("a")) == 2
    assert (
        "blob:" not in Client().get("/lt/mokymai/transliacija/0000-0000/").headers["Content-Security-Policy"]
    )
    at = clock.now()
    streams.start_stream(by=centre.actor(HOST), stream=stream, at=at)
    streams.stop_stream(by=centre.actor(HOST), stream=stream, at=at)
    over = Client().get(f"/en/training/broadcast/{stream.ref}/").text
    assert "has ended" in over and "data-live-player" not in over


def test_without_ffmpeg_the_desk_says_what_to_install(centre: Centre, stream: Stream, settings: Any):
    settings.FFMPEG = "/nowhere/ffmpeg"
    desk = sign_in(centre, HOST)
    assert "sauga[live]" in desk.get(f"{DESK}{stream.ref}/").text
    told = desk.post(f"{DESK}{stream.ref}/do/open/", follow=True).text
    assert "sauga[live]" in told and Stream.objects.get().state == StreamState.PLANNED


def test_the_recording_is_downloaded_corrected_and_deleted(centre: Centre, stream: Stream, tmp_path: Any):
    at, desk = clock.now(), sign_in(centre, HOST)
    made = tmp_path / "x.mp4"
    made.write_bytes(b"\0\0\0\x10ftypisom\0\0\0\0" * 4)
    file = media.store_made(
        by=WORKER, path=made, name="x.mp4", mime="video/mp4", owner=OWNER, zone=ZONE, at=at
    )
    Stream.objects.update(
        state=StreamState.ENDED, ended_at=at, on_air_at=at, recording=file, recorded_seconds=5400
    )
    page = desk.get(f"{DESK}{stream.ref}/").text
    assert "90" in page and f"{DESK}{stream.ref}/recording/" in page
    sent = desk.get(f"{DESK}{stream.ref}/recording/", headers={"Range": "bytes=0-9"})
    assert sent.status_code == 206 and sent.headers["Cache-Control"] == "no-store" and len(whole(sent)) == 10
    assert desk.get(f"{DESK}{stream.ref}/captions/file/").status_code == 404
    replace = f"{DESK}{stream.ref}/captions/replace/"
    bad = desk.post(replace, {"file": SimpleUploadedFile("a.vtt", b"WEBVTT\n\nno")})
    assert bad.status_code == 422
    assert desk.post(replace, {"file": SimpleUploadedFile("a.vtt", WEBVTT)}).status_code == 302
    assert b"Labas" in whole(desk.get(f"{DESK}{stream.ref}/captions/file/"))
    desk.post(f"{DESK}{stream.ref}/do/erase/")
    assert Stream.objects.get().recording is None and not media.MediaFile.objects.exists()


def test_a_recording_that_another_broadcast_plays_stays(centre: Centre, stream: Stream, tmp_path: Any):
    at, by = clock.now(), centre.actor(HOST)
    made = tmp_path / "x.mp4"
    made.write_bytes(b"\0\0\0\x10ftypisom\0\0\0\0" * 4)
    file = media.store_made(
        by=WORKER, path=made, name="x.mp4", mime="video/mp4", owner=OWNER, zone=ZONE, at=at
    )
    Stream.objects.update(state=StreamState.ENDED, recording=file)
    streams.plan_stream(by=by, title="Dar kartą", starts=at, film=file, at=at)
    with pytest.raises(recordings.RecordingInUse):
        recordings.delete_recording(by=by, stream=stream, at=at)
    assert Stream.objects.get(pk=stream.pk).recording == file


def test_the_folder_of_a_broadcast_cannot_be_left(settings: Any):
    assert program.folder_of("K7Q4-M2AB").parent == settings.STREAM_FOLDER


def test_off_air_the_desk_and_the_page_of_the_browser_offer_the_end_and_the_recording(
    centre: Centre, stream: Stream
):
    desk, page = sign_in(centre, HOST), f"{DESK}{stream.ref}/"
    going(centre, stream)
    for address in (page, f"{page}browser/"):
        assert f"{page}do/stop/" not in desk.get(address).text  # never on air: it is closed, not ended
    assert "data-rehearsal" in desk.get(page).text
    desk.post(f"{page}do/start/")
    desk.post(f"{page}do/pause/")
    for address in (page, f"{page}browser/"):
        button = BeautifulSoup(desk.get(address).text, "html.parser").select_one(
            f'form[action="{page}do/stop/"] button'
        )
        assert button is not None and "padaryti įrašą" in button.text, address
    desk.post(f"{page}do/stop/")
    assert Stream.objects.get().state == StreamState.ENDED
    assert f'href="{page}"' in desk.get(f"{page}browser/").text
