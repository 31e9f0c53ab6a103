"""Members of the panel. The members' space is for the session of a card, and sends everybody else to sign in
with one; who the member is, what a member wrote and the records are opened by a post. Patterns are for the
safeguarding lead alone.
"""

from access.matrix import SIGN_IN, row

DESK = {"anonymous": SIGN_IN, "others": 404}
row("panel-signin", anonymous=200, others=200)
for page in ("space", "me", "me-data", "wrong"):
    row(f"panel-{page}", anonymous=SIGN_IN, others=302)
row("panel-signout", method="POST", anonymous=SIGN_IN, others=302)
row("panel-wrong-one", args=("nothing",), anonymous=SIGN_IN, others=302)
row("panel-nominations", anonymous=SIGN_IN, others=302)
row("panel-nomination-confirm", args=("nothing",), method="POST", anonymous=SIGN_IN, others=302)
row("panel-member-letter", args=("nothing",), **DESK)
row("panel-patterns", **DESK, PANEL_SAFEGUARDING_LEAD=200)
for page in ("member-card", "member-identity", "flag-words", "export-file"):
    row(f"panel-{page}", args=("nothing",), method="POST", **DESK)
row(
    "panel-adults-many",
    method="POST",
    **DESK,
    PANEL_FACILITATOR=302,
    PANEL_SAFEGUARDING_LEAD=302,
    COORDINATOR=302,
)
