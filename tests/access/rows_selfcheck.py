"""Self-assessments: the test is everybody's; its versions are for those who write them."""

from access.matrix import SIGN_IN, row

row("selfcheck-details", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("selfcheck-item-new", args=("0000-0000", "child"), anonymous=SIGN_IN, others=404)
row("selfcheck-item", args=("0000-0000", "child", "passwords"), anonymous=SIGN_IN, others=404)
row("selfcheck-preview", args=("0000-0000", "child"), anonymous=SIGN_IN, others=404)
row(
    "selfcheck-item-do",
    args=("0000-0000", "child", "passwords", "up"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
)
