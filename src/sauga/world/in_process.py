"""A world in a thread of its own, for tests and benchmarks that run beside it in the same process."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sauga.kernel.outbound import link
from sauga.world.internet import World


@contextmanager
def running(data: Path, *, pace: float = 1.0, inbound: int = 0) -> Iterator[World]:
    """Start a world, and stop it afterwards.

    Use its `sites`, `clock` and `agents` from any thread; they only hold plain values.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="world", daemon=True)
    thread.start()
    world = World(data, pace=pace, inbound=inbound)
    asyncio.run_coroutine_threadsafe(world.start(), loop).result(20)
    try:
        yield world
    finally:
        asyncio.run_coroutine_threadsafe(world.stop(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@contextmanager
def attached(world: World) -> Iterator[World]:
    """Let this process's outgoing connections go to this world; it starts with nothing programmed."""
    asyncio.run_coroutine_threadsafe(world.agents.stop(), world.loop).result(10)
    world.reset()
    link.attach(world.file)
    try:
        yield world
    finally:
        link.attach(None)
