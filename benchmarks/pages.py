"""Public pages per second of the shipped server, rendered and cached, beside the same bytes
from file servers.

    python benchmarks/pages.py [--seconds 10] [--clients 16] [--turns 3]

The server is the one that ships: `sauga serve --workers 2`, production settings, embedded PostgreSQL, an
installation with the site and the resources of the demo. The pages are those in the sitemap that may be
cached: home page, audience pages, topics, news, explainers, resources (forms of reports, letters and help
may not). “Rendered” is what a browser with a cookie is given: such a request never meets the cached
pages. The peer is a file server of the same class: uvicorn with the same options and number of processes,
giving the same bytes and headers from memory with nothing behind it. Beside it nginx, from the disk,
where it is installed, for the reader's information. Wanted: cached pages at least half as fast as the
peer, no wrong answer.
"""

import argparse
import json
import shutil
import subprocess
from pathlib import Path

from rig.demo_data import GATE, PEOPLE, addresses, seed_demo
from rig.figures import Aims, cpu_seconds, machine, percentile
from rig.installation import Installation, free_port, new_installation, wait_for
from rig.readers import Reading, read
from rig.visitor import Lost, Visitor

WORKERS = 2
NGINX = """
daemon off; pid {folder}/nginx.pid; worker_processes {workers}; error_log stderr error; {user}
events {{ worker_connections 512; }}
http {{ access_log off; default_type text/html; sendfile on; tcp_nopush on; open_file_cache max=500;
  keepalive_requests 1000000;
  server {{ listen 127.0.0.1:{port}; root {folder}/tree; }} }}
"""


def main() -> int:
    """Measure, print, and say by the exit code whether every aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    aims = Aims()
    with new_installation(PEOPLE, **GATE) as installation:
        seed_demo(installation)
        port = installation.serve(WORKERS)
        listed = addresses(port)
        paths = _offered(port, listed)
        size = _lay_out(installation, port, paths)
        others = {
            "peer (uvicorn from memory)": _peer(installation, paths[0]),
            **_nginx(installation, paths[0]),
        }
        print(
            f"{len(paths)} of {len(listed)} pages on the map, {size / 1024:.1f} KiB each, "
            f"{options.clients} readers ({machine()})"
        )
        found = _measure(installation, port, others, paths, options)
        _print(found, aims)
    return aims.verdict()


def _offered(port: int, paths: list[str]) -> list[str]:
    """Those that may stand ready; the others are one person's own (forms of reports, letters, help)."""
    with Visitor(port, headers={"User-Agent": "Mozilla/5.0"}) as visitor:
        return [path for path in paths if b"cache-control: no-cache" in visitor.get(path).head.lower()]


def _lay_out(installation: Installation, port: int, paths: list[str]) -> float:
    """The bytes of every page as files, for the peers; the mean size."""
    told, whole = {}, 0
    with Visitor(port, headers={"User-Agent": "Mozilla/5.0"}) as visitor:
        for number, path in enumerate(paths):
            answer = visitor.get(path)
            headers = [
                line.decode("latin1").split(": ", 1)
                for line in answer.head.split(b"\r\n")[1:]
                if not line.startswith(b"date")
            ]
            told[path] = {"file": f"{number}.html", "headers": headers}
            (installation.folder / f"{number}.html").write_bytes(answer.page)
            leaf = installation.folder / "tree" / path.strip("/") / "index.html"
            leaf.parent.mkdir(parents=True, exist_ok=True)
            leaf.write_bytes(answer.page)
            whole += len(answer.page)
    (installation.folder / "pages.json").write_text(json.dumps(told), encoding="utf-8")
    return whole / len(paths)


def _peer(installation: Installation, path: str) -> int:
    port = free_port()
    installation.start("-m", "rig.static", str(installation.folder), str(port), str(WORKERS))
    wait_for(lambda: _gives(port, path), 30, "the peer")
    return port


def _nginx(installation: Installation, path: str) -> dict[str, int]:
    program, port = shutil.which("nginx"), free_port()
    if program is None:
        return {}
    user = "user root;" if Path.home() == Path("/root") else ""
    settings = installation.folder / "nginx.conf"
    settings.write_text(
        NGINX.format(folder=installation.folder, workers=WORKERS, port=port, user=user), encoding="utf-8"
    )
    installation.children.append(subprocess.Popen([program, "-c", str(settings)], start_new_session=True))
    wait_for(lambda: _gives(port, path), 30, "nginx")
    return {"nginx from the disk": port}


def _gives(port: int, path: str) -> bool:
    try:
        with Visitor(port, patience=5) as visitor:
            return visitor.get(path).status == 200
    except Lost:
        return False


def _measure(
    installation: Installation,
    port: int,
    others: dict[str, int],
    paths: list[str],
    options: argparse.Namespace,
) -> dict[str, list[Reading]]:
    """By turns, so that all meet the same machine, whatever else it does meanwhile."""
    found: dict[str, list[Reading]] = {}
    web = installation.children[0].pid
    for _ in range(options.turns):
        before = cpu_seconds(web)
        found.setdefault("made anew", []).append(
            read(port, paths, options.clients, options.seconds, cookie=True)
        )
        between = cpu_seconds(web)
        _make_ready(port, paths)
        warm = cpu_seconds(web)
        found.setdefault("standing ready", []).append(read(port, paths, options.clients, options.seconds))
        after = cpu_seconds(web)
        spent = [
            1000 * part / found[name][-1].pages
            for name, part in (("made anew", between - before), ("standing ready", after - warm))
        ]
        print(f"  processor time a page: made anew {spent[0]:.2f} ms, standing ready {spent[1]:.3f} ms")
        for name, other in others.items():
            found.setdefault(name, []).append(read(other, paths, options.clients, options.seconds))
    return found


def _make_ready(port: int, paths: list[str]) -> None:
    """Ask on many lines, so that each process has made each page."""
    for _ in range(4 * WORKERS):
        for path in paths:
            with Visitor(port, headers={"User-Agent": "Mozilla/5.0"}) as visitor:
                visitor.get(path)


def _print(found: dict[str, list[Reading]], aims: Aims) -> None:
    rates = {
        name: sum(one.pages for one in runs) / sum(one.whole for one in runs) for name, runs in found.items()
    }
    peer = rates["peer (uvicorn from memory)"]
    for name, runs in found.items():
        times = [second for one in runs for second in one.seconds]
        p50, p95 = (percentile(times, share) * 1000 for share in (0.5, 0.95))
        print(
            f"  {name}: {rates[name]:.0f} pages/s, {rates[name] / peer:.2f} of the peer; p50 {p50:.1f} "
            f"ms, p95 {p95:.1f} ms"
        )
    aims.expect("wrong answers", sum(one.wrong for runs in found.values() for one in runs), most=0)
    aims.expect(
        "pages standing ready, share of the peer", 100 * rates["standing ready"] / peer, least=50, unit=" %"
    )


if __name__ == "__main__":
    raise SystemExit(main())
