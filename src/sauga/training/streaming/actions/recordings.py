"""The recording of a broadcast, made of its segments when it is over, with what was typed as captions; and
the end of the segments themselves."""

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, media
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.training.permissions import Permission as P
from sauga.training.states import StreamState as S
from sauga.training.streaming.actions.streams import CHANNEL
from sauga.training.streaming.models import CAPTIONS_OWNER, OWNER, Stream
from sauga.training.streaming.queries import program, segments
from sauga.training.streaming.rules import captions, commands
from sauga.training.streaming.rules.playlists import Segment, beginning_of, runs_of
from sauga.training.trail import ZONE, Trail

LONGEST_JOINING = 1800
COPY = 1024 * 1024


class RecordingFailed(Exception):
    """ffmpeg could not join the segments; the job tries again."""


class RecordingInUse(ActionRefused):
    """A recording that a later broadcast plays, or that was handed on."""

    message = _(
        "The recording is used elsewhere: in another broadcast or in a resource. Remove it there first."
    )


def record_stream(*, by: Actor, stream_id: int, at: datetime) -> Stream | None:
    """Make the recording of an ended broadcast and its captions, once. Raises RecordingFailed."""
    require(by, P.RUN_STREAM)
    stream = Stream.objects.filter(pk=stream_id, state=S.ENDED, recording=None).first()
    if stream is None:
        return None
    held = segments.on_air(stream)
    if not held:
        return None
    private = program.private_folder_of(stream.ref)
    made = private / "recording.mp4"
    try:
        _join(held, program.folder_of(stream.ref), private, made)
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
    require(by, P.BROADCAST, stream)
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
    require(by, P.RUN_STREAM)
    with transaction.atomic():
        row = lock(stream)
        if row.segments_deleted_at is not None or row.state not in {S.ENDED, S.PLANNED}:
            return
        for folder in (program.folder_of(row.ref), program.private_folder_of(row.ref)):
            shutil.rmtree(folder, ignore_errors=True)
        row.segments_deleted_at = at
        row.save(update_fields=["segments_deleted_at"])
        audit.record(by, Trail.STREAM_SEGMENTS_DELETED, row, zone=ZONE, at=at)


def _join(held: list[Segment], folder: Path, private: Path, made: Path) -> None:
    """One file of every run: its beginning and its segments in a row are a whole MP4. Then one of all."""
    parts: list[Path] = []
    for number, run in enumerate(runs_of(held)):
        part = private / f"recording-{number}.mp4"
        with part.open("wb") as target:
            for name in (beginning_of(run[0]), *(one.name for one in run)):
                with (folder / name).open("rb") as source:
                    shutil.copyfileobj(source, target, COPY)
        parts.append(part)
    listed = private / "recording.ffconcat"
    listed.write_text("ffconcat version 1.0\n" + "".join(f"file '{part.name}'\n" for part in parts))
    command = commands.joined(program.ffmpeg(), listed, made)
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=LONGEST_JOINING, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise RecordingFailed from None
    if done.returncode or not made.exists():
        raise RecordingFailed


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
