"""Who may do what with training. Roles are data; these are their defaults."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    BROADCAST = "training.broadcast"
    SEE_WEBINARS = "training.see_webinars"
    EDIT_WEBINARS = "training.edit_webinars"
    MODERATE_QUESTIONS = "training.moderate_questions"
    COORDINATE_SITES = "training.coordinate_sites"
    SEE_WEBINAR_FIGURES = "training.see_webinar_figures"
    ASK_QUESTION = "training.ask_question"
    SPEAK_AT_WEBINAR = "training.speak_at_webinar"
    BE_PRESENT = "training.be_present"
    HOST_SITE = "training.host_site"
    ADVANCE_SITES = "training.advance_sites"


P = Permission
WEBINARS = {P.SEE_WEBINARS, P.EDIT_WEBINARS, P.MODERATE_QUESTIONS, P.COORDINATE_SITES, P.SEE_WEBINAR_FIGURES}
ROLES: dict[str, set[Permission]] = {
    "COURSE_EDITOR": set(),
    "TUTOR": set(),
    "WEBINAR_HOST": {P.BROADCAST, *WEBINARS},
    "AWARENESS_STATISTICIAN": {P.SEE_WEBINAR_FIGURES},
}
LABELS: dict[str, dict[str, str]] = {
    "COURSE_EDITOR": {"lt": "Kursų rengėjas", "en": "Course editor"},
    "TUTOR": {"lt": "Kursų kuratorius", "en": "Tutor"},
    "WEBINAR_HOST": {"lt": "Vebinarų koordinatorius", "en": "Webinar coordinator"},
}
SYSTEM: dict[str, set[Permission]] = {
    "training": {P.BROADCAST, P.ADVANCE_SITES},
    "webinar_viewer": {P.ASK_QUESTION, P.BE_PRESENT},
    "webinar_speaker": {P.SPEAK_AT_WEBINAR},
    "site_host": {P.HOST_SITE, P.ASK_QUESTION},
}
"""What jobs and outside people may do, by the name of their SystemActor."""

WORDING = {
    P.BROADCAST: _("Prepare and run live broadcasts"),
    P.SEE_WEBINARS: _("See webinars and their viewing sites at the desk"),
    P.EDIT_WEBINARS: _("Prepare webinars: the broadcast, papers for hosts, the recording"),
    P.MODERATE_QUESTIONS: _("Read questions to speakers and pass them on"),
    P.COORDINATE_SITES: _("Invite libraries as viewing sites and support them"),
    P.SEE_WEBINAR_FIGURES: _("See the statistics of webinars"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
