"""An attacker at the public site: guesses receipts at a steady pace, and holds connections open by sending
very slowly.

python -m rig.attack PORT GUESSES_A_MINUTE SLOW_SENDERS SECONDS      (prints one line of JSON)
"""

import json
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from rig.visitor import FORM, RETURN, Lost, Visitor

HANDS = 8


def begin_attack(port: int, guesses: int, slow: int, seconds: float) -> "subprocess.Popen[bytes]":
    """Start it in a process of its own; `finish_attack` waits for its end."""
    command = [sys.executable, "-m", "rig.attack", str(port), str(guesses), str(slow), str(seconds)]
    return subprocess.Popen(command, cwd=Path(__file__).resolve().parents[1], stdout=subprocess.PIPE)


def finish_attack(process: "subprocess.Popen[bytes]") -> dict[str, int]:
    """How many answers of each status it got."""
    told: dict[str, int] = json.loads(process.communicate()[0])
    return told


def _guess(port: int, times: list[float], end: float, statuses: Counter[str]) -> None:
    """Try codes at the moments given; a moment that has passed while waiting for an answer is made up for at
    once."""
    from sauga.kernel.sealed.visitors.receipts import Receipt

    with Visitor(port) as visitor:
        for moment in times:
            time.sleep(max(0, moment - time.monotonic()))
            if time.monotonic() > end:
                return
            try:
                statuses[
                    str(visitor.post(RETURN, receipt=Receipt(random.randbytes(11), "lt").code).status)
                ] += 1
            except Lost:
                statuses["lost"] += 1


def _drip(port: int, end: float, statuses: Counter[str]) -> None:
    """Announce a form and send it a letter a second, again and again."""
    head = (
        f"POST {FORM} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nContent-Length: 5000\r\n\r\n"
    ).encode()
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
                line.sendall(head)
                while time.monotonic() < end:
                    line.sendall(b"w")
                    time.sleep(1)
        except OSError:
            statuses["slow sender let go"] += 1


def _main(port: int, guesses: int, slow: int, seconds: float) -> None:
    start, statuses = time.monotonic(), Counter[str]()
    end = start + seconds
    moments = (
        [start + 60 * number / guesses for number in range(int(guesses * seconds / 60))] if guesses else []
    )
    threads = [
        threading.Thread(target=_guess, args=(port, moments[hand::HANDS], end, statuses))
        for hand in range(HANDS)
    ]
    threads += [threading.Thread(target=_drip, args=(port, end, statuses)) for _ in range(slow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(statuses))


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
