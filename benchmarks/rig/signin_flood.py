"""Somebody who posts random addresses to the sign-in over many connections, as fast as each is answered.

python -m rig.signin_flood PORT CONNECTIONS SECONDS      (prints one line of JSON)
"""

import json
import secrets
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from rig.desk import COOKIE, GUARD
from rig.visitor import Lost, Visitor

SIGNIN = "/desk/signin/"


def begin_flood(port: int, connections: int, seconds: float) -> "subprocess.Popen[bytes]":
    """Start it in a process of its own; `finish_flood` waits for its end."""
    command = [sys.executable, "-m", "rig.signin_flood", str(port), str(connections), str(seconds)]
    return subprocess.Popen(command, cwd=Path(__file__).resolve().parents[1], stdout=subprocess.PIPE)


def finish_flood(process: "subprocess.Popen[bytes]") -> dict[str, int]:
    """How many answers of each status it got."""
    statuses: dict[str, int] = json.loads(process.communicate()[0])
    return statuses


def _post(port: int, end: float, statuses: Counter[str]) -> None:
    with Visitor(port) as visitor:
        page = visitor.get(SIGNIN)
        cookies = "; ".join(f"{name.decode()}={value.decode()}" for name, value in COOKIE.findall(page.head))
        guard = GUARD.search(page.page)
        visitor.say({"Referer": "https://localhost/desk/signin/", "Cookie": cookies})
        while guard and time.monotonic() < end:
            fields = {
                "email": f"{secrets.token_hex(6)}@partner.example",
                "password": secrets.token_hex(12),
                "code": "",
            }
            try:
                statuses[
                    str(visitor.post(SIGNIN, csrfmiddlewaretoken=guard[1].decode(), **fields).status)
                ] += 1
            except Lost:
                statuses["lost"] += 1


def _main(port: int, connections: int, seconds: float) -> None:
    end, statuses = time.monotonic() + seconds, Counter[str]()
    threads = [threading.Thread(target=_post, args=(port, end, statuses)) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(statuses))


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
