"""XLSX: checked as an archive first, then read row by row.

Nothing in it is calculated, fetched or executed.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from sauga.kernel import zip_bounds
from sauga.kernel.kit import workbooks
from sauga.kernel.kit.imports.cells import row_of
from sauga.kernel.kit.imports.layout import (
    MOST_COLUMNS,
    MOST_ROWS,
    Given,
    Layout,
    Problem,
    Table,
    TableRefused,
    letters_of,
)
from sauga.kernel.kit.imports.tables import COMMENT, header

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ENTRIES = 2_000
MOST_UNPACKED = 160 * 1024 * 1024
HEAD = 4096
ROOT_SOON = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?+\s*+(?:(?><\?.*?\?>|<!--.*?-->)\s*+)*+<[a-zA-Z_]", re.DOTALL
)
"""A part whose first element begins within its head: no document type, and with it no entity, can stand
further on."""
MOST_EMPTY_ROWS = 1_000
BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    SyntaxError,
    AssertionError,
)
"""What the library raises for a damaged workbook."""


def open_xlsx(layout: Layout[Any], content: bytes) -> Table:
    """The rows of the first sheet. Raises TableRefused, also while its rows are read."""
    return _table(layout, _sheets(content)[0])


def open_sheets(layouts: Mapping[str, Layout[Any]], content: bytes) -> dict[str, Table]:
    """The rows of those sheets whose names `layouts` has, in its order; sheets without rows are left out.

    All rows are read. Raises TableRefused: with `sheets` where no sheet has one of the names.
    """
    held = {str(sheet.title).strip().lower(): sheet for sheet in _sheets(content)}
    if not held.keys() & layouts.keys():
        raise TableRefused("sheets", names=list(layouts))
    found: dict[str, Table] = {}
    for name, layout in layouts.items():
        try:
            table = _table(layout, held[name]) if name in held else None
            if table is not None:
                found[name] = replace(table, rows=iter(list(table.rows)))
        except TableRefused as refused:
            if refused.why not in {"empty", "no_rows"}:
                raise
    if not found:
        raise TableRefused("no_rows")
    return found


def _sheets(content: bytes) -> list[Any]:
    check_archive(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of a workbook that are not needed here
            book = workbooks.library().load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        return [book.worksheets[0], *book.worksheets[1:]]
    except BROKEN as wrong:
        raise TableRefused("damaged") from wrong


def _table(layout: Layout[Any], sheet: Any) -> Table:
    lines = _lines(sheet)
    number, first = next(lines, (0, ()))
    if not number:
        raise TableRefused("empty")
    head, notes = header(layout, [cell.value for cell in first])
    second = next(lines, None)
    if second is None:
        raise TableRefused("no_rows")
    rows = _rows(layout, chain([second], lines), head)
    notes["sheet"] = str(sheet.title)[:80]
    return Table(rows, max((sheet.max_row or 0) - 1, 0), notes, letters_of(head))


def check_archive(content: bytes) -> None:
    """Refuse what is no plain workbook: older or locked files, macros, archives that unpack to too much, XML
    with entities."""
    if content.startswith(OLD_OFFICE):
        raise TableRefused("old_office")
    if not content.startswith(b"PK"):
        raise TableRefused("not_xlsx")
    try:
        with zip_bounds.opened(content) as archive:
            _check_entries(archive)
    except zip_bounds.TooManyMembers as many:
        raise TableRefused("bomb") from many
    except BROKEN as wrong:
        if isinstance(wrong, TableRefused):
            raise
        raise TableRefused("damaged") from wrong
    except (RuntimeError, NotImplementedError) as locked:
        raise TableRefused("locked") from locked


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise TableRefused("locked")
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise TableRefused("macros")
    if "xl/workbook.xml" not in names:
        raise TableRefused("not_xlsx")
    # Python's reader stops at the size that is written there, so a false size unpacks to no more.
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise TableRefused("bomb")
    if not all(zip_bounds.is_plain(entry) for entry in entries):
        raise TableRefused("damaged")
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            head = zip_bounds.beginning(archive, entry, HEAD).replace(b"\0", b"")
            if head and not ROOT_SOON.match(head):
                raise TableRefused("entities")


def _lines(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows that hold something, with their numbers; ends after a long stretch of nothing."""
    empty = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
            if any(cell.value not in {None, ""} for cell in cells):
                empty = 0
                yield number, cells
            else:
                empty += 1
                if empty > MOST_EMPTY_ROWS:
                    return
    except BROKEN as wrong:
        if isinstance(wrong, TableRefused):
            raise
        raise TableRefused("damaged") from wrong


def _rows(
    layout: Layout[Any], lines: Iterator[tuple[int, tuple[Any, ...]]], head: list[str]
) -> Iterator[Given]:
    count = 0
    for number, cells in lines:
        if str(cells[0].value or "").lstrip().startswith(COMMENT):
            continue
        count += 1
        if count > MOST_ROWS:
            raise TableRefused("too_many", most=MOST_ROWS)
        yield _row(layout, number, head, cells)
    if not count:
        raise TableRefused("no_rows")


def _row(layout: Layout[Any], number: int, head: list[str], cells: tuple[Any, ...]) -> Given:
    raw, problems = [], []
    for name, cell in zip(head, cells, strict=False):
        if not name or cell.value is None:
            continue
        if cell.data_type in {"f", "e"}:
            problems.append(
                Problem(name, "formula" if cell.data_type == "f" else "error", str(cell.value)[:80])
            )
        else:
            raw.append((name, cell.value))
    return row_of(layout, number, raw, problems)
