"""What certification records in the audit log, and the only facts each entry may carry: codes and numbers,
never texts or names.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ZONE = "awareness"
CHANNEL = "certification.ambassadors"
SESSIONS = "certification.sessions"
"""Renew the lists and pages of the desk."""


class Trail(TextChoices):
    """Audit names, as subject:event."""

    APPLIED = "ambassador:applied", _("Application as an ambassador made")
    MOVED = "ambassador:moved", _("State of the ambassador changed")
    CRITERION = "ambassador:criterion_decided", _("Criterion decided")
    CRITERION_WITHDRAWN = "ambassador:criterion_withdrawn", _("Decision on a criterion withdrawn")
    EMPLOYER_ASKED = "ambassador:employer_asked", _("Employer asked")
    CERTIFIED = "ambassador:certified", _("Ambassador certified")
    CASE_OPENED = "ambassador_case:opened", _("Case before the board opened")
    CASE_ANSWERED = "ambassador_case:answered", _("Ambassador answered in the case")
    VOTED = "ambassador_case:voted", _("Board member voted")
    CASE_DECIDED = "ambassador_case:decided", _("Case before the board decided")
    INTEREST = "board_interest:declared", _("Conflict of interest declared")
    LISTED = "ambassador_register:listed", _("Ambassador put on the public register")
    UNLISTED = "ambassador_register:withdrawn", _("Ambassador taken off the public register")
    PROGRAMME = "ambassador_programme:changed", _("Certification programme changed")
    PROGRAMME_MOVED = "ambassador_programme:moved", _("State of the certification programme changed")
    REQUESTED = "ambassador_session:requested", _("Session with an ambassador asked for")
    OFFERED = "ambassador_session:offered", _("Session offered to ambassadors")
    ANSWERED = "ambassador_session:answered", _("Ambassador answered about the session")
    SESSION_MOVED = "ambassador_session:moved", _("State of the session with an ambassador changed")
    REPORTED = "ambassador_session:reported", _("Report on the session given")


FACTS: dict[Trail, set[str]] = {
    Trail.APPLIED: {"level", "version"},
    Trail.MOVED: {"to", "why"},
    Trail.CRITERION: {"code", "amount"},
    Trail.CRITERION_WITHDRAWN: {"code"},
    Trail.EMPLOYER_ASKED: {"n"},
    Trail.CERTIFIED: {"level", "kind"},
    Trail.CASE_OPENED: {"kind"},
    Trail.CASE_ANSWERED: set(),
    Trail.VOTED: {"choice"},
    Trail.CASE_DECIDED: {"kind", "outcome"},
    Trail.INTEREST: {"what"},
    Trail.LISTED: {"fields"},
    Trail.UNLISTED: set(),
    Trail.PROGRAMME: {"version", "what"},
    Trail.PROGRAMME_MOVED: {"version", "to"},
    Trail.REQUESTED: {"source"},
    Trail.OFFERED: {"n"},
    Trail.ANSWERED: {"to"},
    Trail.SESSION_MOVED: {"to", "why"},
    Trail.REPORTED: {"side", "heads"},
}
