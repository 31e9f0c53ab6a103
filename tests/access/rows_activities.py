"""Activities of Safer Internet Day: map and form are for everybody, links not made here lead nowhere;
at the desk moderators decide and readers read.
"""

from access.matrix import PUBLIC, SIGN_IN, row

for page in ("own", "change", "report", "poster", "certificate"):
    row(f"events-sid-{page}", args=("nothing",), anonymous=410, others=410)
for page in ("year", "table"):
    row(f"events-sid-{page}", args=("1999",), anonymous=404, others=404)
row("events-sid-suggest", anonymous=PUBLIC, others=200)
for page in ("activities", "activity-new"):
    row(f"events-member-{page}", anonymous=SIGN_IN, others=302)
row("events-activities-many", method="POST", anonymous=SIGN_IN, others=404)
row("events-activities-year", args=("1999",), anonymous=SIGN_IN, others=404)
row("events-activities-profile", args=("1999", "en", "txt"), anonymous=SIGN_IN, others=404)
