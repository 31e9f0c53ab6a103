"""What of a broadcast lies on the disk: the segments that were on air."""

from pathlib import Path

from sauga.training.streaming.models import Stream
from sauga.training.streaming.queries.program import folder_of, private_folder_of
from sauga.training.streaming.rules.commands import MAIN
from sauga.training.streaming.rules.playlists import Segment, beginning_of, read_index

INDEX = "index.jsonl"


def index_of(private: Path) -> dict[str, list[Segment]]:
    """The segments that were on air, by rendition; empty before the first."""
    try:
        return read_index((private / INDEX).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return read_index("")


def on_air(stream: Stream) -> list[Segment]:
    """The segments of the large picture that were on air and are still there, in order."""
    folder = folder_of(stream.ref)
    held = index_of(private_folder_of(stream.ref))[MAIN]
    return [one for one in held if (folder / one.name).exists() and (folder / beginning_of(one)).exists()]
