"""Own versions of partners and their copies.

A version or copy of another installation does not exist for anybody else.
"""

from access.matrix import SIGN_IN, row

row("repository-copy", args=("0000-0000",), anonymous=404, others=404)  # no such copy, but a kind page
row("repository-copy-logo", args=("nothing",), anonymous=404, others=404)
row("repository-copy-status", args=("nothing",), anonymous=404, others=404)
row("repository-embed", args=("nothing",), anonymous=404, others=404)
row("repository-adapt", args=("0000-0000",), anonymous=404, others=404)  # no such resource, open to all

# The partner's side is on the member site, where staff are visitors like anybody else. Which member gets what
# is tested in `tests/repository/adaptations/test_partner_access.py`.
for page in ("own", "choose"):
    row(f"repository-{page}", anonymous=SIGN_IN, others=302)
for page in ("begin", "adaptation", "own-logo", "update", "deploy", "deployment"):
    row(f"repository-{page}", args=("0000-0000",), anonymous=SIGN_IN, others=302)
for page in ("preview", "take"):
    row(f"repository-{page}", args=("0000-0000", "lt"), anonymous=SIGN_IN, others=302)
row("repository-section", args=("0000-0000", "0000-0000", "lt"), anonymous=SIGN_IN, others=302)
for name in ("places", "logo", "order-parts", "own-part", "step", "pin", "deployment-change"):
    row(f"repository-{name}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=302)
row("repository-partners", anonymous=SIGN_IN, others=404, PARTNER_MANAGER=200)
row("repository-partner-end", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("repository-partner-answer", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("repository-join", method="POST", anonymous=SIGN_IN, others=404, PARTNER_MANAGER=422)  # no name given
row("repository-judge", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("repository-stop", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
