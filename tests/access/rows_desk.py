"""The counsellor's desk, the record, and the texts of the line."""

from access.matrix import SIGN_IN, row

ADMIN = {"SERVICE_ADMINISTRATOR": 200}
row("helpline-texts", anonymous=SIGN_IN, others=404, **ADMIN)
row("helpline-canned-add", anonymous=SIGN_IN, others=404, **ADMIN)
row("helpline-card-add", anonymous=SIGN_IN, others=404, **ADMIN)
row("helpline-canned", args=("NO_SUCH", "lt"), anonymous=SIGN_IN, others=404)  # no such text
row("helpline-canned-offer", args=("NO_SUCH", "lt", "retire"), method="POST", anonymous=SIGN_IN, others=404)
row("helpline-card", args=("NO_SUCH",), anonymous=SIGN_IN, others=404)
row("helpline-card-check", args=("NO_SUCH",), method="POST", anonymous=SIGN_IN, others=404)
row("helpline-card-offer", args=("NO_SUCH", "retire"), method="POST", anonymous=SIGN_IN, others=404)

# The desk. No such conversation or contact: who may talk is told the same as who may not.
ON_DUTY = {"COUNSELLOR": 200, "SHIFT_LEAD": 200}
ACTING = {"COUNSELLOR": 302, "SHIFT_LEAD": 302}
row("helpline-desk", anonymous=SIGN_IN, others=404, **ON_DUTY)
row("helpline-present", anonymous=SIGN_IN, others=404, COUNSELLOR=204, SHIFT_LEAD=204)
row("helpline-mine", anonymous=SIGN_IN, others=404, **ON_DUTY)
row("helpline-duty", args=("begin",), method="POST", anonymous=SIGN_IN, others=404, **ACTING)
for name in ("next", "offer-accept", "offer-refuse"):
    row(f"helpline-{name}", method="POST", anonymous=SIGN_IN, others=404, **ACTING)
row("helpline-passed-take", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404, **ACTING)
row("helpline-talk", args=("0000-0000",), anonymous=SIGN_IN, others=404)
for name in ("say", "note", "lead", "risk", "hand-over", "keep", "end", "open"):
    row(f"helpline-talk-{name}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("helpline-talk-risk-undo", args=("0000-0000", "NONE"), method="POST", anonymous=SIGN_IN, others=404)
row("helpline-record", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("helpline-record-nondata", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
