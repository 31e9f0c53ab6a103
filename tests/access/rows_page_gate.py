"""The publish gate of pages."""

from access.matrix import SIGN_IN, row

row("portal-gate", args=("0",), anonymous=SIGN_IN, others=404)  # no such page
row("portal-gate-preview", args=("0",), anonymous=SIGN_IN, others=404)  # no such page
row("portal-gate-beside", args=("0",), anonymous=SIGN_IN, others=404)  # no such page
for name in ("portal-gate-look", "portal-gate-end", "portal-gate-publish"):
    row(name, args=("0",), method="POST", anonymous=SIGN_IN, others=404)  # no such page

row("portal-link-again", args=("0",), method="POST", anonymous=SIGN_IN, others=404)  # no such link
