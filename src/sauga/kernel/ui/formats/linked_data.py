"""Structured data of public pages: schema.org as JSON-LD, for search engines. Facts about the page only,
nothing about its readers.

A page that knows more than its title says it itself (`script`: articles, events, material). Services name the
others with their type (`declare`), and the frame draws what title, summary and address say. Pages that are
not looked for have none: docs/develop/interfaces.md lists them.
"""

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template import Node, NodeList
from django.template.base import Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sauga.kernel.ui.public_frame import language

SCHEMA, MIME = "https://schema.org", "application/ld+json"
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
TITLE = re.compile(r"<title>([^<]*)</title>")
SUMMARY = re.compile(r'<meta\s+name="description"\s+content="([^"]*)"')
END = "endlinked_data_of"
_types: dict[str, str] = {}


def declare(types: Mapping[str, str]) -> None:
    """Declare what public pages are: URL name → type of schema.org."""
    _types.update(types)


def declared() -> Mapping[str, str]:
    """What public pages are, by URL name."""
    return dict(_types)


def script(data: Mapping[str, Any]) -> SafeString:
    """A data block: an element that no browser runs and whose content cannot close it."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="{}">{}</script>', MIME, mark_safe(text))  # noqa: S308  the signs of markup are escaped above


def publisher() -> dict[str, str]:
    """Who publishes the site."""
    return {"@type": "Organization", "name": "Sauga", "url": settings.ENV.base_url.rstrip("/")}


def of_head(request: HttpRequest | None, head: str) -> str:
    """The block of a page that a service has declared, of what its head says; empty for any other, and for
    one that has its own."""
    match = getattr(request, "resolver_match", None)
    kind = _types.get(match.url_name or "") if match else None
    title = TITLE.search(head)
    if request is None or kind is None or title is None or MIME in head:
        return ""
    if request.method not in {"GET", "HEAD"} or getattr(request, "is_refused", False):
        return ""
    address = language.canonical(request)
    found: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": kind,
        "@id": address,
        "url": address,
        "name": unescape(title[1]).strip().removesuffix(" – Sauga"),
        "inLanguage": get_language(),
        "isAccessibleForFree": True,
        "provider" if kind == "Course" else "publisher": publisher(),
    }
    if summary := SUMMARY.search(head):
        found["description"] = unescape(summary[1])
    return script(found)


class _Head(Node):
    def __init__(self, inside: NodeList) -> None:
        self.nodelist = inside

    def render(self, context: Context) -> SafeString:
        head = self.nodelist.render(context)
        return SafeString(head + of_head(context.get("request"), head))


def linked_data_of(parser: Parser, _token: Token) -> Node:
    """`{% linked_data_of %}…{% endlinked_data_of %}`: title and summary of a page, and its structured data
    where it says none itself."""
    inside = parser.parse((END,))
    parser.delete_first_token()
    return _Head(inside)
