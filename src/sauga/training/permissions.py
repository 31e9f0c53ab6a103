"""Who may do what with training. Roles are data; these are their defaults."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    BROADCAST = "training.broadcast"
    SEE_COURSES = "training.see_courses"
    EDIT_COURSES = "training.edit_courses"
    PUBLISH_COURSES = "training.publish_courses"
    KEEP_COHORTS = "training.keep_cohorts"
    TUTOR = "training.tutor"
    EXPORT_LEARNERS = "training.export_learners"
    SEE_FIGURES = "training.see_figures"
    ADVANCE_ENROLMENTS = "training.advance_enrolments"
    ISSUE_CERTIFICATE = "training.issue_certificate"
    KEEP_CERTIFICATES = "training.keep_certificates"


P = Permission
COURSES = {P.SEE_COURSES, P.EDIT_COURSES}
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
    "WEBINAR_HOST": {P.BROADCAST},
    "PUBLISHER": {*COURSES, P.PUBLISH_COURSES, P.SEE_FIGURES},
    "AWARENESS_STATISTICIAN": {P.SEE_FIGURES},
}
LABELS: dict[str, dict[str, str]] = {
    "COURSE_EDITOR": {"lt": "Kursų rengėjas", "en": "Course editor"},
    "TUTOR": {"lt": "Kursų kuratorius", "en": "Tutor"},
    "WEBINAR_HOST": {"lt": "Vebinarų koordinatorius", "en": "Webinar coordinator"},
}
SYSTEM: dict[str, set[Permission]] = {
    "training": {P.BROADCAST, P.ADVANCE_ENROLMENTS, P.ISSUE_CERTIFICATE},
    "training_starter": {P.EDIT_COURSES, P.PUBLISH_COURSES},
}
"""What jobs and outside people may do, by the name of their SystemActor."""

WORDING = {
    P.BROADCAST: _("Prepare and run live broadcasts"),
    P.SEE_COURSES: _("See courses at the desk, drafts too"),
    P.EDIT_COURSES: _("Write courses: modules, activities, questions"),
    P.PUBLISH_COURSES: _("Review and publish courses"),
    P.KEEP_COHORTS: _("Plan cohorts of courses"),
    P.TUTOR: _("Accompany learners: grade, discuss, decide appeals, write to the group"),
    P.EXPORT_LEARNERS: _("Download lists of learners"),
    P.SEE_FIGURES: _("See the figures of training"),
    P.KEEP_CERTIFICATES: _("Correct, suspend and revoke certificates of training"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
