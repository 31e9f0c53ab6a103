"""The address at which encoders send a broadcast over WHIP (RFC 9725): an ASGI application without Django
that hands requests to the worker which runs the broadcast, and its answers back.

Media never comes this way. The token is compared there; here is refused what is no such request.
"""

import asyncio
import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sauga.training.streaming.queries import program
from sauga.training.streaming.rules.offers import LARGEST
from sauga.training.streaming.views.origin import COMMON, App, Headers, Message, Receive, Send

PREFIX = "/whip/"
PATH = re.compile(r"/whip/([a-z0-9-]{4,16})(?:/([0-9a-f]{32}))?/?")
BEARER = re.compile(rb"bearer +([A-Za-z0-9._~+/-]{1,200}=*)", re.IGNORECASE)
SDP = b"application/sdp"
PATIENCE = 30.0
BODY_WITHIN = 10.0
WORDS = {
    400: "This is no SDP offer.",
    401: "The bearer token is missing or wrong.",
    403: "Not from pages of other sites.",
    404: "No such broadcast is open.",
    405: "Not with this method.",
    408: "The offer did not come.",
    409: "Somebody sends already.",
    413: "The offer is too large.",
    415: "Send an offer as application/sdp.",
    422: "This offer cannot be served: one picture in H.264 or VP8 and one sound in Opus, bundled.",
    501: "The server has no WebRTC: an operator installs sauga[live].",
    503: "The worker does not answer. Try again.",
}


@dataclass
class Whip:
    """ASGI application around the others."""

    app: App

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        status, more, body = await _answered(scope, receive)
        headers: Headers = [(b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": [*headers, *more, *COMMON]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


type Answer = tuple[int, Headers, bytes]


class Refused(Exception):
    """An answer that needs no worker."""

    def __init__(self, status: int, *more: tuple[bytes, bytes]) -> None:
        super().__init__(status)
        self.answer = _refused(status, *more)


async def _answered(scope: Message, receive: Receive) -> Answer:
    try:
        ref, session = _place(scope)
        if scope["method"] == "OPTIONS":
            return 204, [(b"allow", _allowed(session)), (b"accept-post", SDP)], b""
        headers = dict(scope["headers"])
        token = BEARER.fullmatch(headers.get(b"authorization", b"").strip())
        if token is None:
            raise Refused(401)
        offer = b"" if session else await _offer(headers, receive)
    except Refused as refused:
        return refused.answer
    asked = {"token": token[1].decode(), "session": session, "offer": base64.b64encode(offer).decode()}
    return _of(await _asked(ref, asked), ref)


def _allowed(session: str) -> bytes:
    return b"DELETE, OPTIONS" if session else b"POST, OPTIONS"


def _place(scope: Message) -> tuple[str, str]:
    """Which broadcast, and which session of it if any. Raises Refused."""
    found = PATH.fullmatch(scope["path"])
    if found is None:
        raise Refused(404)
    session = found[2] or ""
    if dict(scope["headers"]).get(b"sec-fetch-site", b"none") not in {b"same-origin", b"none"}:
        raise Refused(403)
    if scope["method"].encode() not in _allowed(session).split(b", "):
        raise Refused(405, (b"allow", _allowed(session)))
    return found[1], session


async def _offer(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    """The body. Raises Refused."""
    if headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != SDP:
        raise Refused(415, (b"accept-post", SDP))
    try:
        offer = await asyncio.wait_for(_body(receive), BODY_WITHIN)
    except TimeoutError:
        raise Refused(408) from None
    if len(offer) > LARGEST:
        raise Refused(413)
    return offer


def _of(reply: Mapping[str, Any], ref: str) -> Answer:
    """What the worker says, as an answer to the encoder."""
    status = int(reply["status"])
    if status == 201:
        place = f"{PREFIX}{ref}/{reply['session']}".encode()
        return 201, [(b"content-type", SDP), (b"location", place)], str(reply["answer"]).encode()
    if status == 200:
        return 200, [], b""
    return _refused(status, *([(b"retry-after", b"2")] if status == 503 else []))


def _refused(status: int, *more: tuple[bytes, bytes]) -> Answer:
    challenge: Headers = [(b"www-authenticate", b'Bearer realm="whip"')] if status == 401 else []
    text = WORDS.get(status, "Refused.").encode()
    return status, [(b"content-type", b"text/plain; charset=utf-8"), *challenge, *more], text


async def _body(receive: Receive) -> bytes:
    """The offer; no more than one byte too many is kept."""
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        body = (body + message.get("body", b""))[: LARGEST + 1]
        if not message.get("more_body") or len(body) > LARGEST:
            return body


async def _asked(ref: str, asked: Mapping[str, str]) -> Mapping[str, Any]:
    """What the worker says; 404 where none runs this broadcast, 503 where it does not answer."""
    try:
        with program.whip_socket(ref) as path:
            reader, writer = await asyncio.open_unix_connection(path, limit=4 * LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return {"status": 404}
    except OSError:
        return {"status": 503}
    try:
        writer.write(json.dumps(asked).encode() + b"\n")
        await writer.drain()
        line = await asyncio.wait_for(reader.readline(), PATIENCE)
        found: Mapping[str, Any] = json.loads(line)
    except (OSError, ValueError, TimeoutError):
        return {"status": 503}
    finally:
        writer.close()
    return found
