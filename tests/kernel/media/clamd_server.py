"""A small server that speaks clamd's protocol on a loopback port, or breaks it on purpose."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

EICAR = "".join(
    ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!", "$H+H*")
).encode()
"""The harmless string that every scanner knows, in pieces so that no scanner finds it in this file."""
VERSION = b"ClamAV 1.4.6/27000/Sat Nov 28 2026"


@dataclass
class Server:
    """What it was asked, and what it answers to a stream."""

    address: str = ""
    answer: Callable[[bytes], bytes] = lambda content: (
        b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
    )
    most: int = 1 << 30
    streams: list[bytes] = field(default_factory=list)
    commands: list[bytes] = field(default_factory=list)

    def serve(self, link: socket.socket) -> None:
        """One connection, one command."""
        with link, link.makefile("rb") as reading:
            command = bytearray()
            while (one := reading.read(1)) not in {b"\0", b""}:
                command += one
            self.commands.append(bytes(command))
            if command == b"zPING":
                link.sendall(b"PONG\0")
            elif command == b"zVERSION":
                link.sendall(VERSION + b"\0")
            elif command == b"zINSTREAM":
                content = bytearray()
                while size := struct.unpack(">I", reading.read(4))[0]:
                    content += reading.read(size)
                    if len(content) > self.most:
                        link.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                        return
                self.streams.append(bytes(content))
                link.sendall(self.answer(bytes(content)))


@contextmanager
def clamd(**more) -> Iterator[Server]:
    """The server, running until the end of the block."""
    held = Server(**more)
    listening = socket.create_server(("127.0.0.1", 0))
    held.address = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    ending = threading.Event()

    def accept() -> None:
        while not ending.is_set():
            try:
                link, _peer = listening.accept()
            except OSError:
                return
            try:
                held.serve(link)
            except (OSError, struct.error):
                continue

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        ending.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
