"""Connections to programs of the operator's own, named in the settings: a Unix socket, or a host and a port.

The address never comes from a user, so the guard against internal addresses, whose whole point is to refuse
them, does not apply here.
"""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit


class BadServiceAddress(ValueError):
    """The setting is no address of a program; the text says what to write."""


@dataclass(frozen=True)
class ServiceAddress:
    """Where a program listens: a path of a Unix socket, or a host and a port."""

    path: str = ""
    host: str = ""
    port: int = 0

    @classmethod
    def read(cls, text: str) -> "ServiceAddress":
        """`unix:/run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`. Raises BadServiceAddress."""
        if text.startswith("unix:/"):
            return cls(path=text.removeprefix("unix:"))
        try:
            parts = urlsplit(text)
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if not text.startswith("tcp://") or not host or not port:
            raise BadServiceAddress("write unix:/path/of/the/socket or tcp://host:port")
        return cls(host=host, port=port)


def connect(address: ServiceAddress, *, seconds: float) -> socket.socket:
    """A connection; `seconds` bound it and each read and write after it. Raises OSError."""
    if address.path:
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            link.settimeout(seconds)
            link.connect(address.path)
        except BaseException:
            link.close()
            raise
        return link
    return socket.create_connection((address.host, address.port), timeout=seconds)
