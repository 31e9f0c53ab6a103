"""Template tags of the hotline's public pages."""

from django import template
from django.urls import reverse
from django.utils.translation import get_language, override

from sauga.kernel import vocab

register = template.Library()
OTHER = {"lt": "en", "en": "lt"}


@register.simple_tag
def other_language() -> str:
    """The language this page is not in."""
    return OTHER[get_language() or "lt"]


@register.simple_tag
def other_language_name() -> str:
    """The name of that language in itself."""
    return {"lt": "Lietuvių", "en": "English"}[other_language()]


@register.simple_tag
def translated_url(name: str) -> str:
    """The address of a page in the other language, for a form that carries the page's state over."""
    with override(other_language()):
        return reverse(name)


@register.simple_tag
def vocab_label(vocabulary: str, code: str) -> str:
    """`{% vocab_label "rrt.route" route.route %}`: a code in words, in the page's language; the code itself where no word is known."""
    return vocab.label(vocabulary, code) if code else ""
