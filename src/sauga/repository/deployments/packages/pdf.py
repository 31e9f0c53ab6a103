"""A partner's version as a tagged PDF."""

from datetime import UTC, datetime
from importlib.resources import files as packaged
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from sauga.kernel.ui.formats import pdf
from sauga.repository.adaptations.editions import Content, edition, interface, logo_bytes, logo_name

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
"""The date within the file: the same content must give the same bytes.

When it was made stands beside the download.
"""


def made(content: Content, language: str, *, to_print: bool = False) -> bytes:
    """The PDF in one language. `to_print`: wide margins, black, for a printer."""
    source = packaged("sauga.repository").joinpath("data/copy.typ")
    logo = logo_name(content)
    shown = _data(content, language, logo, to_print=to_print)
    return pdf.pdf(source, shown, at=MOMENT, files={logo: logo_bytes(content)} if logo else {})


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
