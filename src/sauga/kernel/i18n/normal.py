"""Untrusted text: Unicode normalisation, and removal of invisible characters.

Putting marks in their order takes the square of how many follow one letter, unless Python is newer than
mid-2025: a megabyte of two marks in turn holds a process for minutes. No language writes more than a few, so
those after the thirtieth are dropped, as in Unicode's stream-safe format (UAX #15, section 13).
"""

import re
import unicodedata
from functools import cache
from itertools import chain
from typing import Literal

MOST_MARKS = 30
_WHERE = range(0x300, 0x12000), range(0x16A00, 0x1F000)
"""Code points in which marks are looked for; the other planes hold none that Unicode would put in order."""

type Form = Literal["NFC", "NFD", "NFKC", "NFKD"]


def normalised(text: str, form: Form = "NFC") -> str:
    """The text in a normal form, with at most thirty marks in a row. The only way to normalise anything here.

    >>> normalised("e\\u0307"), len(normalised("a" + "\\u0323\\u0301" * 500, "NFD"))
    ('ė', 31)
    """
    is_safe = text.isascii() or len(text) <= MOST_MARKS
    return unicodedata.normalize(form, text if is_safe else _too_many().sub(r"\1", text))


def normal_address(typed: str) -> str:
    """An email address as it is stored and looked up: composed letters, no capitals, no spaces around.

    >>> normal_address(" Ona@B.example ")
    'ona@b.example'
    """
    return normalised(typed).strip().lower()


@cache
def _too_many() -> re.Pattern[str]:
    marks = "".join(
        sign
        for sign in map(chr, chain(*_WHERE))
        if unicodedata.combining(unicodedata.normalize("NFKD", sign)[0])
    )
    return re.compile(rf"([{re.escape(marks)}]{{{MOST_MARKS}}})[{re.escape(marks)}]+")


_KEPT = {"\n", "\t", "\u200d"}  # the last one holds composed pictures together


def typed_text(text: str) -> str:
    """What was typed or pasted, normalised, without invisible characters (controls, direction marks, half
    characters), lines ended by a newline alone.

    >>> typed_text(" a\\u202eb\\r\\nc\\ud800 ")
    'ab\\nc'
    """
    text = re.sub(r"\r\n?", "\n", text)
    seen = (sign for sign in text if sign in _KEPT or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    return normalised("".join(seen)).strip()
