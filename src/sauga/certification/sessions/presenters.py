"""Sessions as pages show them: states, reports, an ambassador's own list."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from sauga.certification.applications.queries import protection
from sauga.certification.sessions.mail_text import facts
from sauga.certification.sessions.models import Booking, SessionReport
from sauga.certification.sessions.queries import bookings
from sauga.certification.sessions.rules.codes import Group, Rating, Side
from sauga.certification.states import BookingState, OfferState
from sauga.kernel.i18n import integer
from sauga.kernel.kit.lists import Mark

STATES: dict[str, Mark] = {
    BookingState.REQUESTED: Mark("wait", "", pgettext_lazy("session", "asked for")),
    BookingState.ACCEPTED: Mark("act", "", pgettext_lazy("session", "accepted")),
    BookingState.DECLINED: Mark("calm", "dash", pgettext_lazy("session", "nobody can come")),
    BookingState.HELD: Mark("wait", "half", pgettext_lazy("session", "held, not confirmed")),
    BookingState.HOST_CONFIRMED: Mark("good", "", pgettext_lazy("session", "confirmed by the host")),
    BookingState.CONTRADICTED: Mark("bad", "diamond", pgettext_lazy("session", "reports differ")),
    BookingState.CANCELLED: Mark("calm", "dash", pgettext_lazy("session", "cancelled")),
}
OFFERS: dict[str, Mark] = {
    OfferState.OFFERED: Mark("wait", "", pgettext_lazy("offer", "asked")),
    OfferState.ACCEPTED: Mark("good", "", pgettext_lazy("offer", "accepted")),
    OfferState.DECLINED: Mark("calm", "dash", pgettext_lazy("offer", "declined")),
    OfferState.CLOSED: Mark("calm", "dashed", pgettext_lazy("offer", "no longer needed")),
}


def heads_text(report: SessionReport) -> str:
    """„1–4 kl.: 25; suaugusieji: 3“."""
    held = {one.group: one.n for one in report.heads.all()}
    return "; ".join(f"{label}: {integer(held[code])}" for code, label in Group.choices if code in held)


def reports(row: Booking, *, with_words: bool) -> list[dict[str, Any]]:
    """What each side said."""
    return [
        {
            "side": Side(one.side).label,
            "took_place": one.took_place,
            "heads": heads_text(one),
            "total": sum(head.n for head in one.heads.all()),
            "rating": Rating(one.rating).label if one.rating else "",
            "words": protection.text_of(row, one, "words") if with_words else "",
            "at": one.at,
        }
        for one in sorted(bookings.sides(row).values(), key=lambda one: one.at)
    ]


def own_line(row: Booking, today: date) -> dict[str, Any]:
    """A session in an ambassador's own list."""
    return {
        **facts(row),
        "state": STATES[row.state],
        "href": reverse("certification-my-session", args=[row.ref]),
        "to_report": row.state == BookingState.ACCEPTED and row.has_come(today),
        "is_ahead": row.state == BookingState.ACCEPTED and not row.has_come(today),
    }
