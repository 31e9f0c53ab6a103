"""When the first words of each kind of public page are painted on a slow line and a slow phone, beside what
that line allows at all.

    python benchmarks/first_paint.py [--only paieska temos] [--turns 3] [--most 1.0]

The server is the one that ships, with the demo's content. The browser is told through the DevTools protocol
to behave as on “slow 3G”: 400 kbit/s each way, 400 ms until an answer begins, and a processor four times
slower; 360 × 640 px, nothing cached. First paint and largest paint are the browser's own marks, the middle
one of the turns; KB is what came over the line, fonts included, films aside.

The limit is a page of one word under the same conditions: nothing can be painted sooner. These conditions
begin with a connection that stands. A first visit on such a line pays for it beforehand, whatever the page:
name, TCP and TLS 1.3 take three times 400 ms, so that no site paints within a second there; with HTTP/3 it
is twice 400 ms, and a browser that has been here before may send its question along (0-RTT). What a page can
do is to need nothing after its own first bytes, and this is what is measured.
"""

import argparse
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from rig.demo_data import GATE, PEOPLE, seed_demo
from rig.figures import Aims, machine
from rig.front import front
from rig.installation import new_installation
from rig.page_kinds import page_kinds

DELAY, BYTES_A_SECOND, SLOWER = 400, 400_000 // 8, 4
SCREEN = {"width": 360, "height": 640}
MOST_BYTES = 150 * 1000
LINE = {
    "offline": False,
    "latency": DELAY,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}
LATEST = """() => new Promise((done) => {
  let latest = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) latest = one.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => done({ latest, first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime
    ?? 0 }), 50);
})"""
WORD = (
    b"<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>-</title><p>Word"
)


@dataclass(frozen=True)
class Painted:
    """Seconds until the first and the largest paint; bytes over the line."""

    first: float
    largest: float
    bytes: int


def main() -> int:
    """Measure, print, and say by the exit code whether every aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="+", default=[""], help="pages that contain one of these")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--most", type=float, default=1.0, help="seconds until the first paint")
    options = parser.parse_args()
    aims = Aims()
    with new_installation(PEOPLE, **GATE) as installation:
        seed_demo(installation)
        kinds = page_kinds(installation, only=options.only)
        with front(installation.serve(1)) as port, _browser() as browser, _one_word() as word:
            limit = _middle(browser, f"http://localhost:{word}/", options.turns)
            print(f"{len(kinds)} kinds of page ({machine()}); the limit, one word: {limit.first:.2f} s")
            print("  first  × limit  largest     KB")
            for one in kinds:
                seen = _middle(browser, f"http://localhost:{port}{one.path}", options.turns)
                print(
                    f"  {seen.first:>5.2f}  {seen.first / limit.first:>7.2f}  {seen.largest:>7.2f}  "
                    f"{seen.bytes / 1000:>5.1f}  {one.path}  {one.kind}",
                    flush=True,
                )
                if seen.first >= options.most:
                    aims.expect(f"first paint of {one.path}", seen.first, most=options.most, unit=" s")
                if seen.bytes > MOST_BYTES:
                    aims.expect(
                        f"weight of {one.path}", seen.bytes / 1000, most=MOST_BYTES / 1000, unit=" KB"
                    )
    return aims.verdict()


def _middle(browser: Any, address: str, turns: int) -> Painted:
    """The middle of some loads, after one that fills the server's memory of pages."""
    seen = [_load(browser, address) for _ in range(turns + 1)][1:]
    return Painted(
        statistics.median(one.first for one in seen),
        statistics.median(one.largest for one in seen),
        max(one.bytes for one in seen),
    )


def _load(browser: Any, address: str) -> Painted:
    context = browser.new_context(viewport=SCREEN, is_mobile=True, device_scale_factor=2)
    try:
        page = context.new_page()
        line = context.new_cdp_session(page)
        arrived: dict[str, int] = {}
        films: set[str] = set()
        line.on(
            "Network.responseReceived",
            lambda said: films.add(said["requestId"]) if said["type"] == "Media" else None,
        )
        line.on(
            "Network.loadingFinished",
            lambda said: arrived.update({said["requestId"]: int(said["encodedDataLength"])}),
        )
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.send("Network.emulateNetworkConditions", LINE)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="load", timeout=60_000)
        page.wait_for_function(
            "performance.getEntriesByName('first-contentful-paint').length", timeout=10_000, polling=50
        )
        marks = page.evaluate(LATEST)
        weight = sum(size for request, size in arrived.items() if request not in films)
        return Painted(marks["first"] / 1000, marks["latest"] / 1000, weight)
    finally:
        context.close()


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright
    from rig.chrome import chrome

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=chrome(), args=flags)
        yield browser
        browser.close()


class _Word(BaseHTTPRequestHandler):
    """One word, from memory."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(WORD)))
        self.end_headers()
        self.wfile.write(WORD)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _one_word() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Word)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join(10)


if __name__ == "__main__":
    raise SystemExit(main())
