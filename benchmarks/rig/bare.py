"""The least a chat can be: store a line, notify, stream. No sealing, no rights, no resume. The limit beside
which ours is measured.

python -m rig.bare PORT WORKERS      (DATABASE_URL names the database; makes its own table)
"""

import asyncio
import contextlib
import json
import os
import sys
from typing import Any
from urllib.parse import parse_qs

import psycopg
from psycopg_pool import AsyncConnectionPool

URL = os.environ.get("DATABASE_URL", "")
TABLE = (
    "CREATE TABLE IF NOT EXISTS bare_line (talk text, number bigint GENERATED ALWAYS AS IDENTITY, who "
    "text, body text)"
)
STORE = """
    WITH line AS (INSERT INTO bare_line (talk, who, body) VALUES (%s, %s, %s) RETURNING number)
    SELECT number, pg_notify('bare', json_build_array(%s::text, number, %s::text)::text) FROM line
"""
HEAD = [(b"content-type", b"text/event-stream")]
_queues: dict[str, set[asyncio.Queue[bytes]]] = {}
_held: list[Any] = []


async def _listen() -> None:
    async with await psycopg.AsyncConnection.connect(URL, autocommit=True) as connection:
        await connection.execute("LISTEN bare")
        async for notice in connection.notifies():
            talk, number, body = json.loads(notice.payload)
            frame = (
                f"id: {number}\nevent: said\ndata: {json.dumps({'number': number, 'text': body})}\n\n"
            ).encode()
            for queue in _queues.get(talk, ()):
                queue.put_nowait(frame)


async def _pool() -> AsyncConnectionPool[Any]:
    if not _held:
        pool: AsyncConnectionPool[Any] = AsyncConnectionPool(
            URL, min_size=4, max_size=8, open=False, kwargs={"autocommit": True}
        )
        _held.extend([pool, asyncio.create_task(_listen())])
        await pool.open(wait=True)
    pool = _held[0]
    return pool


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """/TALK/SIDE/say and /TALK/SIDE/stream."""
    pool = await _pool()
    _, talk, side, what = scope["path"].split("/")
    if what == "stream":
        await _stream(talk, receive, send)
        return
    body = b""
    while True:
        part = await receive()
        body += part.get("body", b"")
        if not part.get("more_body"):
            break
    text = parse_qs(body.decode())["text"][0]
    async with pool.connection() as connection:
        row = await (await connection.execute(STORE, [talk, side, text, talk, text])).fetchone()
    answer = json.dumps({"number": row[0]}).encode()
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-length", str(len(answer)).encode())],
        }
    )
    await send({"type": "http.response.body", "body": answer})


async def _stream(talk: str, receive: Any, send: Any) -> None:
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    _queues.setdefault(talk, set()).add(queue)
    await send({"type": "http.response.start", "status": 200, "headers": HEAD})
    await send({"type": "http.response.body", "body": b"retry: 500\n\n", "more_body": True})
    leaving = asyncio.create_task(receive())
    leaving.add_done_callback(lambda _: asyncio.create_task(_gone(leaving, receive, queue)))
    try:
        while frame := await queue.get():
            await send({"type": "http.response.body", "body": frame, "more_body": True})
    finally:
        leaving.cancel()
        _queues[talk].discard(queue)


async def _gone(task: "asyncio.Task[Any]", receive: Any, queue: asyncio.Queue[bytes]) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        if task.result()["type"] != "http.disconnect":
            await receive()
        queue.put_nowait(b"")


if __name__ == "__main__":
    from sauga.project.processes import listening_sockets

    with psycopg.connect(URL, autocommit=True) as made:
        made.execute(TABLE)
    port, workers = int(sys.argv[1]), int(sys.argv[2])
    listening_sockets.serve(
        "rig.bare:app",
        host="127.0.0.1",
        port=port,
        workers=workers,
        access_log=False,
        log_level="warning",
        lifespan="off",
    )
