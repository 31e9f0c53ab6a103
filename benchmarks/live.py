"""Live broadcasts: what viewers cost, how late the picture is, how soon it is back.

    python benchmarks/live.py [--viewers 600] [--seconds 20] [--only a,b,c,d]

(a) viewers of one broadcast, each asking for the playlist every two seconds and for every new segment, from
the origin of `sauga serve` with one worker: p50 and p99 of an answer, segments that came too late to be
played (over two seconds), processor of the server for each 100 viewers; beside it a bare ASGI program that
sends the same bytes from memory, in the same run and by the same viewers. (b) glass to
glass: the speaker's picture spells the time at which it was drawn, a real Chromium plays the public page, and
what it shows is read from the picture; beside it the limit, how old the first frame of a segment is when it
can be decoded at all. (c) the
encoder is killed (-9) while the program stays connected: seconds until viewers have a new segment. (d) a
browser broadcasts over WHIP: processor and memory of the process that receives it and of the encoder, beside
the limit, one ffmpeg that makes the same forms of the same picture. The viewers, the browser and the encoder
run on the same cores.
"""

import argparse
import asyncio
import os
import shutil
import signal
import statistics
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from rig import broadcast, clock_picture, studio
from rig.broadcast import Broadcast, planned
from rig.figures import Aims, cpu_seconds, machine, most_memory, percentile
from rig.installation import ROOT, Installation, free_port, new_installation, wait_for

BARE = """
import sys
from pathlib import Path
folder = Path(sys.argv[1])
FILES = {}
TYPES = {"m3u8": b"application/vnd.apple.mpegurl", "m4s": b"video/mp4", "mp4": b"video/mp4"}
async def app(scope, receive, send):
    name = scope["path"].rpartition("/")[2]
    if name.endswith("m3u8") or name not in FILES:
        FILES[name] = (folder / name).read_bytes()
    body = FILES[name]
    await send({"type": "http.response.start", "status": 200, "headers": [
        (b"content-type", TYPES[name.rpartition(".")[2]]), (b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})
import uvicorn
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False, lifespan="off")
"""
LATE = 2.0
SETTLING = 6
LOOKS = 240
"""A minute."""
COUNT_STOPS = """
window.pictureStops = 0;
document.querySelector("video").addEventListener("waiting", () => { window.pictureStops += 1; });
"""
MOST_OF_A_CORE, MOST_MEMORY = 75, 300
"""For the process that receives from a browser; memory in MB."""


@dataclass
class Seen:
    """What all viewers together met."""

    took: list[float] = field(default_factory=list)
    size: int = 0
    late: int = 0
    failed: int = 0


async def _get(reader: Any, writer: Any, path: str) -> bytes:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(
        next(one for one in head.lower().split(b"\r\n") if one.startswith(b"content-length")).split(b":")[1]
    )
    body: bytes = await reader.readexactly(length)
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise OSError("refused")
    return body


async def _viewer(port: int, path: str, end: float, start: float, seen: Seen) -> None:
    await asyncio.sleep(start)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    held: set[str] = set()
    while (began := time.monotonic()) < end:
        try:
            text = (await _get(reader, writer, f"{path}/720.m3u8")).decode()
            seen.took.append(time.monotonic() - began)
            names = [line for line in text.splitlines() if line.endswith(".m4s")][-2:]
            for name in names:
                if name in held:
                    continue
                asked = time.monotonic()
                seen.size += len(await _get(reader, writer, f"{path}/{name}"))
                took = time.monotonic() - asked
                seen.took.append(took)
                seen.late += took > LATE
                held.add(name)
        except (OSError, asyncio.IncompleteReadError):
            seen.failed += 1
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
        await asyncio.sleep(max(0.0, 2.0 - (time.monotonic() - began)))
    writer.close()


def _watch(port: int, path: str, viewers: int, seconds: float) -> Seen:
    seen = Seen()

    async def all_of_them() -> None:
        end = time.monotonic() + seconds + 2
        await asyncio.gather(*(_viewer(port, path, end, 2.0 * n / viewers, seen) for n in range(viewers)))

    asyncio.run(all_of_them())
    return seen


def _measured(port: int, pid: int, path: str, viewers: int, seconds: float) -> tuple[Seen, float]:
    """What viewers saw, and the share of a core that the server took for each 100 of them."""
    before, began = cpu_seconds(pid), time.monotonic()
    seen = _watch(port, path, viewers, seconds)
    used, lasted = cpu_seconds(pid) - before, time.monotonic() - began
    return seen, used / lasted / viewers * 100


