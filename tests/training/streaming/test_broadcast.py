"""Broadcasts with a real ffmpeg, started and supervised by `sauga work`: the speaker's program over SRT, what
is refused, what falls and comes back, a full disk, and a worker that falls."""

import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rig import broadcast
from rig.broadcast import Broadcast, end, ffmpeg, garbage, planned, publish, seconds_of
from rig.installation import Installation, new_installation, wait_for

from tests.flows.browser import browser  # noqa: F401  a fixture

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
    refused_are_wrong_passphrases_and_noise(station, one)
    speaker = one.send_picture(PATIENCE)
    what_comes_is_public_only_on_air(station, one)

    # a second program finds nobody listening
    second = publish(one.port, one.passphrase, seconds=3, connect=1_000)
    assert second.wait(PATIENCE) != 0 and speaker.poll() is None

    # captions reach the reader; by whom lines may be sent: test_actions
    one.act("row().lines.create(number=1, nonce='a', at=at, text='Labas vakaras')")
    wait_for(lambda: b"Labas" in station.get(f"{one.path}/captions.json")[1], PATIENCE, "the captions")

    # the encoder is killed: viewers go on, and the program stays connected
    (encoder,) = one.processes()
    subprocess.run(["kill", "-9", str(encoder)], check=True)
    broken = b"\n#EXT-X-DISCONTINUITY\n"
    wait_for(lambda: broken in station.get(f"{one.path}/720.m3u8")[1], PATIENCE, "its return")
    assert "KILLED" in one.notes() and speaker.poll() is None

    # the receiver is killed: the program connects again
    (receiver,) = one.processes("ffconcat")
    subprocess.run(["kill", "-9", str(receiver)], check=True)
    one.wait(lambda row: row["signal_at"] is None, PATIENCE, "the loss")
    end(speaker)
    wait_for(one.listens, PATIENCE, "the receiver")
    speaker = one.send_picture(PATIENCE)
    assert one.see()["state"] == "LIVE"
    its_end_leaves_a_recording(station, one)
    end(speaker)


def refused_are_wrong_passphrases_and_noise(station: Station, one: Broadcast) -> None:
    """Both are noted, and the next program is welcome."""
    wrong = publish(one.port, "aaaa-bbbb-cccc-dddd-eeee", seconds=3)
    assert wrong.wait(PATIENCE) != 0
    one.wait(lambda _row: "WRONG_PASSPHRASE" in one.notes(), PATIENCE, "the refusal")
    wait_for(one.listens, PATIENCE, "the receiver")
    noise = garbage(one.port, one.passphrase)
    one.wait(lambda _row: "GARBAGE" in one.notes(), PATIENCE, "the refusal of garbage")
    end(noise)
    assert one.see()["state"] == "WAITING" and station.worker.poll() is None
    wait_for(one.listens, PATIENCE, "the receiver")


def what_comes_is_public_only_on_air(station: Station, one: Broadcast) -> None:
    """Before that it is seen at the desk, and no playlist ever names it."""
    assert station.get(f"{one.path}/master.m3u8")[0] == station.get(f"{one.path}/720.m3u8")[0] == 404
    assert station.get(f"{one.path}/preview-{one.see()['preview_token']}.m3u8")[0] == 200
    before = {path.name for path in (station.folder / one.ref.lower()).glob("*.m4s")}
    one.do("start_stream")
    wait_for(lambda: station.get(f"{one.path}/master.m3u8")[0] == 200, PATIENCE, "the broadcast")
    public = station.get(f"{one.path}/720.m3u8")[1].decode()
    assert not [name for name in before if name in public]
    assert station.get(f"{one.path}/{last_segment(public)}")[0] == 200


def its_end_leaves_a_recording(station: Station, one: Broadcast) -> None:
    """Players are told, its programs end, and the recording can be played to its end."""
    shown = station.get(f"{one.path}/720.m3u8")[1]
    wait_for(lambda: station.get(f"{one.path}/720.m3u8")[1] != shown, PATIENCE, "another segment")
    one.do("stop_stream")
    wait_for(lambda: b"#EXT-X-ENDLIST" in station.get(f"{one.path}/720.m3u8")[1], PATIENCE, "the end")
    wait_for(lambda: not one.processes() and not one.processes("ffconcat"), PATIENCE, "its programs' end")
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


def comes_nearer_to_what_happens_now(page):
    """A picture of which more is ready than the reserve plays faster; one that had to wait keeps more."""
    rates = page.evaluate("""() => {
      const player = document.querySelector("[data-live-player]").livePlayer, rates = [];
      const { edge, video } = player;
      const judged = (ahead) => {
        const now = Math.floor(performance.now() / 1000);
        edge.seen = [4, 3, 2, 1].map((ago) => ({ second: now - ago, ahead }));
        edge.ahead = () => ahead;
        edge.approach();
        rates.push(video.playbackRate);
      };
      judged(1.5); judged(0.9);
      player.moved = 10;
      video.dispatchEvent(new Event("waiting"));
      judged(1.5); judged(2.5);
      video.playbackRate = 0.75;
      judged(2.5);
      delete edge.ahead;
      [edge.seen, edge.reserve, video.playbackRate] = [[], 1, 1];
      return rates;
    }""")
    assert rates == [1.1, 1, 1, 1.1, 0.75], "and a speed that the viewer has chosen is left alone"


