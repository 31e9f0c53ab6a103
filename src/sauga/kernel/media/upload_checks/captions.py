"""Captions in WebVTT: parsed, and refused where two cues overlap or time runs backwards (W3C WebVTT, §4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sauga.kernel.media.refusals import FileRefused

STAMP = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
CUE = re.compile(rf"^\s*{STAMP}\s+-->\s+{STAMP}(?:\s+.*)?$")
TEXTLESS = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True)
class Cue:
    """One caption: start and end in seconds, and its text."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with captions: a code, and where in the film."""

    why: str
    where: str = ""


def check(content: bytes) -> None:
    """Captions must be WebVTT with at least one cue, in order and without overlap. Raises FileRefused."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("belies") from None
    for fault in faults(text):
        if fault.why != "captions_silent":
            raise FileRefused("captions" if fault.where or fault.why == "captions_empty" else "belies")


def read(text: str) -> list[Cue]:
    """The captions of a file in order; comments and styles are skipped."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))
    return [
        cue
        for block in blocks
        if not block.lstrip().startswith(TEXTLESS) and (cue := _cue(block)) is not None
    ]


def _cue(block: str) -> Cue | None:
    lines = block.strip().split("\n")
    for place, line in enumerate(lines[:2]):
        if found := CUE.match(line):
            parts = found.groups()
            return Cue(_seconds(parts[:4]), _seconds(parts[4:]), "\n".join(lines[place + 1 :]).strip())
    return None


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def faults(text: str) -> Iterator[Fault]:
    """What is wrong with the captions of one file."""
    if not text.removeprefix("\ufeff").startswith("WEBVTT"):
        yield Fault("captions_format")
        return
    cues = read(text)
    if not cues:
        yield Fault("captions_empty")
    for cue in cues:
        if cue.end <= cue.start:
            yield Fault("captions_backwards", span(cue))
        elif "-->" in cue.text:  # the blank line before the next caption is missing
            yield Fault("captions_format", span(cue))
        elif not cue.text:
            yield Fault("captions_silent", span(cue))
    for before, after in pairwise(sorted(cues, key=lambda cue: (cue.start, cue.end))):
        if after.start < before.end:
            yield Fault("captions_overlap", f"{span(before)} · {span(after)}")


def span(cue: Cue) -> str:
    """The position in the film, for example 0:41–0:46."""
    return f"{_clock(cue.start)}–{_clock(cue.end)}"


def _clock(seconds: float) -> str:
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
