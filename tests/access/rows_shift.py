"""Rows of what a lead does for the shift, of the line's settings and of its trail.

What they do: tests/helpline/rota/test_shift_lead.py.
"""

from access.matrix import SIGN_IN, row

LEADS = {"SHIFT_LEAD": 302}

row(
    "helpline-shift-word-seen",
    args=("nothing",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    COUNSELLOR=302,
    SHIFT_LEAD=302,
)
row("helpline-shift-say", method="POST", anonymous=SIGN_IN, others=404, **LEADS)
row("helpline-shift-word-end", args=("nothing",), method="POST", anonymous=SIGN_IN, others=404, **LEADS)
row("helpline-duty-pass", method="POST", anonymous=SIGN_IN, others=404, **LEADS)
row("helpline-duty-pass-back", args=(1,), method="POST", anonymous=SIGN_IN, others=404, **LEADS)
row("helpline-policies", anonymous=SIGN_IN, others=404, SERVICE_ADMINISTRATOR=200)
row(
    "helpline-policy-change",
    args=("side_by_side",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    SERVICE_ADMINISTRATOR=422,
)
row("helpline-trail", anonymous=SIGN_IN, others=404, AUDITOR=200)
row("helpline-trail-check", method="POST", anonymous=SIGN_IN, others=404, AUDITOR=302)
