"""A visitor at the public site over one kept-open socket: as little work as possible, so that a load run
measures the server and not us."""

import select
import socket
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

FORM, ADD, RETURN = "/lt/pranesti/", "/lt/pranesti/papildyti/", "/lt/pranesti/grizti/"


class Lost(OSError):
    """The connection ended before the answer was complete; what was asked may have happened or not."""


class Refused(Exception):
    """The answer was not the one hoped for: its status and how its page begins."""

    def __init__(self, status: int, page: bytes) -> None:
        super().__init__(f"{status}: {page[:300]!r}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    page: bytes


class Visitor:
    """Speaks HTTP/1.1 as a browser behind the shipped proxy does.

    Opens its connection when it first needs one, and again after a loss.
    """

    def __init__(self, port: int, *, patience: float = 60, headers: dict[str, str] | None = None) -> None:
        self.port, self.patience = port, patience
        self._line: socket.socket | None = None
        self.say(headers or {})

    def say(self, headers: dict[str, str]) -> None:
        """Send these headers from now on, beside what the shipped proxy adds."""
        said = {"Host": "localhost", "X-Forwarded-Proto": "https", **headers}
        self._said = "".join(f"{name}: {value}\r\n" for name, value in said.items())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def get(self, path: str) -> Answer:
        return self.send(f"GET {path} HTTP/1.1\r\n{self._said}\r\n".encode())

    def post(self, path: str, **given: str | tuple[str, ...]) -> Answer:
        body = urlencode(given, doseq=True)
        head = (
            f"POST {path} HTTP/1.1\r\n{self._said}Content-Type: "
            f"application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return self.send((head + body).encode())

    def send(self, request: bytes) -> Answer:
        """Send whole requests as they stand and read one answer. A kept connection that the server has closed
        meanwhile is opened again, as browsers do.

        Raises Lost; the connection is then closed.
        """
        try:
            if self._line is not None and _is_closed(self._line):
                self.close()
            if self._line is None:
                self._line = socket.create_connection(("127.0.0.1", self.port), timeout=self.patience)
                self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._line.sendall(request)
            return self._read(self._line)
        except OSError as error:
            self.close()
            raise Lost(str(error)) from error

    def _read(self, line: socket.socket) -> Answer:
        held = b""
        while (end := held.find(b"\r\n\r\n")) < 0:
            held += _more(line)
        head = held[:end].lower()
        parts = [held[end + 4 :]]
        if b"transfer-encoding: chunked" in head:
            tail = parts[0]
            while not tail.endswith(b"\r\n0\r\n\r\n") and tail != b"0\r\n\r\n":
                parts.append(_more(line))
                tail = (tail + parts[-1])[-7:]
        else:
            missing = int(cut(head + b"\r\n", b"content-length: ", b"\r\n") or 0) - len(parts[0])
            while missing > 0:
                parts.append(_more(line))
                missing -= len(parts[-1])
        if b"connection: close" in head:
            self.close()
        return Answer(int(head[9:12]), held[:end], b"".join(parts))

    def ticket(self) -> str:
        """Open the form and take its ticket."""
        answer = self.get(FORM)
        ticket = cut(answer.page, b'name="ticket" value="', b'"')
        if answer.status != 200 or not ticket:
            raise Refused(answer.status, answer.page)
        return ticket.decode()

    def report(self, where: str, category: str, ticket: str = "") -> str:
        """Report one place and return the receipt's letters and digits. Raises Refused, Lost."""
        answer = self.post(FORM, ticket=ticket or self.ticket(), where=where, category=category)
        code = cut(answer.page, b"data-code>", b"<")
        if answer.status != 200 or not code:
            raise Refused(answer.status, answer.page)
        return code.decode()


def cut(text: bytes, before: bytes, after: bytes) -> bytes:
    """What stands between two marks; nothing when either is missing."""
    start = text.find(before)
    end = text.find(after, start + len(before)) if start >= 0 else -1
    return text[start + len(before) : end] if end >= 0 else b""


def _is_closed(line: socket.socket) -> bool:
    """Whether the other side has ended it while nothing was asked."""
    readable, _writable, _failed = select.select([line], [], [], 0)
    return bool(readable) and not line.recv(1, socket.MSG_PEEK)


def _more(line: socket.socket) -> bytes:
    more = line.recv(131072)
    if not more:
        raise Lost("the server closed the connection")
    return more
