"""Captions: typed line by line while the broadcast runs, and the file for the recording."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, media
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.training.permissions import Permission
from sauga.training.states import StreamState
from sauga.training.streaming.actions.streams import CHANNEL
from sauga.training.streaming.models import CAPTIONS_OWNER, CaptionLine, Stream
from sauga.training.streaming.rules.captions import LONGEST_LINE
from sauga.training.trail import ZONE, Trail


class CaptionRefused(ActionRefused):
    """A line that cannot be sent, or a file that cannot be used."""

    messages = {
        "empty": _("Type something first."),
        "long": _("One line is at most 300 characters. Send it in two."),
        "over": _("The broadcast is not open, so nobody would read this."),
        "recording": _("There is no recording yet to which captions could belong."),
    }
    fields = {"empty": "text", "long": "text"}


def send_line(*, by: Actor, stream: Stream, text: str, nonce: str, at: datetime) -> CaptionLine:
    """Send one line to everybody who watches; the same nonce again is the same line. Raises
    PermissionRefused, CaptionRefused."""
    require(by, Permission.CAPTION, stream)
    said = " ".join(text.split())
    if not said:
        raise CaptionRefused("empty")
    if len(said) > LONGEST_LINE:
        raise CaptionRefused("long")
    with transaction.atomic():
        row = lock(stream)
        before: CaptionLine | None = row.lines.filter(nonce=nonce).first()
        if before is not None:
            return before
        if row.state not in {StreamState.WAITING, StreamState.LIVE}:
            raise CaptionRefused("over")
        last = row.lines.order_by("-number").values_list("number", flat=True).first() or 0
        line: CaptionLine = row.lines.create(number=last + 1, nonce=nonce, at=at, text=said)
        live.signal(f"{CHANNEL}.{row.ref}", line.number)
    return line


def replace_captions(*, by: Actor, stream: Stream, content: bytes, name: str, at: datetime) -> Stream:
    """A corrected file for the recording, instead of what was typed. Raises PermissionRefused,
    CaptionRefused, FileRefused."""
    require(by, Permission.CAPTION, stream)
    file = media.inspect(content, name, kinds={media.Kind.CAPTIONS})
    with transaction.atomic():
        row = lock(stream)
        if row.recording_id is None:
            raise CaptionRefused("recording")
        before, row.captions = (
            row.captions,
            media.store(by=by, found=file, owner=CAPTIONS_OWNER, zone=ZONE, scan=None, at=at),
        )
        row.save(update_fields=["captions"])
        if before is not None:
            media.delete(by=by, file=before, at=at)
        lines = content.decode("utf-8-sig").count("-->")
        audit.record(by, Trail.STREAM_CAPTIONED, row, zone=ZONE, at=at, facts={"lines": lines})
        live.signal(f"{CHANNEL}.{row.ref}")
    return row
