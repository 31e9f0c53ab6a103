"""The peer of `pages`, a file server of the same class: uvicorn with our options, and behind it a table from
path to bytes in memory.

python -m rig.static FOLDER PORT WORKERS      (FOLDER/pages.json names the files and their headers)
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

HELD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}


def _load() -> None:
    folder = Path(os.environ["STATIC_FOLDER"])
    for path, one in json.loads((folder / "pages.json").read_text(encoding="utf-8")).items():
        headers = [(name.encode(), value.encode("latin1")) for name, value in one["headers"]]
        start = {"type": "http.response.start", "status": 200, "headers": headers}
        HELD[path] = (start, {"type": "http.response.body", "body": (folder / one["file"]).read_bytes()})


async def application(scope: Any, receive: Any, send: Any) -> None:
    """The file under the path."""
    if not HELD:
        _load()
    start, body = HELD[scope["path"]]
    await send(start)
    await send(body)


if __name__ == "__main__":
    import uvicorn

    os.environ["STATIC_FOLDER"] = sys.argv[1]
    uvicorn.run(
        "rig.static:application",
        port=int(sys.argv[2]),
        workers=int(sys.argv[3]),
        interface="asgi3",
        lifespan="off",
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        backlog=2048,
        timeout_keep_alive=10,
    )
