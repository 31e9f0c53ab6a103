"""Imports of records."""

from access.matrix import SIGN_IN, row

BRINGS = {"EDITOR": 200, "PUBLISHER": 200}
row("repository-imports", anonymous=SIGN_IN, others=404, **BRINGS)
row("repository-import-template", args=("csv",), anonymous=SIGN_IN, others=404, **BRINGS)
row("repository-import-run", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such import
row("repository-import-report", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such import
row(
    "repository-import-do", args=("0000-0000", "store"), method="POST", anonymous=SIGN_IN, others=404
)  # no such import

# Harvesting
for name in ("repository-proposals", "repository-sources"):
    row(name, anonymous=SIGN_IN, others=404, EDITOR=200)
row("repository-source", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such source
row(
    "repository-source-ask", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
)  # no such source
row("repository-proposal", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such proposal
row(
    "repository-proposal-decide", args=("0000-0000", "accept"), method="POST", anonymous=SIGN_IN, others=404
)  # no such proposal
