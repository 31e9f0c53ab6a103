"""Web processes that share one port, each with a listening socket of its own: the operating system
distributes connections evenly.

With one socket for all, a process that wakes up takes every visitor who waits: of two processes one may end
up with nearly all the long connections of conversations while the other idles. Only Linux deals out;
elsewhere the processes share a socket, as uvicorn does it.
"""

import socket
import sys
from collections.abc import Callable
from typing import Any


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
    nobody listens there yet: two of them would share its visitors without a word. Raises Taken when there
    is one. Linux only: the name is the kernel's and leaves no file."""
    held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        held.bind(f"\0sauga {address[0]} {address[1]}")
    except OSError as error:
        held.close()
        raise Taken(error.errno, error.strerror) from error
    return held


def serve(app: str, *, host: str, port: int, workers: int, **more: Any) -> None:
    """Run `app` (module:name) with so many processes until told to stop. `more`: uvicorn's own options.

    Raises Taken when another installation begins at the same address.
    """
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    if workers < 2 or sys.platform != "linux":
        uvicorn.run(app, host=host, port=port, workers=workers, **more)
        return
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with hold(address), bound(family, address) as shared:
        Multiprocess(uvicorn.Config(app, host=host, port=port, workers=workers, **more), [shared]).run()
