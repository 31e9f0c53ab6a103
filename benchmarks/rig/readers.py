"""Many readers of pages in one thread, with as little work as possible: each on a kept-open line, a page as
soon as the last is whole.

python -m rig.readers PORT CLIENTS SECONDS COOKIE < addresses      (prints one line of JSON)
"""

import json
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Reading:
    """What the readers saw. `wrong` are answers that were not 200; `seconds` the time of each page."""

    pages: int = 0
    wrong: int = 0
    whole: float = 0.0
    bytes: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.pages / self.whole if self.whole else 0.0


def read(port: int, paths: list[str], clients: int, seconds: float, *, cookie: bool = False) -> Reading:
    """Let `clients` read the pages in turn for so long, from another process."""
    command = [
        sys.executable,
        "-m",
        "rig.readers",
        str(port),
        str(clients),
        str(seconds),
        "cookie" if cookie else "",
    ]
    done = subprocess.run(
        command,
        cwd=Path(__file__).resolve().parents[1],
        input="\n".join(paths),
        capture_output=True,
        text=True,
        check=True,
    )
    return Reading(**json.loads(done.stdout))


class _Line:
    """One reader."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.held, self.missing, self.began = b"", -1, 0.0

    def ask(self, request: bytes) -> None:
        self.held, self.missing, self.began = b"", -1, time.perf_counter()
        self.socket.sendall(request)

    def take(self) -> bool:
        """Read what came; whether the answer is whole."""
        part = self.socket.recv(262144)
        if not part:
            raise ConnectionError("the server closed the line")
        if self.missing >= 0:
            self.missing -= len(part)
            return self.missing <= 0
        self.held += part
        end = self.held.find(b"\r\n\r\n")
        if end < 0:
            return False
        start = self.held.lower().index(b"content-length: ") + 16
        self.missing = int(self.held[start : self.held.index(b"\r", start)]) - (len(self.held) - end - 4)
        return self.missing <= 0


def _main(port: int, clients: int, seconds: float, more: str) -> None:
    requests = [
        (
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nUser-Agent: "
            f"Mozilla/5.0\r\n{more}\r\n"
        ).encode()
        for path in sys.stdin.read().split()
    ]
    reading, turn = Reading(), 0
    with selectors.DefaultSelector() as waiting:
        for _ in range(clients):
            line = _Line(port)
            waiting.register(line.socket, selectors.EVENT_READ, line)
            line.ask(requests[turn % len(requests)])
            turn += 1
        began = time.perf_counter()
        while (now := time.perf_counter()) - began < seconds:
            for key, _events in waiting.select(1):
                line = key.data
                if line.take():
                    reading.pages += 1
                    reading.wrong += not line.held.startswith(b"HTTP/1.1 200")
                    reading.seconds.append(time.perf_counter() - line.began)
                    line.ask(requests[turn % len(requests)])
                    turn += 1
        reading.whole = now - began
    print(json.dumps(asdict(reading)))


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), "Cookie: a=b\r\n" if sys.argv[4] else "")
