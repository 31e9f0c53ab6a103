"""`make shots`: starts a demo of its own and photographs the main pages in shots/: three widths, light and
dark, Lithuanian and English.

It also makes the pictures of the guides and of the README anew, in the packages; `make shots NAME=guides`
makes only these.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromium
import guide_shots
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "shots"
DATA = SHOTS / ".data"
WIDTHS = (320, 768, 1280)
PUBLIC = {
    "lt": (
        *(
            "/lt/",
            "/lt/pranesti/",
            "/lt/pranesti/grizti/",
            "/lt/pagalba/",
            "/lt/pagalba/laiskas/",
            "/lt/pagalba/suaugusiesiems/",
        ),
        *("/lt/statistika/", "/lt/privatumas/", "/lt/demo/", "/lt/nera/"),
    ),
    "en": (
        *("/en/", "/en/report/", "/en/report/return/", "/en/help/", "/en/help/letter/", "/en/help/adult/"),
        *("/en/figures/", "/en/privacy/", "/en/demo/", "/en/missing/"),
    ),
}
DESK = (
    "/desk/",
    "/desk/hotline/",
    "/desk/hotline/notices/",
    "/desk/hotline/watched/",
    "/desk/hotline/providers/",
    "/desk/hotline/figures/",
    "/desk/me/",
    "/desk/style/",
)
STAFF = {"lt": "analyst@hotline.example", "en": "notices@hotline.example"}
LINE = {
    "counsellor@helpline.example": ("", "calls/", "letters/", "records/", "rota/mine/", "referrals/"),
    "lead@helpline.example": (
        "board/",
        "rota/",
        "rota/debriefs/",
        "concerns/",
        "cases/",
        "quality/",
        "quality/summary/",
        "figures/",
    ),
    "volunteers@helpline.example": ("volunteers/", "rota/forecast/", "rota/hours/", "rota/templates/"),
    "admin@helpline.example": ("texts/", "policies/"),
}


@contextmanager
def demo() -> Iterator[str]:
    """A demo of its own; yields its address."""
    shutil.rmtree(DATA, ignore_errors=True)  # what an interrupted run left: mails with links that were used
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "sauga",
        "demo",
        "--port",
        str(port),
        "--data",
        str(DATA),
        "--workers",
        "1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="")
            if "Ctrl-C" in line:
                break
        else:
            raise SystemExit("the demo did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def main() -> int:
    """Take the pictures; those whose name holds a word of the command line, or all."""
    SHOTS.mkdir(exist_ok=True)
    path = chromium.find() or chromium.bring()
    with demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path or None, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        if sys.argv[1:] in ([], ["guides"]):
            guide_shots.take(browser, site, _sign_in)
        if sys.argv[1:] != ["guides"]:
            for language in ("lt", "en"):
                for dark in (False, True):
                    _public(browser, site, language, dark)
                    _desk(browser, site, language, dark)
        browser.close()
    print(f"{len(list(SHOTS.glob('*.png')))} pictures in {SHOTS}")
    return 0


def _public(browser: Any, site: str, language: str, dark: bool) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark" if dark else "light")
    for path in PUBLIC[language]:
        _photograph(context.new_page(), path, language, dark)
    context.close()


def _desk(browser: Any, site: str, language: str, dark: bool) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark" if dark else "light")
    page = context.new_page()
    _sign_in(page, STAFF[language])
    for path in DESK:
        _photograph(page, path, language, dark)
    context.close()
    for user, paths in LINE.items():
        context = browser.new_context(base_url=site, color_scheme="dark" if dark else "light")
        page = context.new_page()
        _sign_in(page, user)
        for path in paths:
            _photograph(page, f"/desk/helpline/{path}", language, dark)
        context.close()


def _sign_in(page: Any, user: str) -> None:
    accounts = json.loads((DATA / "demo" / "accounts.json").read_text(encoding="utf-8"))
    password = next(account["password"] for account in accounts if account["user"] == user)
    for _ in range(3):  # a code works once: after the light pictures the dark ones need the next
        page.goto("/en/demo/")
        code = page.text_content(f'[data-code="{user}"]')
        page.goto("/desk/signin/")
        page.fill("[name=email]", user)
        page.fill("[name=password]", password)
        page.fill("[name=code]", code)
        page.press("[name=code]", "Enter")
        page.wait_for_load_state()
        if "signin" not in page.url:
            return
        time.sleep(20)
    raise SystemExit(f"{user} could not sign in")


def _photograph(page: Any, path: str, language: str, dark: bool) -> None:
    name = path.strip("/").replace("/", "-") or "root"
    if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
        return
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        page.screenshot(
            path=SHOTS / f"{name}-{language}-{width}{'-dark' if dark else ''}.png", full_page=True
        )


if __name__ == "__main__":
    raise SystemExit(main())
