"""Who may do what with ambassadors. Roles are data; these are their defaults."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    SEE = "certification.see"
    DECIDE_CRITERIA = "certification.decide_criteria"
    EDIT_PROGRAMME = "certification.edit_programme"
    SUSPEND = "certification.suspend"
    BOARD = "certification.board"
    SEE_SESSIONS = "certification.see_sessions"
    KEEP_SESSIONS = "certification.keep_sessions"
    SEE_FIGURES = "certification.see_figures"
    APPLY = "certification.apply"
    CONFIRM_EMPLOYER = "certification.confirm_employer"
    ADVANCE = "certification.advance"
    ASK_SESSION = "certification.ask_session"
    MAIL = "certification.mail"


P = Permission
ROLES: dict[str, set[Permission]] = {
    "CERTIFICATION_MANAGER": {
        P.SEE,
        P.DECIDE_CRITERIA,
        P.EDIT_PROGRAMME,
        P.SUSPEND,
        P.SEE_SESSIONS,
        P.KEEP_SESSIONS,
        P.SEE_FIGURES,
    },
    "CERTIFICATION_BOARD": {P.SEE, P.BOARD},
    "SAFEGUARDING_EDITOR": {P.SEE, P.SUSPEND},
    "AWARENESS_STATISTICIAN": {P.SEE_FIGURES},
}
TWO_PEOPLE = {P.DECIDE_CRITERIA, P.BOARD}
"""Both sides of a certification: what is decided of the criteria, and the board, which decides by two."""
LABELS: dict[str, dict[str, str]] = {
    "CERTIFICATION_MANAGER": {"lt": "Ambasadorių programos vadovas", "en": "Certification manager"},
    "CERTIFICATION_BOARD": {"lt": "Ambasadorių komisijos narys", "en": "Member of the certification board"},
}
SYSTEM: dict[str, set[Permission]] = {
    "certification": {P.ADVANCE, P.MAIL},
    "employer": {P.CONFIRM_EMPLOYER},
    "host": {P.ASK_SESSION},
}
"""What jobs and outside people may do, by the name of their SystemActor."""
WORDING = {
    P.SEE: _("See applications and ambassadors"),
    P.DECIDE_CRITERIA: _("Decide whether a criterion is met, and renew certifications"),
    P.EDIT_PROGRAMME: _("Write new versions of the programme and put them into force"),
    P.SUSPEND: _("Suspend an ambassador at once"),
    P.BOARD: _("Decide in the board, except about colleagues"),
    P.SEE_SESSIONS: _("See the sessions that schools ask for"),
    P.KEEP_SESSIONS: _("Offer, cancel and clear up sessions"),
    P.SEE_FIGURES: _("See the statistics of ambassadors"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
