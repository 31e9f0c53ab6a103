"""Both sides of many conversations in one process: streams that are cut and resume, posts that are cut and
sent again, every word timed.

python -m rig.chatters FILE      (FILE: JSON with port, pairs, seconds, every, cut; and afterwards what came
of it)
"""

import asyncio
import json
import random
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

RETRY = 0.5  # seconds, until a stream has told how long to wait (`retry:`), as a browser does it


@dataclass
class Talked:
    """What a run saw. `seconds`: from the first try to send until the other side showed it; `resumed`: from a
    cut to the first frame.

    `rate`: messages a second, after the warming up; `whole` and `cpu`: seconds of all of it, and the
    visitors' processor time.
    """

    sent: int = 0
    rate: float = 0.0
    refused: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    cuts: int = 0
    cpu: float = 0.0
    whole: float = 0.0
    seconds: list[float] = field(default_factory=list)
    resumed: list[float] = field(default_factory=list)


def talk(
    port: int,
    pairs: list[dict[str, Any]],
    *,
    seconds: float,
    every: float,
    cut: float = 0.0,
    warm: float = 0.0,
) -> Talked:
    """Let all pairs talk for a while, from another process.

    `every`: how often each side says something. What is said in the first `warm` seconds is not timed: then
    everybody is new at once, which no evening brings. It must arrive like the rest.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(
            {"port": port, "pairs": pairs, "seconds": seconds, "every": every, "cut": cut, "warm": warm}, file
        )
        file.flush()
        command = [sys.executable, "-m", "rig.chatters", file.name]
        subprocess.run(command, cwd=Path(__file__).resolve().parents[1], check=True)
        told = Path(file.name).read_text(
            encoding="utf-8"
        )  # a pipe may be left unblocking by the loop and lose the end of a long answer
    return Talked(**json.loads(told))


class Side:
    """One side: one stream, one connection for posts."""

    def __init__(self, run: "Run", given: dict[str, Any]) -> None:
        self.run, self.paths, self.last = run, given["paths"], given["last"]
        self.headers = (
            "".join(f"{name}: {value}\r\n" for name, value in given["headers"].items())
            + "Host: localhost\r\n"
        )
        self.heard: list[str] = []
        self.said: list[str] = []
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.ready = asyncio.Event()
        self.retry = RETRY

    async def listen(self) -> None:
        """Keep a stream open until the run is over."""
        lost_at = 0.0
        while not self.run.over:
            writer = None
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.run.port, limit=1 << 20)
                resume = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
                writer.write(
                    f"GET {self.paths['stream']} HTTP/1.1\r\n{self.headers}{resume}Accept: "
                    f"text/event-stream\r\n\r\n".encode()
                )
                head = await reader.readuntil(b"\r\n\r\n")
                if b" 200 " not in head[:20]:
                    raise ConnectionError(head[:40])
                self.ready.set()
                await self._frames(reader, lost_at)
            except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                pass
            finally:
                if writer is not None:
                    writer.transport.abort()
            lost_at = time.perf_counter()
            if not self.run.over:
                await asyncio.sleep(self.retry)

    async def _frames(self, reader: asyncio.StreamReader, lost_at: float) -> None:
        kept = b""
        while True:
            size = int(await reader.readline(), 16)
            if not size:
                return
            kept += (await reader.readexactly(size + 2))[:size]
            while (end := kept.find(b"\n\n")) >= 0:
                frame, kept = kept[:end], kept[end + 2 :]
                if lost_at and b"event:" in frame:
                    self.run.told.resumed.append(time.perf_counter() - lost_at)
                    lost_at = 0.0
                if frame.startswith(b"retry: "):
                    self.retry = int(frame[7:]) / 1000
                if b"event: said" in frame:
                    self._take(frame)
                    if self.run.cuts():
                        return

    def _take(self, frame: bytes) -> None:
        data = json.loads(frame.partition(b"data: ")[2])
        self.last = data["number"]
        self.heard.append(f"{data['number']}|{data['text']}")
        sent = self.run.times.get(data["text"])
        if sent is not None and sent >= self.run.timed_from and data["text"] not in self.own:
            self.run.told.seconds.append(time.perf_counter() - sent)

    own: set[str] = set()

    async def speak(self) -> None:
        """Say something now and then, until the run is over."""
        await asyncio.sleep(random.uniform(0, self.run.every))
        while not self.run.over:
            begun = time.perf_counter()
            await self.say()
            await asyncio.sleep(max(0.0, self.run.every - (time.perf_counter() - begun)))

    async def say(self) -> None:
        """One message, sent again with its nonce until it is answered."""
        self.run.number += 1
        text = (
            f"word {self.run.number} and some more of what people say to one another in a chat of an evening"
        )
        self.own.add(text)
        self.said.append(text)
        body = f"nonce={secrets.token_hex(16)}&text={text.replace(' ', '+')}".encode()
        head = (
            f"POST {self.paths['say']} HTTP/1.1\r\n{self.headers}Content-Type: "
            f"application/x-www-form-urlencoded\r\n"
        )
        request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        self.run.times[text] = time.perf_counter()
        self.run.told.sent += 1
        while True:
            try:
                if self.line is None:
                    self.line = await asyncio.open_connection("127.0.0.1", self.run.port)
                reader, writer = self.line
                writer.write(request)
                if self.run.cuts():
                    await asyncio.sleep(random.uniform(0, 0.02))
                    raise ConnectionError
                answer = await reader.readuntil(b"\r\n\r\n")
                length = int(answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                await reader.readexactly(length)
            except (OSError, asyncio.IncompleteReadError):
                if self.line is not None:
                    self.line[1].transport.abort()
                self.line = None
                await asyncio.sleep(0.05)
                continue
            if b" 200 " not in answer[:20]:
                self.run.told.refused += 1
            return


class Run:
    """All pairs of one run."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.port, self.every, self.cut, self.seconds = (
            given["port"],
            given["every"],
            given["cut"],
            given["seconds"],
        )
        self.warm, self.timed_from = given["warm"], 0.0
        self.told, self.over, self.number = Talked(), False, random.getrandbits(40)
        self.times: dict[str, float] = {}
        self.pairs = [(Side(self, one["child"]), Side(self, one["desk"])) for one in given["pairs"]]
        for pair in self.pairs:
            for side in pair:
                side.own = set()

    def cuts(self) -> bool:
        """Whether the line breaks now."""
        if self.cut and not self.over and random.random() < self.cut:
            self.told.cuts += 1
            return True
        return False

    async def play(self) -> Talked:
        """Open all streams, talk, wait until everything has arrived, count."""
        sides = [side for pair in self.pairs for side in pair]
        listening = [asyncio.create_task(side.listen()) for side in sides]
        await asyncio.gather(*(side.ready.wait() for side in sides))
        cpu, began = time.process_time(), time.perf_counter()
        speaking = [asyncio.create_task(side.speak()) for side in sides]
        self.timed_from = began + self.warm
        await asyncio.sleep(self.warm)
        before, since = self.told.sent, time.perf_counter()
        await asyncio.sleep(self.seconds)
        self.told.rate = (self.told.sent - before) / (time.perf_counter() - since)
        self.told.cpu, self.told.whole = time.process_time() - cpu, time.perf_counter() - began
        self.cut, end = 0.0, time.perf_counter() + 20
        self.fall_silent()
        while time.perf_counter() < end and self.missing():
            await asyncio.sleep(0.1)
        self.over = True
        for task in [*listening, *speaking]:
            task.cancel()
        await asyncio.gather(*listening, *speaking, return_exceptions=True)
        self.count()
        return self.told

    def fall_silent(self) -> None:
        """Nobody begins another word; what is being sent is sent to its end by the sides that are in the
        middle of it."""
        for pair in self.pairs:
            for side in pair:
                side.say = _nothing  # type: ignore[method-assign]  # the sides fall silent

    def missing(self) -> int:
        """Words that one of the two sides has not shown yet."""
        found = 0
        for child, desk in self.pairs:
            for side in (child, desk):
                shown = {entry.partition("|")[2] for entry in side.heard}
                found += sum(text not in shown for other in (child, desk) for text in other.said)
        return found

    def count(self) -> None:
        """Lost, doubled, out of order."""
        self.told.lost = self.missing()
        for child, desk in self.pairs:
            for side in (child, desk):
                numbers = [int(entry.partition("|")[0]) for entry in side.heard]
                texts = [entry.partition("|")[2] for entry in side.heard]
                mine = [text for text in texts if text in side.own]
                self.told.doubled += len(texts) - len(set(texts))
                self.told.reordered += sum(after <= before for before, after in pairwise(numbers))
                self.told.reordered += mine != [text for text in side.said if text in set(mine)]


async def _nothing() -> None:
    await asyncio.sleep(3600)


if __name__ == "__main__":
    import uvloop

    given = Path(sys.argv[1])
    told = uvloop.run(Run(json.loads(given.read_text(encoding="utf-8"))).play())
    given.write_text(json.dumps(asdict(told)), encoding="utf-8")
