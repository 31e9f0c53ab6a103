"""Events: public pages are for everybody; at the desk organisers edit and publish, the committee plans,
check-in staff and photographers look.
"""

from access.matrix import SIGN_IN, row

for page in (
    "event",
    "event-calendar",
    "programme",
    "schedule-json",
    "schedule-xml",
    "series",
    "series-calendar",
):
    row(f"events-{page}", args=("nothing",), anonymous=404, others=404)
SEE = {"ORGANISER": 200, "PROGRAMME_COMMITTEE": 200, "DOOR_STAFF": 200, "PHOTOGRAPHER": 200, "PUBLISHER": 200}
EDIT = {"ORGANISER": 200, "PUBLISHER": 200}
row("events-desk-month", anonymous=SIGN_IN, others=404, **SEE)
for page in ("new", "venue-new", "series-new"):
    row(f"events-{page}", anonymous=SIGN_IN, others=404, **EDIT)
for page in ("edit", "venue", "venue-edit", "room-new", "series-edit"):
    row(f"events-{page}", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("events-room", args=("0000-0000", "0000-0000"), anonymous=SIGN_IN, others=404)
row("events-room-do", args=("0000-0000", "0000-0000", "close"), method="POST", anonymous=SIGN_IN, others=404)
row("events-venue-do", args=("0000-0000", "close"), method="POST", anonymous=SIGN_IN, others=404)
row("events-series-remove", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("events-part-new", args=("0000-0000", "sessions"), anonymous=SIGN_IN, others=404)
row("events-part", args=("0000-0000", "sessions", "0000-0000"), anonymous=SIGN_IN, others=404)
row(
    "events-part-do",
    args=("0000-0000", "sessions", "0000-0000", "remove"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
)
