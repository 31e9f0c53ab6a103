"""One stream of server-sent events: what it sends, how often, and what it costs while idle (no thread, no
database connection)."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

from asgiref.sync import SyncToAsync, sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from sauga.kernel.live.channels import check_name
from sauga.kernel.live.hub import hub
from sauga.kernel.live.signals import LONGEST_POSITION

KEEP_ALIVE = 15.0
LONGEST_LIFE = 300.0  # then the page comes again and its rights are asked again
RETRY_MS = 1000
MOST_CHANNELS = 24
MOST_STREAMS = 5000


def stream(request: HttpRequest, channels: Iterable[str]) -> HttpResponseBase:
    """Answer with a stream of the channels. The caller has asked whether the visitor may listen. Needs an
    ASGI server.

    The page gets one event at the start (“ask for everything after your position”) and one after each signal.
    Resume: `Last-Event-ID`, or `?after=` beside a single channel, names the positions held. Raises
    ChannelNameRefused.
    """
    names = list(dict.fromkeys(check_name(name) for name in channels))
    if not names or len(names) > MOST_CHANNELS:
        return HttpResponse(status=400)
    response = StreamingHttpResponse(events(_positions(request, names)), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _positions(request: HttpRequest, names: list[str]) -> dict[str, str]:
    held = dict.fromkeys(names, "")
    if len(names) == 1:
        held[names[0]] = request.GET.get("after", "")[:LONGEST_POSITION]
    last = request.headers.get("Last-Event-ID", "")
    if last.count("&") < MOST_CHANNELS:
        held |= {
            name: position[:LONGEST_POSITION] for name, position in parse_qsl(last[:4000]) if name in held
        }
    return held


async def events(positions: Mapping[str, str]) -> AsyncIterator[bytes]:
    """The bytes of one stream, ending after `LONGEST_LIFE` give or take, or when the process shuts down."""
    await _release_thread()
    centre = hub()
    if centre.count >= MOST_STREAMS:
        yield b"retry: 30000\n\n"
        return
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST_LIFE * random.uniform(0.8, 1.2)  # noqa: S311  spreads reconnects, guards nothing
    with centre.reader(positions) as reader:
        yield f"retry: {RETRY_MS}\n\n".encode()
        if centre.listening.is_set():
            # otherwise the hub does, as soon as it listens: never before, or news in between would be lost
            reader.notify_all()
        while not reader.ended and loop.time() < end:
            try:
                async with asyncio.timeout(KEEP_ALIVE):
                    await reader.wake.wait()
            except TimeoutError:
                yield b":\n\n"
                continue
            for channel, after in reader.take().items():
                yield frame(channel, after, reader.positions)


def frame(channel: str, after: str, positions: Mapping[str, str]) -> bytes:
    """One event.

    Its id names every position of the stream, so that a reconnect resumes all channels at once.
    """
    held = urlencode({name: position for name, position in positions.items() if position})
    data = json.dumps({"channel": channel, "after": after}, separators=(",", ":"))
    return f"{f'id: {held}\n' if held else ''}data: {data}\n\n".encode()


async def _release_thread() -> None:
    """Give back what the request's view used: its database connection and its thread, which Django would keep
    until the stream ends."""
    context = SyncToAsync.thread_sensitive_context.get(None)
    if context is None or context not in SyncToAsync.context_to_thread_executor:
        return
    await sync_to_async(connections.close_all, thread_sensitive=True)()
    executor = SyncToAsync.context_to_thread_executor.pop(context)
    executor.shutdown(wait=False)
