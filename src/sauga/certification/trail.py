"""What certification records in the audit log, and the only facts each entry may carry: codes and numbers,
never texts or names.
"""

from enum import StrEnum

ZONE = "awareness"
CHANNEL = "certification.ambassadors"
SESSIONS = "certification.sessions"
"""Renew the lists and pages of the desk."""


class Trail(StrEnum):
    """Audit names, as subject:event."""

    APPLIED = "ambassador:applied"
    MOVED = "ambassador:moved"
    CRITERION = "ambassador:criterion_decided"
    CRITERION_WITHDRAWN = "ambassador:criterion_withdrawn"
    EMPLOYER_ASKED = "ambassador:employer_asked"
    CERTIFIED = "ambassador:certified"
    CASE_OPENED = "ambassador_case:opened"
    CASE_ANSWERED = "ambassador_case:answered"
    VOTED = "ambassador_case:voted"
    CASE_DECIDED = "ambassador_case:decided"
    INTEREST = "board_interest:declared"
    LISTED = "ambassador_register:listed"
    UNLISTED = "ambassador_register:withdrawn"
    PROGRAMME = "ambassador_programme:changed"
    PROGRAMME_MOVED = "ambassador_programme:moved"
    REQUESTED = "ambassador_session:requested"
    OFFERED = "ambassador_session:offered"
    ANSWERED = "ambassador_session:answered"
    SESSION_MOVED = "ambassador_session:moved"
    REPORTED = "ambassador_session:reported"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.APPLIED: {"level", "version"},
    T.MOVED: {"to", "why"},
    T.CRITERION: {"code", "amount"},
    T.CRITERION_WITHDRAWN: {"code"},
    T.EMPLOYER_ASKED: {"n"},
    T.CERTIFIED: {"level", "kind"},
    T.CASE_OPENED: {"kind"},
    T.CASE_ANSWERED: set(),
    T.VOTED: {"choice"},
    T.CASE_DECIDED: {"kind", "outcome"},
    T.INTEREST: {"what"},
    T.LISTED: {"fields"},
    T.UNLISTED: set(),
    T.PROGRAMME: {"version", "what"},
    T.PROGRAMME_MOVED: {"version", "to"},
    T.REQUESTED: {"source"},
    T.OFFERED: {"n"},
    T.ANSWERED: {"to"},
    T.SESSION_MOVED: {"to", "why"},
    T.REPORTED: {"side", "heads"},
}
