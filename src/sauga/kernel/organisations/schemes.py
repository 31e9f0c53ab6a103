"""Codes by which the outside world knows an organisation, and how they are checked.

A code is kept as it was given, with its leading zeros. The nine digits of the Register of Legal Entities
carry a check digit; a school code has none here, so it stays “unverified” until it was looked up.
"""

import re

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import check_digit


class Scheme(TextChoices):
    """Which register gave the code."""

    LEGAL_ENTITY = "LEGAL_ENTITY", _("Legal entity code")
    SCHOOL = "SCHOOL", _("School code")
    ABROAD = "ABROAD", _("Code in a register abroad")


LEGAL_ENTITY = re.compile(r"[0-9]{9}")
SCHOOL = re.compile(r"[0-9]{4,12}")
ABROAD = re.compile(r"[A-Z]{2}[ -]?[0-9A-Z][0-9A-Z./-]{1,36}")
SHORTENED = re.compile(r"[1-9][0-9]{5,7}")
SHAPES: dict[str, re.Pattern[str]] = {
    Scheme.LEGAL_ENTITY: LEGAL_ENTITY,
    Scheme.SCHOOL: SCHOOL,
    Scheme.ABROAD: ABROAD,
}
LEGAL_ENTITY_DIGITS = 9


def is_legal_entity_code(value: str) -> bool:
    """Whether it has nine digits and the last one fits."""
    return bool(LEGAL_ENTITY.fullmatch(value)) and check_digit(value[:8]) == int(value[8])


def lost_zeros(value: str) -> str:
    """The legal entity code that this becomes with the leading zeros that a spreadsheet may have dropped, or
    nothing where no such code exists. It is a hint for a person; nothing repairs a code by itself."""
    if not SHORTENED.fullmatch(value):
        return ""
    full = value.zfill(LEGAL_ENTITY_DIGITS)
    return full if is_legal_entity_code(full) else ""


def trouble(scheme: str, value: str) -> str:
    """What is wrong with a code: `shape`, `zero` (leading zeros were dropped) or `check_digit`; empty when
    nothing is."""
    if scheme == Scheme.LEGAL_ENTITY and lost_zeros(value):
        return "zero"
    if not SHAPES[scheme].fullmatch(value):
        return "shape"
    if scheme == Scheme.LEGAL_ENTITY and not is_legal_entity_code(value):
        return "check_digit"
    return ""
