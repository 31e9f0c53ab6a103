"""Lighthouse of each kind of public page: performance, accessibility, best practice, search engines; and what
a page weighs with its fonts.

    python benchmarks/lighthouse.py [--only istekliai] [--least 95]

The server is the one that ships (`sauga serve`, production settings), with the demo's site and resources; the
form is Lighthouse's own, a middling phone on a slow network, simulated. The tool comes from tools/node by
npm, the browser is the one of the tests. Pages that no search engine should keep are not marked down for
saying so. Wanted: 95 in each of the four and less than 100 KB with fonts, for all.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from rig.demo_data import GATE, PEOPLE, seed_demo
from rig.figures import Aims, machine
from rig.front import front
from rig.installation import Installation, new_installation

ROOT = Path(__file__).resolve().parents[1]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MOST_BYTES = 100 * 1000
TURNS = 3
"""Now and then the browser's trace comes without its beginning, and Lighthouse asks to be run again."""
UNLISTED = {"lt/paieska/"}
"""Pages that tell search engines to leave them alone."""
PAGES = (
    *(
        "lt/",
        "en/",
        "lt/vaikams/",
        "lt/patycios/",
        "lt/kas-yra-patycios/",
        "lt/naujienos/",
        "lt/saugesnio-interneto-diena/",
        "lt/partneriai/",
    ),
    *(
        "lt/istekliai/",
        "lt/istekliai/patycios-pamoka/",
        "en/resources/cyberbullying-toolkit/",
        "lt/istekliai/patycios-pamoka/panaudota/",
    ),
    *(
        "lt/istekliai/rinkiniai/saugesnio-interneto-diena-2027/",
        "lt/paieska/",
        "lt/privatumas/",
        "lt/prieinamumas/",
    ),
    *(
        "lt/prieinamumas/atsiliepimas/",
        "lt/statistika/",
        "lt/pagalba/",
        "lt/pagalba/laiskas/",
        "lt/pagalba/suaugusiesiems/",
    ),
    *("lt/pagalba/grizti/", "lt/pranesti/", "lt/pranesti/grizti/"),
)


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
    parser.add_argument("--only", default="", help="pages with this in their address")
    parser.add_argument("--least", type=int, default=95)
    options = parser.parse_args()
    command, chrome = _tool(), _chrome()
    aims = Aims()
    with new_installation(PEOPLE, **GATE) as installation:
        seed_demo(installation)
        site = [page for page in (*PAGES, *_others(installation)) if options.only in page]
        print(f"{len(site)} kinds of page ({machine()})\n  perf acc  best seo    KB")
        with front(installation.serve(1)) as port:
            for page in site:
                _judge(page, _look(command, chrome, port, page), aims, options.least)
    return aims.verdict()


def _judge(page: str, seen: Seen, aims: Aims, least: int) -> None:
    print(
        f"  {' '.join(f'{seen.scores[name]:>4}' for name in CATEGORIES)} {seen.bytes / 1000:>5.1f}  /{page}",
        flush=True,
    )
    for name in CATEGORIES:
        if seen.scores[name] < least:
            aims.expect(f"{name} of /{page}", seen.scores[name], least=least)
            print("    " + "\n    ".join(seen.lost))
    if seen.bytes >= MOST_BYTES:
        aims.expect(f"weight of /{page}", seen.bytes / 1000, most=MOST_BYTES / 1000, unit=" KB")


def _others(installation: Installation) -> list[str]:
    """One page of each further kind: a reading level, a guide to an app, a plain page, a piece of news."""
    asked = """
from sauga.project import cli
cli.prepare()
from sauga.portal.models import AppGuidePage, ExplainerPage, NewsPage, PlainPage
rows = [ExplainerPage.objects.exclude(level="adult"), AppGuidePage.objects, NewsPage.objects,
  PlainPage.objects]
for one in rows:
    print(one.live().order_by("pk").first().get_url())
"""
    return [
        line.strip().lstrip("/")
        for line in installation.python("-c", asked).splitlines()
        if line.startswith("/")
    ]


def _tool() -> list[str]:
    sys.path.insert(0, str(ROOT / "tools"))
    import nodetools

    folder = nodetools.find(nodetools.ALL) or nodetools.bring(nodetools.ALL)
    node = shutil.which("node")
    if folder is None or node is None:
        raise SystemExit("Lighthouse could not be brought: npm is needed (see above).")
    return [node, str(folder / "lighthouse" / "cli" / "index.js")]


def _chrome() -> str:
    import chromium

    path = chromium.find() or chromium.bring()
    if not path:
        raise SystemExit("Chromium is needed.")
    return path


def _look(command: list[str], chrome: str, port: int, page: str) -> Seen:
    flags = "--headless=new --disable-dev-shm-usage" + (" --no-sandbox" if os.geteuid() == 0 else "")
    given = [f"http://localhost:{port}/{page}", "--output=json", "--quiet", f"--chrome-flags={flags}"]
    given += [f"--only-categories={','.join(CATEGORIES)}", "--max-wait-for-load=30000"]
    given += ["--skip-audits=is-crawlable"] if page in UNLISTED else []
    for _ in range(TURNS):
        done = subprocess.run(
            [*command, *given],
            env={**os.environ, "CHROME_PATH": chrome},
            capture_output=True,
            text=True,
            check=False,
        )
        if not done.returncode:
            break
    else:
        raise SystemExit(f"Lighthouse failed on /{page}: {done.stderr[-600:]}")
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
