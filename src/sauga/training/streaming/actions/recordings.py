"""The recording of a broadcast, made of its segments when it is over, with what was typed as captions; and
the end of the segments themselves."""

import shutil
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, media
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.training.permissions import Permission
from sauga.training.states import StreamState
from sauga.training.streaming.actions.streams import CHANNEL
from sauga.training.streaming.film import join
from sauga.training.streaming.models import CAPTIONS_OWNER, OWNER, Stream
from sauga.training.streaming.queries import program, segments
from sauga.training.streaming.rules import captions, commands
from sauga.training.trail import ZONE, Trail


class RecordingInUse(ActionRefused):
    """A recording that a later broadcast plays, or that was handed on."""

    message = _(
        "The recording is used elsewhere: in another broadcast or in a resource. Remove it there first."
    )


def record_stream(*, by: Actor, stream_id: int, at: datetime) -> Stream | None:
    """Make the recording of an ended broadcast and its captions, once. Raises RecordingFailed."""
    require(by, Permission.RUN_STREAM)
    stream = Stream.objects.filter(pk=stream_id, state=StreamState.ENDED, recording=None).first()
    if stream is None:
        return None
    held = segments.on_air(stream)
    if not held:
        return None
    private = program.private_folder_of(stream.ref)
    made = private / "recording.mp4"
    try:
        join(held, program.folder_of(stream.ref), private, made)
        lines = [captions.Line(one.number, one.at, one.text) for one in stream.lines.order_by("number")]
        words = captions.webvtt(lines, held)
        seconds = round(sum(one.seconds for one in held))
        return _store(by, stream, made, words, seconds=seconds, at=at)
    finally:
        for left in private.glob("recording*"):
            left.unlink(missing_ok=True)


def delete_recording(*, by: Actor, stream: Stream, at: datetime) -> Stream:
    """Delete the recording and its captions for good, unless something else uses the file. Raises
    PermissionRefused, RecordingInUse."""
    require(by, Permission.BROADCAST, stream)
    with transaction.atomic():
        row = lock(stream)
        files = [one for one in (row.recording, row.captions) if one is not None]
        row.recording = row.captions = None
        row.is_recorded = False  # it is not made again
        row.save(update_fields=["recording", "captions", "is_recorded"])
        if not all([media.delete(by=by, file=one, at=at) for one in files]):
            raise RecordingInUse
        audit.record(by, Trail.STREAM_RECORDING_DELETED, row, zone=ZONE, at=at)
        live.signal(f"{CHANNEL}.{row.ref}")
    return row


def delete_segments(*, by: Actor, stream: Stream, at: datetime) -> None:
    """Delete what viewers were sent, once the broadcast is over and its recording is made."""
    require(by, Permission.RUN_STREAM)
    with transaction.atomic():
        row = lock(stream)
        if row.segments_deleted_at is not None or row.state not in {StreamState.ENDED, StreamState.PLANNED}:
            return
        for folder in (program.folder_of(row.ref), program.private_folder_of(row.ref)):
            shutil.rmtree(folder, ignore_errors=True)
        row.segments_deleted_at = at
        row.save(update_fields=["segments_deleted_at"])
        audit.record(by, Trail.STREAM_SEGMENTS_DELETED, row, zone=ZONE, at=at)


def _store(by: Actor, stream: Stream, made: Path, words: str, *, seconds: int, at: datetime) -> Stream:
    size = commands.RENDITIONS[0]
    with transaction.atomic():
        row = lock(stream)
        row.recording = media.store_made(
            by=by,
            path=made,
            name=f"{row.title}.mp4",
            mime="video/mp4",
            owner=OWNER,
            zone=ZONE,
            width=size.width,
            height=size.height,
            at=at,
        )
        if words:
            row.captions = media.accept(
                by=by,
                content=words.encode(),
                name=f"{row.title}.vtt",
                owner=CAPTIONS_OWNER,
                kinds={media.Kind.CAPTIONS},
                zone=ZONE,
                at=at,
            )
        row.recorded_seconds = seconds
        row.save(update_fields=["recording", "captions", "recorded_seconds"])
        facts: dict[str, str | int | bool] = {"seconds": seconds, "size": row.recording.size}
        audit.record(by, Trail.STREAM_RECORDED, row, zone=ZONE, at=at, facts=facts)
        live.signal(f"{CHANNEL}.{row.ref}")
    return row
