"""The newsletter: its public pages are for everybody, links that were not made here lead nowhere; at the desk
editors write and publishers send.
"""

from access.matrix import SIGN_IN, row

row("newsletter-confirm", args=("nothing",), anonymous=410, others=410)
row("newsletter-own", args=("nothing",), anonymous=410, others=410)
row("newsletter-leave", args=("nothing",), method="POST", anonymous=200, others=200)
row("newsletter-issue", args=("0000-0000",), anonymous=404, others=404)
row("newsletter-member", anonymous=SIGN_IN, others=302)
for page in ("edit", "preview", "mail"):
    row(f"newsletter-{page}", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("newsletter-pages", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("newsletter-policies", anonymous=SIGN_IN, others=404, PUBLISHER=200)
row(
    "newsletter-policy-change",
    args=("newsletter",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    PUBLISHER=422,
)
