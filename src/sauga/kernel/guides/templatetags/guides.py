"""`{% load guides %}`: links from a page to the guide that explains it."""

from django import template
from django.template.context import Context

from sauga.kernel.guides.guide_text import guide_address
from sauga.kernel.guides.registry import NoSuchGuide, find, section_for
from sauga.kernel.i18n import languages

register = template.Library()


@register.simple_tag(takes_context=True)
def help_address(context: Context) -> str:
    """`{% help_address as help %}`: the section of the guides for this desk page; ""
    before a page is found.
    """
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    found = section_for(match.url_name or "") if match is not None else None
    return guide_address(*found, public=False) if found else ""


@register.simple_tag
def public_guide(slug: str) -> str:
    """`{% public_guide "provider" as guide %}`: the address of a guide on the public site; "" where it is not
    offered."""
    try:
        return guide_address(find(slug, public=True), public=True) if languages.active().is_whole else ""
    except NoSuchGuide:
        return ""
