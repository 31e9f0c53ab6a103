"""The register of organisations at the desk. Other rows follow from the declarations of its pages
(`derived.py`)."""

from access.matrix import SIGN_IN, row

IMPORTS = {"COORDINATOR": 200, "PARTNER_MANAGER": 200}
row("organisations-imports", anonymous=SIGN_IN, others=404, **IMPORTS)
row("organisations-import-template", args=("csv",), anonymous=SIGN_IN, others=404, **IMPORTS)
row("organisations-import-run", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such import
row("organisations-import-report", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such import
row("organisations-import-do", args=("0000-0000", "store"), method="POST", anonymous=SIGN_IN, others=404)
# No such organisation: 404 for everybody who is signed in.
row("organisations-role-withdraw", args=("nothing", "0"), method="POST", anonymous=SIGN_IN, others=404)
row("organisations-unlink", args=("nothing", "0"), method="POST", anonymous=SIGN_IN, others=404)
row("organisations-logo-end", args=("nothing", "0"), method="POST", anonymous=SIGN_IN, others=404)
row("organisations-logo-withdraw", args=("nothing", "0"), method="POST", anonymous=SIGN_IN, others=404)
row("organisations-part", args=("nothing", "none"), method="POST", anonymous=SIGN_IN, others=404)
