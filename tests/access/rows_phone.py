"""Rows of calls, the switchboard's port and the shift lead's board."""

from access.matrix import PUBLIC, SIGN_IN, row

TAKERS = ("COUNSELLOR", "SHIFT_LEAD")
row("helpline-switchboard", method="POST", anonymous=404, others=404)  # no switchboard is connected here
row("helpline-calls", anonymous=SIGN_IN, others=404, **dict.fromkeys(TAKERS, 200))
row("helpline-call-open", method="POST", anonymous=SIGN_IN, others=404, **dict.fromkeys(TAKERS, 302))
for act in ("answer", "hold", "resume", "consult", "hand-over", "risk", "end", "missed", "undo"):
    row(
        f"helpline-call-{act}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
    )  # no such call
LEAD = {"SHIFT_LEAD": 200}
row("helpline-board", anonymous=SIGN_IN, others=404, **LEAD)
row("helpline-board-pause", method="POST", anonymous=SIGN_IN, others=404, SHIFT_LEAD=302)  # no channel given
row(
    "helpline-board-resume", args=("CHAT",), method="POST", anonymous=SIGN_IN, others=404, SHIFT_LEAD=302
)  # not paused
row("helpline-board-talk", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such conversation
for act in ("whisper", "listen", "stop", "order", "take-over", "came"):
    row(
        f"helpline-board-{act}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
    )  # no such conversation
row("helpline-call", anonymous=PUBLIC, others=200)
for act in ("ring", "child-relay", "child-say", "child-end", "child-here", "child-stream"):
    row(f"helpline-call-{act}", method="POST", anonymous=404, others=404)  # no relay is connected here
row("helpline-call-talk", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such call
for act in ("relay", "say"):
    row(
        f"helpline-line-{act}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
    )  # no such call
row("helpline-line-stream", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such call
