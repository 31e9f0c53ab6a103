"""The publish gate."""

from access.matrix import PUBLIC, SIGN_IN, row

for name in ("repository-gate", "repository-gate-look", "repository-gate-end"):
    method = "GET" if name == "repository-gate" else "POST"
    row(name, args=("0000-0000",), method=method, anonymous=SIGN_IN, others=404)  # no such resource
row("repository-search", anonymous=PUBLIC, others=200)

# Feedback of readers
row("portal-feedback", anonymous=PUBLIC, others=200)
row("portal-feedback-back", method="POST", anonymous=422, others=422)  # no words given
row("portal-feedback-list", anonymous=SIGN_IN, others=404, EDITOR=200, PUBLISHER=200)
row("portal-feedback-one", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such feedback
row(
    "portal-feedback-close", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
)  # no such feedback

# Statistics of the collection
SEEING = {"EDITOR": 200, "PUBLISHER": 200, "PARTNER_MANAGER": 200, "AWARENESS_STATISTICIAN": 200}
row("repository-figures", anonymous=SIGN_IN, others=404, **SEEING)
