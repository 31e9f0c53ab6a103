"""The virus scanner: a port with one implementation, the protocol of clamd (`man clamd`, command INSTREAM).

`SAUGA_SCANNER` names it, or says `none`. A scanner that cannot be asked has no answer: the file then waits.
"""

import re
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Protocol

from django.conf import settings

from sauga.kernel.outbound import ServiceAddress, connect_to_service

NO_SCANNER = "none"
CHUNK = 256 * 1024
CONNECT_SECONDS, SCAN_SECONDS = 5.0, 120.0
LONGEST_ANSWER = 4096
MOST_BYTES = 64 * 1024 * 1024
"""What is sent at most; clamd's own StreamMaxLength is 25 MB unless its configuration raises it."""
FOUND = re.compile(rb"stream: (?P<name>.{1,200}) FOUND", re.DOTALL)


class Answer(StrEnum):
    """What the scanner said. NOT_ASKED: the installation has none, and says so."""

    CLEAN = "CLEAN"
    FOUND = "FOUND"
    NOT_ASKED = "NOT_ASKED"


class ScannerUnavailable(Exception):
    """The scanner gave no answer that means anything. `why`: not_set, no_connection, slow, refused."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Scan:
    """The result: what was found (the scanner's name of it), and which scanner said so."""

    answer: Answer
    signature: str = ""
    scanner: str = ""


class Scanner(Protocol):
    """What this package needs of a scanner."""

    def scan(self, source: IO[bytes]) -> Scan:
        """Whether the file is clean. Raises ScannerUnavailable."""

    def ping(self) -> None:
        """Whether it would answer now. Raises ScannerUnavailable."""


class NoScanner:
    """An installation that decided to run without one."""

    def scan(self, source: IO[bytes]) -> Scan:
        return Scan(Answer.NOT_ASKED)

    def ping(self) -> None:
        return None


class UndecidedScanner:
    """The variable is not set: uploads wait until it is."""

    def scan(self, source: IO[bytes]) -> Scan:
        raise ScannerUnavailable("not_set")

    def ping(self) -> None:
        raise ScannerUnavailable("not_set")


@dataclass(frozen=True)
class Clamd:
    """A clamd at an address. Every command has a connection of its own."""

    address: ServiceAddress
    connect_seconds: float = CONNECT_SECONDS
    seconds: float = SCAN_SECONDS

    def ping(self) -> None:
        if self._ask(b"zPING\0", iter(())) != b"PONG":
            raise ScannerUnavailable("refused")

    def scan(self, source: IO[bytes]) -> Scan:
        version = self._ask(b"zVERSION\0", iter(())).decode("ascii", "replace")[:80]
        said = self._ask(b"zINSTREAM\0", _chunks(source))
        if said == b"stream: OK":
            return Scan(Answer.CLEAN, scanner=version)
        if found := FOUND.fullmatch(said):
            name = found["name"].decode("ascii", "replace")
            return Scan(Answer.FOUND, signature=re.sub(r"[^\w.:/-]", "?", name)[:120], scanner=version)
        raise ScannerUnavailable("refused")  # too large for it, or an error of its own

    def _ask(self, command: bytes, parts: Iterator[bytes]) -> bytes:
        """The answer to one command, without its end mark."""
        until = time.monotonic() + self.seconds
        try:
            with connect_to_service(self.address, seconds=self.connect_seconds) as link:
                link.settimeout(self.connect_seconds)
                link.sendall(command)
                try:
                    for part in parts:
                        link.sendall(part)
                        if time.monotonic() > until:
                            raise ScannerUnavailable("slow")
                except (BrokenPipeError, ConnectionResetError):
                    pass  # it stopped listening, and may have said why
                answer = b""
                while not answer.endswith(b"\0"):
                    link.settimeout(max(0.01, until - time.monotonic()))
                    piece = link.recv(LONGEST_ANSWER)
                    answer += piece
                    if not piece or len(answer) > LONGEST_ANSWER:
                        raise ScannerUnavailable("refused")
                return answer[:-1].strip()
        except TimeoutError:
            raise ScannerUnavailable("slow") from None
        except OSError:
            raise ScannerUnavailable("no_connection") from None


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces, each with its length before it, and the empty one that ends it."""
    left = MOST_BYTES
    while left and (piece := source.read(min(CHUNK, left))):
        left -= len(piece)
        yield struct.pack(">I", len(piece)) + piece
    yield struct.pack(">I", 0)


def scanner_fault() -> str:
    """Why the scanner would give no answer now (a code of ScannerUnavailable); empty when it would."""
    try:
        current().ping()
    except ScannerUnavailable as gone:
        return gone.why
    return ""


def current() -> Scanner:
    """The scanner that the settings name."""
    named: str = settings.SCANNER
    if named == NO_SCANNER:
        return NoScanner()
    return Clamd(ServiceAddress.read(named)) if named else UndecidedScanner()
