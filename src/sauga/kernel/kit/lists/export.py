"""A list as a file: CSV and an Excel workbook. A spreadsheet takes nothing in either for a formula."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.http import HttpResponse

from sauga.kernel.kit import workbooks
from sauga.kernel.kit.lists.cells import Plain
from sauga.kernel.ui.formats.csv_files import csv_text, harmless

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"csv": CSV, "xlsx": XLSX}
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot hold."""
MOST_CHARACTERS = 32_767
"""Of one cell of a workbook (ECMA-376 implementations refuse more)."""


def file_response(
    kind: str, name: str, head: Sequence[str], rows: Iterable[Sequence[Plain]], *, is_private: bool = True
) -> HttpResponse:
    """The rows as a download.

    `kind` is one of `FORMATS`; `name` comes without an ending. No cache keeps what is private.
    """
    body: str | bytes = _csv(head, rows) if kind == "csv" else workbook({"": (head, rows)})
    response = HttpResponse(body, content_type=FORMATS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    if is_private:
        response.headers["Cache-Control"] = "no-store"
    return response


def _csv(head: Sequence[str], rows: Iterable[Sequence[Plain]]) -> str:
    return csv_text(head, [[_iso(cell) for cell in row] for row in rows])


def _iso(cell: Plain) -> str | int | float | None:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else cell


def workbook(sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Plain]]]]) -> bytes:
    """A workbook of several sheets, each with its head and its rows, by their names."""
    book = workbooks.library().Workbook(write_only=True)
    for name, (head, rows) in sheets.items():
        sheet = book.create_sheet(name or None)
        sheet.freeze_panes = "A2"
        for row in ([*head], *rows):
            sheet.append([_safe(cell) if isinstance(cell, str) else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(text: str) -> str:
    """Guarded like CSV, because a workbook may be saved as one later; without characters that a workbook
    cannot hold."""
    return harmless(ILLEGAL.sub("", text))[:MOST_CHARACTERS]
