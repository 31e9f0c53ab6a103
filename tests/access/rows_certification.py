"""Certification: the register and requests are for everybody; personal links answer alike for strangers; at
the desk the manager and the board work, others find nothing.
"""

from access.matrix import SIGN_IN, row

row("certification-entry", args=("nothing",), anonymous=404, others=404)
row("certification-employer", args=("nothing",), anonymous=410, others=410)
for page in ("session", "session-report", "session-calendar"):
    row(f"certification-{page}", args=("nothing",), anonymous=410, others=410)
row("certification-interests", anonymous=SIGN_IN, others=404, CERTIFICATION_BOARD=200)
row("certification-interest-end", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("certification-criterion", args=("999", "exam"), anonymous=SIGN_IN, others=404)
row("certification-criterion-remove", args=("999", "exam"), method="POST", anonymous=SIGN_IN, others=404)
row(
    "certification-evidence-withdraw",
    args=("0000-0000", "0000-0000"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
)
row("certification-take-up", method="POST", anonymous=SIGN_IN, others=404, CERTIFICATION_MANAGER=302)
for page in ("mine", "apply", "profile", "my-calendar"):
    row(f"certification-{page}", anonymous=SIGN_IN, others=302)
row("certification-unlist", method="POST", anonymous=SIGN_IN, others=302)
for page in ("my-session", "appeal"):
    row(f"certification-{page}", args=("nothing",), anonymous=SIGN_IN, others=302)
for page in ("answer", "my-session-cancel", "withdraw", "ask-employer"):
    row(f"certification-{page}", args=("nothing",), method="POST", anonymous=SIGN_IN, others=302)
