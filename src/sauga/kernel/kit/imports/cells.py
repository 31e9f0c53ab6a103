"""Parses rows and cells by the kind of their columns. What does not fit is reported; nothing is guessed."""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.i18n import normalised
from sauga.kernel.kit.imports.layout import SHOWN, CellRefused, Column, Given, Kind, Layout, Problem

MOST_CELL = 60_000
FORMULA = re.compile(r"[=@＝＠]|[+\-＋－](?!\s)(?![\d\s()-]*$)")
SEPARATOR = re.compile(r"[|;\n]")
CODE_SEPARATOR = re.compile(r"[|;,\s]+")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
LOCAL_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MARKUP = re.compile(r"<\s*[/!a-zA-Z]|\]\(\s*(?:https?:|javascript:)|&(?:#\d+|[a-z]+);")
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
"""Marks that make text read in another order than it is written."""
EPOCH = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 2000, 2100


def row_of(
    layout: Layout[Any], number: int, raw: Iterable[tuple[str, Any]], problems: Iterable[Problem] = ()
) -> Given:
    """A row from the raw values of its columns, each by the column's name; all that is wrong with it is found
    at once."""
    content: dict[str, Any] = {}
    found = list(problems)
    for name, value in raw:
        try:
            given = read(layout.by_name[name], value)
        except CellRefused as refused:
            found.append(Problem(name, refused.code, refused.said))
        else:
            if given is not None:
                content[name] = given
    named = {problem.column for problem in found}
    found += [
        Problem(name, "needed") for name in layout.required if name not in content and name not in named
    ]
    if not any(name in content or name in named for name in layout.titles):
        found.append(Problem(layout.titles[0], "needed"))
    found += layout.check(content, found)
    title = str(next((content[name] for name in layout.titles if content.get(name)), ""))
    return Given(number, content, tuple(found), title)


def read(column: Column, value: Any) -> Any:
    """The value that a cell gives; None for an empty one. Raises CellRefused."""
    if isinstance(value, str):
        value = text(value)
        if not column.kind.may_be_formula and FORMULA.match(value):
            raise CellRefused("formula", value[:SHOWN])
    if value is None or value in ("", [], {}):
        return None
    return column.kind.read(column, value)


def text(value: str) -> str:
    """Letters in their composed form, without spaces at the ends.

    Raises CellRefused for what no text holds.
    """
    if len(value) > MOST_CELL:
        raise CellRefused("too_long", f"{len(value)}")
    if found := CONTROL.search(value) or TURNED.search(value):
        raise CellRefused("control", f"U+{ord(found[0]):04X}")
    return normalised(value).strip(" \t\r\n\u00a0\ufeff")


def read_word(column: Column, value: Any) -> str:
    """Plain text on one line, at most `most` characters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise CellRefused("shape")
    said = " ".join(str(value).split())
    if len(said) > column.most:
        raise CellRefused("too_long", f"{len(said)}")
    if MARKUP.search(said) or CONTROL.search(said):
        raise CellRefused("markup", said[:SHOWN])
    return said


def read_number(column: Column, value: Any) -> int:
    """A whole number from 0 to `most`."""
    number = _whole(value)
    if not 0 <= number <= column.most:
        raise CellRefused("range", str(number)[:SHOWN] if number.bit_length() < 200 else "10^…")
    return number


def read_day(_column: Column, value: Any) -> str:
    """A day between 2000 and 2100, as 2027-09-01.

    A spreadsheet's number and a day in another order are refused with what they may mean.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _in_range(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise CellRefused("shape")
    said = str(value)
    if isinstance(value, int | float) or (said.isascii() and said.isdigit() and len(said) == 5):
        day = EPOCH + timedelta(days=int(value)) if 0 < float(value) < 100_000 else None
        raise CellRefused("excel_date", f"{said[:SHOWN]} → {day.isoformat()}?" if day else said[:SHOWN])
    if found := _DAY.fullmatch(said):
        try:
            return _in_range(date(int(found[1]), int(found[2]), int(found[3])))
        except ValueError as wrong:
            raise CellRefused("date", said[:SHOWN]) from wrong
    raise CellRefused("date", _turned_round(said) or said[:SHOWN])


def _read_words(column: Column, value: Any) -> list[str]:
    return [read_word(column, one) for one in _listed(value, SEPARATOR)][:40]


def _read_code(column: Column, value: Any) -> str:
    found = _listed(value, CODE_SEPARATOR)
    if len(found) != 1:
        raise CellRefused("one_code", str(value)[:SHOWN])
    return _known(column, found[0])


def _read_codes(column: Column, value: Any) -> list[str]:
    return list(dict.fromkeys(_known(column, one) for one in _listed(value, CODE_SEPARATOR)))


WORD = Kind(read_word, _("Plain text."), is_text=True)
WORDS = Kind(_read_words, _("Words or phrases, separated by |."), is_list=True)
CODE = Kind(_read_code, _("One code."), is_text=True)
CODES = Kind(_read_codes, _("Codes, separated by |."), is_text=True, is_list=True)
NUMBER = Kind(read_number, _("A whole number."))
DAY = Kind(read_day, _("A day, as 2027-09-01."), is_text=True)


def _listed(value: Any, separator: re.Pattern[str]) -> list[str]:
    if isinstance(value, bool) or not isinstance(value, str | int | float | list):
        raise CellRefused("shape")
    parts = value if isinstance(value, list) else separator.split(str(value))
    if any(isinstance(part, bool) or not isinstance(part, str | int | float) for part in parts):
        raise CellRefused("shape")
    return [said for part in parts if (said := text(str(part)))]


def _known(column: Column, code: str) -> str:
    if vocab.has_term(column.vocabulary, code):
        return code
    offered = [term.code for term in vocab.terms(column.vocabulary)]
    near = get_close_matches(code.lower(), offered, 1, 0.6)
    raise CellRefused("unknown_code", f"{code[:SHOWN]} → {near[0]}?" if near else code[:SHOWN])


def _whole(value: Any) -> int:
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        value = int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise CellRefused("number", str(value)[:SHOWN])
    return value


def _turned_round(said: str) -> str:
    """What a day written the other way about probably means, as a hint."""
    found = LOCAL_DAY.fullmatch(said)
    return f"{said} → {found[3]}-{int(found[2]):02}-{int(found[1]):02}?" if found else ""


def _in_range(day: date) -> str:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellRefused("date", day.isoformat())
    return day.isoformat()
