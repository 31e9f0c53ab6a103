"""What training records in the audit log, and the only facts each entry may carry."""

from enum import StrEnum

ZONE = "awareness"


class Trail(StrEnum):
    """Audit names, as subject:event."""

    STREAM_PLANNED = "stream:planned"
    STREAM_MOVED = "stream:moved"
    COURSE_CHANGED = "course:changed"
    COURSE_MOVED = "course:moved"
    COURSE_EXPORTED = "course:exported"
    COHORT_CHANGED = "course_cohort:changed"
    ENROLMENT_MADE = "enrolment:made"
    ENROLMENT_MOVED = "enrolment:moved"
    ENROLMENT_CHANGED = "enrolment:changed"
    ENROLMENT_GRADED = "enrolment:graded"
    ENROLMENT_ALLOWED = "enrolment:allowed"
    APPEAL_DECIDED = "enrolment:appeal_decided"
    POST_MODERATED = "course_post:moderated"
    LEARNERS_MESSAGED = "course_cohort:messaged"
    LEARNERS_EXPORTED = "course_cohort:exported"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.STREAM_PLANNED: set(),
    T.STREAM_MOVED: {"to"},
    T.COURSE_CHANGED: {"what"},
    T.COURSE_MOVED: {"to"},
    T.COURSE_EXPORTED: {"what"},
    T.COHORT_CHANGED: {"what"},
    T.ENROLMENT_MADE: {"to"},
    T.ENROLMENT_MOVED: {"to"},
    T.ENROLMENT_CHANGED: {"what"},
    T.ENROLMENT_GRADED: {"activity", "percent"},
    T.ENROLMENT_ALLOWED: {"activity", "kind"},
    T.APPEAL_DECIDED: {"granted"},
    T.POST_MODERATED: {"what"},
    T.LEARNERS_MESSAGED: {"audience", "n"},
    T.LEARNERS_EXPORTED: {"what", "n"},
}
