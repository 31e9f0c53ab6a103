"""Retention: the page of a period asks for the second factor first, whatever the period; the access test's
people have just shown it."""

from access.matrix import SIGN_IN, row

SEE = ("DATA_PROTECTION_OFFICER", "LEGAL_OFFICER")

row("retention-terms", anonymous=SIGN_IN, others=404, **dict.fromkeys(SEE, 200))
row("retention-holds", anonymous=SIGN_IN, others=404, **dict.fromkeys(SEE, 200))
row("retention-hold-new", anonymous=SIGN_IN, others=404, **dict.fromkeys(SEE, 200))
row("retention-term", args=("helpline.chat",), anonymous=SIGN_IN, others=404, **dict.fromkeys(SEE, 200))
