"""Documents to print: PDF by typst, tagged to PDF/UA-1 with their language. Texts are passed as data, so none
of them is read as markup.
"""

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files as packaged
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

STANDARD: Literal["ua-1"] = "ua-1"
FONTS = ("atkinson-next-regular.ttf", "atkinson-next-bold.ttf")
"""The typeface of the site, for documents that name it: "Atkinson Hyperlegible Next"."""


def font(name: str) -> bytes:
    """The file of one of `FONTS`."""
    return packaged("sauga.kernel.ui").joinpath("data", name).read_bytes()


def pdf(
    source: Traversable, content: Mapping[str, Any], *, at: datetime, files: Mapping[str, bytes] | None = None
) -> bytes:
    """The document that the template `source` (`name.typ`) makes of `content`, which it reads from
    `name.json`. `at` is the date within the file; `files` are pictures beside it, by their names.

    The same content and moment give the same bytes.
    """
    import typst  # a process that prints nothing does without it

    stem = Path(source.name).stem
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / f"{stem}.typ").write_bytes(source.read_bytes())
        (root / f"{stem}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        for name in FONTS:
            (root / name).write_bytes(font(name))
        for name, held in (files or {}).items():
            (root / name).write_bytes(held)
        document: bytes = typst.compile(
            str(root / f"{stem}.typ"),
            root=folder,
            font_paths=[folder],
            ignore_system_fonts=True,
            pdf_standards=STANDARD,
            timestamp=at.replace(microsecond=0),
        )
        return document
