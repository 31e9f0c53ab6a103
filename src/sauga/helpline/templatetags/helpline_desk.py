"""Template tags of the counsellor's desk."""

from typing import Any

from django import template

from sauga.helpline.permissions import Permission
from sauga.kernel import vocab
from sauga.kernel.identity import actor

register = template.Library()


@register.simple_tag
def vocab_label(vocabulary: str, code: str) -> str:
    """`{% vocab_label "channel" attempt.channel %}`: a code in words, in the page's language;
    nothing for no code.
    """
    return vocab.label(vocabulary, code) if code else ""


@register.simple_tag(takes_context=True)
def is_on_call(context: dict[str, Any]) -> bool:
    """`{% is_on_call as here %}`: whether this page's person may be on duty, so that the open page says that
    they are there.
    """
    return actor(context["request"]).can(Permission.BE_ON_DUTY)
