"""Template tags of the counsellor's desk."""

from datetime import date, datetime, time
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from sauga.helpline.permissions import Permission
from sauga.kernel import vocab
from sauga.kernel.i18n import short_date
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


@register.filter
def hours_until(begins: time | datetime, ends: time | datetime) -> str:
    """`{{ row.opens|hours_until:row.closes }}`: „18:00–23:00“; midnight ends at 24:00, and from midnight to
    midnight is a whole day, in words.
    """
    first, last = _clock(begins), _clock(ends)
    if first == last == "00:00":
        return pgettext("hours", "day and night")
    return f"{first}–{'24:00' if last == '00:00' else last}"


@register.filter
def through(first: date, last: date | None) -> str:
    """`{{ row.valid_from|through:row.valid_to }}`: the days on which something is in force."""
    if last is None:
        return gettext("from %(day)s") % {"day": short_date(first)}
    return short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"


def _clock(at: time | datetime) -> str:
    local = timezone.localtime(at) if isinstance(at, datetime) else at
    return f"{local:%H:%M}"
