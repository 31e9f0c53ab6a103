"""Acts on several ticked items of the worklist."""

from access.matrix import SIGN_IN, row

row(
    "hotline-many", method="POST", anonymous=SIGN_IN, others=404
)  # no act named: nobody is told whether it exists
row(
    "hotline-many-undo", args=("nothing",), method="POST", anonymous=SIGN_IN, others=404
)  # nothing to take back
