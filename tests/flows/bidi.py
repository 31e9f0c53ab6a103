"""Firefox with a relay before its WebDriver BiDi: `bidi.py FIREFOX ARGUMENT…` starts it and passes
every message on.

Playwright asks each new page for a colour scheme by a command that Firefox ESR 153 does not know, and gives
up at the refusal. The relay answers such commands itself, as done; whoever uses it sets these things by
preferences of Firefox (`firefox.py`).
"""

import asyncio
import json
import re
import sys

from aiohttp import ClientSession, web

ANSWERED_HERE = {"emulation.setMediaFeaturesOverride"}
LISTENING = re.compile(r"(WebDriver BiDi listening on )(ws://\S+)")
LONGEST_LINE = 2**20


async def run(command: list[str]) -> int:
    """Start Firefox, say where the relay listens in Firefox's words, and wait for the end of Firefox."""
    firefox = await asyncio.create_subprocess_exec(
        *command, stderr=asyncio.subprocess.PIPE, limit=LONGEST_LINE
    )
    assert firefox.stderr
    runner = None
    async for line in firefox.stderr:
        found = LISTENING.search(text := line.decode(errors="replace"))
        if found and runner is None:
            runner, port = await _listen(found[2])
            text = f"{found[1]}ws://127.0.0.1:{port}\n"
        print(text, end="", file=sys.stderr, flush=True)
    code = await firefox.wait()
    if runner:
        await runner.cleanup()
    return code


async def _listen(firefox: str) -> tuple[web.AppRunner, int]:
    """A server on a free port of loopback that leads to this address of Firefox."""

    async def session(request: web.Request) -> web.WebSocketResponse:
        client = web.WebSocketResponse(max_msg_size=0)
        await client.prepare(request)
        async with (
            ClientSession() as opened,
            opened.ws_connect(firefox + request.path, max_msg_size=0) as browser,
        ):

            async def ask() -> None:
                async for message in client:
                    asked = json.loads(message.data)
                    if asked["method"] in ANSWERED_HERE:
                        await client.send_json({"type": "success", "id": asked["id"], "result": {}})
                    else:
                        await browser.send_str(message.data)

            async def answer() -> None:
                async for message in browser:
                    await client.send_str(message.data)

            both = {asyncio.create_task(ask()), asyncio.create_task(answer())}
            _, open_still = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for one in open_still:
                one.cancel()
        return client

    application = web.Application()
    application.router.add_get("/session", session)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, runner.addresses[0][1]


if __name__ == "__main__":
    raise SystemExit(asyncio.run(run(sys.argv[1:])))
