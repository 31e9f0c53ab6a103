"""The recording of a broadcast goes to the resources by the events' own way: attached to a session by
reference with its captions, however long, only where every speaker agrees.
"""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from factories.answers import body
from factories.events import session
from factories.uploads import box, film
from factories.webinars import NOW, a_speaker, a_webinar, webinar_event

from sauga.events.photos.actions.assets import AssetRefused
from sauga.events.photos.models import Asset
from sauga.events.programme.actions import speakers as entries
from sauga.events.programme.models import Event, Session, SessionSpeaker, Speaker
from sauga.events.recordings.actions import recordings as recording_actions
from sauga.events.recordings.actions.recordings import RecordingRefused
from sauga.events.recordings.models import RecordingHandOver
from sauga.kernel import media
from sauga.kernel.media.upload_checks.kinds import MB, MOST_BYTES
from sauga.repository.resources.models import Resource
from sauga.training.states import StreamState
from sauga.training.streaming.actions import recordings, streams
from sauga.training.streaming.actions.encoder_reports import WORKER
from sauga.training.streaming.models import CAPTIONS_OWNER, OWNER, Stream
from sauga.training.trail import ZONE
from sauga.training.webinars.actions.webinars import WebinarGiven, edit_webinar
from sauga.training.webinars.rules import Source
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
CUES = b"WEBVTT\n\n00:01.000 --> 00:03.000\nLabas vakaras.\n"
LONG = 61 * MB
"""More than any upload may have."""


def recorded(stream: Stream, folder: Path, size: int = 0) -> Stream:
    """A broadcast that has ended, with a recording made here of at least this size, and captions."""
    made = folder / "made.mp4"
    made.write_bytes(film() + (box(b"free", bytes(size)) if size else b""))
    stream.recording = media.store_made(
        by=WORKER, path=made, name="Vakaras.mp4", mime="video/mp4", owner=OWNER, zone=ZONE, at=NOW
    )
    stream.captions = media.accept(
        by=WORKER, content=CUES, name="Vakaras.vtt", owner=CAPTIONS_OWNER, zone=ZONE, at=NOW
    )
    stream.state = StreamState.ENDED
    stream.save()
    return stream


class Evening:
    """A webinar with one session and one speaker, and its broadcast that is over."""

    def __init__(self, centre: Centre, folder: Path, size: int = 0) -> None:
        self.centre, self.by = centre, centre.actor("ORGANISER")
        self.event: Event = webinar_event(centre)
        webinar = a_webinar(centre, self.event)
        self.ruta: Speaker = entries.record_consent(by=self.by, speaker=a_speaker(centre, webinar), at=NOW)
        self.part: Session = session(
            centre, self.event, "17:30", "18:30", title={"lt": "Vakaras"}, language="lt", speakers=[self.ruta]
        )
        host = centre.actor("WEBINAR_HOST")
        self.stream = recorded(
            streams.plan_stream(by=host, title="Vakaras", starts=NOW, at=NOW), folder, size
        )
        given = WebinarGiven(source=Source.STREAM, stream=self.stream)
        edit_webinar(by=host, webinar=webinar, given=given, at=NOW)

    @property
    def desk(self) -> str:
        return f"/desk/events/{self.event.ref}/recordings/"

    def agree(self) -> None:
        one = SessionSpeaker.objects.get(session=self.part, speaker=self.ruta)
        entries.set_recording(by=self.by, speaking=one, agrees=True, at=NOW)

    def attach(self, **more: Any) -> Asset:
        given = {"session": self.part, "ref": self.stream.ref, "event": self.event, **more}
        return recording_actions.attach_made(by=self.by, at=NOW, **given)


def test_an_hour_goes_from_the_broadcast_to_the_resources(centre: Centre, tmp_path: Path):
    evening = Evening(centre, tmp_path, LONG)
    evening.agree()
    film_of = evening.stream.recording
    assert film_of.size > MOST_BYTES[media.Kind.VIDEO]
    desk = sign_in(centre, "ORGANISER")
    form = BeautifulSoup(desk.get(evening.desk).text, "html.parser").select_one("form[data-main]")
    assert form is not None
    chosen = {
        name: form.select_one(f"[name={name}] option[selected]")["value"] for name in ("session", "made")
    }
    assert chosen == {"session": evening.part.ref, "made": evening.stream.ref}

    page = desk.post(evening.desk, chosen).url
    words = {"title_lt": "Vakaras tėvams", "abstract_lt": "Apie telefoną.", "language": "lt"}
    desk.post(page, words | {"licence": "CC-BY-4.0"})
    resource = Resource.objects.get(ref=RecordingHandOver.objects.get().resource_ref)
    assert [(one.kind, one.language) for one in resource.renditions.order_by("pk")] == [
        ("main", "lt"),
        ("captions", "lt"),
        ("transcript", "lt"),
    ]
    main = resource.renditions.get(kind="main")
    assert (main.sha256, main.size) == (film_of.sha256, film_of.size)
    assert main.media.pk != film_of.pk and main.media.stored == film_of.stored  # one copy on the disk
    assert resource.creators == [{"lt": "Rūta Pavyzdė", "en": "Rūta Pavyzdė", "kind": "person"}]

    # whoever deletes the recording at the desk of broadcasts takes nothing from the resource
    recordings.delete_recording(by=centre.actor("WEBINAR_HOST"), stream=evening.stream, at=NOW)
    assert default_storage.exists(main.media.stored)
    answer = desk.get(f"{page}film/", HTTP_RANGE="bytes=0-7")
    assert answer.status_code == 206 and len(body(answer)) == 8


def test_without_every_consent_it_stays_where_it_is(centre: Centre, tmp_path: Path):
    evening = Evening(centre, tmp_path)
    with pytest.raises(AssetRefused, match="recording"):
        evening.attach()
    desk = sign_in(centre, "ORGANISER")
    refused = desk.post(evening.desk, {"session": evening.part.ref, "made": evening.stream.ref})
    assert refused.status_code == 422 and "Rūta Pavyzdė" in refused.text
    assert desk.post(evening.desk, {"session": evening.part.ref}).status_code == 422  # neither of the two
    assert not Asset.objects.exists()


def test_another_event_does_not_get_it(centre: Centre, tmp_path: Path):
    evening = Evening(centre, tmp_path)
    evening.agree()
    other = webinar_event(centre)
    elsewhere = session(centre, other, "17:30", "18:30")
    with pytest.raises(RecordingRefused, match="gone"):
        evening.attach(event=other, session=elsewhere)
    with pytest.raises(RecordingRefused, match="gone"):
        evening.attach(ref="0000-0000")
    evening.attach()
    with pytest.raises(RecordingRefused, match="there"):
        evening.attach()


def test_what_was_damaged_on_the_disk_is_found(centre: Centre, tmp_path: Path):
    evening = Evening(centre, tmp_path)
    evening.agree()
    path = Path(default_storage.path(evening.stream.recording.stored))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(media.FileRefused, match="damaged"):
        evening.attach()
    path.unlink()
    with pytest.raises(media.FileRefused, match="damaged"):
        evening.attach()
    assert not Asset.objects.exists()


def test_the_broadcast_says_where_it_is_published(centre: Centre, tmp_path: Path):
    evening = Evening(centre, tmp_path)
    page = f"/desk/training/streams/{evening.stream.ref}/"
    assert "hand-on" in sign_in(centre, "WEBINAR_HOST").get(page).text
    evening.stream.webinars.update(stream=None)
    shown = sign_in(centre, "WEBINAR_HOST").get(page)
    assert shown.status_code == 200 and evening.desk not in shown.text