def _viewers(one: Broadcast, port: int, server: int, options: argparse.Namespace, aims: Aims) -> None:
    folder = one.installation.data / "streams" / one.ref.lower()
    bare_port = free_port()
    bare = one.installation.start("-c", BARE, str(folder), str(bare_port))
    time.sleep(2)
    ours, cost = _measured(port, server, one.path, options.viewers, options.seconds)
    told = one.see()["viewers"]
    limit, bare_cost = _measured(bare_port, bare.pid, one.path, options.viewers, options.seconds)
    one.installation.stop(bare)
    for name, seen, share in (("sauga", ours, cost), ("bare ASGI, from memory", limit, bare_cost)):
        print(
            f"  {name}: {options.viewers} viewers, {len(seen.took)} answers, "
            f"{seen.size * 8 / options.seconds / 1e6:.0f} Mbit/s, "
            f"p50 {statistics.median(seen.took) * 1000:.1f} ms, "
            f"p99 {percentile(seen.took, 0.99) * 1000:.1f} ms, late {seen.late}, failed {seen.failed}, "
            f"{share * 100:.2f} % of a core for each 100"
        )
    print(f"  ratio of processor to the bare program: {cost / bare_cost:.2f}")
    aims.expect("p99 of an answer, ms", percentile(ours.took, 0.99) * 1000, most=50)
    aims.expect("segments too late", ours.late + ours.failed, most=0)
    aims.expect("% of a core for each 100 viewers", cost * 100, most=2)
    time.sleep(3)
    print(f"  the desk said {told} viewers")


