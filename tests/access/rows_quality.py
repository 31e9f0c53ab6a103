"""Quality reviews."""

from access.matrix import SIGN_IN, row

LEAD = {"SHIFT_LEAD": 200}
row("helpline-quality", anonymous=SIGN_IN, others=404, **LEAD)
row("helpline-quality-summary", anonymous=SIGN_IN, others=404, **LEAD)
row("helpline-quality-review", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such review
for act in ("begin", "put-back", "settle"):
    row(f"helpline-quality-{act}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
