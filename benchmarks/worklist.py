"""The worklist and the item page at growing numbers of items, over HTTP with a signed-in analyst
whose vault is open.

    python benchmarks/worklist.py [--sizes 1000,10000,100000,1000000] [--times 40]

Every address shown is really opened. The limit of the same run is a page of the desk that lists nothing.
Wanted: p95 under 200 ms at the largest size, and flat: ten times as many items make no page's median more
than half as slow again.
"""

import argparse
import os
import re
import time
from urllib.parse import quote

from rig.bulk_data import grow, make_real
from rig.desk import Desk
from rig.figures import Aims, machine, percentile
from rig.installation import ANALYST, Installation, new_installation

LINK = re.compile(rb"/desk/hotline/items/([0-9A-Z-]{9})/")
LIST = "/desk/hotline/"
PAGES = {
    "an empty page of the desk": "/desk/me/",
    "to assess, first page": f"{LIST}?view=assess",
    "to assess, narrowed": f"{LIST}?view=assess&priority=P3&category=HATE",
    "followed": f"{LIST}?view=followed",
    "second review": f"{LIST}?view=review",
    "everything, first page": f"{LIST}?view=all",
    "everything, one category": f"{LIST}?view=all&category=GROOMING",
    "everything, rare": f"{LIST}?view=all&category=MINORS_OTHER&priority=P1",
    "everything, rare hosting": f"{LIST}?view=all&hosting=ONION",
    "everything, nothing found": f"{LIST}?view=all&hosting=ONION&category=MINORS_OTHER&priority=P5",
}


def main() -> int:
    """Measure at every size; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--times", type=int, default=40, help="requests for each page")
    options = parser.parse_args()
    sizes, figures = [int(size) for size in options.sizes.split(",")], {}
    with new_installation() as installation:
        os.environ.update(
            {name: value for name, value in installation.environ.items() if name.startswith("SAUGA_")}
        )
        from sauga.project import cli

        cli.prepare()
        desk, held = Desk(installation.serve(1), installation.accounts()[ANALYST]), 0
        for size in sizes:
            start = time.monotonic()
            with installation.connect() as connection:
                grow(connection, held + 1, size)
            held = size
            print(f"{size} items, made in {time.monotonic() - start:.0f} s ({machine()})", flush=True)
            figures[size] = _measure(installation, desk, options.times)
        desk.close()
    return _judge(figures)


def _measure(installation: Installation, desk: Desk, times: int) -> dict[str, tuple[float, float]]:
    """p50 and p95 in milliseconds for each page."""
    desk.close()  # the server lets go of a line that is silent for ten seconds
    told = {}
    for name, path in {**PAGES, **_more(installation, desk)}.items():
        page = desk.get(path)
        assert page.status == 200, (path, page.status)
        refs = {ref.decode() for ref in LINK.findall(page.page)}
        make_real(refs)
        shown = desk.get(path).page.count(b".example")
        assert shown >= len(refs) or "/items/" in path, f"{path} shows {shown} addresses of {len(refs)}"
        took = []
        for _ in range(times):
            start = time.perf_counter()
            desk.get(path)
            took.append((time.perf_counter() - start) * 1000)
        half, most = told[name] = percentile(took, 0.5), percentile(took, 0.95)
        print(f"  {name:28} {len(refs):3} rows  p50 {half:6.1f} ms  p95 {most:6.1f} ms", flush=True)
    return told


def _more(installation: Installation, desk: Desk) -> dict[str, str]:
    """Pages whose address depends on what is there: deep in the list, one item, finding."""
    with installation.connect() as connection:
        last = "SELECT priority, due_at, id, ref FROM hotline_contentitem ORDER BY priority, due_at, id"
        half = connection.execute(
            f"{last} OFFSET (SELECT count(*) / 2 FROM hotline_contentitem) LIMIT 1"
        ).fetchone()
        waiting = connection.execute(
            "SELECT priority, due_at, id, ref FROM hotline_contentitem WHERE handling = 'AWAITING_ASSESSMENT'"
            " ORDER BY priority DESC, due_at DESC, id DESC OFFSET 5 LIMIT 1"
        ).fetchone()
        report = connection.execute("SELECT ref FROM hotline_report ORDER BY id DESC LIMIT 1").fetchone()[0]
    make_real([half[3]])

    def after(place: tuple[str, object, int, str]) -> str:
        return quote(f"{place[0]}|{place[1].isoformat()}|{place[2]}", safe="")  # type: ignore[attr-defined]  a moment

    return {
        "everything, half way down": f"{LIST}?view=all&after={after(half)}",
        "to assess, near its end": f"{LIST}?view=assess&after={after(waiting)}",
        "find a number": f"{LIST}?find={half[3]}",
        "find a report's number": f"{LIST}?find={report}",
        "find a host": f"{LIST}?find=pavyzdys{half[2]}.example",
        "an item": f"{LIST}items/{half[3]}/",
    }


def _judge(figures: dict[int, dict[str, tuple[float, float]]]) -> int:
    aims, before, large = Aims(), sorted(figures)[-2:][0], max(figures)
    empty = figures[large]["an empty page of the desk"][0]
    print(f"at {large} items, beside {before} and beside a page that lists nothing (p50 {empty:.1f} ms):")
    for name, (half, most) in figures[large].items():
        aims.expect(f"p95 of “{name}” ({half / empty:.1f} × the empty page)", most, most=200, unit=" ms")
        aims.expect(f"growth of “{name}”", half / figures[before][name][0], most=1.5, unit=" times")
    return aims.verdict()


if __name__ == "__main__":
    raise SystemExit(main())
