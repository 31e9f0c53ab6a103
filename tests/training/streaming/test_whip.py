"""Broadcasts over WHIP with the real worker: an encoder that speaks RFC 9725 and shares no line with the
product's signalling, and Chromium on the desk's page. Picture and tone are looked for in what viewers get.
"""

import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rig import broadcast
from rig.broadcast import Broadcast, end, ffmpeg, planned
from rig.installation import Installation, new_installation, wait_for

from sauga.kernel.identity.signin.mfa import totp_code
from tests.flows.browser import Chromium, chromium  # noqa: F401  a fixture

PORTS = "19710-19719"
PATIENCE = 150
STUCK = 45
"""Seconds after which a program of the test that still waits is started anew."""
GREEN, TONE = (0x40, 0xB0, 0x50), 660


@dataclass
class Station:
    """An installation whose worker broadcasts."""

    installation: Installation
    port: int

    def ask(self, method: str, path: str, token: str = "", body: bytes | None = None, **headers: str):
        """An answer: status, headers, body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            named["Authorization"] = f"Bearer {token}"
        url = f"http://127.0.0.1:{self.port}{path}"
        try:
            request = urllib.request.Request(url, body, named, method=method)
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.headers, refused.read()

    def offer(self, one: Broadcast, body: bytes, token: str = ""):
        return self.ask("POST", whip(one), token or one.passphrase, body, Content_Type="application/sdp")

    def get(self, path: str) -> bytes:
        return self.ask("GET", path)[2]


@pytest.fixture(scope="module")
def station(django_db_setup: None) -> Iterator[Station]:
    if not ffmpeg():
        pytest.skip("no ffmpeg")
    with new_installation(
        people=(broadcast.HOST,),
        SAUGA_STREAM_PORTS=PORTS,
        SAUGA_STREAM_BIND="127.0.0.1",
        SAUGA_STREAM_RESERVE="0",
        SAUGA_SCANNER="none",
        DJANGO_SETTINGS_MODULE="sauga.project.settings.dev",  # a desk over plain http, on loopback
    ) as installation:
        installation.start("-m", "sauga", "work")
        yield Station(installation, installation.serve(1))


def whip(one: Broadcast) -> str:
    return f"/whip/{one.ref.lower()}"


def encoder(one: Broadcast, port: int, *, seconds: int = 240) -> subprocess.Popen[bytes]:
    """Another program's WHIP: ffmpeg's own, with a green picture and a tone."""
    command = [
        *(ffmpeg(), "-hide_banner", "-nostdin", "-loglevel", "error"),
        *("-re", "-f", "lavfi", "-i", f"color=0x{int.from_bytes(bytes(GREEN)):06x}:size=640x360:rate=15"),
        *("-re", "-f", "lavfi", "-i", f"sine=frequency={TONE}:sample_rate=48000"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "baseline"),
        *("-bf", "0", "-g", "30", "-pix_fmt", "yuv420p", "-c:a", "libopus", "-ar", "48000", "-ac", "2"),
        *("-t", str(seconds), "-f", "whip", "-handshake_timeout", "60000"),
        *("-authorization", one.passphrase, f"http://127.0.0.1:{port}{whip(one)}"),
    ]
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)


@contextmanager
def sending(station: Station, one: Broadcast) -> Iterator[None]:
    """While an encoder sends and its picture has come. It connects again if it was not heard."""
    held = [encoder(one, station.port)]
    begun = [time.monotonic()]

    def came(row: dict[str, Any]) -> bool:
        is_stuck = time.monotonic() - begun[0] > STUCK
        if not row["signal_at"] and (is_stuck or held[0].poll() is not None):
            end(held[0])
            held[0], begun[0] = encoder(one, station.port), time.monotonic()
        return bool(row["signal_at"])

    try:
        one.wait(came, PATIENCE, "the picture")
        yield
    finally:
        end(held[0])


def ready(one: Broadcast) -> Broadcast:
    """Opened, and its worker listens."""
    wait_for(one.listens, PATIENCE, "the receiver")
    return one


OFFER = (Path(__file__).parent / "offer.sdp").read_bytes()
"""What Chromium 156 offers for a camera and a microphone."""


@pytest.mark.slow("an installation starts, and a broadcast takes its time: segments of two seconds")
def test_an_encoder_broadcasts_over_whip(station: Station, tmp_path: Path):
    one = ready(planned(station.installation))
    what_is_no_such_request_is_refused(station, one)
    with sending(station, one):
        assert not one.processes("ffconcat"), "over SRT nobody is listened to meanwhile"
        assert station.offer(one, OFFER)[0] == 409, "a second one is refused"
        one.do("start_stream")
        wait_for(lambda: station.get(f"{one.path}/master.m3u8").startswith(b"#EXTM3U"), PATIENCE, "HLS")
        assert colour_and_tone(station, one, tmp_path) == (GREEN, TONE)
        (encoding,) = one.processes()
        subprocess.run(["kill", "-9", str(encoding)], check=True)
        broken = b"\n#EXT-X-DISCONTINUITY\n"
        wait_for(lambda: broken in station.get(f"{one.path}/720.m3u8"), PATIENCE, "its return")
        assert "KILLED" in one.notes() and "LOST" not in one.notes()
    one.wait(lambda row: row["signal_at"] is None, PATIENCE, "the loss")
    assert one.see()["state"] == "LIVE", "as with SRT: it may come again"
    wait_for(one.listens, PATIENCE, "the receiver")
    one.do("stop_stream")
    one.wait(lambda _row: not one.processes("ffconcat"), PATIENCE, "the end")
    assert station.offer(one, OFFER)[0] == 404
    assert one.passphrase not in station.installation.log.read_text(errors="replace")


def what_is_no_such_request_is_refused(station: Station, one: Broadcast) -> None:
    """Each with its own answer, and the next encoder is welcome."""
    place, token = whip(one), one.passphrase
    sdp = {"Content_Type": "application/sdp"}
    assert station.ask("OPTIONS", place)[1]["Accept-Post"] == "application/sdp"
    assert station.ask("GET", place)[0] == station.ask("PATCH", place, token)[0] == 405
    status, headers, _body = station.ask("POST", place, "", OFFER, **sdp)
    assert (status, headers["WWW-Authenticate"]) == (401, 'Bearer realm="whip"')
    assert station.offer(one, OFFER, token="aaaa-bbbb-cccc-dddd-eeee")[0] == 401
    one.wait(lambda _row: "WRONG_PASSPHRASE" in one.notes(), PATIENCE, "the note")
    assert station.ask("POST", place, token, OFFER, **sdp, Sec_Fetch_Site="cross-site")[0] == 403
    assert station.ask("POST", "/whip/aaaa-aaaa", token, OFFER, **sdp)[0] == 404
    assert station.ask("DELETE", f"{place}/{'0' * 32}", token)[0] == 404
    assert station.ask("POST", place, token, b"x" * 70_000, **sdp)[0] == 413
    assert station.ask("POST", place, token, OFFER, Content_Type="application/json")[0] == 415
    assert station.offer(one, b"v=0\r\n\xff\x00 no SDP")[0] == 400
    muted = OFFER.replace(b"opus/48000/2", b"odd/48000/2")
    assert station.offer(one, muted)[0] == 422
    assert one.processes("ffconcat"), "none of these disturbs the receiver"


@pytest.mark.slow("a session without a connection is given fifteen seconds")
def test_a_session_in_which_nothing_comes_is_ended(station: Station):
    one = ready(planned(station.installation))
    status, headers, answer = station.offer(one, OFFER)
    assert status == 201 and f" {one.port} typ host".encode() in answer
    assert b"127.0.0.1" in answer and headers["Content-Type"] == "application/sdp"
    wait_for(one.listens, PATIENCE, "the receiver, after the session")
    assert station.ask("DELETE", headers["Location"], one.passphrase)[0] == 404
    status, headers, answer = station.offer(one, OFFER)
    assert status == 201
    status, _headers, body = station.ask("DELETE", headers["Location"], one.passphrase)
    assert (status, body) == (200, b"")
    wait_for(one.listens, PATIENCE, "the receiver, after the end")
    one.do("close_stream")


def colour_and_tone(station: Station, one: Broadcast, folder: Path) -> tuple[tuple[int, ...], int]:
    """What viewers see in the middle and hear, by ffmpeg, rounded to what was sent where it is near."""
    playlist = wait_text(station, f"{one.path}/360.m3u8")
    names = [line for line in playlist.splitlines() if line.endswith(".m4s")]
    begin = next(line for line in playlist.splitlines() if "EXT-X-MAP" in line).split('"')[1]
    film = folder / "piece.mp4"
    film.write_bytes(station.get(f"{one.path}/{begin}") + station.get(f"{one.path}/{names[-1]}"))
    read = [ffmpeg(), "-hide_banner", "-loglevel", "error", "-i", str(film)]
    pixel = [*read, "-vf", "crop=2:2", "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"]
    seen = subprocess.run(pixel, capture_output=True, check=True).stdout[:3]
    heard = subprocess.run(
        [*read, "-ac", "1", "-ar", "48000", "-f", "s16le", "-"], capture_output=True, check=True
    ).stdout
    samples = memoryview(heard[: len(heard) // 2 * 2]).cast("h")
    rises = sum(1 for a, b in pairwise(samples) if a < 0 <= b)
    tone = rises / (len(samples) / 48_000)
    near = all(abs(a - b) < 12 for a, b in zip(seen, GREEN, strict=True))
    return (GREEN if near else tuple(seen)), (TONE if abs(tone - TONE) < TONE * 0.1 else round(tone))


def wait_text(station: Station, path: str) -> str:
    wait_for(lambda: b".m4s" in station.get(path), PATIENCE, path)
    return station.get(path).decode()


FLAGS = [
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-gpu"),
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
    "--allow-loopback-in-peer-connection",
]


@contextmanager
def desk(station: Station, chromium: Chromium) -> Iterator[Any]:
    """The desk of the webinar coordinator, in a browser that has a camera and a microphone."""
    with chromium.shown_loop():
        launched = chromium.launch(*FLAGS)
        try:
            page = launched.new_page(
                base_url=f"http://127.0.0.1:{station.port}",
                viewport={"width": 320, "height": 900},
                locale="lt-LT",
            )
            page.set_default_timeout(PATIENCE * 1000)
            sign_in(page, station.installation.accounts()[broadcast.HOST])
            yield page
        finally:
            launched.close()


def sign_in(page: Any, account: dict[str, Any]) -> None:
    page.goto("/desk/signin/")
    page.fill("[name=email]", account["user"])
    page.fill("[name=password]", account["password"])
    page.fill("[name=code]", totp_code(account["totp_secret"], time.time()))
    page.press("[name=code]", "Enter")
    page.wait_for_url(re.compile(r"/desk/(?!signin)"))


@pytest.mark.slow("a browser, an encoder and segments of two seconds, and a new connection")
def test_somebody_broadcasts_from_the_browser(station: Station, chromium: Chromium):
    one = ready(planned(station.installation))
    with desk(station, chromium) as page:
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"/desk/training/streams/{one.ref}/browser/")
        page.press("body", "o")  # by keyboard: try, then start
        form = page.locator("form[data-studio][data-now=opened]")
        form.wait_for()
        wait_for(lambda: page.evaluate("document.querySelector('meter').value") > 0.1, PATIENCE, "sound")
        assert page.evaluate("document.querySelector('video').videoWidth") > 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert one.passphrase not in page.content(), "the token comes when it is needed"
        page.press("body", "s")
        page.wait_for_selector("form[data-studio][data-now=sending]")
        one.wait(lambda row: row["signal_at"], PATIENCE, "the picture")
        page.click("form[data-stay] button[data-key=g]")
        one.wait(lambda row: row["state"] == "LIVE", PATIENCE, "going on air from the page")
        wait_for(lambda: b".m4s" in station.get(f"{one.path}/720.m3u8"), PATIENCE, "HLS")

        # the process of the session is killed: the page connects again by itself, and the broadcast goes on
        for number in one.sessions():
            subprocess.run(["kill", "-9", str(number)], check=True)
        one.wait(lambda _row: "LOST" in one.notes(), PATIENCE, "the loss")
        one.wait(lambda row: row["signal_at"], PATIENCE, "the return")
        page.wait_for_selector("form[data-studio][data-now=sending]")
        assert one.see()["state"] == "LIVE"
        page.click("[data-do=stop]")
        page.wait_for_selector("form[data-studio][data-now=stopped]")
        one.wait(lambda row: row["signal_at"] is None, PATIENCE, "the end")
        wait_for(lambda: not one.sessions(), PATIENCE, "the end of its process")
        assert faults == []
    one.do("stop_stream")
