"""Playlists (RFC 8216): ffmpeg's are read, those of viewers are written anew, so that one broadcast goes on
over several runs of the encoder, each name means one thing for ever, and nothing from before it went on air
is named.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sauga.training.streaming.rules.commands import RENDITIONS, SECONDS

WINDOW = 8
"""Segments that a viewer's playlist names."""
LONGEST = 60.0
MOST_LINES = 4000
MASTER = "master.m3u8"
CAPTIONS = "captions.json"
NAME = re.compile(r"[a-z0-9-]{1,60}\.m4s")
INFORMATION = re.compile(r"#EXTINF:(\d{1,4}(?:\.\d{1,9})?),")
CODECS = {"720": "avc1.4d401f,mp4a.40.2", "360": "avc1.4d401e,mp4a.40.2", "audio": "mp4a.40.2"}


@dataclass(frozen=True)
class Segment:
    """One piece of a rendition: its file, its length in seconds, when it began, the run that made it."""

    name: str
    seconds: float
    began: datetime
    run: str


def read(text: str, run: str) -> list[Segment]:
    """The segments of one of ffmpeg's playlists, in order; what cannot be read is left out."""
    found: list[Segment] = []
    seconds, began = 0.0, None
    for line in text.splitlines()[:MOST_LINES]:
        if information := INFORMATION.match(line):
            seconds = float(information[1])
        elif line.startswith("#EXT-X-PROGRAM-DATE-TIME:"):
            began = _instant(line.partition(":")[2].strip())
        elif line and not line.startswith("#"):
            name = line.rpartition("/")[2]
            if began is not None and NAME.fullmatch(name) and 0 < seconds < LONGEST:
                found.append(Segment(name, seconds, began, run))
                began += timedelta(seconds=seconds)
    return found


def media_playlist(held: Sequence[Segment], first: int, breaks: int, *, is_over: bool) -> str:
    """The playlist of the last segments of a rendition. `first` is the number of held[0], `breaks` how many
    changes of run lie before it."""
    begin = max(0, len(held) - WINDOW)
    shown = held[begin:]
    longest = max((one.seconds for one in shown), default=float(SECONDS))
    before = sum(a.run != b.run for a, b in pairwise(held[: begin + 1]))
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{max(SECONDS, math.ceil(longest - 0.5))}",
        f"#EXT-X-MEDIA-SEQUENCE:{first + begin}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{breaks + before}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    run = ""
    for one in shown:
        if one.run != run:
            if run:
                lines.append("#EXT-X-DISCONTINUITY")
            run = one.run
            lines.append(f'#EXT-X-MAP:URI="{beginning_of(one)}"')
        moment = one.began.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        lines += [f"#EXT-X-PROGRAM-DATE-TIME:{moment}", f"#EXTINF:{one.seconds:.3f},", one.name]
    if is_over:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join([*lines, ""])


def master_playlist(named: str = "{}.m3u8") -> str:
    """The playlist that names the renditions; a player chooses by what its line allows."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for one in RENDITIONS:
        words = f'BANDWIDTH={one.bandwidth},CODECS="{CODECS[one.name]}"'
        if one.height:
            words += f",RESOLUTION={one.width}x{one.height},FRAME-RATE=25.000"
        lines += [f"#EXT-X-STREAM-INF:{words}", named.format(one.name)]
    return "\n".join([*lines, ""])


def beginning_of(segment: Segment) -> str:
    """The file that a decoder needs before this segment."""
    return f"{segment.name.rpartition('-')[0]}-init.mp4"


def index_lines(rendition: str, segments: Iterable[Segment]) -> str:
    """What is appended to the index of a broadcast: one line for each segment that was on air."""
    rows = ({"rendition": rendition, **asdict(one), "began": one.began.isoformat()} for one in segments)
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def read_index(text: str) -> dict[str, list[Segment]]:
    """The segments of an index by rendition; a line that was cut off when the machine fell is left out."""
    found: dict[str, list[Segment]] = {one.name: [] for one in RENDITIONS}
    for line in text.splitlines():
        try:
            row = json.loads(line)
            one = Segment(row["name"], row["seconds"], datetime.fromisoformat(row["began"]), row["run"])
            found[row["rendition"]].append(one)
        except (ValueError, KeyError, TypeError):
            continue
    return found


def runs_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments of each run of the encoder, in order."""
    runs: list[list[Segment]] = []
    for one in segments:
        if not runs or runs[-1][-1].run != one.run:
            runs.append([])
        runs[-1].append(one)
    return runs


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
