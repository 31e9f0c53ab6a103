"""Rows of the guides: those of the desk are for everybody who is signed in, those of the public
site for everybody.
"""

from access.matrix import PUBLIC, SIGN_IN, row

row("guides-list", anonymous=SIGN_IN, others=200)
row("guides-guide", args=("desk",), anonymous=SIGN_IN, others=200)
row("guides-public", anonymous=PUBLIC, others=200)
row("guides-public-guide", args=("reporter",), anonymous=PUBLIC, others=200)
