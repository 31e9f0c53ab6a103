"""Web processes that share one port, each with a listening socket of its own: the operating system
distributes connections evenly.

With one socket for all, a process that wakes up takes every visitor who waits: of two processes one may end
up with nearly all the long connections of conversations while the other idles. Only Linux deals out;
elsewhere the processes share a socket, as uvicorn does it.

Sockets that systemd opened (sd_listen_fds(3)) outlive the processes: visitors who come while these are
restarted wait in the queue of a socket and are refused nothing.
"""

import os
import socket
import sys
from collections.abc import Callable, Sequence
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

FIRST_GIVEN = 3
"""The number of the first file descriptor that systemd hands over."""
FIRST_WORDS = 1.0
"""Seconds in which the first request of a connection must have begun to arrive, when a process ends."""


class Taken(OSError):
    """Another installation uses the address."""


class OwnSocket(socket.socket):
    """A bound socket that a process begun with it does not inherit, but opens anew at the same address."""

    def __reduce__(self) -> tuple[Callable[..., "OwnSocket"], tuple[int, Any]]:
        return bound, (int(self.family), self.getsockname())


def bound(family: int, address: Any) -> OwnSocket:
    """A socket that does not listen yet.

    Raises OSError: another program, or another person's, has the address.
    """
    opened = OwnSocket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    opened.bind(address)
    return opened


def hold(address: Any) -> socket.socket:
    """Keep a second installation of ours away from this address as long as the socket is open, also while
    no process listens there yet: two of them would share its visitors without a word. Raises Taken when there
    is one. Linux only: the name is the kernel's and leaves no file."""
    held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        held.bind(f"\0sauga {address[0]} {address[1]}")
    except OSError as error:
        held.close()
        raise Taken(error.errno, error.strerror) from error
    return held


def given() -> list[socket.socket]:
    """The listening sockets that systemd opened for this process, taken once; empty where it opened none.

    Raises ValueError when one of them does not listen.
    """
    count, whose = os.environ.pop("LISTEN_FDS", ""), os.environ.pop("LISTEN_PID", "")
    os.environ.pop("LISTEN_FDNAMES", None)
    if not count.isdecimal() or whose != str(os.getpid()):
        return []
    found = [socket.socket(fileno=number) for number in range(FIRST_GIVEN, FIRST_GIVEN + int(count))]
    for one in found:
        if not one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            raise ValueError(f"the socket {one.getsockname()} does not listen")
        one.set_inheritable(False)
    return found


def shares(sockets: Sequence[socket.socket], workers: int) -> list[list[socket.socket]]:
    """Which sockets each of so many processes listens on: each socket has a process, each process one."""
    if len(sockets) < workers:
        return [[sockets[place % len(sockets)]] for place in range(workers)]
    return [list(sockets[place::workers]) for place in range(workers)]


class PatientProtocol(HttpToolsProtocol):
    """A connection of a process that ends: who was let in a moment ago is still heard."""

    def shutdown(self) -> None:
        """Close the connection, or let it end with its answer; a new one is given time for its request."""
        if self.cycle is None and not self.transport.is_closing():
            self.loop.call_later(FIRST_WORDS, super().shutdown)
        else:
            super().shutdown()


class _Dealing(Multiprocess):
    """Gives each process the sockets of its place, also one that follows a process which died."""

    def __init__(self, config: uvicorn.Config, dealt: list[list[socket.socket]]) -> None:
        self._dealt = dealt
        super().__init__(config, [])

    @property
    def sockets(self) -> list[socket.socket]:
        """Of the first place where no process is."""
        held = [place for place, one in enumerate(self.processes) if one.process.is_alive()]
        return self._dealt[next(place for place in range(len(self._dealt)) if place not in held)]

    @sockets.setter
    def sockets(self, _: list[socket.socket]) -> None:
        """Those of uvicorn's own constructor, which are the same for everybody."""


def serve(
    app: str, opened: Sequence[socket.socket] = (), *, host: str, port: int, workers: int, **more: Any
) -> None:
    """Run `app` (module:name) with so many processes until told to stop, on the sockets that systemd opened
    or else on one of its own each. `more`: uvicorn's own options.

    Raises Taken when another installation begins at the same address.
    """
    more["http"] = PatientProtocol
    config = uvicorn.Config(app, host=host, port=port, workers=workers, **more)
    if opened:
        if workers < 2:
            uvicorn.Server(config).run(list(opened))
        else:
            _Dealing(config, shares(opened, workers)).run()
    elif workers < 2 or sys.platform != "linux":
        uvicorn.run(app, host=host, port=port, workers=workers, **more)
    else:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with hold(address), bound(family, address) as shared:
            Multiprocess(config, [shared]).run()
