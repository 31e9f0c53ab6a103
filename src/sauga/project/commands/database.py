"""`sauga database`: the embedded server as a service of its own, which outlives any single `sauga serve` or
`sauga work`."""

import argparse
import contextlib
import os
import socket

from sauga.project.cli import CannotRun
from sauga.project.postgresql import database
from sauga.project.settings.env import read

PATIENCE = 60.0
"""Seconds that another command is given to finish, for example the setup that started the server."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--patience",
        type=float,
        default=PATIENCE,
        metavar="SECONDS",
        help=f"how long to wait for a command that started the server and uses it still, before its server "
        f"is shared (default {PATIENCE:.0f})",
    )


def run(options: argparse.Namespace) -> int:
    """Run the server until told to stop. One that another command started and uses still is looked after as
    it is, and started anew when that command takes it along.

    Raises CannotRun when the server ended by itself.
    """
    env = read()
    if env.database_url:
        raise CannotRun(
            "DATABASE_URL names a server of your own; this command runs the embedded one. Use one of the two."
        )
    server = database.own_embedded(env.data, patience=options.patience)
    try:
        _say_ready()
        server.process.wait()
        while server.is_foreign:
            server = database.own_embedded(env.data, patience=0)
            server.process.wait()
    finally:
        database.release_embedded(env.data, for_all=True)
    raise CannotRun(
        "the embedded database has ended by itself; its log is in the data folder (postgres/log)."
    )


def _say_ready() -> None:
    """Tell systemd (`Type=notify`) that others may start now. Source: sd_notify(3)."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(b"READY=1", "\0" + address[1:] if address.startswith("@") else address)
