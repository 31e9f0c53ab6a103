"""What the template `media/player.html` plays: a film or a recording with captions and a transcript."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Track:
    """Captions of one language; `label` is how the menu of the player names them."""

    src: str
    language: str
    label: str


@dataclass(frozen=True)
class Player:
    """A film or a recording. The browser's own controls play it, so it needs no script.

    `transcript` is its text; `transcript_href` a file with it. `poster` is the address of the picture before
    the film begins. `rights` says whose it is.
    """

    src: str
    mime: str
    title: str
    language: str
    tracks: Sequence[Track] = ()
    transcript: str = ""
    transcript_href: str = ""
    poster: str = ""
    rights: str = ""

    @property
    def is_video(self) -> bool:
        """Whether there is something to see."""
        return self.mime.startswith("video/")
