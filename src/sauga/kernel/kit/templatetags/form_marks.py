"""The tag of every form of the desk and the member site: against forged requests, and whose page it is on."""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sauga.kernel.kit import kept_forms

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """`{% csrf_token %}`: Django's, and for a signed-in person the mark by which what they type is kept for
    them when their session ends before they send it."""
    token = mark_safe(CsrfTokenNode().render(context))  # noqa: S308  Django's own element
    request = getattr(context, "request", None)
    mark = kept_forms.mark(request) if token and request is not None else ""
    if not mark:
        return token
    return format_html('{}<input type="hidden" name="{}" value="{}">', token, kept_forms.FIELD, mark)
