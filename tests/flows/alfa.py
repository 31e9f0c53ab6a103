"""Siteimprove Alfa on pages of a browser: written down there by Alfa's own scripts, judged by its rules in
Node, all pages in one process (tools/node/alfa.mjs).

No rule is left out but those of WCAG AAA alone. A finding that is wrong would be named here, with its reason.
"""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from flows.nodetools import node_tool

JUDGE = Path(__file__).resolve().parents[2] / "tools" / "node" / "alfa.mjs"
SLACK = 400
"""Pixels by which the window is higher than the page, whose parts may still come."""


@cache
def _script() -> str:
    parts = [
        node_tool("@siteimprove", f"{package}/dist/native.js").read_text(encoding="utf-8")
        for package in ("alfa-dom", "alfa-device")
    ]
    document, device = (
        f"(() => {{ {part.replace('export var Native', 'var Native')}\n return Native; }})()"
        for part in parts
    )
    return f"""async () => JSON.stringify({{
      document: await {document}.fromNode(document), device: {device}.fromWindow(window) }})"""


def write_down(page: Any, folder: Path, name: str) -> None:
    """Put the page as it is now into the folder, for `alfa`.

    The window is made as high as the page for it: the help bar, which stays at the window's lower edge, would
    else lie over links that one scrolls out from below it.
    """
    size = page.viewport_size
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": whole + SLACK})
    (folder / f"{name}.json").write_text(page.evaluate(_script()), encoding="utf-8")
    page.set_viewport_size(size)


def alfa(folder: Path) -> list[str]:
    """What Alfa finds on the pages in the folder, one line each."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here: Alfa is left out")
    modules = node_tool("@siteimprove", "alfa-rules").parents[1]
    judge = folder.parent / "alfa" / JUDGE.name
    judge.parent.mkdir(exist_ok=True)
    judge.write_bytes(JUDGE.read_bytes())  # Node looks for packages beside the script
    (judge.parent / "node_modules").symlink_to(modules)
    done = subprocess.run(
        [node, str(judge), str(folder)], capture_output=True, text=True, check=True, timeout=600
    )
    return [
        f"{one['page'].removesuffix('.json')}: {one['rule']} {one['says']} {one['target']} {one['element']}"
        for one in json.loads(done.stdout)
    ]
