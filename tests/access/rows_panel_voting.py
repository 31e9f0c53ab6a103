"""Ballots of the panel: members on their own pages, the desk for facilitators and the safeguarding lead."""

from access.matrix import SIGN_IN, row

row("panel-ballots", anonymous=SIGN_IN, others=302)
row("panel-ballot", args=("nothing",), anonymous=SIGN_IN, others=302)
row(
    "panel-ballot-new",
    anonymous=SIGN_IN,
    others=404,
    PANEL_FACILITATOR=200,
)
row("panel-ballot-edit", args=("nothing",), anonymous=SIGN_IN, others=404)
