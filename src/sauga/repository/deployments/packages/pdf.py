"""PDF by typst, tagged to PDF/UA-1 with its language. Texts are passed as data, so none of it is read as
markup.
"""

import json
import tempfile
from datetime import UTC, datetime
from importlib.resources import files as packaged
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils import translation
from django.utils.translation import gettext

from sauga.repository.adaptations.rendering import Content, edition, interface, logo_bytes, logo_name

STANDARD: Literal["ua-1"] = "ua-1"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
"""The date within the file: the same content must give the same bytes.

When it was made stands beside the download.
"""


def made(content: Content, language: str, *, to_print: bool = False) -> bytes:
    """The PDF in one language. `to_print`: wide margins, black, for a printer."""
    source = packaged("sauga.repository").joinpath("data/copy.typ").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "copy.typ").write_bytes(source)
        logo = logo_name(content)
        if logo:
            (root / logo).write_bytes(logo_bytes(content))
        (root / "copy.json").write_text(
            json.dumps(_data(content, language, logo, to_print=to_print), ensure_ascii=False),
            encoding="utf-8",
        )
        document: bytes = typst.compile(
            str(root / "copy.typ"),
            root=folder,
            ignore_system_fonts=True,
            pdf_standards=STANDARD,
            timestamp=MOMENT,
        )
        return document


def _data(content: Content, language: str, logo: str, *, to_print: bool) -> dict[str, Any]:
    with translation.override(interface(language)):
        shown = edition(content, language)
        words = {
            "help": gettext("Where to get help"),
            "from": gettext("Prepared by %(organisation)s") % {"organisation": content["organisation"]},
            "sources": gettext("Sources and licences"),
            "answers": gettext("Answers"),
            "minutes": gettext("min"),
        }
    shown["help"] = [line for line, _ours in shown["help"]]
    shown["places"] = [{"label": label, "lines": lines} for label, lines in shown["places"]]
    return {**shown, "words": words, "logo": logo, "print": to_print, "lang": language.partition("-")[0]}
