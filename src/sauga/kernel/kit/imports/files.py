"""Downloads of the import pages: a template in each format, with a row that explains the columns, and the
report of a run."""

import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sauga.kernel import vocab
from sauga.kernel.kit import workbooks
from sauga.kernel.kit.imports.layout import Column, Layout
from sauga.kernel.kit.imports.tables import COMMENT
from sauga.kernel.ui.formats.csv_files import csv_text

MIMES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHORT_LIST = 12
"""Codes that are named in the explaining row; longer lists are only in the sheet."""

type Explain = Callable[[Column], str]


def template(layout: Layout[Any], form: str, explain: Explain) -> bytes:
    """An empty file of records in this format. Raises KeyError."""
    return WRITERS[form](layout, lambda column: f"{explain(column)}{_named(column)}")


def codes(column: Column) -> list[tuple[str, str]]:
    """The codes that a column may hold, with their words."""
    return vocab.choices(column.vocabulary) if column.vocabulary else []


def _named(column: Column) -> str:
    named = [code for code, _label in codes(column)]
    return f" {', '.join(named)}." if 0 < len(named) <= SHORT_LIST else ""


def _csv(layout: Layout[Any], explain: Explain) -> bytes:
    explained = [explain(column) for column in layout.columns]
    explained[0] = f"{COMMENT} {explained[0]}"
    return csv_text([column.name for column in layout.columns], [explained], delimiter=";").encode()


def _xlsx(layout: Layout[Any], explain: Explain) -> bytes:
    openpyxl = workbooks.library()
    book = openpyxl.Workbook()
    _fill(book.active, "records", layout, explain)
    _list_codes(book, layout.columns)
    return _saved(book)


def workbook(layouts: Mapping[str, Layout[Any]], explain: Explain) -> bytes:
    """An empty workbook with a sheet for each layout, by its name, and one with all codes."""
    book = workbooks.library().Workbook()
    book.remove(book.active)
    for name, layout in layouts.items():
        _fill(book.create_sheet(), name, layout, lambda column: f"{explain(column)}{_named(column)}")
    _list_codes(book, [column for layout in layouts.values() for column in layout.columns])
    return _saved(book)


def _fill(sheet: Any, name: str, layout: Layout[Any], explain: Explain) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.title = name
    for place, column in enumerate(layout.columns, 1):
        sheet.cell(1, place, column.name).font = Font(bold=True)
        cell = sheet.cell(2, place, f"{COMMENT} {explain(column)}")
        cell.alignment, cell.font = (
            Alignment(wrap_text=True, vertical="top"),
            Font(italic=True, color="666666"),
        )
        sheet.column_dimensions[get_column_letter(place)].width = 28
        if column.kind.is_text:
            sheet.column_dimensions[get_column_letter(place)].number_format = "@"
    sheet.freeze_panes = "A3"


def _list_codes(book: Any, columns: Iterable[Column]) -> None:
    listed = book.create_sheet("codes")
    listed.append(["column", "code", "lt", "en"])
    for column in columns:
        for code, _label in codes(column):
            listed.append(
                [column.name, code, *(vocab.label(column.vocabulary, code, one) for one in ("lt", "en"))]
            )
    for letter, width in zip("ABCD", (22, 30, 44, 44), strict=True):
        listed.column_dimensions[letter].width = width


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _json(layout: Layout[Any], explain: Explain) -> bytes:
    form = layout.document
    assert form is not None
    document = {
        "format": form.format,
        "read_me": {".".join(map(str, column.path)): explain(column) for column in layout.columns},
        "example": _example(layout.columns),
        form.records: [],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _example(columns: Iterable[Column]) -> dict[str, Any]:
    """A record with all its keys and nothing in them."""
    record: dict[str, Any] = {}
    for column in columns:
        inside = record
        *way, last = column.path
        if isinstance(last, int):
            inside.setdefault(str(way[-1]), []).append(None)
            continue
        for step in way:
            inside = inside.setdefault(str(step), {})
        inside[last] = [] if column.kind.is_list else None
    return record


WRITERS: dict[str, Callable[[Layout[Any], Explain], bytes]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}
