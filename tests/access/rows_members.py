"""Rows of the member site: staff are visitors there like anybody else; what members see of each other is
tested in `tests/kernel/members`. At the desk the list follows from its declaration.
"""

from access.matrix import PUBLIC, SIGN_IN, row

row("members-signin", anonymous=PUBLIC, others=200)
row("members-sent", anonymous=PUBLIC, others=200)
row("members-passkey", anonymous=PUBLIC, others=200)
row("members-link", args=("nothing",), anonymous=410, others=410)
row("members-guardian", args=("nothing",), anonymous=404, others=404)
for page in (
    "home",
    "account",
    "passkey-new",
    "consents",
    "data",
    "data-json",
    "data-pdf",
    "delete",
    "organisations",
    "ask",
    "suggest",
    "signout",  # takes posts only
):
    row(f"members-{page}", anonymous=SIGN_IN, others=302)
for page in ("passkey-remove", "session-end", "decide"):
    row(f"members-{page}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=302)
