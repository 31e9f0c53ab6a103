"""Who may do what with training. Roles are data; these are their defaults."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    SEE_COURSES = "training.see_courses"
    EDIT_COURSES = "training.edit_courses"
    PUBLISH_COURSES = "training.publish_courses"
    KEEP_COHORTS = "training.keep_cohorts"
    TUTOR = "training.tutor"
    EXPORT_LEARNERS = "training.export_learners"
    ADVANCE_ENROLMENTS = "training.advance_enrolments"
    REFUSE_INVITATION = "training.refuse_invitation"
    ISSUE_CERTIFICATE = "training.issue_certificate"
    KEEP_CERTIFICATES = "training.keep_certificates"
    BROADCAST = "training.broadcast"
    CAPTION = "training.caption"
    RUN_STREAM = "training.run_stream"
    SEE_WEBINARS = "training.see_webinars"
    EDIT_WEBINARS = "training.edit_webinars"
    MODERATE_QUESTIONS = "training.moderate_questions"
    COORDINATE_SITES = "training.coordinate_sites"
    ASK_QUESTION = "training.ask_question"
    SPEAK_AT_WEBINAR = "training.speak_at_webinar"
    BE_PRESENT = "training.be_present"
    HOST_SITE = "training.host_site"
    ADVANCE_SITES = "training.advance_sites"
    SEE_FIGURES = "training.see_figures"
    KEEP_TOOLS = "training.keep_tools"
    SERVE_TOOLS = "training.serve_tools"


P = Permission
COURSES = {P.SEE_COURSES, P.EDIT_COURSES}
WEBINARS = {P.SEE_WEBINARS, P.EDIT_WEBINARS, P.MODERATE_QUESTIONS, P.COORDINATE_SITES}
ROLES: dict[str, set[Permission]] = {
    "COURSE_EDITOR": {*COURSES, P.KEEP_COHORTS, P.SEE_FIGURES},
    "TUTOR": {
        P.SEE_COURSES,
        P.KEEP_COHORTS,
        P.TUTOR,
        P.EXPORT_LEARNERS,
        P.KEEP_CERTIFICATES,
        P.SEE_FIGURES,
    },
    "WEBINAR_HOST": {P.BROADCAST, P.CAPTION, *WEBINARS, P.SEE_FIGURES},
    "PUBLISHER": {*COURSES, P.PUBLISH_COURSES, P.SEE_FIGURES, P.KEEP_TOOLS},
    "AWARENESS_STATISTICIAN": {P.SEE_FIGURES},
}
TWO_PEOPLE = {P.EDIT_COURSES, P.PUBLISH_COURSES}
"""Both sides of an act that two people agree on: writing a course and publishing it."""
LABELS: dict[str, dict[str, str]] = {
    "COURSE_EDITOR": {"lt": "Kursų rengėjas", "en": "Course editor"},
    "TUTOR": {"lt": "Kursų kuratorius", "en": "Tutor"},
    "WEBINAR_HOST": {"lt": "Vebinarų koordinatorius", "en": "Webinar coordinator"},
}
SYSTEM: dict[str, set[Permission]] = {
    "training": {
        P.ADVANCE_ENROLMENTS,
        P.ISSUE_CERTIFICATE,
        P.BROADCAST,
        P.RUN_STREAM,
        P.ADVANCE_SITES,
        P.SERVE_TOOLS,
    },
    "course_invited": {P.REFUSE_INVITATION},
    "training_starter": {P.EDIT_COURSES, P.PUBLISH_COURSES},
    "webinar_viewer": {P.ASK_QUESTION, P.BE_PRESENT},
    "webinar_speaker": {P.SPEAK_AT_WEBINAR},
    "site_host": {P.HOST_SITE, P.ASK_QUESTION},
}
"""What jobs and outside people may do, by the name of their SystemActor."""

WORDING = {
    P.SEE_COURSES: _("See courses at the desk, drafts too"),
    P.EDIT_COURSES: _("Write courses: modules, activities, questions"),
    P.PUBLISH_COURSES: _("Review and publish courses"),
    P.KEEP_COHORTS: _("Plan cohorts of courses"),
    P.TUTOR: _("Accompany learners: grade, discuss, decide appeals, write to the group"),
    P.EXPORT_LEARNERS: _("Download lists of learners"),
    P.KEEP_CERTIFICATES: _("Correct, suspend and revoke certificates of training"),
    P.BROADCAST: _("Prepare and run live broadcasts"),
    P.CAPTION: _("Type live captions of broadcasts"),
    P.SEE_WEBINARS: _("See webinars and their viewing sites at the desk"),
    P.EDIT_WEBINARS: _("Prepare webinars: the broadcast, papers for hosts, the recording"),
    P.MODERATE_QUESTIONS: _("Read questions to speakers and pass them on"),
    P.COORDINATE_SITES: _("Invite libraries as viewing sites and support them"),
    P.SEE_FIGURES: _("See the figures of training"),
    P.KEEP_TOOLS: _("Register external tools for courses, switch them on and off"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
