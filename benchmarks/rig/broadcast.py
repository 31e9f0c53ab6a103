"""Broadcasts of an installation: planned and opened by its own actions, fed by ffmpeg as a speaker's program
does, watched over HTTP."""

import json
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rig.installation import LOAD, Installation, wait_for

HOST = "webinars@awareness.example"
BEGIN = f"""
{LOAD}
import json, sys
from datetime import timedelta
from sauga.kernel import clock, media
from sauga.kernel.states import SystemActor
from sauga.training.streaming.actions import captions, recordings, encoder_reports, streams
from sauga.training.streaming.models import Stream
from sauga.training.streaming.queries import program, secrets, streams as queries
by, at = SystemActor("training"), clock.now()
def row(): return Stream.objects.get(ref=sys.argv[1])
"""


@dataclass
class Broadcast:
    """One broadcast of an installation."""

    installation: Installation = field(repr=False)
    ref: str
    port: int
    passphrase: str

    @property
    def path(self) -> str:
        """Where viewers find its files."""
        return f"/stream/{self.ref.lower()}"

    def act(self, words: str) -> str:
        """Run statements in the product; `row()` is the broadcast."""
        return self.installation.python("-c", BEGIN + words, self.ref)

    def do(self, name: str) -> None:
        """Perform one of the desk's actions."""
        self.act(f"streams.{name}(by=by, stream=row(), at=at)")

    def see(self) -> dict[str, Any]:
        """What the database says of it."""
        with self.installation.connect() as connection:
            cursor = connection.execute(
                "SELECT row_to_json(s) FROM training_stream s WHERE ref = %s", [self.ref]
            )
            found: dict[str, Any] = cursor.fetchone()[0]
        return found

    def notes(self) -> list[str]:
        """Its log, the oldest first."""
        with self.installation.connect() as connection:
            cursor = connection.execute(
                "SELECT note FROM training_streamnote n JOIN training_stream s ON s.id = n.stream_id "
                "WHERE s.ref = %s ORDER BY n.id",
                [self.ref],
            )
            return [note for (note,) in cursor]

    def wait(self, there: Any, patience: float, what: str) -> None:
        """Until `there(what the database says)`."""
        try:
            wait_for(lambda: (time.sleep(0.1), there(self.see()))[1], patience, what)
        except TimeoutError as late:
            log = self.installation.log.read_text(errors="replace")[-2000:]
            raise TimeoutError(f"{late}: {self.see()}, {self.notes()}\n{log}") from None

    def send_picture(self, patience: float) -> subprocess.Popen[bytes]:
        """A speaker's program whose picture has come. It connects again if it was not heard, as OBS does."""
        speaker = publish(self.port, self.passphrase)

        def came(row: dict[str, Any]) -> bool:
            nonlocal speaker
            if not row["signal_at"] and speaker.poll() is not None:
                speaker = publish(self.port, self.passphrase)
            return bool(row["signal_at"])

        try:
            self.wait(came, patience, "the picture")
        except BaseException:
            end(speaker)
            raise
        return speaker

    def listens(self) -> bool:
        """Whether its receiver runs and has taken its port: a program that connects before is not heard."""
        taken = [line.split()[1] for line in Path("/proc/net/udp").read_text().splitlines()[1:]]
        return bool(self.processes("ffconcat")) and any(
            int(address.rpartition(":")[2], 16) == self.port for address in taken
        )

    def processes(self, part: str = "hls_segment_type") -> list[int]:
        """The encoders of this broadcast that run now, by their command; `part` "ffconcat": the receiver."""
        found = []
        for folder in Path("/proc").iterdir():
            try:
                command = (folder / "cmdline").read_bytes() if folder.name.isdigit() else b""
            except OSError:
                continue
            if part.encode() in command and self.ref.lower().encode() in command:
                found.append(int(folder.name))
        return found

    def sessions(self) -> list[int]:
        """The processes that receive for this broadcast over WHIP now: they work in its folder."""
        found = []
        for folder in Path("/proc").iterdir():
            with suppress(OSError):
                is_session = folder.name.isdigit() and b"session.py" in (folder / "cmdline").read_bytes()
                if is_session and self.ref.lower() in str((folder / "cwd").readlink()):
                    found.append(int(folder.name))
        return found


def planned(
    installation: Installation, *, film: str = "", automatic: bool = False, opened: bool = True
) -> Broadcast:
    """A broadcast; `film` names a file that is played as if live."""
    words = f"""
film = None
if {film!r}:
    from pathlib import Path
    path = Path({film!r})
    found = media.inspect(path.read_bytes(), path.name, kinds={{media.Kind.VIDEO}})
    film = media.store(by=by, found=found, owner="training.film", scan=media.scan_now(found.content), at=at)
stream = streams.plan_stream(by=by, title="Bandymas", starts=at, film=film, is_automatic={automatic!r}, at=at)
if {opened!r}:
    stream = streams.open_stream(by=by, stream=stream, at=at)
print(json.dumps([stream.ref, stream.port or 0, secrets.passphrase_of(stream)]))
"""
    said = installation.python("-c", BEGIN + words)
    ref, port, passphrase = json.loads(said.strip().splitlines()[-1])
    return Broadcast(installation, ref, port, passphrase)


def ffmpeg() -> str:
    """The program: that of the extra, else the system's."""
    if find_spec("imageio_ffmpeg") is None:
        return shutil.which("ffmpeg") or ""
    return str(import_module("imageio_ffmpeg").get_ffmpeg_exe())


def seconds_of(film: str | Path) -> float:
    """How long a film is, decoded to its end without a complaint."""
    shown = subprocess.run(
        [ffmpeg(), "-hide_banner", "-v", "error", "-progress", "-", "-i", str(film), "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert shown.stderr == "", shown.stderr
    times = [line for line in shown.stdout.splitlines() if line.startswith("out_time_us=")]
    return int(times[-1].partition("=")[2]) / 1e6


def publish(
    port: int,
    passphrase: str,
    *,
    seconds: float = 60,
    size: str = "640x360",
    sound: bool = True,
    rate: int = 25,
    connect: int = 20_000,
) -> subprocess.Popen[bytes]:
    """A speaker's program: a test picture and a tone over SRT, in real time. It waits `connect` milliseconds
    for an answer."""
    address = f"srt://127.0.0.1:{port}?passphrase={passphrase}&pbkeylen=16&connect_timeout={connect}"
    tone = ["-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"] if sound else []
    command = [
        *(ffmpeg(), "-hide_banner", "-nostdin", "-loglevel", "error"),
        *("-re", "-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}", *tone),
        *("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", str(rate), "-b:v", "800k"),
        *(("-c:a", "aac", "-b:a", "64k") if sound else ()),
        *("-t", str(seconds), "-f", "mpegts", address),
    ]
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)


def garbage(port: int, passphrase: str) -> subprocess.Popen[bytes]:
    """A program that knows the passphrase and sends noise, which is no picture."""
    address = f"srt://127.0.0.1:{port}?passphrase={passphrase}&pbkeylen=16&connect_timeout=20000"
    command = [ffmpeg(), "-nostdin", "-loglevel", "error", "-re", "-f", "s16le", "-ar", "48000", "-ac", "2"]
    command += ["-i", "/dev/urandom", "-c", "copy", "-t", "12", "-f", "s16le", address]
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)


def end(*programs: subprocess.Popen[bytes]) -> None:
    """End programs of speakers."""
    for one in programs:
        one.kill()
        one.wait()
