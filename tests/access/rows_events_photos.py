"""Photographs: the photographer and organisers see who must not be photographed; the badges of a class are
behind the teacher's personal link. Which event on which day: `tests/events/photos`.
"""

from access.matrix import SIGN_IN, row

row("events-own-badges", args=("nothing",), anonymous=410, others=410)
row("events-photographs", anonymous=SIGN_IN, others=404, ORGANISER=200, PHOTOGRAPHER=200)
row("events-photographs-of", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("events-pictures-own", args=("nothing",), anonymous=410, others=410)
row("events-picture", args=("nothing", "0000-0000"), anonymous=404, others=404)
row("events-withdrawals", anonymous=SIGN_IN, others=404, ORGANISER=200)
row("events-pictures", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row(
    "events-picture-do",
    args=("0000-0000", "0000-0000", "remove"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
)
