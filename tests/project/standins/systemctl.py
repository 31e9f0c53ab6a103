"""Stands in for systemctl in tests/project/test_install.py: starts what the units name, in their environment,
and caddy with its file.

It knows what docs/operate/install.md asks for and nothing else: daemon-reload, `enable --now UNIT…`,
`reload caddy`.
"""

import configparser
import contextlib
import os
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

FOLDER = Path(os.environ["STANDIN_ROOT"])
UNITS = FOLDER / "etc" / "systemd" / "system"
PROCESSES = FOLDER / "processes"


def main(words: list[str]) -> None:
    """Do one thing, or fail as systemctl would."""
    match words:
        case ["daemon-reload"]:
            return
        case ["enable", "--now", *units] if units:
            for unit in units:
                enable(unit)
        case ["reload", "caddy"]:
            start("caddy", shlex.split(os.environ["STANDIN_CADDY"]), dict(os.environ))
        case _:
            sys.exit(f"systemctl: nobody stands in for {' '.join(words)}")


def enable(name: str) -> None:
    """Start a service; a timer's service must exist."""
    unit = read(UNITS / (name if "." in name else f"{name}.service"))
    if name.endswith(".timer"):
        assert unit["Timer"]["OnCalendar"], name
        assert read(UNITS / f"{name.removesuffix('.timer')}.service")["Service"]["ExecStart"], name
        return
    service = unit["Service"]
    environ = {
        "PATH": os.environ["PATH"],
        **dict(word.split("=", 1) for word in shlex.split(service["Environment"])),
    }
    environ |= environment_file(Path(service["EnvironmentFile"]))
    (FOLDER / "run" / service["RuntimeDirectory"]).mkdir(parents=True, exist_ok=True)
    environ["STANDIN_UNIT"] = (
        name  # stands for the control group: every process that the service starts inherits it
    )
    command = shlex.split(service["ExecStart"])
    if "Sockets" in service:
        with contextlib.ExitStack() as stack:
            numbers = [
                stack.enter_context(opened).fileno() for opened in listening(UNITS / service["Sockets"])
            ]
            hand_over = [sys.executable, str(Path(__file__).with_name("opened.py"))]
            start(name, [*hand_over, ",".join(map(str, numbers)), *command], environ, numbers)
        return
    if service.get("Type") != "notify":
        start(name, command, environ)
        return
    address = FOLDER / "run" / f"{name}.notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
        ready.bind(str(address))
        ready.settimeout(60)
        start(name, command, environ | {"NOTIFY_SOCKET": str(address)})
        assert ready.recv(64) == b"READY=1", name


def listening(path: Path) -> Iterator[socket.socket]:
    """The sockets that a unit describes."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("ListenStream="):
            host, port = line.removeprefix("ListenStream=").rsplit(":", 1)
            yield socket.create_server((host, int(port)), reuse_port="ReusePort=yes" in lines)


def read(path: Path) -> configparser.ConfigParser:
    """A unit file, as far as ours go."""
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names of settings keep their capitals
    with path.open(encoding="utf-8") as file:
        unit.read_file(file)
    return unit


def environment_file(path: Path) -> dict[str, str]:
    """As systemd reads it: a line a variable, quotation marks around a value taken away, nothing expanded."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = (line.split("=", 1) for line in lines if line and line[0] not in "#;")
    return {
        name: value[1:-1] if value[:1] in {'"', "'"} and value[-1:] == value[:1] else value
        for name, value in pairs
    }


def start(name: str, command: list[str], environ: dict[str, str], opened: Sequence[int] = ()) -> None:
    """Start a process that outlives this one; its number and its output are kept."""
    PROCESSES.mkdir(exist_ok=True)
    with (PROCESSES / f"{name}.log").open("ab") as log:
        running = subprocess.Popen(
            command,
            env=environ,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=opened,
        )
    (PROCESSES / f"{name}.pid").write_text(str(running.pid), encoding="ascii")


main(sys.argv[1:])
