"""Codes of the vocabularies in words, for templates."""

from django import template

from sauga.kernel import vocab

register = template.Library()


@register.simple_tag
def code_label(vocabulary: str, code: str) -> str:
    """The label of a code in the active language."""
    return vocab.label(vocabulary, code)
