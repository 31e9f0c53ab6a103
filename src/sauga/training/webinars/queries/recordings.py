"""What was recorded of a webinar: its own broadcast, which events hand on to the repository."""

from collections.abc import Iterator

from sauga.events.effects import MadeRecording
from sauga.events.programme.models import Event
from sauga.kernel import media
from sauga.training.streaming.models import Stream
from sauga.training.webinars.models import Webinar

WITH = ("stream__recording", "stream__captions")


def recordings_of(event: object) -> Iterator[MadeRecording]:
    """The recording of the broadcast of an event, with its captions; none where there is none."""
    if not isinstance(event, Event):
        return
    webinar = Webinar.objects.filter(event=event).select_related(*WITH).first()
    stream = webinar.stream if webinar is not None else None
    if stream is None or stream.recording is None or not stream.recording.is_ready:
        return
    captions = {stream.language: media.read(stream.captions)} if stream.captions is not None else {}
    yield MadeRecording(stream.ref, stream.title, stream.recording, captions)


def events_of(stream: Stream) -> list[Event]:
    """The events whose webinar took its picture from this broadcast."""
    rows = Webinar.objects.filter(stream=stream).select_related("event").order_by("event__starts", "pk")
    return [one.event for one in rows]
