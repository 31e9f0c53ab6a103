"""Runs the commands of docs/operate/install.md as they stand there, below one folder, with a
keyboard that answers.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg
from architecture.tree import ROOT

from project import front

PAGE = ROOT / "docs" / "operate" / "install.md"
FILES = ROOT / "docs" / "operate" / "files"
FRAMED = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ABSOLUTE = re.compile(r"(?<![\w./])/(?=(?:opt|var|etc|usr/local|run)/)")
PROMPT = re.compile(r"(?:: |\] )\Z")
PATIENCE = 240
Answer = Callable[[str], str]


def sections() -> dict[int, str]:
    """The framed commands of the page, by the number of their section."""
    parts = re.split(r"^## (\d+)\. .*$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        int(number): "".join(FRAMED.findall(text))
        for number, text in zip(parts[1::2], parts[2::2], strict=True)
    }


@dataclass
class Machine:
    """A folder that stands for a server: every absolute path of the page lies below it, every
    port is a free one.
    """

    folder: Path
    ports: dict[str, int] = field(
        default_factory=lambda: {name: front.free_port() for name in ("8000", "2525", "https", "http")}
    )

    @property
    def here(self) -> Path:
        """Where the operator stands: the wheel and the files."""
        return self.folder / "here"

    def below(self, text: str) -> str:
        """The same text with its absolute paths below the folder and with free ports."""
        text = ABSOLUTE.sub(f"{self.folder}/", text)
        for port in ("8000", "2525"):
            text = re.sub(rf"\b{port}\b", str(self.ports[port]), text)
        return text

    def front(self) -> front.Front:
        """The caddy that the page sets up."""
        return front.Front(self.folder / "caddy", self.ports["https"], self.ports["http"])

    def prepare(self, wheel: Path, dependencies: Path) -> None:
        """What lies there before the first command, and the programs that nobody runs for real."""
        for name in (
            "here/files",
            "bin",
            "etc/caddy",
            "etc/systemd/system",
            "usr/local/bin",
            "opt",
            "var/lib",
            "var/backups",
            "caddy",
        ):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        shutil.copy(wheel, self.here)
        for file in FILES.iterdir():
            (self.here / "files" / file.name).write_text(
                self.below(file.read_text(encoding="utf-8")), encoding="utf-8"
            )
        caddy = " ".join(map(shlex.quote, front.command(self.folder / "caddy" / "Caddyfile")))
        fit = [sys.executable, front.__file__, f"{self.folder}/etc/caddy/Caddyfile", f"{self.folder}/caddy"]
        fit += [str(self.ports["https"]), str(self.ports["http"])]
        own = f"{self.folder}/caddy"
        run = f"{shlex.join(fit)} > {own}/Caddyfile && export HOME={own} XDG_DATA_HOME={own} && exec {caddy}"
        self._program("caddy", run)
        self._program("apt-get", ":")
        self._program("adduser", f"install -d {self.folder}/var/lib/sauga")
        self._program("sudo", 'test "$1 $2 $3" = "-E -u sauga" && shift 3 && exec "$@"')
        self._program(
            "install",
            'args=; while [ $# -gt 0 ]; do case "$1" in -o|-g) shift;; *) args="$args $1";; esac; '
            "shift; done; exec /usr/bin/install $args",
        )
        self._program(
            "systemctl", f'exec {sys.executable} {Path(__file__).with_name("standins") / "systemctl.py"} "$@"'
        )
        # The new environment sees the packages that the wheel needs, as if they had come from the index;
        # nothing of this repository.
        add = f'echo {dependencies} > "$(echo "$3"/lib/python3*/site-packages)/dependencies.pth"'
        self._program("python3", f'{sys.executable} "$@" || exit 1; case "$1 $2" in "-m venv") {add};; esac')

    def environ(self) -> dict[str, str]:
        """Of the operator's shell."""
        path = [
            self.folder / "bin",
            self.folder / "usr" / "local" / "bin",
            "/usr/sbin",
            "/usr/bin",
            "/sbin",
            "/bin",
        ]
        return {
            "PATH": ":".join(map(str, path)),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "TMPDIR": tempfile.gettempdir(),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "PIP_NO_INDEX": "1",
            "PIP_NO_COMPILE": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "STANDIN_ROOT": str(self.folder),
            "STANDIN_CADDY": str(self.folder / "bin" / "caddy"),
        }

    def _program(self, name: str, script: str) -> None:
        file = self.folder / "bin" / name
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    def type(self, commands: str, answer: Answer | None = None) -> str:
        """Run commands in one shell at a terminal and return all that was shown; `answer` is
        asked at each prompt.
        """
        script = self.folder / "typed.sh"
        script.write_text("set -euo pipefail\n" + self.below(commands), encoding="utf-8")
        keyboard, terminal = pty.openpty()
        shell = subprocess.Popen(
            ["bash", str(script)],
            cwd=self.here,
            env=self.environ(),
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  the terminal that getpass asks at
        )
        os.close(terminal)
        shown = _converse(keyboard, shell, answer)
        os.close(keyboard)
        assert shell.wait(PATIENCE) == 0, shown
        return shown

    def pids(self) -> dict[str, int]:
        """The services that run, by name."""
        return {
            path.stem: int(path.read_text(encoding="ascii"))
            for path in (self.folder / "processes").glob("*.pid")
        }

    def ask_database(self, question: str) -> Any:
        """The first value that the embedded database answers."""
        with psycopg.connect(f"postgresql://postgres@/postgres?host={self._socket()}") as connection:
            row = connection.execute(question).fetchone()
        return row and row[0]

    def _socket(self) -> str:
        """The folder of the database's socket, as its server wrote it down: a long name makes it
        choose another.
        """
        return (
            (self.folder / "var" / "lib" / "sauga" / "postgres" / "postmaster.pid")
            .read_text(encoding="utf-8")
            .splitlines()[4]
        )

    def said(self) -> str:
        """What the services wrote."""
        return "".join(
            path.read_text(encoding="utf-8", errors="replace")
            for path in (self.folder / "processes").glob("*.log")
        )

    def left(self) -> list[psutil.Process]:
        """Every process that names the folder."""
        found = []
        for process in psutil.process_iter(["cmdline", "status"]):
            if (
                str(self.folder) in " ".join(process.info["cmdline"] or [])
                and process.info["status"] != psutil.STATUS_ZOMBIE
            ):
                found.append(process)
        return found

    def stop(self, name: str) -> None:
        """End every process that belongs to a unit, as a service manager does that ends a control group, and
        wait until all are gone.
        """
        members = set()
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("STANDIN_UNIT") == name:
                    members |= {process, *process.children(recursive=True)}
        for process in members:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
        for process in psutil.wait_procs(members, timeout=30)[1]:
            process.kill()

    def interrupt(self) -> None:
        """Ctrl-C for everything that runs, and wait until all is gone: the database after those that use it,
        as its unit is ordered.
        """
        pids = self.pids()
        database = pids.pop("sauga-database", None)
        self._interrupt(pids.values(), lambda: any(_unit_of(process) in pids for process in self.left()))
        self._interrupt([database] if database else [], self.left)

    @staticmethod
    def _interrupt(pids: Iterable[int], is_there: Callable[[], object]) -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGINT)
        end = time.monotonic() + PATIENCE  # of a machine that is busy with other tests
        while is_there() and time.monotonic() < end:
            time.sleep(0.1)