def _get_text(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def _newest(text: str) -> tuple[str, float]:
    """The name of the newest segment of a playlist, and when (seconds since 1970) what it shows was drawn."""
    from datetime import datetime

    lines = text.splitlines()
    name = next((line for line in reversed(lines) if line.endswith(".m4s")), "")
    moment = next((line for line in reversed(lines) if "PROGRAM-DATE-TIME" in line), "")
    return name, datetime.fromisoformat(moment.partition(":")[2]).timestamp() if moment else 0.0


def _decodable(one: Broadcast, port: int) -> list[float]:
    """How old the first frame of each new segment is when it can be fetched and decoded."""
    late: list[float] = []
    before, end = "", time.monotonic() + 16
    while time.monotonic() < end:
        name, _began = _newest(_get_text(port, f"{one.path}/360.m3u8"))
        if name and name != before:
            if before:
                folder = one.installation.data / "streams" / one.ref.lower()
                beginning = folder / f"{name.rpartition('-')[0]}-init.mp4"
                picture = clock_picture.first_frame(beginning.read_bytes() + (folder / name).read_bytes())
                late.append(clock_picture.age(picture, time.time()))
            before = name
        time.sleep(0.02)
    return late


def _shown(one: Broadcast, port: int) -> tuple[list[float], int]:
    """How old the picture is that Chromium shows, with the player of the public page; looked at every quarter
    of a second, from five seconds after the first picture on. And how often it stood still meanwhile."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    late: list[float] = []
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        page = browser.new_page(extra_http_headers={"X-Forwarded-Proto": "https"})
        page.goto(f"http://127.0.0.1:{port}/lt/mokymai/transliacija/{one.ref}/")
        page.click("[data-player-start]", timeout=60_000)
        wait_for(lambda: page.evaluate("document.querySelector('video').currentTime > 0"), 60, "a picture")
        page.wait_for_timeout(5000)
        page.evaluate(COUNT_STOPS)
        for _look in range(LOOKS):
            if (found := clock_picture.age_shown(page)) is not None:
                late.append(found)
            page.wait_for_timeout(250)
        stops = int(page.evaluate("window.pictureStops"))
        browser.close()
    return late, stops


def _glass(one: Broadcast, port: int, aims: Aims) -> None:
    """From the picture that is drawn to the picture that is shown, by a clock in the picture itself."""
    limit = _decodable(one, port)
    shown, stops = _shown(one, port)
    middle, most = statistics.median(shown), percentile(shown, 0.95)
    print(f"  drawn to shown in Chromium: {middle:.1f} s (p95 {most:.1f} s, {len(shown)} looks)")
    least = statistics.median(limit)
    print(f"  limit: the first frame of a segment can be decoded {least:.1f} s after it was drawn")
    print(f"  ratio to the limit: {middle / least:.2f}; two seconds of it are the segment itself")
    aims.expect("glass to glass, s (p95)", most, most=6)
    aims.expect("times the picture stood still", stops, most=0)


def _killed(one: Broadcast, port: int, aims: Aims) -> None:
    took = []
    for _time in range(3):
        (encoder,) = one.processes()
        before, _began = _newest(_get_text(port, f"{one.path}/720.m3u8"))
        run = before.partition("-")[0]
        began = time.monotonic()
        os.kill(encoder, signal.SIGKILL)
        wait_for(
            lambda run=run: run not in _newest(_get_text(port, f"{one.path}/720.m3u8"))[0], 30, "a segment"
        )
        took.append(time.monotonic() - began)
        time.sleep(3)
    print(f"  back after {', '.join(f'{one:.1f}' for one in took)} s; two of them are the segment itself")
    aims.expect("back after the encoder was killed, s", max(took), most=8)


def _from_browser(installation: Installation, port: int, seconds: float, aims: Aims) -> None:
    """What it costs to receive a broadcast from a browser, and to encode it."""
    one, worker = planned(installation), installation.children[0].pid
    wait_for(one.listens, 60, "the receiver")
    account = installation.accounts()[broadcast.HOST]
    desk = studio.desk_without_tls(installation)
    with studio.broadcasting(one, desk, account) as page:
        one.wait(lambda row: row["signal_at"], 60, "the picture")
        one.do("start_stream")
        wait_for(lambda: _get_text(port, f"{one.path}/master.m3u8"), 60, "the broadcast")
        time.sleep(SETTLING)
        ours = {"intake": one.sessions()[0], "encoder": one.processes()[0], "worker and both": worker}
        before, began = {name: cpu_seconds(pid) for name, pid in ours.items()}, time.monotonic()
        time.sleep(seconds)
        lasted = time.monotonic() - began
        share = {name: (cpu_seconds(pid) - before[name]) / lasted for name, pid in ours.items()}
        memory = {name: most_memory(pid) for name, pid in ours.items()}
        print(f"  the browser sends {studio.sent(page)}")
    one.do("stop_stream")
    alone, most = studio.encoded_alone(one, installation.folder)
    for name in ours:
        print(f"  {name}: {share[name] * 100:.0f} % of a core, {memory[name]:.0f} MB at most")
    print(f"  limit, one ffmpeg alone: {alone * 100:.0f} % of a core, {most:.0f} MB at most")
    print(f"  ratio of processor to the limit: {share['worker and both'] / alone:.2f}")
    aims.expect("% of a core for the intake", share["intake"] * 100, most=MOST_OF_A_CORE)
    aims.expect("memory of the intake, MB", memory["intake"], most=MOST_MEMORY)


def _from_program(
    installation: Installation, port: int, server: int, options: argparse.Namespace, aims: Aims
) -> None:
    """Everything about a broadcast that a program sends."""
    one = planned(installation)
    wait_for(one.listens, 30, "the receiver")
    speaker = clock_picture.publish_clock(one.port, one.passphrase)
    one.wait(lambda row: row["signal_at"], 30, "the picture")
    one.do("start_stream")
    wait_for(lambda: _get_text(port, f"{one.path}/master.m3u8"), 20, "the broadcast")
    time.sleep(6)
    for code, measure in (
        ("a", lambda: _viewers(one, port, server, options, aims)),
        ("b", lambda: _glass(one, port, aims)),
        ("c", lambda: _killed(one, port, aims)),
    ):
        if code in options.only:
            print(f"({code})", flush=True)
            measure()
    broadcast.end(speaker)
    one.do("stop_stream")


def main() -> int:
    """Measure, print, and say by the exit code whether every aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--viewers", type=int, default=600)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--only", default="a,b,c,d", type=lambda text: set(text.split(",")))
    options, aims = parser.parse_args(), Aims()
    print(machine())
    settings = {"SAUGA_STREAM_PORTS": "19750-19759", "SAUGA_STREAM_BIND": "127.0.0.1"}
    with new_installation(people=(broadcast.HOST,), **settings, SAUGA_STREAM_RESERVE="256") as installation:
        installation.start("-m", "sauga", "work")
        port = installation.serve(1, "--behind", "127.0.0.1")
        server = installation.children[-1].pid
        if options.only & {"a", "b", "c"}:
            _from_program(installation, port, server, options, aims)
        if "d" in options.only:
            print("(d)", flush=True)
            _from_browser(installation, port, options.seconds, aims)
    return aims.verdict()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "benchmarks"))
    raise SystemExit(main())
