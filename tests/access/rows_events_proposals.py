"""The call for papers: its public pages are for everybody, links that were not made here lead nowhere; at the
desk organisers see proposals, the committee its calls and its own reviews. Who gets which object:
`tests/events/proposals/test_review.py`.
"""

from access.matrix import SIGN_IN, row

REF = "0000-0000"
row("events-proposal-own", args=("nothing",), anonymous=410, others=410)
row("events-proposal-speaker", args=("nothing",), anonymous=410, others=410)
for page in ("call-public", "propose", "proposal-sent"):
    row(f"events-{page}", args=("nothing",), anonymous=404, others=404)
row("events-proposals-mine", anonymous=SIGN_IN, others=302)
row("events-proposal-mine", args=(REF,), anonymous=SIGN_IN, others=302)
row("events-proposal-mine-new", args=("nothing",), anonymous=SIGN_IN, others=302)
for page in ("call", "call-edit", "call-letters", "criterion-new", "call-question-new", "assign", "announce"):
    row(f"events-{page}", args=(REF,), anonymous=SIGN_IN, others=404)
for page in ("criterion", "call-question"):
    row(f"events-{page}", args=(REF, REF), anonymous=SIGN_IN, others=404)
row("events-call-remove", args=(REF, "criterion", REF), method="POST", anonymous=SIGN_IN, others=404)
row("events-call-do", args=(REF, "close"), method="POST", anonymous=SIGN_IN, others=404)
row("events-proposals-file", args=(REF, "csv"), anonymous=SIGN_IN, others=404)
row("events-review", args=(REF,), anonymous=SIGN_IN, others=404)
row("events-review-conflict", args=(REF,), method="POST", anonymous=SIGN_IN, others=404)
row("events-proposals-many", method="POST", anonymous=SIGN_IN, others=404)
row("events-proposal-programme", args=(REF,), anonymous=SIGN_IN, others=404)
row("events-proposal-reviewer", args=(REF, "add"), method="POST", anonymous=SIGN_IN, others=404)
