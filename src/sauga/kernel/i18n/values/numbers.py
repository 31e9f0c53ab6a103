"""Numbers, shares, money and lists in the active language."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sauga.kernel.i18n import languages

type Number = int | float | Decimal


def integer(value: Number) -> str:
    """A whole number with its thousands apart: 1 234 or 1,234."""
    return str(number_format(value, 0, force_grouping=True))


def decimal(value: Number, places: int | None = None) -> str:
    """A number with a decimal comma or point; `places` None keeps the value's own."""
    return str(number_format(value, places, force_grouping=True))


def percent(value: Number) -> str:
    """A share given in hundredths: 33.5 → „33,5 %“ or “33.5%”. Whole shares lose their zeros."""
    whole = value == int(value)
    return f"{number_format(value, 0 if whole else 1)}{languages.active().writing.gap}%"


def euro(value: Number) -> str:
    """An amount in euros: „1 234,50 €“ or “€1,234.50”."""
    return languages.active().writing.euro.format(amount=decimal(value, 2))


def year(value: int) -> str:
    """A year, never grouped: 2027."""
    return str(value)


def and_list(items: Sequence[str]) -> str:
    """„Jonas, Ona ir Eglė“. (Django's own joins lt lists without a space.)"""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {_('and')} {items[-1]}"
