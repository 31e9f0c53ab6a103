"""Web and job processes that restart within a moment after they were killed: forked from one that has
loaded everything.

    python -m rig.prefork PORT WEBS FILE      (FILE always lists the living: “web PID” or “work PID” a line)

What the children run is what ships: the same ASGI application under uvicorn, the same worker. Only the
waiting for Python to start is spared, so that a hundred kills take a minute.
"""

import asyncio
import os
import signal
import socket
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path


def main(port: int, webs: int, file: Path) -> None:
    """Keep `webs` web processes and one job worker alive until told to stop."""
    from sauga.project.cli import prepare_settings

    prepare_settings()
    import uvicorn

    from sauga.project.asgi import application
    from sauga.project.commands import work

    listener = socket.create_server(("127.0.0.1", port), backlog=2048)

    def web() -> None:
        options = {
            "interface": "asgi3",
            "lifespan": "off",
            "ws": "none",
            "access_log": False,
            "log_config": None,
            "server_header": False,
        }
        uvicorn.Server(uvicorn.Config(application, **options)).run(sockets=[listener])

    def job() -> None:
        # Procrastinate's own application for workers, as `sauga work` makes it.
        asyncio.run(work._work(Namespace(queues="", concurrency=4, once=False)))

    living: dict[int, str] = {}
    signal.signal(signal.SIGTERM, lambda *_: _end(living))
    while True:
        for kind, begin, wanted in (("web", web, webs), ("work", job, 1)):
            for _ in range(wanted - list(living.values()).count(kind)):
                living[_fork(begin)] = kind
        draft = file.with_suffix(".new")
        draft.write_text("".join(f"{kind} {pid}\n" for pid, kind in living.items()), encoding="ascii")
        draft.replace(file)
        pid, _ = os.wait()
        living.pop(pid, None)


def _fork(begin: Callable[[], None]) -> int:
    pid = os.fork()
    if pid:
        return pid
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        begin()
    finally:
        os._exit(1)


def _end(living: dict[int, str]) -> None:
    for pid in living:
        os.kill(pid, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
