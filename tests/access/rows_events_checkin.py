"""Check-in: for check-in staff and organisers; lists, entrances and who came in the end for organisers. Who
gets which object: `tests/events/checkin/test_pages.py`.
"""

from access.matrix import SIGN_IN, row

CHECK_IN = {"ORGANISER": 200, "DOOR_STAFF": 200}
row("events-checkin-events", anonymous=SIGN_IN, others=404, **CHECK_IN)
for page in ("checkin", "checkin-worker", "checkin-people", "checkin-walk-in", "checkin-overview"):
    row(f"events-{page}", args=("0000-0000",), anonymous=SIGN_IN, others=404)
for page in ("checkin-sync", "checkin-enter"):
    row(f"events-{page}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
for page in ("checkin-entrance-new", "checkin-list-new", "attendance-file"):
    row(f"events-{page}", args=("0000-0000",), anonymous=SIGN_IN, others=404)
for page in ("checkin-walk-in-ticket", "checkin-entrance", "checkin-list", "attendance-one"):
    row(f"events-{page}", args=("0000-0000", "0000-0000"), anonymous=SIGN_IN, others=404)
row("events-checkin-conflict", args=("0000-0000", "0" * 32), method="POST", anonymous=SIGN_IN, others=404)
row(
    "events-checkin-remove",
    args=("0000-0000", "list", "0000-0000"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
)
row("events-checkin-paper", args=("0000-0000", "names"), anonymous=SIGN_IN, others=404)
