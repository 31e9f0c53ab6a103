"""`{% load formats %}`: dates, spans, numbers and telephones as people read them.

Filters only; each is a function of `kernel.i18n`.
"""

from datetime import timedelta

from django import template

from sauga.kernel import i18n
from sauga.kernel.i18n.privacy import redact

register = template.Library()

for _filter in (
    i18n.ago,
    i18n.and_list,
    i18n.date_range,
    i18n.date_with_weekday,
    i18n.decimal,
    i18n.duration,
    i18n.euro,
    i18n.index_letter,
    i18n.datetime_range,
    i18n.integer,
    i18n.language_name,
    i18n.left,
    i18n.long_date,
    i18n.long_datetime,
    i18n.month_and_year,
    i18n.partial_date,
    i18n.percent,
    i18n.short_date,
    i18n.short_datetime,
    i18n.weekday,
    i18n.within_days,
    i18n.year,
    redact,
):
    register.filter(_filter.__name__, _filter)


@register.filter
def phone(typed: str) -> str:
    """The number as it is printed, or what was typed when it is not a number."""
    return i18n.format_phone(typed) or typed


@register.filter
def between(early: timedelta, late: timedelta | None) -> str:
    """`{{ early|between:late }}` of two timedeltas; late None reads “more than”."""
    return i18n.interval(early, late)
