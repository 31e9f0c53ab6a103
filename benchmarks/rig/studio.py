"""Somebody who broadcasts from the browser: Chromium on the desk's page, with a camera that plays a moving
picture and a microphone that beeps."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rig.broadcast import Broadcast, ffmpeg
from rig.chrome import chrome
from rig.installation import Installation

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
    "--allow-loopback-in-peer-connection",
)
SIZE, RATE, LOOP = "1280x720", 25, 8
PATIENCE = 120_000
WATCH = """const Real = RTCPeerConnection; globalThis.peers = [];
globalThis.RTCPeerConnection = function (...given) { const made = new Real(...given); peers.push(made);
  return made; };"""
ASKED = """async () => [...(await peers.at(-1).getStats()).values()]
  .filter((one) => one.type === "outbound-rtp" && one.kind === "video")
  .map((one) => `${one.frameWidth}x${one.frameHeight}, ${one.framesPerSecond} a second`).join()"""
CODE = """
import sys, time
from sauga.kernel.identity.signin.mfa import totp_code
print(totp_code(sys.argv[1], time.time()))
"""


def camera_film(folder: Path) -> Path:
    """A film that Chromium takes for a camera, again and again: much of the picture moves."""
    film = folder / "camera.mjpeg"
    picture = f"testsrc2=size={SIZE}:rate={RATE}"
    command = [ffmpeg(), "-loglevel", "error", "-f", "lavfi", "-i", picture, "-t", str(LOOP), "-q:v", "4"]
    subprocess.run([*command, "-pix_fmt", "yuvj420p", "-f", "mjpeg", str(film)], check=True)
    return film


def desk_without_tls(installation: Installation) -> int:
    """The port of one more web process, whose cookies a browser takes without TLS."""
    environ = {**installation.environ, "DJANGO_SETTINGS_MODULE": "sauga.project.settings.dev"}
    return replace(installation, environ=environ).serve(1)


@contextmanager
def broadcasting(one: Broadcast, port: int, account: dict[str, Any]) -> Iterator[Any]:
    """While the page sends. `port` is that of a desk without TLS."""
    from playwright.sync_api import sync_playwright

    film = camera_film(one.installation.folder)
    flags = [*FLAGS, f"--use-file-for-fake-video-capture={film}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome(), args=flags)
        page = browser.new_page(base_url=f"http://127.0.0.1:{port}", locale="lt-LT")
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WATCH)
        _sign_in(page, account, one.installation)
        page.goto(f"/desk/training/streams/{one.ref}/browser/")
        page.click("[data-do=open]")
        page.wait_for_selector("form[data-studio][data-now=opened]")
        page.click("[data-do=start]")
        page.wait_for_selector("form[data-studio][data-now=sending]")
        try:
            yield page
        finally:
            browser.close()


def _sign_in(page: Any, account: dict[str, Any], installation: Installation) -> None:
    page.goto("/desk/signin/")
    page.fill("[name=email]", account["user"])
    page.fill("[name=password]", account["password"])
    page.fill("[name=code]", installation.python("-c", CODE, account["totp_secret"]).strip())
    page.press("[name=code]", "Enter")
    page.wait_for_url(re.compile(r"/desk/(?!signin)"))


def sent(page: Any) -> str:
    """The size and the rate of the picture that the browser sends now: it takes less where it is pressed."""
    return str(page.evaluate(ASKED))


def encoded_alone(one: Broadcast, folder: Path) -> tuple[float, float]:
    """The limit: one ffmpeg that makes the same forms of the same picture, from the segments that viewers
    got. The share of a core that it takes, and the megabytes of its memory at most."""
    from sauga.training.streaming.rules import commands

    public = one.installation.data / "streams" / one.ref.lower()
    film, made = folder / "alone.mp4", folder / "alone"
    made.mkdir()
    parts = sorted(public.glob(f"*-{commands.MAIN}-*.m4s"), key=lambda part: part.stat().st_mtime)
    beginning = public / f"{parts[-1].name.rpartition('-')[0]}-init.mp4"
    same = [part for part in parts if part.name.startswith(parts[-1].name.rpartition("-")[0])]
    film.write_bytes(beginning.read_bytes() + b"".join(part.read_bytes() for part in same))
    seconds = len(same) * commands.SECONDS
    given = commands.from_film(str(film), 0)
    command = commands.encoder(ffmpeg(), given, made, made, "alone")
    silent = subprocess.DEVNULL
    child = subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"ffmpeg ended with {child.returncode}")
    return (used.ru_utime + used.ru_stime) / seconds, used.ru_maxrss / 1024