def _unit_of(process: psutil.Process) -> str:
    """The unit that a process belongs to; empty when it is gone."""
    with contextlib.suppress(psutil.Error):
        return process.environ().get("STANDIN_UNIT", "")
    return ""


def _converse(keyboard: int, shell: "subprocess.Popen[bytes]", answer: Answer | None) -> str:
    """Read what is shown; where it ends in a prompt and nothing more comes, type what `answer` says to
    everything shown so far.
    """
    shown, asked = "", 0
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ready, _, _ = select.select([keyboard], [], [], 0.03)
        if ready:
            try:
                more = os.read(keyboard, 65536)
            except OSError:  # the shell has ended
                return shown
            shown += more.decode(errors="replace").replace("\r\n", "\n")
        elif shell.poll() is not None:
            return shown
        elif answer and len(shown) > asked and PROMPT.search(shown):
            os.write(keyboard, (answer(shown) + "\n").encode())
            asked = len(shown)
    shell.kill()
    raise AssertionError(f"waited in vain:\n{shown}")


def build(folder: Path) -> Path:
    """The wheel, made by the project's own build without any network."""
    uv = next(
        (
            name
            for name in (
                "uv",
                str(ROOT / ".venv-tools" / "bin" / "uv"),
                str(ROOT / ".venv-tools" / "lib" / "bin" / "uv"),
            )
            if _works(name)
        ),
        "",
    )
    assert uv, "no uv here (tools/bootstrap.sh brings it)"
    # The interpreter is named: uv would look for one that fits on its own.
    command = [
        uv,
        "build",
        "--wheel",
        "--offline",
        "--quiet",
        "--python",
        sys.executable,
        "--out-dir",
        str(folder),
        str(ROOT),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [wheel] = folder.glob("sauga-*.whl")
    return wheel


def dependencies(folder: Path) -> Path:
    """A folder with links to every installed package but our own."""
    folder.mkdir()
    for place in map(Path, sys.path):
        if place.name == "site-packages":
            for package in place.iterdir():
                if (
                    not package.name.startswith(
                        ("sauga", "_sauga", "__editable__", "_virtualenv", "__pycache__")
                    )
                    and package.suffix != ".pth"
                ):
                    (folder / package.name).symlink_to(package)
    return folder


def _works(uv: str) -> bool:
    try:
        return subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
