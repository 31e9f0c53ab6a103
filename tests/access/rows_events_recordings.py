"""Recordings of events: organisers on the team of the event; strangers get 404. Which event, whose consent:
`tests/events/recordings`.
"""

from access.matrix import SIGN_IN, row

ONE = ("0000-0000", "0000-0000")
row("events-recordings", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("events-recording", args=ONE, anonymous=SIGN_IN, others=404)
row("events-recording-captions", args=ONE, method="POST", anonymous=SIGN_IN, others=404)
row("events-recording-film", args=ONE, anonymous=SIGN_IN, others=404)
row("events-recording-text", args=(*ONE, "lt"), anonymous=SIGN_IN, others=404)
