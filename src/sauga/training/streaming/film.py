"""Makes the film of a broadcast from its segments."""

import os
import shutil
import subprocess
from pathlib import Path

from sauga.training.streaming.queries import program
from sauga.training.streaming.rules import commands
from sauga.training.streaming.rules.playlists import Segment, beginning_of, runs_of

LONGEST_JOINING = 1800
COPY = 1024 * 1024


class RecordingFailed(Exception):
    """ffmpeg could not join the segments; the job tries again."""


def join(held: list[Segment], folder: Path, private: Path, made: Path) -> None:
    """One file of every run: its beginning and its segments in a row are a whole MP4. Then one of all. Raises
    RecordingFailed, OSError.

    The length of each part is stated: ffmpeg would count it from the beginning of its run, and what was
    shown as a preview before the part went on air would become a hole.
    """
    listing = ["ffconcat version 1.0"]
    for number, run in enumerate(runs_of(held)):
        part = private / f"recording-{number}.mp4"
        with part.open("wb") as target:
            for name in (beginning_of(run[0]), *(one.name for one in run)):
                with (folder / name).open("rb") as source:
                    shutil.copyfileobj(source, target, COPY)
        listing += [f"file '{part.name}'", f"duration {sum(one.seconds for one in run):.3f}"]
    listed = private / "recording.ffconcat"
    listed.write_text("\n".join([*listing, ""]))
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
