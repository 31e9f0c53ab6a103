"""Own versions of partners and their copies.

A version or copy of another installation does not exist for anybody else.
"""

from access.matrix import SIGN_IN, row

row("repository-copy", args=("0000-0000",), anonymous=404, others=404)  # no such copy, but a kind page
row("repository-copy-logo", args=("nothing",), anonymous=404, others=404)
row("repository-copy-status", args=("nothing",), anonymous=404, others=404)
row("repository-embed", args=("nothing",), anonymous=404, others=404)
PARTNER = {"PARTNER_EDITOR": 200}
row("repository-own", anonymous=SIGN_IN, others=404, **PARTNER)
row("repository-choose", anonymous=SIGN_IN, others=404, **PARTNER)
row("repository-adapt", args=("0000-0000",), anonymous=404, others=404)  # no such resource, open to all
row("repository-begin", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such resource
row(
    "repository-adaptation", args=("0000-0000",), anonymous=SIGN_IN, others=404
)  # no such version of the own installation
row("repository-own-logo", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("repository-section", args=("0000-0000", "0000-0000", "lt"), anonymous=SIGN_IN, others=404)
row("repository-preview", args=("0000-0000", "lt"), anonymous=SIGN_IN, others=404)
row("repository-update", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("repository-deploy", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("repository-deployment", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("repository-take", args=("0000-0000", "lt"), anonymous=SIGN_IN, others=404)
for name in ("places", "logo", "order-parts", "own-part", "step", "pin", "deployment-change"):
    row(f"repository-{name}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("repository-partners", anonymous=SIGN_IN, others=404, PARTNER_MANAGER=200)
row("repository-partner-end", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("repository-join", method="POST", anonymous=SIGN_IN, others=404, PARTNER_MANAGER=422)  # no name given
row("repository-judge", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("repository-stop", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
