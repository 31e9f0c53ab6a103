"""Members of the panel: visitors only sign in; everything else is for the member whose session it is."""

from access.matrix import SIGN_IN, row

row("panel-space", anonymous=SIGN_IN, others=302)
row("panel-signin", anonymous=200, others=200)
