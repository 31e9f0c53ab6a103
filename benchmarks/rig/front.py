"""The reverse proxy of an installation in production: takes plain HTTP on its own port and tells the
installation that the connection was secure.

A browser can add that word to what a page asks for, but not to what its tools ask for (robots.txt), so a tool
that judges needs this.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import ClientSession, web

FROM_HERE = {"connection", "content-length", "transfer-encoding", "date", "server"}


@contextmanager
def front(port: int) -> Iterator[int]:
    """Run a proxy in front of the installation on `port`; yields the proxy's port."""
    begun: list[int] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with ClientSession(auto_decompress=False) as session:

            async def hand_on(request: web.Request) -> web.Response:
                headers = {**request.headers, "X-Forwarded-Proto": "https"}
                where = f"http://127.0.0.1:{port}{request.path_qs}"
                body = await request.read()
                async with session.request(
                    request.method, where, headers=headers, data=body or None, allow_redirects=False
                ) as answer:
                    kept = [
                        (name, value)
                        for name, value in answer.headers.items()
                        if name.lower() not in FROM_HERE
                    ]
                    return web.Response(body=await answer.read(), status=answer.status, headers=kept)

            application = web.Application()
            application.router.add_route("*", "/{path:.*}", hand_on)
            runner = web.AppRunner(application, access_log=None)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            begun.append(runner.addresses[0][1])
            ready.set()
            try:
                await asyncio.Event().wait()
            finally:
                await runner.cleanup()

    task = loop.create_task(serve())
    thread = threading.Thread(target=_run, args=(loop, task), daemon=True)
    thread.start()
    if not ready.wait(20):
        raise TimeoutError("the front did not begin")
    try:
        yield begun[0]
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)


def _run(loop: asyncio.AbstractEventLoop, task: "asyncio.Task[None]") -> None:
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError:
        loop.close()
