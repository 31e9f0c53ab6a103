"""What the head and the foot of public pages show that staff keep: pages about the centre, contacts,
partners, who pays for it, other ways to read.

The service that keeps these registers itself; an installation without it shows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class FrameLink:
    """A link of the frame; without `href` the title stands alone."""

    title: str
    href: str = ""


@dataclass(frozen=True)
class Funding:
    """A line that says who pays, in force today; `language` where it is not that of the page."""

    text: str
    has_emblem: bool
    language: str = ""


@dataclass(frozen=True)
class Frame:
    """The frame on one day in one language."""

    pages: tuple[FrameLink, ...] = ()
    contacts: tuple[FrameLink, ...] = ()
    social: tuple[FrameLink, ...] = ()
    partners: tuple[FrameLink, ...] = ()
    funding: tuple[Funding, ...] = ()
    readings: tuple[FrameLink, ...] = ()


type Source = Callable[[], Frame]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Say what the frame shows; the last one counts."""
    _sources[:] = [source]


def frame_of(request: HttpRequest | None) -> Frame:
    """The frame of a page, asked for once: head and foot show parts of it."""
    held: Frame | None = getattr(request, "frame", None)
    if held is None:
        held = _sources[0]() if _sources else Frame()
        if request is not None:
            request.frame = held  # type: ignore[attr-defined]  # read above
    return held
