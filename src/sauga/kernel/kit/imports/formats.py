"""Detects the format of a file: by its name and its first bytes, which must agree."""

from typing import Any

from sauga.kernel.kit.imports.documents import open_json
from sauga.kernel.kit.imports.layout import MOST_BYTES, Layout, Table, TableRefused
from sauga.kernel.kit.imports.sheets import OLD_OFFICE, open_xlsx
from sauga.kernel.kit.imports.tables import open_csv

OPENERS = {"csv": open_csv, "xlsx": open_xlsx, "json": open_json}
TOLD_APART = {
    "xls": "old_office",
    "xlsm": "macros",
    "xlsb": "old_office",
    "xltm": "macros",
    "ods": "other_office",
    "numbers": "other_office",
}


def formats(layout: Layout[Any]) -> list[str]:
    """The formats in which a file may come: JSON only where the layout has a document."""
    return [form for form in OPENERS if form != "json" or layout.document]


def format_of(layout: Layout[Any], name: str, content: bytes) -> str:
    """One of `formats`. Raises TableRefused."""
    ending = name.rpartition(".")[2].lower()
    if not content.strip(b"\0 \t\r\n"):
        raise TableRefused("empty")
    if len(content) > MOST_BYTES:
        raise TableRefused("too_large", most=MOST_BYTES // (1024 * 1024))
    if ending in TOLD_APART:
        raise TableRefused(TOLD_APART[ending])
    if ending not in formats(layout):
        raise TableRefused("kind", formats=[form.upper() for form in formats(layout)])
    if content.startswith(OLD_OFFICE):
        raise TableRefused("old_office")
    if ending != "xlsx" and content.startswith(b"PK\x03\x04"):
        raise TableRefused("belies")
    return ending


def open_table(layout: Layout[Any], content: bytes, form: str) -> Table:
    """The rows of a file of this format. Raises TableRefused, also while its rows are read."""
    return OPENERS[form](layout, content)
