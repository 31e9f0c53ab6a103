"""Broadcasts with a real ffmpeg, started and supervised by `sauga work`: the speaker's program over SRT, what
is refused, what falls and comes back, a full disk, and a worker that falls."""

import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rig import broadcast
from rig.broadcast import Broadcast, end, ffmpeg, garbage, planned, publish, seconds_of
from rig.installation import Installation, new_installation, wait_for

PORTS = "19730-19739"
PATIENCE = 150
"""Seconds on a busy machine; how soon it really happens is measured by `benchmarks/live.py`."""
DISK_MB, RESERVE_MB = 256, 64
"""A disk of its own for the segments, and what must stay free there."""


@dataclass
class Station:
    """An installation whose worker broadcasts."""

    installation: Installation
    port: int
    worker: subprocess.Popen[bytes]
    folder: Path
    is_small: bool

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, b""


@pytest.fixture(scope="module")
def station(django_db_setup: None) -> Iterator[Station]:
    if not ffmpeg():
        pytest.skip("no ffmpeg")
    folder = Path(tempfile.mkdtemp(prefix="sauga-streams-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    is_small = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        with new_installation(
            people=(broadcast.HOST,),
            SAUGA_STREAM_PORTS=PORTS,
            SAUGA_STREAM_BIND="127.0.0.1",
            SAUGA_STREAM_FOLDER=str(folder),
            SAUGA_STREAM_RESERVE=str(RESERVE_MB if is_small else 0),
            SAUGA_SCANNER="none",
        ) as installation:
            worker = installation.start("-m", "sauga", "work")
            port = installation.serve(1, "--behind", "127.0.0.1")
            yield Station(installation, port, worker, folder, is_small)
    finally:
        if is_small:
            subprocess.run(["umount", "-l", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow("a broadcast takes its time: segments of two seconds, and four interruptions")
def test_a_speaker_broadcasts_over_every_trouble(station: Station):
    one = planned(station.installation)
    wait_for(one.listens, PATIENCE, "the receiver")

    # wrong passphrase: refused, and noted
    wrong = publish(one.port, "aaaa-bbbb-cccc-dddd-eeee", seconds=3)
    assert wrong.wait(PATIENCE) != 0
    one.wait(lambda _row: "WRONG_PASSPHRASE" in one.notes(), PATIENCE, "the refusal")

    # garbage: refused, noted, and the next program is welcome
    noise = garbage(one.port, one.passphrase)
    one.wait(lambda _row: "GARBAGE" in one.notes(), PATIENCE, "the refusal of garbage")
    end(noise)
    assert one.see()["state"] == "WAITING" and station.worker.poll() is None
    wait_for(one.listens, PATIENCE, "the receiver")

    speaker = publish(one.port, one.passphrase)
    one.wait(lambda row: row["signal_at"], PATIENCE, "the picture")

    # what is not on air is seen at the desk only
    assert station.get(f"{one.path}/master.m3u8")[0] == station.get(f"{one.path}/720.m3u8")[0] == 404
    preview = f"{one.path}/preview-{one.see()['preview_token']}.m3u8"
    assert station.get(preview)[0] == 200
    before = {path.name for path in (station.folder / one.ref.lower()).glob("*.m4s")}
    one.do("start_stream")
    wait_for(lambda: station.get(f"{one.path}/master.m3u8")[0] == 200, PATIENCE, "the broadcast")
    public = station.get(f"{one.path}/720.m3u8")[1].decode()
    assert not [name for name in before if name in public]
    assert station.get(f"{one.path}/{last_segment(public)}")[0] == 200

    # a second program finds nobody listening
    second = publish(one.port, one.passphrase, seconds=3)
    assert second.wait(PATIENCE) != 0 and speaker.poll() is None

    # captions reach the reader
    one.act(
        "row().lines.create(number=1, nonce='a', at=at, text='Labas vakaras')"
    )  # by whom lines may be sent: test_actions
    wait_for(
        lambda: "Labas" in station.get(f"{one.path}/captions.json")[1].decode(), PATIENCE, "the captions"
    )

    # the encoder is killed: viewers go on, and the program stays connected
    (encoder,) = one.processes()
    subprocess.run(["kill", "-9", str(encoder)], check=True)
    wait_for(
        lambda: b"\n#EXT-X-DISCONTINUITY\n" in station.get(f"{one.path}/720.m3u8")[1], PATIENCE, "its return"
    )
    assert "KILLED" in one.notes() and speaker.poll() is None

    # the receiver is killed: the program connects again
    (receiver,) = one.processes("ffconcat")
    subprocess.run(["kill", "-9", str(receiver)], check=True)
    one.wait(lambda row: row["signal_at"] is None, PATIENCE, "the loss")
    end(speaker)
    speaker = publish(one.port, one.passphrase)
    one.wait(lambda row: row["signal_at"], PATIENCE, "the picture again")
    assert one.see()["state"] == "LIVE"
    time.sleep(2)

    one.do("stop_stream")
    wait_for(lambda: b"#EXT-X-ENDLIST" in station.get(f"{one.path}/720.m3u8")[1], PATIENCE, "the end")
    wait_for(
        lambda: not one.processes() and not one.processes("ffconcat"), PATIENCE, "the end of its programs"
    )
    end(speaker)
    one.wait(lambda row: row["recording_id"] and row["captions_id"], PATIENCE, "the recording")
    assert 6 <= one.see()["recorded_seconds"] <= 60
    assert playable_seconds(one) == pytest.approx(one.see()["recorded_seconds"], abs=2)


def test_a_program_without_sound_is_told_so(station: Station):
    one = planned(station.installation)
    wait_for(one.listens, PATIENCE, "the receiver")
    mute = publish(one.port, one.passphrase, seconds=8, sound=False)
    try:
        one.wait(lambda _row: "NO_SOUND" in one.notes(), PATIENCE, "the note")
    finally:
        end(mute)
        one.do("close_stream")
    assert one.see()["state"] == "PLANNED"


@pytest.mark.slow("a receiver, an encoder and a player, each in its own time, and then once more")
def test_a_full_disk_stops_a_broadcast_cleanly(station: Station):
    if not station.is_small:
        pytest.skip("a disk of its own needs root")
    one = planned(station.installation)
    wait_for(one.listens, PATIENCE, "the receiver")
    speaker = publish(one.port, one.passphrase)
    filler = station.folder / "filler"
    try:
        one.wait(lambda row: row["signal_at"], PATIENCE, "the picture")
        one.do("start_stream")
        wait_for(lambda: station.get(f"{one.path}/master.m3u8")[0] == 200, PATIENCE, "the broadcast")
        with filler.open("wb") as file:
            left = shutil.disk_usage(station.folder).free - RESERVE_MB * 1024**2
            file.write(b"\0" * (left + 4 * 1024**2))
        one.wait(lambda row: row["state"] == "FAILED", PATIENCE, "the stop")
        assert one.see()["fault"] == "DISK" and one.notes()[-1] == "DISK"
        wait_for(lambda: not one.processes(), PATIENCE, "the end of the encoder")
        assert station.worker.poll() is None
    finally:
        end(speaker)
        filler.unlink(missing_ok=True)
    one.do("open_stream")
    one.wait(lambda row: one.processes("ffconcat"), PATIENCE, "the receiver again")
    one.do("stop_stream") if one.see()["state"] == "LIVE" else None


def test_the_worker_takes_its_programs_along(station: Station):
    one = planned(station.installation)
    wait_for(one.listens, PATIENCE, "the receiver")
    subprocess.run(["kill", "-9", str(station.worker.pid)], check=True)
    wait_for(lambda: not one.processes("ffconcat"), PATIENCE, "the end of the receiver")
    station.worker = station.installation.start("-m", "sauga", "work")
    wait_for(lambda: one.processes("ffconcat"), PATIENCE, "the receiver of the next worker")
    station.installation.stop(station.worker)
    wait_for(lambda: not one.processes("ffconcat"), PATIENCE, "its end with the worker")


def last_segment(playlist: str) -> str:
    return [line for line in playlist.splitlines() if line.endswith(".m4s")][-1]


def playable_seconds(one: Broadcast) -> float:
    """How long the recording is, decoded to its end."""
    said = one.act(
        "from django.core.files.storage import default_storage; "
        "print('path', default_storage.path(row().recording.stored))"
    )
    return seconds_of(said.strip().splitlines()[-1].removeprefix("path "))
