"""Asks the decoding program: one process of its own for each server process, one limited fork for each file.

The program is started by name and never imported, so that no decoder is loaded here. It has no secrets in its
environment, and a job has no network (where the system allows that), little memory, and an end.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sauga.kernel.media.refusals import FileRefused

PROGRAM = "sauga.kernel.media.sandbox"
HERE = str(Path(__file__).resolve().parents[4])
"""Where this package is imported from; it need not be installed."""
MOST_SIDE, MOST_PIXELS = 12_000, 50_000_000
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS, SECONDS = 20, 40.0
WRITTEN = 64 * 1024 * 1024
LONGEST_ANSWER = 128 * 1024
WIDTHS = (320, 640, 1280)
MOST_PAGES = 4
"""Pages of a PDF that get a preview."""


@dataclass(frozen=True)
class Limits:
    """What one job may use: bytes of memory, seconds of processor and of waiting, bytes written."""

    memory: int = MEMORY
    cpu: int = CPU_SECONDS
    seconds: float = SECONDS
    written: int = WRITTEN
    side: int = MOST_SIDE
    pixels: int = MOST_PIXELS


@dataclass(frozen=True)
class Cleaned:
    """An image written anew: its bytes without metadata, and its size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class PdfFacts:
    """What a PDF is: pages, the size of the first one in points, and what it says to screen readers."""

    pages: int
    width: int
    height: int
    tagged: bool
    language: str


@dataclass(frozen=True)
class Drawn:
    """One preview: of which page, its size in pixels, and its bytes (WebP)."""

    page: int
    width: int
    height: int
    content: bytes


def clean_image(content: bytes, limits: Limits = Limits(), *, to: str = "") -> Cleaned:
    """The image without metadata, upright; in its own format, or `to` another one (`PNG`). Raises
    FileRefused."""
    with _Work(content) as work:
        answer = work.do("image", limits, target=str(work.folder / "target"), **{"as": to})
        made = (work.folder / "target").read_bytes()
    return Cleaned(made, answer["width"], answer["height"])


def check_pdf(content: bytes, limits: Limits = Limits()) -> PdfFacts:
    """What the PDF is. Raises FileRefused for one that runs something, is locked or damaged."""
    with _Work(content) as work:
        return PdfFacts(**work.do("pdf", limits))


def draw(
    content: bytes,
    *,
    is_pdf: bool,
    widths: Sequence[int] = WIDTHS,
    pages: int = MOST_PAGES,
    limits: Limits = Limits(),
) -> list[Drawn]:
    """The previews of an image, or of the first pages of a PDF. Raises FileRefused."""
    with _Work(content) as work:
        job = "pdf_previews" if is_pdf else "image_previews"
        answer = work.do(job, limits, target=str(work.folder), widths=list(widths), pages=pages)
        return [
            Drawn(one["page"], one["width"], one["height"], (work.folder / one["name"]).read_bytes())
            for one in answer["made"]
        ]


class _Work:
    """A folder of one job, with the file in it; removed afterwards."""

    def __init__(self, content: bytes) -> None:
        self._held = tempfile.TemporaryDirectory(prefix="sauga-media-")
        self.folder = Path(self._held.name)
        self.source = self.folder / "source"
        self.source.write_bytes(content)

    def __enter__(self) -> "_Work":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._held.cleanup()

    def do(self, job: str, limits: Limits, **more: Any) -> dict[str, Any]:
        """The program's answer. Raises FileRefused."""
        answer = _program.ask({"do": job, "source": str(self.source), **vars(limits), **more})
        if why := answer.get("refused"):
            raise _refusal(why, limits)
        return answer


def _answer(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {"refused": "damaged"}
    return found if isinstance(found, dict) else {"refused": "damaged"}


def _refusal(why: str, limits: Limits) -> FileRefused:
    if why == "sides":
        return FileRefused(why, side=limits.side, pixels=limits.pixels // 1_000_000)
    return FileRefused(why if why in FileRefused.messages else "damaged")


@dataclass
class _Program:
    """The running program of this process, started at its first job and again whenever it is gone."""

    running: "subprocess.Popen[bytes] | None" = None
    owner: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, job: dict[str, Any]) -> dict[str, Any]:
        """One job at a time: this also bounds how much of the machine uploads can use."""
        with self.turn:
            for _try in range(2):
                program = self._started()
                assert program.stdin is not None and program.stdout is not None
                with suppress(BrokenPipeError):
                    program.stdin.write(json.dumps(job).encode() + b"\n")
                    program.stdin.flush()
                    if line := program.stdout.readline(LONGEST_ANSWER):
                        return _answer(line)
                self._end()
        return {"refused": "damaged"}

    def _started(self) -> "subprocess.Popen[bytes]":
        if self.owner != os.getpid():
            self.running, self.owner = None, os.getpid()  # after a fork the program is our parent's
            atexit.register(self._end)
        if self.running is None or self.running.poll() is not None:
            self._end()
            kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
            self.running = subprocess.Popen(
                [sys.executable, "-P", "-s", "-m", PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={**kept, "PYTHONPATH": HERE},
                start_new_session=True,
            )
        return self.running

    def _end(self) -> None:
        program, self.running = self.running, None
        if program is None or self.owner != os.getpid():
            return
        for pipe in (program.stdin, program.stdout):
            with suppress(OSError):
                pipe and pipe.close()
        program.kill()
        program.wait()


_program = _Program()
