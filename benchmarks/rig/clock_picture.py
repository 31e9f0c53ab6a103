"""A picture that tells when it was drawn: black and white fields that spell the time in hundredths of a
second. A speaker's program sends it, and whoever sees it at the other end knows how old it is."""

import subprocess
import threading
import time
from typing import Any

from rig.broadcast import ffmpeg

ACROSS, DOWN = 8, 3
WIDTH, HEIGHT, RATE = 640, 360, 25
UNITS = 100
TURN = 1 << (ACROSS * DOWN)
"""In hundredths of a second: after 46 hours it begins anew."""
GRAIN = 30
"""Of the noise on it: the forms that viewers get then need all their bits, as a lively picture does."""
BLACK, WHITE = b"\x10", b"\xeb"
COLOURLESS = b"\x80" * (WIDTH * HEIGHT // 2)
READ = """([across, down]) => {
  const video = document.querySelector('video');
  if (!video || video.readyState < 2) return null;
  const canvas = window.clockCanvas ??= new OffscreenCanvas(across * 8, down * 8);
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
  let told = 0;
  for (let y = 0; y < down; y += 1) for (let x = 0; x < across; x += 1) {
    told = told * 2 + (data[4 * ((y * 8 + 4) * canvas.width + x * 8 + 4)] > 127 ? 1 : 0);
  }
  return told;
}"""


def frame(at: float) -> bytes:
    """The picture of an instant, as planes of brightness and colour (yuv420p)."""
    told = f"{int(at * UNITS) % TURN:0{ACROSS * DOWN}b}"
    rows = [told[place : place + ACROSS] for place in range(0, len(told), ACROSS)]
    lines = [b"".join((WHITE if bit == "1" else BLACK) * (WIDTH // ACROSS) for bit in row) for row in rows]
    return b"".join(line * (HEIGHT // DOWN) for line in lines) + COLOURLESS


def first_frame(segment: bytes) -> int:
    """What the first picture of a segment tells, with its beginning before it."""
    command = [ffmpeg(), "-loglevel", "error", "-i", "pipe:0", "-frames:v", "1"]
    command += ["-vf", f"scale={ACROSS * 8}:{DOWN * 8}:flags=area,format=gray", "-f", "rawvideo", "pipe:1"]
    drawn = subprocess.run(command, input=segment, capture_output=True, check=False).stdout
    places = ((y * 8 + 4) * ACROSS * 8 + x * 8 + 4 for y in range(DOWN) for x in range(ACROSS))
    return int("".join("1" if drawn[place] > 127 else "0" for place in places), 2)


def age(told: int, now: float) -> float:
    """Seconds since the picture was drawn that tells this."""
    return ((int(now * UNITS) - told) % TURN) / UNITS


def age_shown(page: Any) -> float | None:
    """How old the picture is that a browser's page shows now; None before there is one."""
    told = page.evaluate(READ, [ACROSS, DOWN])
    return None if told is None else age(told, time.time())


def publish_clock(port: int, passphrase: str) -> subprocess.Popen[bytes]:
    """A speaker's program that sends it over SRT, until it is ended."""
    address = f"srt://127.0.0.1:{port}?passphrase={passphrase}&pbkeylen=16&connect_timeout=1000"
    command = [
        *(ffmpeg(), "-hide_banner", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p"),
        *("-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "pipe:0"),
        *("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"),
        *("-vf", f"noise=alls={GRAIN}:allf=t"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency"),
        *("-g", str(RATE), "-b:v", "3000k"),
        *("-c:a", "aac", "-b:a", "64k", "-f", "mpegts", address),
    ]
    nothing = subprocess.DEVNULL
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing)
    threading.Thread(target=_draw, args=(program,), daemon=True).start()
    return program


def _draw(program: subprocess.Popen[bytes]) -> None:
    due = time.monotonic()
    while program.poll() is None:
        try:
            assert program.stdin is not None
            program.stdin.write(frame(time.time()))
            program.stdin.flush()
        except OSError:
            return
        due += 1 / RATE
        time.sleep(max(0.0, due - time.monotonic()))
