"""Captions typed by a person while the broadcast runs: for the reader beside the player, and as WebVTT in the
time of the recording.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauga.training.streaming.rules.playlists import Segment, runs_of

DELAY = 4.0
"""Seconds between what is said and the line that somebody typed of it; taken off in the recording."""
LONGEST_SHOWN, SHORTEST_SHOWN = 7.0, 1.0
MOST_SENT = 30
"""Lines that the reader beside the player is given."""
LONGEST_LINE = 300


@dataclass(frozen=True)
class Line:
    """One line as it was sent; numbers grow."""

    number: int
    at: datetime
    text: str


def reader_file(lines: Sequence[Line]) -> str:
    """What the reader beside the player fetches again and again: the last lines."""
    last = [{"n": one.number, "text": one.text} for one in lines[-MOST_SENT:]]
    return json.dumps({"lines": last}, ensure_ascii=False, separators=(",", ":"))


def webvtt(lines: Sequence[Line], segments: Sequence[Segment]) -> str:
    """The captions of the recording made of these segments (W3C WebVTT), in order and without overlap; empty
    where no line falls into it."""
    cues: list[tuple[float, str]] = []
    for one in lines:
        place = place_in(segments, one.at.timestamp() - DELAY)
        if place is not None and one.text.strip():
            cues.append((place, one.text.replace("-->", "→").strip()))
    if not cues:
        return ""
    whole = sum(one.seconds for one in segments)
    blocks = ["WEBVTT"]
    last = 0.0
    for number, (begin, text) in enumerate(cues):
        begin = max(begin, last)  # noqa: PLW2901  two lines of one instant follow each other
        following = cues[number + 1][0] if number + 1 < len(cues) else whole
        end = max(begin + SHORTEST_SHOWN, min(following, begin + LONGEST_SHOWN))
        blocks.append(f"{stamp(begin)} --> {stamp(end)}\n{_one_block(text)}")
        last = end
    return "\n\n".join(blocks) + "\n"


def place_in(segments: Sequence[Segment], moment: float) -> float | None:
    """Where in the recording an instant (seconds since 1970) lies; in a gap, where it ends. None for an
    instant after the end; what is before the beginning is at the beginning."""
    passed = 0.0
    for run in runs_of(segments):
        length = sum(one.seconds for one in run)
        since = moment - run[0].began.timestamp()
        if since < length:
            return passed + max(0.0, since)
        passed += length
    return None


def stamp(seconds: float) -> str:
    """As 00:01:02.500."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _one_block(text: str) -> str:
    """A cue ends at a blank line, and `&` and `<` begin something in WebVTT."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;")
