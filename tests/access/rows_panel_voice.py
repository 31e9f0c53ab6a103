"""The voice of the panel: the public list is everybody's, the members' space is for members, the addressee's
page for whoever has the link."""

from access.matrix import SIGN_IN, row

for page in ("cycle", "proposals", "proposal-new", "topics", "mine", "meetings", "rules"):
    row(f"panel-{page}", anonymous=SIGN_IN, others=302)
for page in ("proposal", "proposal-edit", "versions", "own-text", "picture"):
    row(f"panel-{page}", args=("nothing",), anonymous=SIGN_IN, others=302)
for page in ("proposal-act", "comment", "meeting-reply"):
    row(f"panel-{page}", args=("nothing",), method="POST", anonymous=SIGN_IN, others=302)
row("panel-talk", args=("learned",), anonymous=SIGN_IN, others=302)
row("panel-amend", args=("nothing", "wish"), anonymous=SIGN_IN, others=302)
row("panel-year", args=(2019,), anonymous=404, others=404)
row("panel-public-proposal", args=(999,), anonymous=404, others=404)
row("panel-answer", args=("nothing",), anonymous=410, others=410)
row("panel-cycle-change", args=(999,), anonymous=SIGN_IN, others=404)
row("panel-cycle-new", anonymous=SIGN_IN, others=404, PANEL_FACILITATOR=200)
row(
    "panel-meetings-calendar",
    anonymous=SIGN_IN,
    others=404,
    PANEL_FACILITATOR=200,
    PANEL_SAFEGUARDING_LEAD=200,
)
row("panel-meeting-change", args=("nothing",), anonymous=SIGN_IN, others=404)
row("panel-text-picture", args=("nothing",), anonymous=SIGN_IN, others=404)
row("panel-addressee", args=("nothing",), anonymous=SIGN_IN, others=404)
