"""Schedule editor and speakers: organisers and the committee plan; a speaker's page is for everybody while
the consent lasts, and links that were not made here lead nowhere. Who gets which object: `tests/events`.
"""

from access.matrix import SIGN_IN, row

row("events-schedule", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("events-schedule-move", args=("0000-0000", "0000-0000"), method="POST", anonymous=SIGN_IN, others=404)
row("events-schedule-check", args=("0000-0000", "0000-0000"), anonymous=SIGN_IN, others=404)
row("events-speaker-desk", args=("0000-0000", "0000-0000"), anonymous=SIGN_IN, others=404)
row("events-speaker-own", args=("nothing",), anonymous=410, others=410)
for page in ("speaker", "speaker-portrait"):
    row(f"events-{page}", args=("nothing", "0000-0000"), anonymous=404, others=404)
row("events-slides", args=("nothing", "0000-0000"), anonymous=404, others=404)
