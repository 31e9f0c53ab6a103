"""Files that leave the import's pages: a template in each format, with a row that explains the columns, and the report of a run."""

import io
import json
from collections.abc import Callable
from typing import Any

from sauga.kernel import vocab
from sauga.kernel.figures import csv_text
from sauga.repository.models import ImportRun
from sauga.repository.queries import importing as queries
from sauga.repository.rules.importing.columns import COLUMNS, Column, Kind
from sauga.repository.rules.importing.documents import FORMAT
from sauga.repository.rules.importing.tables import COMMENT
from sauga.repository.views import importing_words as words

type Cell = str | int | float | None
MIMES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHORT_LIST = 12
"""Codes that are named in the explaining row; longer lists are only in the sheet."""


def template(form: str) -> bytes:
    """An empty file of records in this format. Raises KeyError."""
    return WRITERS[form]()


def report(run: ImportRun, head: list[str]) -> str:
    """The refused rows of a run, a line for each thing that is wrong, as CSV that no spreadsheet takes for formulae."""
    lines: list[list[Cell]] = []
    for row in queries.refused_rows(run):
        for found in row.problems:
            one = words.problem(found)
            lines.append([row.number, row.title, one["column"], one["code"], one["said"], one["words"]])
    return csv_text(head, lines)


def _explained(column: Column) -> str:
    codes = [code for code, _label in words.codes(column)]
    named = f" {', '.join(codes)}." if 0 < len(codes) <= SHORT_LIST else ""
    return f"{words.label(column.name)}. {words.says(column)}{named}"


def _csv() -> bytes:
    explained = [_explained(column) for column in COLUMNS]
    explained[0] = f"{COMMENT} {explained[0]}"
    return csv_text([column.name for column in COLUMNS], [explained], delimiter=";").encode()


def _xlsx() -> bytes:
    import openpyxl  # here: it is large, and most processes never write a workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "records"
    for place, column in enumerate(COLUMNS, 1):
        sheet.cell(1, place, column.name).font = Font(bold=True)
        cell = sheet.cell(2, place, f"{COMMENT} {_explained(column)}")
        cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(italic=True, color="666666")
        sheet.column_dimensions[get_column_letter(place)].width = 28
        if column.kind in {Kind.WORD, Kind.KEY, Kind.CODE, Kind.CODES, Kind.DATE}:
            sheet.column_dimensions[get_column_letter(place)].number_format = "@"
    sheet.freeze_panes = "A3"
    codes = book.create_sheet("codes")
    codes.append(["column", "code", "lt", "en"])
    for column in COLUMNS:
        for code, _label in words.codes(column):
            codes.append([column.name, code, *(vocab.label(column.vocabulary, code, one) for one in ("lt", "en"))])
    for letter, width in zip("ABCD", (22, 30, 44, 44), strict=True):
        codes.column_dimensions[letter].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _json() -> bytes:
    record: dict[str, Any] = {}
    for column in COLUMNS:
        inside = record
        *way, last = [step for step in column.path if not isinstance(step, int)]
        for step in way:
            inside = inside.setdefault(str(step), {})
        inside[str(last)] = [] if column.kind in {Kind.KEYWORDS, Kind.CODES, Kind.CREATORS} else None
    record["about_ages"] = [None, None]
    document = {
        "format": FORMAT,
        "read_me": {".".join(map(str, column.path)): _explained(column) for column in COLUMNS},
        "example": record,
        "resources": [],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


WRITERS: dict[str, Callable[[], bytes]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}
