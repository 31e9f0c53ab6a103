"""Webinars and viewing sites: public pages are for everybody; those behind a personal link answer everybody
without it alike; at the desk the webinar coordinator works.
"""

from access.matrix import SIGN_IN, row

for page in ("webinar", "webinar-ask", "webinar-recording"):
    row(f"training-{page}", args=("nothing",), anonymous=404, others=404)
for page in (
    "speaker",
    "watch",
    "site",
    "site-test",
    "site-speed",
    "site-poster",
    "site-script",
    "site-slips",
):
    row(f"training-{page}", args=("nothing",), anonymous=410, others=410)
for page in ("site-fallback", "site-recording"):
    row(f"training-{page}", args=("nothing",), anonymous=410, others=410)
for page in ("watch-beat", "site-beat"):
    row(f"training-{page}", args=("nothing",), method="POST", anonymous=410, others=410)
HOST = {"WEBINAR_HOST": 200}
row("training-webinar-new", anonymous=SIGN_IN, others=404, **HOST)
for page in ("webinar-edit", "questions-desk", "wall", "sites", "invite", "sites-write"):
    row(f"training-{page}", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("training-question-do", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
row("training-member-sites", anonymous=SIGN_IN, others=302)
row("training-member-site", args=("nothing",), anonymous=SIGN_IN, others=302)
