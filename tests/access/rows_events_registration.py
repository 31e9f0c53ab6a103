"""Registration: its public pages are for everybody, links that were not made here lead nowhere; at the desk
organisers see who comes. Who gets which object: `tests/events/registration/test_pages.py`.
"""

from access.matrix import SIGN_IN, row

row("events-register", args=("nothing",), anonymous=404, others=404)
row("events-register-ticket", args=("nothing", "0000-0000"), anonymous=404, others=404)
row("events-registered", args=("nothing",), anonymous=404, others=404)
row("events-own", args=("nothing",), anonymous=410, others=410)
row("events-guardian", args=("nothing",), anonymous=410, others=410)
row("events-mine", anonymous=SIGN_IN, others=302)
row("events-mine-calendar", anonymous=SIGN_IN, others=302)
row("events-mine-choose", args=("nothing",), anonymous=SIGN_IN, others=302)
row("events-mine-one", args=("0000-0000",), anonymous=SIGN_IN, others=302)
row("events-mine-register", args=("nothing", "0000-0000"), anonymous=SIGN_IN, others=302)
row("events-registrations-many", method="POST", anonymous=SIGN_IN, others=404)
for page in ("line", "setup", "quota-new", "ticket-new", "question-new"):
    row(f"events-{page}", args=("0000-0000",), anonymous=SIGN_IN, others=404)
for page in ("quota", "ticket", "question"):
    row(f"events-{page}", args=("0000-0000", "0000-0000"), anonymous=SIGN_IN, others=404)
row("events-needs", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("events-file", args=("0000-0000", "csv"), anonymous=SIGN_IN, others=404)
row(
    "events-setup-remove",
    args=("0000-0000", "quota", "0000-0000"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
)
