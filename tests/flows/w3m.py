"""w3m, a browser for terminals, in a terminal of its own: no styles, no scripts, no cookies.

Each step is a line of w3m's own commands (`COMMAND`, bound to a key here), and ends with w3m saving what it
shows to a file. So nothing reads the terminal's control sequences or counts key presses; text areas are
filled in as w3m does it, by an editor.
"""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

PROGRAM = os.environ.get("TEST_W3M") or "w3m"
PATIENCE = 20.0
SETTLED = 0.15
"""Seconds from the end of that program to the terminal in w3m's hands."""
KEY = "~"
OPTIONS = {
    "use_cookie": 0,
    "auto_image": 0,
    "display_image": 0,
    "confirm_qq": 0,
    "wrap_search": 1,
    "use_history": 0,
}
ROWS, COLUMNS = 40, 80


class W3m:
    """A running w3m on the start page of a site. `home` is its own folder."""

    def __init__(self, program: str, home: Path, site: str) -> None:
        self.home, self.site, self.shown = home, site, ""
        (home / ".w3m").mkdir()
        (home / ".w3m" / "keymap").write_text(f"keymap {KEY} COMMAND\n", encoding="utf-8")
        _script(home / "editor", 'for last; do :; done; cp "$HOME/words" "$last"')
        _script(home / "keep", 'cat > "$HOME/part" && mv "$HOME/part" "$HOME/screen"')
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        environment = {**os.environ, "HOME": str(home), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
        settings = {**OPTIONS, "editor": home / "editor"}
        command = [
            program,
            *(part for name, value in settings.items() for part in ("-o", f"{name}={value}")),
            f"{site}/lt/",
        ]
        self._running = subprocess.Popen(
            command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        threading.Thread(target=self._drain, daemon=True).start()
        self.do()

    def do(self, *commands: str) -> str:
        """Carry out w3m's commands one after the other; returns the text of the page that it shows then."""
        screen = self.home / "screen"
        screen.unlink(missing_ok=True)
        line = "; ".join([*commands, f'SAVE_SCREEN "|{self.home}/keep"'])
        os.write(self._ours, f"{KEY}{line}\r".encode())
        end = time.monotonic() + PATIENCE
        while not screen.exists():
            assert self._running.poll() is None, "w3m ended by itself"
            assert time.monotonic() < end, f"w3m does not answer to {line}; before it showed:\n{self.shown}"
            time.sleep(0.01)
        self._wait_until_it_reads()
        self.shown = screen.read_text(encoding="utf-8")
        return self.shown

    def _wait_until_it_reads(self) -> None:
        """Keys typed while the program that keeps the screen is still there are thrown away when w3m takes
        the terminal back, some of them only: the rest would be commands of one letter, and Q ends it.
        """
        process, end = psutil.Process(self._running.pid), time.monotonic() + PATIENCE
        while (process.children() or process.status() != psutil.STATUS_SLEEPING) and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(SETTLED)

    def go(self, address: str) -> str:
        """Open an address of the site."""
        return self.do(f"GOTO {self.site}{address}")

    def press(self, words: str) -> str:
        """Follow the link, or press the button, that stands in a line of its own and says so."""
        return self.do(*self._on(words, rf"\W*{re.escape(words)}\W*"), "GOTO_LINK")

    def choose(self, words: str) -> str:
        """Tick the round button before these words."""
        shown = self.do(*self._on(words, rf".*\( \){re.escape(words)}.*"), "PREV_LINK", "GOTO_LINK")
        assert f"(*){words}" in shown, shown
        return shown

    def fill(self, text: str) -> str:
        """Write into the first text area that is empty."""
        (self.home / "words").write_text(text, encoding="utf-8")
        shown = self.do(*self._on("  *]", r".*\[ +\].*"), "GOTO_LINK")
        assert text[:20] in shown, shown
        return shown

    def close(self) -> None:
        self._running.kill()
        self._running.wait(timeout=PATIENCE)
        os.close(self._ours)

    def _on(self, words: str, line: str) -> tuple[str, str, str]:
        """Commands that put the cursor on words in the first line that is like this."""
        numbers = [number for number, text in enumerate(self.shown.splitlines()) if re.fullmatch(line, text)]
        assert numbers, f"w3m shows no {words!r}:\n{self.shown}"
        return (
            f"GOTO_LINE {numbers[0]}",
            "LINE_END",
            f'SEARCH "{words}"',
        )  # numbers begin at 1: this is the end of the line before

    def _drain(self) -> None:
        """Read what it writes to the terminal, so that it need not wait."""
        with suppress(OSError):  # the terminal is closed
            while os.read(self._ours, 65536):
                pass


def _script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def w3m(site: str, tmp_path: Path) -> Iterator[W3m]:
    """w3m on the start page. Skips loudly where there is none."""
    program = shutil.which(PROGRAM)
    if program is None:
        pytest.skip("no w3m here: install Debian's w3m (`apt-get install w3m`)")
    running = W3m(program, tmp_path, site)
    yield running
    running.close()
