"""The folder that viewers are sent from: segments become public when they are on air, playlists are replaced
whole, and what may no longer be seen is deleted.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sauga.training.streaming.queries.segments import INDEX, index_of
from sauga.training.streaming.rules import playlists
from sauga.training.streaming.rules.commands import LOW, MAIN, RENDITIONS
from sauga.training.streaming.rules.playlists import Segment

OPEN_FOLDER, OWN_FOLDER = 0o755, 0o700
NAMES = tuple(one.name for one in RENDITIONS)
FRESH_SECONDS = 30.0
"""A number of viewers that a web process wrote longer ago does not count."""


class Publisher:
    """The playlists of one broadcast over all runs of its encoder."""

    def __init__(self, folder: Path, private: Path) -> None:
        self.folder, self.private = folder, private
        self.raw = private / "raw"
        self.on_air = index_of(private)
        self.recent: dict[str, list[Segment]] = {name: [] for name in NAMES}
        self.known: set[str] = {one.name for held in self.on_air.values() for one in held}
        self.since: datetime | None = None
        self.turn = sum(1 for _run in playlists.runs_of(self.on_air[MAIN]))
        self.kbps = 0

    def prepare(self) -> None:
        """Make the folders; leftovers of ffmpeg's own are deleted. Raises OSError."""
        self.folder.mkdir(mode=OPEN_FOLDER, parents=True, exist_ok=True)
        (self.folder / "viewers").mkdir(mode=OPEN_FOLDER, exist_ok=True)
        self.private.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        self.raw.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        _remove(self.raw.iterdir())
        public = {playlists.beginning_of(one) for held in self.on_air.values() for one in held} | self.known
        _remove(path for path in self.folder.glob("*.m*4*") if path.name not in public)

    def begin(self, ingest: tuple[str, str] | None) -> None:
        """Before a run: where the input is written (name and content). Raises OSError."""
        if ingest is not None:
            path = self.private / ingest[0]
            path.unlink(missing_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(ingest[1])

    def go_on_air(self, at: datetime) -> None:
        """From now on new segments are public."""
        if self.since is None:
            self.since = at
            self.turn += 1

    def go_off_air(self) -> None:
        """Viewers are sent nothing any more; the playlists are taken away."""
        if self.since is not None or (self.folder / playlists.MASTER).exists():
            self.since = None
            _remove(self.folder / name for name in (playlists.MASTER, *(f"{name}.m3u8" for name in NAMES)))

    def take(self, token: str, preview: str) -> int:
        """Take over what this run has made since the last time; returns how many new segments of the large
        picture there are. Raises OSError."""
        fresh = 0
        for name in NAMES:
            new = [one for one in self._raw_segments(token, name) if one.name not in self.known]
            if not new:
                continue
            self._open_beginning(new[0])
            self.known |= {one.name for one in new}
            self.recent[name] += new
            if name == MAIN:
                fresh = len(new)
                self._measure(new[-1])
            if self.since is not None:
                self._publish(name, [one for one in new if one.began >= self.since])
        if fresh:
            self._preview(preview)
            self._forget()
        return fresh

    def finish(self, *, is_over: bool) -> None:
        """The run has ended; `is_over`: so has the broadcast, and players are told so."""
        if is_over and self.since is not None:
            for name in NAMES:
                self._write_playlist(name, is_over=True)
        _remove(self.folder.glob("preview-*.m3u8"))
        _remove(self.raw.iterdir() if self.raw.exists() else ())

    def played(self) -> float:
        """Seconds of the large picture that this broadcast has had so far."""
        names = {one.name for one in self.recent[MAIN]}
        earlier = (one for one in self.on_air[MAIN] if one.name not in names)
        return sum(one.seconds for one in (*earlier, *self.recent[MAIN]))

    def write_captions(self, text: str) -> None:
        """Replace what the reader beside the player fetches. Raises OSError."""
        _replace(self.folder / playlists.CAPTIONS, text)

    def viewers(self, now: float) -> int:
        """How many watch, by what the web processes have counted."""
        total = 0
        for path in (self.folder / "viewers").glob("*.txt"):
            try:
                if path.stat().st_mtime > now - FRESH_SECONDS:
                    total += int(path.read_text()[:9] or 0)
                else:
                    path.unlink()
            except (OSError, ValueError):
                continue
        return total

    def _raw_segments(self, token: str, name: str) -> list[Segment]:
        try:
            text = (self.raw / f"{token}-{name}.m3u8").read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return []
        return playlists.read(text, f"{token}.{self.turn}")

    def _open_beginning(self, segment: Segment) -> None:
        beginning = playlists.beginning_of(segment)
        if not (self.folder / beginning).exists():
            _replace(self.folder / beginning, (self.raw / beginning).read_bytes())

    def _measure(self, segment: Segment) -> None:
        size = (self.folder / segment.name).stat().st_size
        self.kbps = round(size * 8 / segment.seconds / 1000)

    def _publish(self, name: str, new: list[Segment]) -> None:
        if not new:
            return
        with (self.private / INDEX).open("a", encoding="utf-8") as index:
            index.write(playlists.index_lines(name, new))
            index.flush()
            os.fsync(index.fileno())
        self.on_air[name] += new
        self._write_playlist(name, is_over=False)
        if all(self.on_air.values()) and not (self.folder / playlists.MASTER).exists():
            for other in NAMES:  # of a broadcast that was off air meanwhile
                self._write_playlist(other, is_over=False)
            _replace(self.folder / playlists.MASTER, playlists.master_playlist())

    def _write_playlist(self, name: str, *, is_over: bool) -> None:
        text = playlists.media_playlist(self.on_air[name], 0, 0, is_over=is_over)
        _replace(self.folder / f"{name}.m3u8", text)

    def _preview(self, token: str) -> None:
        text = playlists.media_playlist(self.recent[LOW], 0, 0, is_over=False)
        _replace(self.folder / f"preview-{token}.m3u8", text)

    def _forget(self) -> None:
        """Segments that were never on air go when the preview no longer names them."""
        for name in NAMES:
            public = {one.name for one in self.on_air[name][-len(self.recent[name]) - 1 :]}
            old = self.recent[name][: -2 * playlists.WINDOW][-playlists.WINDOW :]
            _remove(self.folder / one.name for one in old if one.name not in public)


def _replace(path: Path, content: str | bytes) -> None:
    """Write a file whole: a reader sees the former or the new one, nothing between."""
    waiting = path.with_name(f".{path.name}.new")
    waiting.write_bytes(content.encode() if isinstance(content, str) else content)
    waiting.replace(path)


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        path.unlink(missing_ok=True)
