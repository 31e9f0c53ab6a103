"""CSV that a spreadsheet opens as text and numbers, never as formulae (OWASP, “CSV Injection”)."""

import csv
import io
from collections.abc import Iterable, Sequence

BEGINS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
BYTE_ORDER_MARK = "\ufeff"

type Cell = str | int | float | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, delimiter: str = ",") -> str:
    """One CSV document: a byte-order mark (spreadsheets then read Lithuanian letters), a header, CRLF line
    ends.

    Numbers stay numbers, None is an empty cell; a text that a spreadsheet could take for a formula gets an
    apostrophe before it.
    """
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return out.getvalue()


def harmless(text: str) -> str:
    """The text, with an apostrophe before it when it (or what follows its leading spaces) could begin a
    formula; NUL is dropped."""
    text = text.replace("\0", "")
    return (
        f"'{text}"
        if text.startswith(BEGINS_FORMULA) or text.lstrip(" \u00a0").startswith(BEGINS_FORMULA)
        else text
    )
