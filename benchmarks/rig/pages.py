"""Both sides of conversations over real HTTP, as a page's script does it: a stream that resumes, posts with
nonces that are sent again."""

import json
import secrets
import socket
import threading
import time
from urllib.parse import urlencode

SENDING = 120.0


class Gone(Exception):
    """The line was lost."""


class Wire:
    """One HTTP connection, blocking, with nothing clever in it."""

    def __init__(self, port, patience=10.0):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=patience)
        self.rest = b""

    def close(self):
        self.socket.close()

    def send(self, method, path, headers, body=b""):
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    def _more(self):
        part = self.socket.recv(65536)
        if not part:
            raise Gone
        self.rest += part

    def line(self):
        while b"\n" not in self.rest:
            self._more()
        line, _, self.rest = self.rest.partition(b"\n")
        return line.rstrip(b"\r").decode()

    def exactly(self, count):
        while len(self.rest) < count:
            self._more()
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def head(self):
        status = int(self.line().split()[1])
        headers = {}
        while line := self.line():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return status, headers

    def answer(self):
        status, headers = self.head()
        if headers.get("transfer-encoding") == "chunked":
            body = b"".join(iter(self.chunk, b""))
        else:
            body = self.exactly(int(headers.get("content-length", 0)))
        return status, body

    def chunk(self):
        size = int(self.line(), 16)
        part = self.exactly(size)
        self.exactly(2)
        return part


class Page:
    """One side's open page.

    `heard` is what it showed, in order; a message that came twice or out of order would stand there as such.
    """

    def __init__(self, name, find_port, headers, paths, chance):
        self.name, self.find_port, self.headers, self.paths, self.chance = (
            name,
            find_port,
            headers,
            paths,
            chance,
        )
        self.heard, self.last, self.resumed, self.cuts = [], 0, [], 0
        self.posts = None
        self.over = self.leaving = False
        self.wire = None
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self):
        lost_at = None
        while not (self.over or self.leaving):
            try:
                self.wire = Wire(self.find_port(), 30)
                headers = (
                    self.headers
                    | {"Accept": "text/event-stream"}
                    | ({"Last-Event-ID": str(self.last)} if self.last else {})
                )
                self.wire.send("GET", self.paths["stream"], headers)
                status, _ = self.wire.head()
                if status != 200:
                    raise Gone
                self._read(lost_at)
            except (OSError, Gone, ValueError, IndexError):
                lost_at = lost_at or time.monotonic()
                time.sleep(0.1)
            else:
                lost_at = time.monotonic()
            finally:
                if self.wire:
                    self.wire.close()

    def _read(self, lost_at):
        kept = b""
        while chunk := self.wire.chunk():
            kept += chunk
            if lost_at is not None and b"event:" in kept:
                self.resumed.append(time.monotonic() - lost_at)
                lost_at = None
            while b"\n\n" in kept:
                frame, _, kept = kept.partition(b"\n\n")
                self._take(dict(line.split(": ", 1) for line in frame.decode().splitlines() if ": " in line))
                if self.chance(self):
                    self.cuts += 1
                    raise Gone

    def _take(self, fields):
        if fields.get("event") == "over":
            self.over = True
        if fields.get("event") != "said":
            return
        data = json.loads(fields["data"])
        self.last = int(fields["id"])
        self.heard.append((data["number"], data["author"], data["text"], data["event"], time.time()))

    def post(self, what, **fields):
        """Send until it is answered; the line may be cut before or after the server did it."""
        body = urlencode(fields).encode()
        end = time.monotonic() + SENDING
        while time.monotonic() < end:
            try:
                if self.posts is None:
                    self.posts = Wire(self.find_port())
                self.posts.send("POST", self.paths[what], self.headers, body)
                if self.chance(self):
                    self.cuts += 1
                    raise Gone
                status, answer = self.posts.answer()
            except (OSError, Gone, ValueError, IndexError):
                if self.posts is not None:
                    self.posts.close()
                self.posts = None
                time.sleep(0.05)
                continue
            return status, answer
        raise AssertionError(f"{self.name}: nobody answered")

    def say(self, text):
        return self.post("say", text=text, nonce=secrets.token_hex(16))

    def close(self):
        self.leaving = True
        if self.wire is not None:
            self.wire.close()
        if self.posts is not None:
            self.posts.close()
