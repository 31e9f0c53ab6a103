"""What follows an event: organisers write to people and read surveys; links that were not made here lead
nowhere. Who gets which object: `tests/events/afterwards`."""

from access.matrix import SIGN_IN, row

for page in ("mailing-edit", "mailing-preview", "mailing-new"):
    row(f"events-{page}", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("events-survey", args=("nothing",), anonymous=410, others=410)
row("events-survey-begin", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("events-survey-file", args=("0000-0000", "csv"), anonymous=SIGN_IN, others=404)
row("events-survey-question-new", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("events-survey-question", args=("0000-0000", "0000-0000"), anonymous=SIGN_IN, others=404)
row(
    "events-survey-question-do",
    args=("0000-0000", "0000-0000", "up"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
)
row("events-certificate", args=("nothing",), anonymous=404, others=404)
row("events-certificate-own", args=("nothing",), anonymous=410, others=410)
for page in ("certificates-hours", "certificates-file"):
    row(f"events-{page}", args=("0000-0000",), anonymous=SIGN_IN, others=404)
