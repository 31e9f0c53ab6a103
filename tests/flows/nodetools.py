"""Tools from npm that tests run (tools/node, brought by `make test`); left out loudly where
they are missing.
"""

import os
from pathlib import Path

import pytest

MODULES = Path(
    os.environ.get(
        "TEST_NODE_MODULES", Path(__file__).resolve().parents[2] / "tools" / "node" / "node_modules"
    )
)


def node_tool(package: str, file: str) -> Path:
    """A file of a package; skips the test, which should be marked `tools`, where it is missing."""
    path = MODULES / package / file
    if not path.exists():
        pytest.skip(
            f"no {package} here: run `python tools/nodetools.py` (needs npm), or name a node_modules "
            f"folder in TEST_NODE_MODULES"
        )
    return path
