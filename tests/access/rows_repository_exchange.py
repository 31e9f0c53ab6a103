"""Imports of records."""

from access.matrix import SIGN_IN, row

BRINGS = {"EDITOR": 200, "PUBLISHER": 200}
row("repository-imports", anonymous=SIGN_IN, others=404, **BRINGS)
row("repository-import-template", args=("csv",), anonymous=SIGN_IN, others=404, **BRINGS)
row("repository-import-run", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such import
row("repository-import-report", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such import
row("repository-import-do", args=("0000-0000", "store"), method="POST", anonymous=SIGN_IN, others=404)  # no such import
