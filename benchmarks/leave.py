"""Leaving quickly out of a conversation: how long until the harmless page stands, in a real browser, for each
way of leaving.

    PYTHONPATH=src:benchmarks python benchmarks/leave.py [--count 50]

Each leave is that of a child in a live conversation of its own, with its stream open. The harmless page is a
small one on loopback, so that only our part and the browser's are measured. The limit is the browser alone:
`location.replace` from the same conversation's page to the same harmless page. Time runs from the last key or
click to the end of DOMContentLoaded of the harmless page; the clock's start includes the way of that key from
the driver to the browser, for the limit too. Afterwards every conversation must have ended.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rig.figures import Aims, machine, percentile
from rig.installation import ROOT, Installation, new_installation, wait_for
from rig.line import PEOPLE, begin_talks

sys.path.insert(0, str(ROOT / "tools"))
from chromium import find

FLAGS = ["--no-sandbox", "--headless=new", "--disable-dev-shm-usage", "--disable-background-networking"]
CHAT, COOKIE, WANTED = "/lt/pagalba/pokalbis/", "__Host-sauga-visit", 200.0
STOOD = "performance.timeOrigin + performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


class Weather(BaseHTTPRequestHandler):
    """A page that anybody may look at."""

    protocol_version = "HTTP/1.1"
    page = b"<!doctype html><html lang=lt><title>Orai</title><h1>Orai</h1><p>Debesuota.</html>"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.page)))
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_given: Any) -> None:
        pass


@contextmanager
def weather() -> Iterator[str]:
    """The harmless page's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def escape(page: Any, there: str) -> float:
    """Esc three times; returns when the last was pressed."""
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    began = time.time()
    page.keyboard.down("Escape")
    return began


def click(page: Any, there: str) -> float:
    """The button, or the link where no script runs."""
    box = page.locator("a[data-leave]").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    began = time.time()
    page.mouse.up()
    return began


def bare(page: Any, there: str) -> float:
    """Nothing but the browser's own way."""
    began = time.time()
    page.evaluate("there => location.replace(there)", there)
    return began


WAYS: dict[str, tuple[bool, Callable[[Any, str], float]]] = {
    "limit: bare location.replace": (True, bare),
    "Esc three times": (True, escape),
    "button": (True, click),
    "plain link, no scripts": (False, click),
}


def leave(
    browser: Any, site: str, there: str, visit: str, *, scripts: bool, way: Callable[[Any, str], float]
) -> float:
    """One leave, in milliseconds."""
    context = browser.new_context(
        base_url=site, java_script_enabled=scripts, extra_http_headers={"X-Forwarded-Proto": "https"}
    )
    context.add_cookies(
        [{"name": COOKIE, "value": visit, "url": site.replace("http:", "https:"), "secure": True}]
    )
    try:
        page = context.new_page()
        page.goto(CHAT)
        page.wait_for_selector("#thread", timeout=20_000)
        page.wait_for_timeout(300)  # the stream is open, nothing else is under way
        began = way(page, there)
        page.wait_for_url(there, wait_until="domcontentloaded", timeout=20_000)
        return float(page.evaluate(STOOD)) - began * 1000
    finally:
        context.close()


def ended(installation: Installation) -> dict[str, int]:
    """How the conversations stand."""
    with installation.connect() as connection:
        rows = connection.execute(
            "SELECT ended_by, count(*) FROM helpline_conversation GROUP BY 1"
        ).fetchall()
    return dict(rows)


def main() -> int:
    """Measure all ways by turns; 1 when one takes longer than wanted or leaves a conversation open."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=50, help="leaves of each way")
    count = parser.parse_args().count
    aims, found = Aims(), {name: [] for name in WAYS}
    with (
        weather() as there,
        new_installation(PEOPLE, SAUGA_LEAVE_TO=there) as installation,
        sync_playwright() as playwright,
    ):
        made = begin_talks(installation, len(WAYS) * count)
        site = f"http://localhost:{installation.serve(1)}"
        browser = playwright.chromium.launch(executable_path=find() or None, args=FLAGS)
        for number in range(count):
            for place, (name, (scripts, way)) in enumerate(WAYS.items()):
                visit = made[number * len(WAYS) + place]["visit"]
                found[name].append(leave(browser, site, there, visit, scripts=scripts, way=way))
        browser.close()
        wanted = (len(WAYS) - 1) * count
        wait_for(
            lambda: ended(installation).get("END_QUICK_EXIT", 0) >= wanted,
            20,
            "the end of every conversation",
        )
    limit = found["limit: bare location.replace"]
    print(
        f"leaving quickly, {count} of each, ms from the last key or click to the harmless page ({machine()})"
    )
    for name, values in found.items():
        ratio = percentile(values, 0.5) / percentile(limit, 0.5)
        print(
            f"  {name:30} p50 {percentile(values, 0.5):6.1f}  p95 {percentile(values, 0.95):6.1f}  "
            f"{ratio:.2f} of the limit"
        )
    for name, values in found.items():
        if values is not limit:
            aims.expect(f"{name}, p95", percentile(values, 0.95), most=WANTED, unit=" ms")
    return aims.verdict()


if __name__ == "__main__":
    sys.exit(main())
