"""The paper: a tagged PDF (PDF/UA-1) with every printed field, the code, and a QR code that leads to the
check page."""

import io
from collections.abc import Sequence
from importlib.resources import files as packaged
from typing import Any

import segno
from django.utils.translation import gettext, override

from sauga.kernel.credentials import documents, presenters
from sauga.kernel.credentials.declarations.printed import LANGUAGES
from sauga.kernel.credentials.issuer.addresses import check_address
from sauga.kernel.credentials.models import Credential
from sauga.kernel.credentials.protection import Content
from sauga.kernel.ui.formats import pdf


def paper(rows: Sequence[tuple[Credential, Content]], language: str, *, in_own: bool = False) -> bytes:
    """One page for each credential: in one language, or (`in_own`) each in its own. The same credentials give
    the same bytes."""
    spoken = language if language in LANGUAGES else LANGUAGES[1]
    pages = [
        _page(row, content, row.language if in_own else spoken, at) for at, (row, content) in enumerate(rows)
    ]
    with override(spoken):
        document = pages[0]["heading"] if len(pages) > 1 else f"{pages[0]['heading']} – {pages[0]['holder']}"
    files = {f"qr-{at}.svg": _qr(row, content) for at, (row, content) in enumerate(rows)}
    files["mark.svg"] = packaged("sauga.kernel.ui").joinpath("static/ui/mark.svg").read_bytes()
    source = packaged("sauga.kernel.credentials").joinpath("data", "credentials.typ")
    content = {"lang": spoken, "document": document, "pages": pages}
    return pdf.pdf(source, content, at=max(row.issued_at for row, _content in rows), files=files)


def _page(row: Credential, content: Content, language: str, at: int) -> dict[str, Any]:
    with override(language):
        return _drawn(row, content, language, at)


def _drawn(row: Credential, content: Content, language: str, at: int) -> dict[str, Any]:
    held = content.printed
    return {
        "lang": language,
        "heading": presenters.heading_of(row),
        "number": gettext("No. %(number)s") % {"number": row.number},
        "intro": held.intro.said(language) if held.intro else gettext("This is to certify that"),
        "holder": held.holder,
        "why": held.why.said(language) if held.why else gettext("has completed"),
        "about": held.about.said(language),
        "lines": [[str(line.label), str(line.value)] for line in presenters.lines(row, content, language)],
        "centre": documents.issuer(language)["name"],
        "motto": gettext("Together for a better internet"),
        "check": gettext("To check it, scan the code or open this address:"),
        "address": check_address(content.code, language).split("//", 1)[-1],
        "qr": f"qr-{at}.svg",
        "qr_alt": gettext("QR code with the address of the check page"),
    }


def _qr(row: Credential, content: Content) -> bytes:
    drawn = io.BytesIO()
    code = segno.make(check_address(content.code, row.language), error="m", micro=False)
    code.save(drawn, kind="svg", border=0, scale=4, dark="#1b2a33", xmldecl=True)
    return drawn.getvalue()