def the_browsers_own_button_begins(page):
    """Whoever presses play on the picture itself gets the same watchdog as by pressing *Watch*."""
    wait_for(lambda: page.get_attribute("[data-live-player]", "data-state") == "ready", 60, "the beginning")
    page.evaluate("() => { document.querySelector('video').play().catch(() => {}); }")
    wait_for(
        lambda: page.evaluate("document.querySelector('[data-live-player]').livePlayer.wanted"), 10, "it"
    )
    page.evaluate("""() => {
      const player = document.querySelector("[data-live-player]").livePlayer;
      player.video.pause();
      player.wanted = false;
      player.show("ready");
    }""")


@pytest.mark.slow("a receiver, an encoder and a player, each in its own time, and then once more")
def test_a_full_disk_stops_a_broadcast_cleanly(station: Station):
    if not station.is_small:
        pytest.skip("a disk of its own needs root")
    one = planned(station.installation)
    wait_for(one.listens, PATIENCE, "the receiver")
    speaker = one.send_picture(PATIENCE)
    filler = station.folder / "filler"
    try:
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


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain picture and a tone: how much there is to see costs the encoder its time."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    command = [
        *(ffmpeg(), "-hide_banner", "-loglevel", "error", "-f", "lavfi"),
        *("-i", "color=0x336699:size=320x180:rate=25", "-f", "lavfi", "-i", "sine=sample_rate=48000"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-t", "75", str(path)),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


@pytest.mark.slow("the film is played at its own speed")
def test_a_film_as_if_live_is_watched_and_ends(station: Station, film: Path, browser: Any):
    one = planned(station.installation, film=str(film), opened=False)  # its time has come: nobody opens it
    one.wait(lambda row: row["state"] == "LIVE", PATIENCE, "the film")
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{station.port}",
        viewport={"width": 320, "height": 700},
        extra_http_headers={"X-Forwarded-Proto": "https"},
    )
    try:
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"/lt/mokymai/transliacija/{one.ref}/")
        the_browsers_own_button_begins(page)
        page.locator("[data-player-start]").click(timeout=60_000)
        watched(page)
        comes_nearer_to_what_happens_now(page)
        one.act("row().lines.create(number=1, nonce='a', at=at, text='Labas <vakaras>')")
        captions_are_in_the_picture(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        player = page.locator("[data-live-player]")
        wait_for(lambda: player.get_attribute("data-state") == "over", PATIENCE, "the end of the film")
        assert faults == [] and context.cookies() == []
    finally:
        context.close()
    assert one.see()["state"] == "ENDED"


def test_the_worker_takes_its_programs_along(station: Station):
    one = planned(station.installation)
    wait_for(one.listens, PATIENCE, "the receiver")
    subprocess.run(["kill", "-9", str(station.worker.pid)], check=True)
    wait_for(lambda: not one.processes("ffconcat"), PATIENCE, "the end of the receiver")
    station.worker = station.installation.start("-m", "sauga", "work")
    wait_for(lambda: one.processes("ffconcat"), PATIENCE, "the receiver of the next worker")
    assert len(one.processes("ffconcat")) == 1 and one.see()["state"] == "WAITING"
    station.installation.stop(station.worker)
    wait_for(lambda: not one.processes("ffconcat"), PATIENCE, "its end with the worker")
    assert one.see()["state"] == "WAITING", "whoever starts the next worker finds it as it was"


def watched(page: Any) -> None:
    """Until a page has played for a second."""
    try:
        wait_for(lambda: page.evaluate("document.querySelector('video').currentTime > 1"), PATIENCE, "it")
    except TimeoutError:
        named = "currentTime readyState networkState paused currentSrc"
        found = f"v = document.querySelector('video'), '{named}'.split(' ').map((one) => v[one])"
        words = f"{found}.concat(v.error?.message)"
        state = page.locator("[data-live-player]").get_attribute("data-state")
        raise TimeoutError(f"nothing plays: {state}, {page.evaluate(words)}") from None


def captions_are_in_the_picture(page: Any) -> None:
    """As a text track, which full screen shows, too; and they can be switched off and made larger."""
    tracks = "[...document.querySelector('video').textTracks]"
    cues = f"{tracks}.flatMap((one) => [...one.cues ?? []]).map((one) => one.text)"
    mode = "document.querySelector('video').textTracks[0].mode"
    wait_for(lambda: page.evaluate(cues) == ["Labas &lt;vakaras>"], PATIENCE, "the captions")
    assert page.evaluate(mode) == "showing"
    page.click("[data-captions-inside]")
    assert page.evaluate(mode) == "hidden"
    page.wait_for_selector("[data-captions-inside][aria-pressed=false]")
    page.click("[data-captions-larger]")
    page.wait_for_selector(".captions-large")


def last_segment(playlist: str) -> str:
    return [line for line in playlist.splitlines() if line.endswith(".m4s")][-1]


def playable_seconds(one: Broadcast) -> float:
    """How long the recording is, decoded to its end."""
    said = one.act(
        "from django.core.files.storage import default_storage; "
        "print('path', default_storage.path(row().recording.stored))"
    )
    return seconds_of(said.strip().splitlines()[-1].removeprefix("path "))
