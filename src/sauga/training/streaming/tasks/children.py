"""ffmpeg as a child process: started with limits, read line by line, ended first by asking."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

LAUNCH = Path(__file__).with_name("launch.py")
PATIENCE = 5.0
PIPE, DEVNULL = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL

type Child = asyncio.subprocess.Process


async def spawn(command: Sequence[str], folder: Path, *, is_fed: bool = False) -> Child:
    """Start it in `folder`, in a group of its own, with nothing of our environment. It ends with this
    process. Raises OSError."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(LAUNCH), str(os.getpid()), *command),
        stdin=PIPE if is_fed else DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
        cwd=folder,
        start_new_session=True,
    )


async def end(child: Child) -> None:
    """End a child: first asked, so that it completes its last segment, then by force."""
    if child.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        child.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(asyncio.shield(asyncio.ensure_future(child.wait())), PATIENCE)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def lines(stream: asyncio.StreamReader | None) -> AsyncIterator[str]:
    """What it writes, line by line to the end; a line that is longer than anybody writes is left out."""
    while stream is not None:
        try:
            found = await stream.readline()
        except ValueError:
            continue
        if not found:
            return
        yield found.decode("utf-8", "replace").rstrip()
