"""`sauga serve`: uvicorn with this installation's application.

No access log, no proxy headers unless asked for, streams cut at shutdown.
"""

import argparse
import os
import socket

from sauga.project import purpose
from sauga.project.cli import CannotRun, prepare_settings
from sauga.project.processes import listening_sockets
from sauga.project.settings.env import read


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1: behind a proxy)"
    )
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes (default: one a core)",
    )
    parser.add_argument(
        "--behind",
        default="",
        metavar="ADDRESS",
        help="trust X-Forwarded-* of this proxy; nobody's when not given",
    )


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop, on the sockets that systemd opened or else at host and port."""
    opened = _given()
    if not opened:
        claim(options.host, options.port)
    prepare_settings()
    purpose.refuse_other(_recorded_purpose(), demo=read().demo)
    try:
        _serve(options, opened)
    except listening_sockets.Taken as error:
        raise _cannot(options.host, options.port, error) from error
    return 0


def _recorded_purpose() -> str:
    """Read once; the parent of the web processes keeps no connection."""
    from django.db import connection

    try:
        return purpose.recorded()
    finally:
        connection.close()


def _given() -> list[socket.socket]:
    try:
        return listening_sockets.given()
    except ValueError as error:
        raise CannotRun(
            f"systemd handed over no listening socket ({error}); copy sauga-web.socket anew."
        ) from error


def _serve(options: argparse.Namespace, opened: list[socket.socket]) -> None:
    listening_sockets.serve(
        "sauga.project.asgi:application",
        opened,
        host=options.host,
        port=options.port,
        workers=options.workers,
        interface="asgi3",
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(options.behind),
        forwarded_allow_ips=options.behind,
        backlog=2048,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=5,
    )


def claim(host: str, port: int) -> None:
    """Make sure the port is free. Raises CannotRun with what to do otherwise."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        raise _cannot(host, port, error) from error


def _cannot(host: str, port: int, error: Exception) -> CannotRun:
    return CannotRun(
        f"port {port} on {host} cannot be used ({getattr(error, 'strerror', None) or error}); choose "
        f"another with --port."
    )
