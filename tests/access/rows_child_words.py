"""The words of children."""

from access.matrix import SIGN_IN, row

row("repository-words", anonymous=SIGN_IN, others=404, EDITOR=200, PUBLISHER=200)
for name in ("change", "retire", "back"):
    row(
        f"repository-words-{name}", args=("0",), method="POST", anonymous=SIGN_IN, others=404
    )  # no such words
