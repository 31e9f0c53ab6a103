"""CSV: encoding, separator and rows. Whatever spreadsheets write is read; a damaged file is refused with the
row in question."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from sauga.kernel.kit.imports.cells import row_of
from sauga.kernel.kit.imports.layout import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Given,
    Layout,
    Problem,
    Table,
    TableRefused,
    cleaned,
    letters_of,
)

csv.field_size_limit(MOST_BYTES)  # a cell that is too long is refused with its row, not with the file
SEPARATORS = (";", ",", "\t")
COMMENT = "#"
"""A row whose first cell begins so explains something and is passed over."""
MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def open_csv(layout: Layout[Any], content: bytes) -> Table:
    """The rows of a CSV file. Raises TableRefused, also while its rows are read."""
    text, encoding = decoded(content)
    if not text.strip():
        raise TableRefused("empty")
    separator = _separator(layout, text)
    lines = _lines(text, separator)
    head, notes = header(layout, next(lines)[1])
    rows = [
        (number, cells)
        for number, cells in lines
        if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith(COMMENT)
    ]
    if not rows:
        raise TableRefused("no_rows")
    if len(rows) > MOST_ROWS:
        raise TableRefused("too_many", most=MOST_ROWS)
    return Table(
        (_row(layout, number, head, cells) for number, cells in rows),
        len(rows),
        {**notes, "encoding": encoding, "separator": separator},
        letters_of(head),
    )


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else UTF-8, UTF-16 by its zero bytes, Windows-1257.

    Raises TableRefused.
    """
    name = next((name for mark, name in MARKS if content.startswith(mark)), None)
    if name is None:
        name = _unmarked(content)
    if not name:
        raise TableRefused("encoding")
    try:
        return content.decode(name), name.removesuffix("-sig")
    except UnicodeDecodeError as wrong:
        raise TableRefused("encoding") from wrong


def _unmarked(content: bytes) -> str:
    head = content[:4000]
    if len(head) > 8 and head.count(0) * 3 > len(head):
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "windows-1257"
    return "utf-8"


def header(layout: Layout[Any], cells: Sequence[Any]) -> tuple[list[str], dict[str, Any]]:
    """The columns by their places (empty: not known), and a note about those that are not known.

    Raises TableRefused.
    """
    names = [cleaned(cell) for cell in cells][:MOST_COLUMNS]
    known = [layout.named(name) for name in names]
    doubled = sorted({name for name in known if name and known.count(name) > 1})
    if doubled:
        raise TableRefused("doubled", columns=doubled)
    lacking = [name for name in layout.required if name not in known]
    lacking += [] if any(name in known for name in layout.titles) else [layout.titles[0]]
    unknown = [name for name in names if name and not layout.named(name)]
    near = {name: found[0] for name in unknown if (found := get_close_matches(name, layout.by_name, 1, 0.7))}
    said = [f"{name} → {near[name]}?" if name in near else name for name in unknown][:20]
    if lacking:
        raise TableRefused("header", columns=lacking, unknown=said)
    return known, ({"unknown": said} if said else {})


def _separator(layout: Layout[Any], text: str) -> str:
    """The one by which the first line falls into most known columns."""
    first = re.split(r"[\r\n]", text.lstrip("\r\n "), maxsplit=1)[0]

    def known(separator: str) -> int:
        return sum(bool(layout.named(cell.strip().strip('"'))) for cell in first.split(separator))

    return max(SEPARATORS, key=known)


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise TableRefused("quotes", row=number) from wrong
        if cells:
            yield number, cells


def _row(layout: Layout[Any], number: int, head: list[str], cells: list[str]) -> Given:
    problems = [Problem("", "cells", f"{len(cells)} > {len(head)}")] if len(cells) > len(head) else []
    return row_of(
        layout, number, [(name, cell) for name, cell in zip(head, cells, strict=False) if name], problems
    )
