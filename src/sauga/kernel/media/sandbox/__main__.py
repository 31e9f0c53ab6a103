"""Reads jobs, one JSON line each, and runs each in a fork of its own with limits; answers one JSON line each.

The parent process has the libraries loaded and never looks at a file, so a fork costs a few milliseconds and
no job can touch the next one. It ends when its standard input closes.
"""

import json
import os
import select
import signal
import sys
import time
from contextlib import suppress
from typing import Any

from sauga.kernel.media.sandbox import images, limits, pdfs
from sauga.kernel.media.sandbox.refusal import Refused

JOBS = {
    "image": images.clean,
    "image_previews": images.previews,
    "pdf": pdfs.check,
    "pdf_previews": pdfs.previews,
}
LONGEST_ANSWER = 64 * 1024


def main() -> None:
    """Serve jobs until the input ends."""
    answers = os.dup(1)
    os.dup2(2, 1)  # a library that prints does not disturb the protocol
    for line in sys.stdin.buffer:
        os.write(answers, run(json.loads(line)).replace(b"\n", b" ") + b"\n")


def run(job: dict[str, Any]) -> bytes:
    """The answer to one job as JSON: what its function returned, or `refused` with a code. It comes from a
    process that has read a stranger's file, so it is passed on unread."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _work(job, writing)
    os.close(writing)
    try:
        answer = _collected(reading, time.monotonic() + job["seconds"])
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
    if answer:
        return answer
    late = answer is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU)
    return b'{"refused": "slow"}' if late else b'{"refused": "damaged"}'


def _collected(reading: int, until: float) -> bytes | None:
    """What the child writes until it closes its end; None when time is up."""
    parts: list[bytes] = []
    while (left := until - time.monotonic()) > 0:
        if not select.select([reading], [], [], left)[0]:
            break
        part = os.read(reading, LONGEST_ANSWER)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None


def _work(job: dict[str, Any], writing: int) -> None:
    """The forked process: set the limits, do the job, write the answer, end. Never returns."""
    status = 1
    try:
        limits.apply(job)
        try:
            answer = JOBS[job["do"]](job)
        except Refused as refused:
            answer = {"refused": refused.why}
        except MemoryError:
            answer = {"refused": "memory"}
        except Exception as fault:
            answer = {"refused": "damaged", "fault": type(fault).__name__}
        os.write(writing, json.dumps(answer).encode()[:LONGEST_ANSWER])
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
