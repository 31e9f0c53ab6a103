"""Lighthouse of each kind of public page: performance, accessibility, best practice, search engines; and what
a page weighs with its fonts.

    python benchmarks/lighthouse.py [--only istekliai temos] [--categories accessibility seo] [--least 95]
        [--results lighthouse.jsonl]

The server is the one that ships (`sauga serve`, production settings), with the demo's data; the form is
Lighthouse's own, a middling phone on a slow network, simulated: times are computed from what each request and
task took unthrottled, so that other work on the machine disturbs them less than times measured. Only
performance depends on the machine at all; the other three can be asked for alone. The tool comes from
tools/node by npm, the browser is the one of the tests. Pages that no search engine should keep
(`rig/page_kinds.py` says why) are not marked down for saying so. With `--results` the result of each page is
saved at once, and an interrupted run resumes: pages whose results are in the file are skipped. Wanted: 95 in
each of the four and less than 100 KB with fonts, for all; the last lines say for each category which page is
the worst. When the first words are painted on a worse line is measured by first_paint.py.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rig.chrome import chrome
from rig.demo_data import GATE, seed_everything
from rig.figures import Aims, machine
from rig.front import front
from rig.installation import EVERYBODY, new_installation
from rig.page_kinds import PageKind, page_kinds

ROOT = Path(__file__).resolve().parents[1]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MOST_BYTES = 100 * 1000
TURNS = 3
"""Now and then the browser's trace comes without its beginning, and Lighthouse asks to be run again."""


@dataclass(frozen=True)
class Seen:
    """What Lighthouse says of a page: a score of 0–100 by category, the bytes that came over the line
    (films aside), and the audits that cost points."""

    scores: dict[str, int]
    bytes: int
    lost: list[str]


def main() -> int:
    """Measure, print, and say by the exit code whether every aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="+", default=[""], help="pages that contain one of these")
    parser.add_argument("--categories", nargs="+", choices=CATEGORIES, default=CATEGORIES)
    parser.add_argument("--least", type=int, default=95)
    parser.add_argument("--results", type=Path, help="where each page is written down, and read next time")
    options = parser.parse_args()
    command, browser = _tool(), chrome()
    seen = _read(options.results, options.categories)
    with new_installation(EVERYBODY, **GATE) as installation:
        seed_everything(installation)
        kinds = page_kinds(installation, only=options.only)
        print(f"{len(kinds)} kinds of page ({machine()})")
        print(" ".join(f"{name[:4]:>4}" for name in options.categories) + "     KB")
        with front(installation.serve(1)) as port:
            for one in kinds:
                if one.path not in seen:
                    seen[one.path] = _look(command, browser, port, one, options.categories)
                    _write(options.results, one.path, seen[one.path])
                _show(one, seen[one.path], options)
    return _judge({one.path: seen[one.path] for one in kinds}, options)


def _read(file: Path | None, categories: Sequence[str]) -> dict[str, Seen]:
    """What an earlier run wrote down, as far as it judged these categories."""
    if file is None or not file.exists():
        return {}
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {
        row["path"]: Seen(row["scores"], row["bytes"], row["lost"])
        for row in rows
        if set(categories) <= row["scores"].keys()
    }


def _write(file: Path | None, path: str, seen: Seen) -> None:
    if file is not None:
        with file.open("a", encoding="utf-8") as rows:
            rows.write(json.dumps({"path": path, **asdict(seen)}, ensure_ascii=False) + "\n")


def _show(page: PageKind, seen: Seen, options: argparse.Namespace) -> None:
    scores = " ".join(f"{seen.scores[name]:>4}" for name in options.categories)
    exempt = f" (not for search engines: {page.unlisted})" if page.unlisted else ""
    print(f"{scores} {seen.bytes / 1000:>6.1f}  {page.path}  {page.kind}{exempt}", flush=True)
    if any(seen.scores[name] < options.least for name in options.categories):
        print("    " + "\n    ".join(seen.lost))


def _judge(pages: dict[str, Seen], options: argparse.Namespace) -> int:
    """For each category the worst page, and how many miss the aim."""
    aims = Aims()
    for name in options.categories:
        worst = min(pages, key=lambda path: pages[path].scores[name])
        below = sum(seen.scores[name] < options.least for seen in pages.values())
        what = f"{name}, {below} of {len(pages)} pages below; the worst is {worst}"
        aims.expect(what, pages[worst].scores[name], least=options.least)
    heaviest = max(pages, key=lambda path: pages[path].bytes)
    if pages[heaviest].bytes:
        what = f"weight; the heaviest is {heaviest}"
        aims.expect(what, pages[heaviest].bytes / 1000, most=MOST_BYTES / 1000, unit=" KB")
    return aims.verdict()


def _tool() -> list[str]:
    sys.path.insert(0, str(ROOT / "tools"))
    import nodetools

    folder = nodetools.find(nodetools.ALL) or nodetools.bring(nodetools.ALL)
    node = shutil.which("node")
    if folder is None or node is None:
        raise SystemExit("Lighthouse could not be brought: npm is needed (see above).")
    return [node, str(folder / "lighthouse" / "cli" / "index.js")]


def _look(command: list[str], browser: str, port: int, page: PageKind, categories: Sequence[str]) -> Seen:
    flags = "--headless=new --disable-dev-shm-usage" + (" --no-sandbox" if os.geteuid() == 0 else "")
    given = [f"http://localhost:{port}{page.path}", "--output=json", "--quiet", f"--chrome-flags={flags}"]
    given += [f"--only-categories={','.join(categories)}", "--max-wait-for-load=30000"]
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
    scores = {name: round(100 * (said["categories"][name]["score"] or 0)) for name in categories}
    weighed = {
        ref["id"] for name in categories for ref in said["categories"][name]["auditRefs"] if ref["weight"]
    }
    lost = [
        f"{name}: {audit['title']} {audit.get('displayValue', '')} {audit.get('errorMessage', '')}"
        for name, audit in said["audits"].items()
        if name in weighed
        and (audit["scoreDisplayMode"] == "error" or (audit["score"] is not None and audit["score"] < 0.9))
    ]
    requests = said["audits"].get("network-requests")  # judged with performance alone
    rows = requests["details"]["items"] if requests else []
    weight = sum(row["transferSize"] for row in rows if row.get("resourceType") != "Media")
    return Seen(scores, weight, lost)


if __name__ == "__main__":
    raise SystemExit(main())
