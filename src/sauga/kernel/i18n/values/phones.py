"""Lithuanian telephone numbers.

The trunk prefix 8 ended on 2025-03-01: it is understood, and printed as +370.
"""

import re

AREA = re.compile(r"(?:(5)(?!28)|(37|41|45|46)|(\d{3}))(\d+)")
BARE = {"112": "112", "116000": "116 000", "116111": "116 111", "116123": "116 123"}
HARMONISED = re.compile(
    r"116 (?<![\d.,] 116 )(?<![\w.,]116 )(?=(?:000|006|111|117|123)(?!\w|\.\d))", re.ASCII
)
"""The beginning of one of the European numbers of social value; among the coordinates of a drawing there is
none. The digits come first in the pattern, so that the search of a whole page leaps from one to the next."""


def format_phone(typed: str) -> str | None:
    """What a person typed, as it is printed: „8-600-00000“ → „+370 600 00000“, 116111 → „116 111“. None when
    it is not a number.

    Accepts +370, 00370, 370, 0, 8 and no prefix, with brackets, dashes, dots and tildes between. Foreign
    numbers keep their digits.
    """
    digits = re.sub(r"[\s()~./\-–\u2011]", "", typed)
    if digits in BARE:
        return BARE[digits]
    if not re.fullmatch(r"\+?\d+", digits, re.ASCII):
        return None
    if digits.startswith(("+", "00")) and not digits.startswith(("+370", "00370")):
        foreign = digits.removeprefix("+").removeprefix("00")
        return f"+{foreign}" if 7 <= len(foreign) <= 15 else None
    national = _national(digits)
    return f"+370 {_grouped(national)}" if national else None


def joined_numbers(text: str) -> str:
    """The text with no-break spaces in numbers such as 116 111, so that no line ends within one."""
    return HARMONISED.sub("116\u00a0", text)


def _national(digits: str) -> str | None:
    """The eight digits after the country code, or None."""
    for prefix in ("+370", "00370", "370", "0", "8", ""):
        rest = digits.removeprefix(prefix)
        if digits.startswith(prefix) and len(rest) == 8 and rest[0] in "3456789":
            return rest
    return None


def _grouped(national: str) -> str:
    match = AREA.fullmatch(national)
    assert match is not None  # eight digits always match
    one, two, three, rest = match.groups()
    if one:
        return f"{one} {rest[:3]} {rest[3:]}"
    return f"{two or three} {rest}"
