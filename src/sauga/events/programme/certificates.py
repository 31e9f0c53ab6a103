"""Certificates, of an activity or of attendance: one design, tagged PDF."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.resources import files as packaged

from django.utils.translation import gettext, override

from sauga.kernel.ui.formats import pdf


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What one page says, in its language: who (`holder`) is thanked or certified (`intro`) for what (`why`,
    `title`), the facts, when it was made, and, where it has one, its number with the address of its check.
    """

    lang: str
    heading: str
    intro: str
    holder: str
    why: str
    title: str
    title_lang: str
    facts: str
    made: str
    number: str = ""


def certificates(pages: Sequence[Certificate], document: str, language: str, at: datetime) -> bytes:
    """One PDF with a page for each; `document` is its title, in `language`. The same pages and moment give
    the same bytes."""
    content = {
        "lang": language,
        "document": document,
        "certificates": [{**asdict(page), **_centre(page.lang)} for page in pages],
    }
    source = packaged("sauga.events.programme").joinpath("data", "certificates.typ")
    mark = packaged("sauga.kernel.ui").joinpath("static/ui/mark.svg").read_bytes()
    return pdf.pdf(source, content, at=at, files={"mark.svg": mark})


def _centre(language: str) -> dict[str, str]:
    with override(language):
        centre = gettext("Safer Internet Centre of Lithuania")
        return {"centre": centre, "motto": gettext("Together for a better internet")}
