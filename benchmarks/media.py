"""Uploads: previews a second beside bare Pillow and pypdfium2 in the same process, ranges of a large file
beside `sendfile`, and the memory of the server while it sends that file.

    PYTHONPATH=src:benchmarks python benchmarks/media.py [--count 40] [--size 200]

Previews: the same photographs and PDFs through the decoding program (a fork with limits for each) and by a
direct call of the same functions, which has no limits and may take the server down. Ranges: our handler under
uvicorn on loopback against a bare server that answers with `os.sendfile`, 1 MB ranges and the whole file, one
client. Memory: the largest resident size of the server's process before and after.
"""

import argparse
import http.client
import io
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rig.figures import Aims, machine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sauga.project.settings.test")
MB = 1024 * 1024
RANGE = MB
LEAST_PREVIEWS, LEAST_RANGES, MOST_GROWTH = 0.6, 0.1, 32.0


def main() -> int:
    """Run all three and return 1 when an aim was missed."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--size", type=int, default=200, help="megabytes of the large file")
    options = parser.parse_args()
    aims = Aims()
    print(machine())
    _previews(options.count, aims)
    _ranges(options.size, aims)
    return aims.verdict()


def _previews(count: int, aims: Aims) -> None:
    from PIL import Image

    from sauga.kernel.media.sandbox import images, pdfs
    from sauga.kernel.media.upload_checks import decoder

    held = io.BytesIO()
    noise = Image.effect_noise((3000, 2000), 60).convert("RGB")
    noise.save(held, "JPEG", quality=88)
    photo, paper = held.getvalue(), _paper(4)
    with tempfile.TemporaryDirectory() as folder:
        for name, content, is_pdf in (("photograph", photo, False), ("PDF of four pages", paper, True)):
            source = Path(folder) / "source"
            source.write_bytes(content)
            job = {**vars(decoder.Limits()), "source": str(source), "target": folder}
            job |= {"widths": list(decoder.WIDTHS), "pages": decoder.MOST_PAGES}
            bare = pdfs.previews if is_pdf else images.previews
            limit = _rate(count, lambda bare=bare, job=job: bare(job))
            ours = _rate(count, lambda content=content, is_pdf=is_pdf: decoder.draw(content, is_pdf=is_pdf))
            print(f"{name}: ours {ours:.1f} files/s, bare in process {limit:.1f}, ratio {ours / limit:.2f}")
            aims.expect(f"previews of a {name}, of the limit", ours / limit, least=LEAST_PREVIEWS)


def _paper(pages: int) -> bytes:
    """A PDF with words on each page."""
    import typst

    text = "#set page(width: 210mm, height: 297mm)\n" + "#pagebreak()\n".join(
        "= Atmintinė\n" + "#lorem(400)\n" for _ in range(pages)
    )
    made: bytes = typst.compile(text.encode())
    return made


def _rate(count: int, work: Callable[[], object]) -> float:
    work()
    begun = time.perf_counter()
    for _ in range(count):
        work()
    return count / (time.perf_counter() - begun)


def _ranges(size: int, aims: Aims) -> None:
    with tempfile.NamedTemporaryFile(suffix=".mp4") as held:
        block = os.urandom(MB)
        for _ in range(size):
            held.write(block)
        held.flush()
        with _ours(held.name) as (port, pid):
            before = _peak(pid)
            ours, whole = _fetched(port, size)
            grown = (_peak(pid) - before) / 1024
        with _bare(held.name) as port:
            limit, whole_limit = _fetched(port, size)
    print(f"1 MB ranges: ours {ours:.0f} MB/s, sendfile {limit:.0f}, ratio {ours / limit:.2f}")
    print(
        f"whole file of {size} MB: ours {whole:.0f} MB/s, sendfile {whole_limit:.0f}, ratio "
        f"{whole / whole_limit:.2f}"
    )
    aims.expect("throughput of ranges, of the limit", ours / limit, least=LEAST_RANGES)
    aims.expect(f"growth of the server's memory over {size} MB", grown, most=MOST_GROWTH, unit=" MB")


def _fetched(port: int, size: int) -> tuple[float, float]:
    """Megabytes a second of random ranges, and of the whole file."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    chosen = random.Random(7)
    begun = time.perf_counter()
    for _ in range(size):
        first = chosen.randrange(size * MB - RANGE)
        link.request("GET", "/film", headers={"Range": f"bytes={first}-{first + RANGE - 1}"})
        answer = link.getresponse()
        assert answer.status == 206 and len(answer.read()) == RANGE
    ranges = size / (time.perf_counter() - begun)
    begun, left = time.perf_counter(), size * MB
    link.request("GET", "/film")
    answer = link.getresponse()
    while piece := answer.read(MB):
        left -= len(piece)
    assert not left
    link.close()
    return ranges, size / (time.perf_counter() - begun)


@contextmanager
def _ours(path: str) -> Iterator[tuple[int, int]]:
    """Our handler and our answer under uvicorn, without the rest of the site."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "rig.media_server:application", "--port", str(port)]
    command += ["--log-level", "warning", "--no-access-log"]
    environ = {**os.environ, "MEDIA_BENCH_FILE": path, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, env=environ) as running:
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield port, running.pid
        finally:
            running.terminate()


@contextmanager
def _bare(path: str) -> Iterator[int]:
    """The least a server can do: read a head, answer with `sendfile`."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            link, _peer = listening.accept()
        except OSError:
            return
        with link, link.makefile("rb") as reading, open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            while head := reading.readline():
                first, last, code = 0, size - 1, "200 OK"
                while (line := reading.readline()) not in {b"\r\n", b""}:
                    if line.lower().startswith(b"range: bytes="):
                        first, last = map(int, line.split(b"=")[1].split(b"-"))
                        code = "206 Partial Content"
                if not head.strip():
                    return
                link.sendall(f"HTTP/1.1 {code}\r\nContent-Length: {last - first + 1}\r\n\r\n".encode())
                while first <= last:
                    first += os.sendfile(link.fileno(), file.fileno(), first, last - first + 1)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def _peak(pid: int) -> int:
    """The largest resident size of a process so far, in KiB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
