"""How long certification keeps what. Applications that came to nothing go after a year, certifications after
ten; the address behind a session after six months.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.certification.states import BookingState
from sauga.certification.trail import ZONE
from sauga.kernel.retention import Clear, keep_forever, keep_with, rule, term

keep_forever(
    "certification.Programme",
    _("What ambassadors were certified by, about nobody."),
    what=_("Certification programmes"),
)
keep_with("certification.Criterion", "certification.Programme")


def _holder(row: Any) -> str:
    """Whose key opens a row."""
    return str(row.holder)


rule(
    "certification.Ambassador",
    name="not_certified",
    keep=term("certification.application", timedelta(days=365)),
    after="ended_at",
    where=Q(was_certified=False),
    holder=_holder,
    zone=ZONE,
    what=_("Applications that came to nothing"),
    since=_("the end of the application"),
    page="certification-ambassador",
)
rule(
    "certification.Ambassador",
    name="certified",
    keep=term("certification.certified", timedelta(days=3653)),
    after="ended_at",
    where=Q(was_certified=True) & ~Q(name=b""),
    how=Clear({"name": b""}),
    holder=_holder,
    zone=ZONE,
    what=_("Names of former ambassadors"),
    since=_("the end of the certification"),
    page="certification-ambassador",
)
for part in ("Workplace", "CriterionRecord", "EmployerAsk", "Certification", "Case", "RegisterEntry"):
    keep_with(f"certification.{part}", "certification.Ambassador")
keep_with("certification.Vote", "certification.Case")
rule(
    "certification.Interest",
    keep=term("certification.interest", timedelta(days=3653)),
    after="until",
    zone=ZONE,
    what=_("Declared interests"),
    since=_("the end of the interest"),
)
rule(
    "certification.Booking",
    name="unconfirmed",
    keep=timedelta(days=1),
    after="expires_at",
    where=Q(confirmed_at__isnull=True, state=BookingState.REQUESTED),
    holder=_holder,
    zone=ZONE,
    what=_("Unconfirmed requests for a session"),
    since=_("the day the link expired"),
    page="certification-booking",
)
rule(
    "certification.Booking",
    name="address",
    keep=term("certification.session_address", timedelta(days=183)),
    after="day",
    where=~Q(lookup=b""),
    how=Clear({"address": b"", "note": b"", "lookup": b""}),
    holder=_holder,
    zone=ZONE,
    what=_("Contact details of booked sessions"),
    since=_("the day of the session"),
    page="certification-booking",
)
for part in ("Offer", "SessionReport"):
    keep_with(f"certification.{part}", "certification.Booking")
keep_with("certification.SessionHeads", "certification.SessionReport")
