"""The WHIP endpoint of one broadcast (RFC 9725): browsers and other encoders that send over WebRTC.

The web processes hand requests over by a socket in the broadcast's own folder; here the token is compared,
the offer is read, and a process for the session is started (`session.py`). What that writes is fed to the
encoder as what comes over SRT is. While it runs, the SRT receiver leaves it the port.
"""

import asyncio
import base64
import binascii
import contextlib
import hmac
import json
import logging
import secrets
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from sauga.training.streaming.queries import program
from sauga.training.streaming.rules import offers
from sauga.training.streaming.rules.health import Note
from sauga.training.streaming.rules.offers import Flaw
from sauga.training.streaming.tasks import children
from sauga.training.streaming.tasks.children import Child
from sauga.training.streaming.tasks.intake import Intake
from sauga.training.streaming.tasks.publisher import Publisher
from sauga.training.streaming.tasks.receiver import CHUNK, Receiver

log = logging.getLogger(__name__)
SESSION = Path(__file__).with_name("session.py")
ANSWER = "WHIP-ANSWER "
LARGEST_REQUEST = 256 * 1024
ASKED_WITHIN, ANSWERED_WITHIN = 5.0, 20.0
ANY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104  compared with, not listened at
FLAWS = {
    Flaw.MALFORMED: (400, Note.GARBAGE),
    Flaw.UNSUPPORTED: (422, Note.GARBAGE),
    Flaw.NO_SOUND: (422, Note.NO_SOUND),
    Flaw.NO_PICTURE: (422, Note.NO_PICTURE),
}

type Reply = dict[str, Any]


class Whip:
    """Answers WHIP requests of one broadcast and receives one session after the other."""

    def __init__(
        self,
        publisher: Publisher,
        intake: Intake,
        receiver: Receiver,
        note: Callable[[Note], Awaitable[None]],
    ) -> None:
        self.publisher, self.intake, self.receiver, self._note = publisher, intake, receiver, note
        self._port, self._passphrase = 0, ""
        self._child: Child | None = None
        self._session = ""
        self._running: asyncio.Task[None] | None = None

    def listen_at(self, port: int, passphrase: str) -> None:
        """Where, and what an encoder must know. Who is connected stays."""
        self._port, self._passphrase = port, passphrase

    def disconnect(self) -> None:
        """End the session, if there is one."""
        if self._child is not None and self._child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._child.kill()

    async def run(self) -> None:
        """Until cancelled. Where the socket cannot be made, programs still connect over SRT."""
        folder = self.publisher.folder.name
        try:
            with program.whip_socket(folder) as path:
                server = await asyncio.start_unix_server(self._serve, path, limit=LARGEST_REQUEST)
        except OSError as error:
            log.warning("broadcast: no WHIP", extra={"error_type": type(error).__name__})
            return
        try:
            await asyncio.Event().wait()
        finally:
            server.close()
            (self.publisher.private / "whip").unlink(missing_ok=True)
            self.disconnect()
            if self._running is not None:
                await asyncio.gather(self._running, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request: a line of JSON in, a line of JSON out."""
        try:
            asked = json.loads(await asyncio.wait_for(reader.readline(), ASKED_WITHIN))
            reply = await self._reply(asked)
            writer.write(json.dumps(reply).encode() + b"\n")
            await writer.drain()
        except (OSError, ValueError, KeyError, TypeError, TimeoutError) as error:
            log.warning("broadcast: WHIP request given up", extra={"error_type": type(error).__name__})
        finally:
            writer.close()

    async def _reply(self, asked: dict[str, str]) -> Reply:
        given = asked["token"].encode()
        if not self._passphrase or not hmac.compare_digest(given, self._passphrase.encode()):
            await self._note(Note.WRONG_PASSPHRASE)
            return {"status": 401}
        if not asked["session"]:
            return await self._publish(asked["offer"])
        if not self._session or not hmac.compare_digest(asked["session"], self._session):
            return {"status": 404}
        self.disconnect()
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=ASKED_WITHIN)
        return {"status": 200}

    async def _publish(self, encoded: str) -> Reply:
        """Begin a session, unless another sends already."""
        if not program.has_whip():
            return {"status": 501}
        try:
            offer = offers.read(base64.b64decode(encoded, validate=True))
        except binascii.Error:
            return {"status": 400}
        except offers.OfferRefused as refused:
            status, note = FLAWS[refused.flaw]
            await self._note(note)
            return {"status": status, "flaw": refused.flaw}
        if not self.intake.free.is_set() or not self.intake.take(self):
            return {"status": 409}
        answer = ""
        try:
            await self.receiver.stand_aside()
            answer = await self._begin(offer)
        except (OSError, TimeoutError, ValueError) as error:
            log.warning("broadcast: WHIP session not begun", extra={"error_type": type(error).__name__})
        finally:
            if not answer:
                self.disconnect()
                self.intake.leave(self)
        if not answer:
            await self._note(Note.GARBAGE)
            return {"status": 422, "flaw": Flaw.UNSUPPORTED}
        return {"status": 201, "session": self._session, "answer": answer}

    async def _begin(self, offer: str) -> str:
        """Start the process of a session; its answer, empty where it finds none. Raises OSError, ValueError,
        TimeoutError."""
        bind = settings.STREAM_BIND
        given = {"offer": offer, "port": self._port, "addresses": [] if bind in ANY_ADDRESS else [bind]}
        command = (sys.executable, "-I", str(SESSION))
        child = self._child = await children.spawn(command, self.publisher.private, is_fed=True)
        assert child.stdin is not None
        child.stdin.write(json.dumps(given).encode() + b"\n")
        child.stdin.close()
        said = children.lines(child.stderr)
        answer = await asyncio.wait_for(_answer_in(said), ANSWERED_WITHIN)
        if answer:
            self._session = secrets.token_hex(16)
            self._running = asyncio.create_task(self._receive(child))
        return offers.reachable(answer, settings.STREAM_ADDRESSES)

    async def _receive(self, child: Child) -> None:
        """Hand on what the session writes until it ends."""
        reading = asyncio.create_task(_drained(child))
        try:
            assert child.stdout is not None
            while chunk := await child.stdout.read(CHUNK):
                self.intake.give(chunk)
            await child.wait()
        finally:
            self._session = ""
            self.disconnect()
            self.intake.leave(self)
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def _answer_in(said: Any) -> str:
    async for line in said:
        if line.startswith(ANSWER):
            return str(json.loads(line.removeprefix(ANSWER))["answer"])
    return ""


async def _drained(child: Child) -> None:
    """What else it says is read, so that it never waits, and not kept: it may name addresses."""
    async for _line in children.lines(child.stderr):
        pass
