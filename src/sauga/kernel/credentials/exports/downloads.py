"""A credential as a file to keep: the signed JSON, a picture with it inside, the paper."""

import json

from django.http import HttpResponse
from django.utils.translation import get_language

from sauga.kernel.credentials import presenters, protection
from sauga.kernel.credentials.exports import paper, pictures
from sauga.kernel.credentials.models import Credential
from sauga.kernel.credentials.protection import Content


def as_json(row: Credential, content: Content) -> HttpResponse:
    """The signed credential."""
    text = json.dumps(protection.document_of(row), ensure_ascii=False, indent=2)
    return _file(text.encode(), "application/vc", row, "json")


def as_svg(row: Credential, content: Content) -> HttpResponse:
    """The badge as a picture, with the credential in it."""
    about = content.printed.about.said(row.language)
    drawn = pictures.baked(protection.document_of(row), presenters.heading_of(row), about)
    return _file(drawn, "image/svg+xml", row, "svg")


def as_pdf(row: Credential, content: Content) -> HttpResponse:
    """The paper, in the language of the page."""
    return _file(paper.paper([(row, content)], get_language() or "lt"), "application/pdf", row, "pdf")


def _file(content: bytes, kind: str, row: Credential, ending: str) -> HttpResponse:
    name = "".join(letter for letter in row.number if letter.isalnum() or letter in "-_.") or row.ref
    disposition = f'attachment; filename="{name}.{ending}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
