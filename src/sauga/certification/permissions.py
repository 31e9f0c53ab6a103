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


ROLES: dict[str, set[Permission]] = {
    "CERTIFICATION_MANAGER": {
        Permission.SEE,
        Permission.DECIDE_CRITERIA,
        Permission.EDIT_PROGRAMME,
        Permission.SUSPEND,
        Permission.SEE_SESSIONS,
        Permission.KEEP_SESSIONS,
        Permission.SEE_FIGURES,
    },
    "CERTIFICATION_BOARD": {Permission.SEE, Permission.BOARD},
    "SAFEGUARDING_EDITOR": {Permission.SEE, Permission.SUSPEND},
    "AWARENESS_STATISTICIAN": {Permission.SEE_FIGURES},
}
TWO_PEOPLE = {Permission.DECIDE_CRITERIA, Permission.BOARD}
"""Both sides of a certification: what is decided of the criteria, and the board, which decides by two."""
LABELS: dict[str, dict[str, str]] = {
    "CERTIFICATION_MANAGER": {"lt": "Ambasadorių programos vadovas", "en": "Certification manager"},
    "CERTIFICATION_BOARD": {"lt": "Ambasadorių komisijos narys", "en": "Member of the certification board"},
}
SYSTEM: dict[str, set[Permission]] = {
    "certification": {Permission.ADVANCE, Permission.MAIL},
    "employer": {Permission.CONFIRM_EMPLOYER},
    "host": {Permission.ASK_SESSION},
}
"""What jobs and outside people may do, by the name of their SystemActor."""
WORDING = {
    Permission.SEE: _("See applications and ambassadors"),
    Permission.DECIDE_CRITERIA: _("Decide whether a criterion is met, and renew certifications"),
    Permission.EDIT_PROGRAMME: _("Write new versions of the programme and put them into force"),
    Permission.SUSPEND: _("Suspend an ambassador at once"),
    Permission.BOARD: _("Decide in the board, except about colleagues"),
    Permission.SEE_SESSIONS: _("See the sessions that schools ask for"),
    Permission.KEEP_SESSIONS: _("Offer, cancel and clear up sessions"),
    Permission.SEE_FIGURES: _("See the statistics of ambassadors"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
