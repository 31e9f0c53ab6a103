"""The publish gate of pages."""

from access.matrix import SIGN_IN, row

row("portal-gate", args=("0",), anonymous=SIGN_IN, others=404)  # no such page
row("portal-gate-preview", args=("0",), anonymous=SIGN_IN, others=404)  # no such page
for name in ("portal-gate-look", "portal-gate-end", "portal-gate-publish"):
    row(name, args=("0",), method="POST", anonymous=SIGN_IN, others=404)  # no such page

SEEING = {"EDITOR": 200, "PUBLISHER": 200, "SAFEGUARDING_EDITOR": 200, "TRANSLATOR": 200}
row("portal-links", anonymous=SIGN_IN, others=404, **SEEING)
row("portal-link-again", args=("0",), method="POST", anonymous=SIGN_IN, others=404)  # no such link
