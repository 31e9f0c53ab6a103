"""The school label: what it is and the national picture are for everybody; a label's page needs its
reference; the rest of a school is for members who act for it, and the desk for its coordinator and the
statistician.
"""

from access.matrix import SIGN_IN, row

row("selfcheck-label-page", args=("nothing",), anonymous=404, others=404)
row("selfcheck-label-picture", args=("nothing",), anonymous=404, others=404)
for page in ("labels", "reviews"):
    row(f"selfcheck-{page}", anonymous=SIGN_IN, others=302)
row("selfcheck-assessor-end", method="POST", anonymous=SIGN_IN, others=302)
for page in ("label", "label-table", "label-calendar", "task-new", "evidence", "review"):
    row(f"selfcheck-{page}", args=("nothing",), anonymous=SIGN_IN, others=302)
for page in (
    "label-submit",
    "label-take",
    "label-list",
    "label-again",
    "evidence-send",
    "review-take",
    "conclude",
):
    row(f"selfcheck-{page}", args=("nothing",), method="POST", anonymous=SIGN_IN, others=302)
row("selfcheck-label-area", args=("nothing", "learning"), anonymous=SIGN_IN, others=302)
for page in ("task", "evidence-file", "evidence-aspect", "review-file"):
    row(f"selfcheck-{page}", args=("nothing", "nothing"), anonymous=SIGN_IN, others=302)
for page in ("evidence-remove", "verdict", "file-return"):
    row(f"selfcheck-{page}", args=("nothing", "nothing"), method="POST", anonymous=SIGN_IN, others=302)
row(
    "selfcheck-country-desk", anonymous=SIGN_IN, others=404, LABEL_COORDINATOR=200, AWARENESS_STATISTICIAN=200
)
