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


COURSES = {Permission.SEE_COURSES, Permission.EDIT_COURSES}
WEBINARS = {
    Permission.SEE_WEBINARS,
    Permission.EDIT_WEBINARS,
    Permission.MODERATE_QUESTIONS,
    Permission.COORDINATE_SITES,
}
ROLES: dict[str, set[Permission]] = {
    "COURSE_EDITOR": {*COURSES, Permission.KEEP_COHORTS, Permission.SEE_FIGURES},
    "TUTOR": {
        Permission.SEE_COURSES,
        Permission.KEEP_COHORTS,
        Permission.TUTOR,
        Permission.EXPORT_LEARNERS,
        Permission.KEEP_CERTIFICATES,
        Permission.SEE_FIGURES,
    },
    "WEBINAR_HOST": {Permission.BROADCAST, Permission.CAPTION, *WEBINARS, Permission.SEE_FIGURES},
    "PUBLISHER": {*COURSES, Permission.PUBLISH_COURSES, Permission.SEE_FIGURES, Permission.KEEP_TOOLS},
    "AWARENESS_STATISTICIAN": {Permission.SEE_FIGURES},
}
TWO_PEOPLE = {Permission.EDIT_COURSES, Permission.PUBLISH_COURSES}
"""Both sides of an act that two people agree on: writing a course and publishing it."""
LABELS: dict[str, dict[str, str]] = {
    "COURSE_EDITOR": {"lt": "Kursų rengėjas", "en": "Course editor"},
    "TUTOR": {"lt": "Kursų kuratorius", "en": "Tutor"},
    "WEBINAR_HOST": {"lt": "Vebinarų koordinatorius", "en": "Webinar coordinator"},
}
SYSTEM: dict[str, set[Permission]] = {
    "training": {
        Permission.ADVANCE_ENROLMENTS,
        Permission.ISSUE_CERTIFICATE,
        Permission.BROADCAST,
        Permission.RUN_STREAM,
        Permission.ADVANCE_SITES,
        Permission.SERVE_TOOLS,
    },
    "course_invited": {Permission.REFUSE_INVITATION},
    "training_starter": {Permission.EDIT_COURSES, Permission.PUBLISH_COURSES},
    "webinar_viewer": {Permission.ASK_QUESTION, Permission.BE_PRESENT},
    "webinar_speaker": {Permission.SPEAK_AT_WEBINAR},
    "site_host": {Permission.HOST_SITE, Permission.ASK_QUESTION},
}
"""What jobs and outside people may do, by the name of their SystemActor."""

WORDING = {
    Permission.SEE_COURSES: _("See courses at the desk, drafts too"),
    Permission.EDIT_COURSES: _("Write courses: modules, activities, questions"),
    Permission.PUBLISH_COURSES: _("Review and publish courses"),
    Permission.KEEP_COHORTS: _("Plan cohorts of courses"),
    Permission.TUTOR: _("Accompany learners: grade, discuss, decide appeals, write to the group"),
    Permission.EXPORT_LEARNERS: _("Download lists of learners"),
    Permission.KEEP_CERTIFICATES: _("Correct, suspend and revoke certificates of training"),
    Permission.BROADCAST: _("Prepare and run live broadcasts"),
    Permission.CAPTION: _("Type live captions of broadcasts"),
    Permission.SEE_WEBINARS: _("See webinars and their viewing sites at the desk"),
    Permission.EDIT_WEBINARS: _("Prepare webinars: the broadcast, papers for hosts, the recording"),
    Permission.MODERATE_QUESTIONS: _("Read questions to speakers and pass them on"),
    Permission.COORDINATE_SITES: _("Invite libraries as viewing sites and support them"),
    Permission.SEE_FIGURES: _("See the figures of training"),
    Permission.KEEP_TOOLS: _("Register external tools for courses, switch them on and off"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
