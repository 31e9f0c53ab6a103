"""The tables of every subdomain, for Django.

Other packages do not import from here: each model from its own module.
"""

from sauga.certification.applications.models import (
    Ambassador,
    AmbassadorStep,
    Case,
    CaseStep,
    Certification,
    CriterionRecord,
    EmployerAsk,
    Interest,
    Vote,
    Workplace,
)
from sauga.certification.programme.models import Criterion, Programme, ProgrammeStep
from sauga.certification.register.models import RegisterEntry
from sauga.certification.sessions.models import (
    Booking,
    BookingStep,
    Offer,
    OfferStep,
    SessionHeads,
    SessionReport,
)

__all__ = [
    "Ambassador",
    "AmbassadorStep",
    "Booking",
    "BookingStep",
    "Case",
    "CaseStep",
    "Certification",
    "Criterion",
    "CriterionRecord",
    "EmployerAsk",
    "Interest",
    "Offer",
    "OfferStep",
    "Programme",
    "ProgrammeStep",
    "RegisterEntry",
    "SessionHeads",
    "SessionReport",
    "Vote",
    "Workplace",
]
