"""One cell or one JSON value, read as its column asks. What does not fit is said; nothing is guessed."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from sauga.kernel import vocab
from sauga.kernel.i18n import normalised
from sauga.repository import blocks
from sauga.repository.rules import notation
from sauga.repository.rules.importing.columns import Column, Kind
from sauga.repository.rules.importing.problems import MOST_CELL, SHOWN, CellRefused
from sauga.repository.rules.records import minutes

FORMULA = re.compile(r"[=@＝＠]|[+\-＋－](?!\s)(?![\d\s()-]*$)")
SEPARATOR = re.compile(r"[|;\n]")
CODE_SEPARATOR = re.compile(r"[|;,\s]+")
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
LOCAL_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
"""Marks that make text read in another order than it is written."""
EPOCH = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 2000, 2100


def read(column: Column, value: Any) -> Any:
    """The value that a cell gives; None for an empty one. Raises CellRefused."""
    if isinstance(value, str):
        value = text(value)
        if column.kind is not Kind.BODY and FORMULA.match(value):
            raise CellRefused("formula", value[:SHOWN])
    if value is None or value in ("", [], {}):
        return None
    return READERS[column.kind](column, value)


def text(value: str) -> str:
    """Letters in their composed form, without spaces at the ends. Raises CellRefused for what no text holds."""
    if len(value) > MOST_CELL:
        raise CellRefused("too_long", f"{len(value)}")
    if found := CONTROL.search(value):
        raise CellRefused("control", f"U+{ord(found[0]):04X}")
    if found := TURNED.search(value):
        raise CellRefused("control", f"U+{ord(found[0]):04X}")
    return normalised(value).strip(" \t\r\n\u00a0\ufeff")


def _word(column: Column, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise CellRefused("shape")
    said = " ".join(str(value).split())
    if len(said) > column.most:
        raise CellRefused("too_long", f"{len(said)}")
    if not blocks.plain_text(said):
        raise CellRefused("markup", said[:SHOWN])
    return said


def _listed(column: Column, value: Any, separator: re.Pattern[str]) -> list[str]:
    if isinstance(value, bool) or not isinstance(value, str | int | float | list):
        raise CellRefused("shape")
    parts = value if isinstance(value, list) else separator.split(str(value))
    if any(isinstance(part, bool) or not isinstance(part, str | int | float) for part in parts):
        raise CellRefused("shape")
    return [said for part in parts if (said := text(str(part)))]


def _keywords(column: Column, value: Any) -> list[str]:
    return [_word(column, one) for one in _listed(column, value, SEPARATOR)][:40]


def _code(column: Column, value: Any) -> str:
    found = _listed(column, value, CODE_SEPARATOR)
    if len(found) != 1:
        raise CellRefused("one_code", str(value)[:SHOWN])
    return _known(column, found[0])


def _codes(column: Column, value: Any) -> list[str]:
    return list(dict.fromkeys(_known(column, one) for one in _listed(column, value, CODE_SEPARATOR)))


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


def _number(column: Column, value: Any) -> int:
    number = _whole(value)
    if not 0 <= number <= column.most:
        raise CellRefused("range", str(number)[:SHOWN] if number.bit_length() < 200 else "10^…")
    return number


def _minutes(column: Column, value: Any) -> int:
    if isinstance(value, str) and value.startswith("P"):
        value = minutes(value)
    return _number(column, value)


def _date(column: Column, value: Any) -> str:
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
    if found := DAY.fullmatch(said):
        try:
            return _in_range(date(int(found[1]), int(found[2]), int(found[3])))
        except ValueError as wrong:
            raise CellRefused("date", said[:SHOWN]) from wrong
    raise CellRefused("date", _turned_round(said) or said[:SHOWN])


def _turned_round(said: str) -> str:
    """What a day written the other way about probably means, as a hint."""
    found = LOCAL_DAY.fullmatch(said)
    return f"{said} → {found[3]}-{int(found[2]):02}-{int(found[1]):02}?" if found else ""


def _in_range(day: date) -> str:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellRefused("date", day.isoformat())
    return day.isoformat()


def _creators(column: Column, value: Any) -> list[dict[str, str]]:
    if isinstance(value, str):
        value = [_creator_line(line) for line in value.splitlines() if line.strip()]
    if not isinstance(value, list) or len(value) > 40:
        raise CellRefused("shape")
    return [_creator(column, one) for one in value]


def _creator_line(line: str) -> dict[str, str]:
    lt, en, url = ([part.strip() for part in line.split("|")] + ["", "", ""])[:3]
    return {"lt": lt or en, "en": en or lt, "url": url}


def _creator(column: Column, one: Any) -> dict[str, str]:
    if not isinstance(one, Mapping) or any(not isinstance(part, str | None) for part in one.values()):
        raise CellRefused("shape")
    made = {name: _word(column, text(one[name])) for name in ("lt", "en", "kind", "url") if one.get(name)}
    if not made.get("lt") and not made.get("en"):
        raise CellRefused("shape")
    if made.get("url", "https://").partition("://")[0] != "https":
        raise CellRefused("address", made["url"][:SHOWN])
    return made


def _body(column: Column, value: Any) -> list[Any]:
    if isinstance(value, str):
        return notation.read(value)
    if not isinstance(value, list):
        raise CellRefused("shape")
    return [_composed(one) for one in value]


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return [_composed(one) for one in value]
    return {key: _composed(one) for key, one in value.items()} if isinstance(value, dict) else value


READERS: dict[Kind, Callable[[Column, Any], Any]] = {
    Kind.KEY: _word,
    Kind.WORD: _word,
    Kind.KEYWORDS: _keywords,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.NUMBER: _number,
    Kind.MINUTES: _minutes,
    Kind.DATE: _date,
    Kind.CREATORS: _creators,
    Kind.BODY: _body,
}
