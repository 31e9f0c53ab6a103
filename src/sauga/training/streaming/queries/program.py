"""Where ffmpeg is, and where segments go: what an installation needs before it can broadcast.

ffmpeg is a program that the operator installs (extra `live`, or the system's); without it everything else of
the product works.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from sauga.training.streaming.models import Stream

LONGEST_SOCKET_NAME = 100
"""Letters that the name of a socket may have (`sockaddr_un`)."""
INSTALL = 'pip install "sauga[live]"'


@dataclass(frozen=True)
class Room:
    """Bytes that are free where segments go, and how many must stay free."""

    free: int
    reserve: int

    @property
    def is_enough(self) -> bool:
        """Whether a broadcast may go on."""
        return self.free > self.reserve


def ffmpeg() -> str:
    """The program: the one that the settings name, that of the extra, the system's; empty where there is
    none."""
    if settings.FFMPEG:
        return shutil.which(settings.FFMPEG) or ""
    if find_spec("imageio_ffmpeg") is not None:
        try:
            return str(import_module("imageio_ffmpeg").get_ffmpeg_exe())
        except RuntimeError:
            pass
    return shutil.which("ffmpeg") or ""


def folder_of(ref: str) -> Path:
    """What viewers of a broadcast are sent from; `ref` is of letters and digits only."""
    return Path(settings.STREAM_FOLDER) / ref.lower()


def private_folder_of(ref: str) -> Path:
    """What ffmpeg writes for itself, and the index of what was on air; no address serves it."""
    return Path(settings.STREAM_FOLDER) / ".own" / ref.lower()


def room() -> Room:
    """How much is free where segments go."""
    place = Path(settings.STREAM_FOLDER)
    while not place.exists() and place != place.parent:
        place = place.parent
    return Room(shutil.disk_usage(place).free, settings.STREAM_RESERVE)


def ports() -> range:
    """The ports at which programs may connect."""
    first, last = settings.STREAM_PORTS
    return range(first, last + 1)


def server_name() -> str:
    """What speakers write into their program: the name of this machine."""
    return settings.STREAM_HOST or urlsplit(settings.ENV.base_url).hostname or "localhost"


def srt_address(stream: Stream) -> str:
    """The address for OBS and ffmpeg, without the passphrase."""
    return f"srt://{server_name()}:{stream.port}"


def has_whip() -> bool:
    """Whether a browser can send: what receives WebRTC is installed (extra `live`)."""
    return bool(ffmpeg()) and all(find_spec(name) is not None for name in ("aiortc", "av"))


def whip_address(stream: Stream) -> str:
    """Where encoders that speak WHIP connect (RFC 9725); the passphrase is the bearer token."""
    return f"{settings.ENV.base_url.rstrip('/')}{whip_path(stream)}"


def whip_path(stream: Stream) -> str:
    """The same on this host."""
    return f"/whip/{stream.ref.lower()}"


@contextmanager
def whip_socket(ref: str) -> Iterator[str]:
    """Where the web processes reach the worker that runs a broadcast. The name is good inside the block: it
    may be that of an opened folder, because names of sockets are short. Raises OSError."""
    folder = private_folder_of(ref)
    if len(os.fsencode(folder)) < LONGEST_SOCKET_NAME - 5:
        yield str(folder / "whip")
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{opened}/whip"
    finally:
        os.close(opened)
