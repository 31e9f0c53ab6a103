"""`python -m sauga.world --data DIR`: run the synthetic internet until told to stop."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from sauga.world.internet import World


def main(arguments: list[str] | None = None) -> int:
    """Start, say where the link file is, wait for Ctrl-C or SIGTERM, stop."""
    parser = argparse.ArgumentParser(
        prog="python -m sauga.world", description="A small synthetic internet on loopback."
    )
    parser.add_argument("--data", type=Path, required=True, help="data folder; mail goes to DATA/demo/mail")
    parser.add_argument(
        "--pace", type=float, default=1.0, help="seconds of the world's time in a real second"
    )
    parser.add_argument(
        "--inbound", type=int, default=0, help="port at which the house takes delivery reports"
    )
    given = parser.parse_args(arguments)
    asyncio.run(_run(World(given.data, pace=given.pace, inbound=given.inbound)))
    return 0


async def _run(world: World) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await world.start()
    sys.stdout.write(f"SAUGA_WORLD={world.file.resolve()}\n")
    sys.stdout.flush()
    try:
        await stop.wait()
    finally:
        await world.stop()


if __name__ == "__main__":
    sys.exit(main())
