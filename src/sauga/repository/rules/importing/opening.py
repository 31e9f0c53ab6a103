"""Which format a file is: by its name and its first bytes, which must agree."""

from sauga.repository.rules.importing.documents import open_json
from sauga.repository.rules.importing.problems import MOST_BYTES, TableRefused
from sauga.repository.rules.importing.reading import Table
from sauga.repository.rules.importing.sheets import OLD_OFFICE, open_xlsx
from sauga.repository.rules.importing.tables import open_csv

OPENERS = {"csv": open_csv, "xlsx": open_xlsx, "json": open_json}
TOLD_APART = {
    "xls": "old_office",
    "xlsm": "macros",
    "xlsb": "old_office",
    "xltm": "macros",
    "ods": "other_office",
    "numbers": "other_office",
}


def format_of(name: str, content: bytes) -> str:
    """csv, xlsx or json. Raises TableRefused."""
    ending = name.rpartition(".")[2].lower()
    if not content.strip(b"\0 \t\r\n"):
        raise TableRefused("empty")
    if len(content) > MOST_BYTES:
        raise TableRefused("too_large", most=MOST_BYTES // (1024 * 1024))
    if ending in TOLD_APART:
        raise TableRefused(TOLD_APART[ending])
    if ending not in OPENERS:
        raise TableRefused("kind")
    if content.startswith(OLD_OFFICE):
        raise TableRefused("old_office")
    if ending != "xlsx" and content.startswith(b"PK\x03\x04"):
        raise TableRefused("belies")
    return ending


def open_table(content: bytes, form: str) -> Table:
    """The rows of a file of this format. Raises TableRefused, also while its rows are read."""
    return OPENERS[form](content)
