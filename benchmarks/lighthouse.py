"""Lighthouse of each kind of public page: performance, accessibility, best practice, search engines; and what
a page weighs with its fonts.

    python benchmarks/lighthouse.py [--only istekliai] [--least 95]

The server is the one that ships (`sauga serve`, production settings), with the demo's site and resources; the
form is Lighthouse's own, a middling phone on a slow network, simulated: times are computed from what each
request and task took unthrottled, so that other work on the machine disturbs them less than times measured.
The tool comes from tools/node by npm, the browser is the one of the tests. Pages that no search engine should
keep (`rig/page_kinds.py` says why) are not marked down for saying so. Wanted: 95 in each of the four and less
than 100 KB with fonts, for all. When the first words are painted on a worse line is measured by
first_paint.py.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from rig.chrome import chrome
from rig.demo_data import GATE, PEOPLE, seed_demo
from rig.figures import Aims, machine
from rig.front import front
from rig.installation import new_installation
from rig.page_kinds import PageKind, page_kinds

ROOT = Path(__file__).resolve().parents[1]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MOST_BYTES = 100 * 1000
TURNS = 3
"""Now and then the browser's trace comes without its beginning, and Lighthouse asks to be run again."""


@dataclass(frozen=True)
class Seen:
    """What Lighthouse says of a page: a score of 0–100 by category, the bytes that came over the line, and
    the audits that cost points."""

    scores: dict[str, int]
    bytes: int
    lost: list[str]


def main() -> int:
    """Measure, print, and say by the exit code whether every aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="", help="pages whose kind, language or address contains this")
    parser.add_argument("--least", type=int, default=95)
    options = parser.parse_args()
    command, browser = _tool(), chrome()
    aims = Aims()
    with new_installation(PEOPLE, **GATE) as installation:
        seed_demo(installation)
        kinds = page_kinds(installation, only=options.only)
        print(f"{len(kinds)} kinds of page ({machine()})\n  perf acc  best seo    KB")
        with front(installation.serve(1)) as port:
            for one in kinds:
                _judge(one, _look(command, browser, port, one), aims, options.least)
    return aims.verdict()


def _judge(page: PageKind, seen: Seen, aims: Aims, least: int) -> None:
    scores = " ".join(f"{seen.scores[name]:>4}" for name in CATEGORIES)
    exempt = f" (not for search engines: {page.unlisted})" if page.unlisted else ""
    print(f"  {scores} {seen.bytes / 1000:>5.1f}  {page.path}  {page.kind}{exempt}", flush=True)
    for name in CATEGORIES:
        if seen.scores[name] < least:
            aims.expect(f"{name} of {page.path}", seen.scores[name], least=least)
            print("    " + "\n    ".join(seen.lost))
    if seen.bytes >= MOST_BYTES:
        aims.expect(f"weight of {page.path}", seen.bytes / 1000, most=MOST_BYTES / 1000, unit=" KB")


def _tool() -> list[str]:
    sys.path.insert(0, str(ROOT / "tools"))
    import nodetools

    folder = nodetools.find(nodetools.ALL) or nodetools.bring(nodetools.ALL)
    node = shutil.which("node")
    if folder is None or node is None:
        raise SystemExit("Lighthouse could not be brought: npm is needed (see above).")
    return [node, str(folder / "lighthouse" / "cli" / "index.js")]


def _look(command: list[str], browser: str, port: int, page: PageKind) -> Seen:
    flags = "--headless=new --disable-dev-shm-usage" + (" --no-sandbox" if os.geteuid() == 0 else "")
    given = [f"http://localhost:{port}{page.path}", "--output=json", "--quiet", f"--chrome-flags={flags}"]
    given += [f"--only-categories={','.join(CATEGORIES)}", "--max-wait-for-load=30000"]
    given += ["--skip-audits=is-crawlable"] if page.unlisted else []
    for _ in range(TURNS):
        done = subprocess.run(
            [*command, *given],
            env={**os.environ, "CHROME_PATH": browser},
            capture_output=True,
            text=True,
            check=False,
        )
        if not done.returncode:
            break
    else:
        raise SystemExit(f"Lighthouse failed on {page.path}: {done.stderr[-600:]}")
    said = json.loads(done.stdout)
    scores = {name: round(100 * (said["categories"][name]["score"] or 0)) for name in CATEGORIES}
    weighed = {
        ref["id"] for name in CATEGORIES for ref in said["categories"][name]["auditRefs"] if ref["weight"]
    }
    lost = [
        f"{name}: {audit['title']} {audit.get('displayValue', '')} {audit.get('errorMessage', '')}"
        for name, audit in said["audits"].items()
        if name in weighed
        and (audit["scoreDisplayMode"] == "error" or (audit["score"] is not None and audit["score"] < 0.9))
    ]
    rows = said["audits"]["network-requests"]["details"]["items"]
    return Seen(scores, sum(row["transferSize"] for row in rows), lost)


if __name__ == "__main__":
    raise SystemExit(main())
