"""Template tags of pages that speak to several groups of readers. `request.reader` is the group that reads a
page, where its address or its audience says it."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context

from sauga.portal.blocks.advice import StoredAdvice
from sauga.portal.queries import page_links, related
from sauga.portal.rules import readers

register = template.Library()


def _reader(context: Context) -> str:
    return str(getattr(context.get("request"), "reader", ""))


@register.simple_tag(takes_context=True)
def related_to(context: Context, page: Any) -> related.Related:
    """`{% related_to page as found %}`: what a page leads on to."""
    return related.related_to(page, _reader(context))


@register.simple_tag(takes_context=True)
def open_advice(context: Context, advice: Sequence[StoredAdvice]) -> str:
    """`{% open_advice advice as open %}`: the group whose advice is open when the page comes."""
    return readers.opens_on(_reader(context), [one.reader for one in advice])


@register.simple_tag(takes_context=True)
def opened(context: Context, page: Any) -> str:
    """`{% opened page as href %}`: the address of another page, open at the advice for who reads this one."""
    href = page.url or ""
    return readers.opened(href, _reader(context)) if page_links.has_advice(page.content_type_id) else href
