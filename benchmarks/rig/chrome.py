"""The browser of the tests, for measurements of pages."""

import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def chrome() -> str:
    """The path of Chromium; brought where it is missing. Ends the benchmark where it cannot be."""
    sys.path.insert(0, str(TOOLS))
    import chromium

    path = chromium.find() or chromium.bring()
    if not path:
        raise SystemExit("Chromium is needed.")
    return str(path)
