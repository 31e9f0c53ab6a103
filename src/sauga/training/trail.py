"""What training records in the audit log, and the only facts each entry may carry."""

from enum import StrEnum

ZONE = "awareness"


class Trail(StrEnum):
    """Audit names, as subject:event."""

    STREAM_PLANNED = "stream:planned"
    STREAM_MOVED = "stream:moved"
    STREAM_EDITED = "stream:edited"
    STREAM_DISCARDED = "stream:discarded"
    STREAM_PASSPHRASE_SEEN = "stream:passphrase_seen"  # noqa: S105  a name
    STREAM_PASSPHRASE_RENEWED = "stream:passphrase_renewed"  # noqa: S105  a name
    STREAM_RECORDED = "stream:recorded"
    STREAM_RECORDING_DELETED = "stream:recording_deleted"
    STREAM_CAPTIONED = "stream:captioned"
    STREAM_SEGMENTS_DELETED = "stream:segments_deleted"
    WEBINAR_CHANGED = "webinar:changed"
    WEBINAR_ENDED = "webinar:ended"
    QUESTION_DECIDED = "webinar_question:decided"
    PRESENCE_CONFIRMED = "webinar:presence_confirmed"
    SITES_INVITED = "webinar:sites_invited"
    SITE_MOVED = "viewing_site:moved"
    SITE_CHANGED = "viewing_site:changed"
    SITE_TESTED = "viewing_site:tested"
    SITE_COUNTED = "viewing_site:counted"
    SITE_MAILED = "viewing_site:mailed"
    SITES_WRITTEN = "webinar:sites_written"
    COURSE_CHANGED = "course:changed"
    COURSE_MOVED = "course:moved"
    COURSE_EXPORTED = "course:exported"
    COHORT_CHANGED = "course_cohort:changed"
    STAFF_INVITED = "course_cohort:staff_invited"
    INVITATION_REFUSED = "course_invitation:refused"
    ENROLMENT_MADE = "enrolment:made"
    ENROLMENT_MOVED = "enrolment:moved"
    ENROLMENT_CHANGED = "enrolment:changed"
    ENROLMENT_GRADED = "enrolment:graded"
    ENROLMENT_ALLOWED = "enrolment:allowed"
    APPEAL_DECIDED = "enrolment:appeal_decided"
    POST_MODERATED = "course_post:moderated"
    LEARNERS_MESSAGED = "course_cohort:messaged"
    LEARNERS_EXPORTED = "course_cohort:exported"
    TOOL_CHANGED = "course_tool:changed"
    TOOL_MOVED = "course_tool:moved"
    TOOL_KEY_ADDED = "course_tool:key_added"
    TOOL_OPENED = "enrolment:tool_opened"
    TOOL_SCORED = "enrolment:tool_scored"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.STREAM_PLANNED: set(),
    T.STREAM_MOVED: {"to", "why"},
    T.STREAM_EDITED: set(),
    T.STREAM_DISCARDED: set(),
    T.STREAM_PASSPHRASE_SEEN: set(),
    T.STREAM_PASSPHRASE_RENEWED: set(),
    T.STREAM_RECORDED: {"seconds", "size"},
    T.STREAM_RECORDING_DELETED: set(),
    T.STREAM_CAPTIONED: {"lines"},
    T.STREAM_SEGMENTS_DELETED: set(),
    T.WEBINAR_CHANGED: {"what"},
    T.WEBINAR_ENDED: set(),
    T.QUESTION_DECIDED: {"to"},
    T.PRESENCE_CONFIRMED: {"n"},
    T.SITES_INVITED: {"n"},
    T.SITE_MOVED: {"to", "why"},
    T.SITE_CHANGED: {"what"},
    T.SITE_TESTED: {"passed"},
    T.SITE_COUNTED: {"heads", "has_note"},
    T.SITE_MAILED: {"what"},
    T.SITES_WRITTEN: {"n"},
    T.COURSE_CHANGED: {"what"},
    T.COURSE_MOVED: {"to"},
    T.COURSE_EXPORTED: {"what"},
    T.COHORT_CHANGED: {"what"},
    T.STAFF_INVITED: {"n"},
    T.INVITATION_REFUSED: set(),
    T.ENROLMENT_MADE: {"to"},
    T.ENROLMENT_MOVED: {"to"},
    T.ENROLMENT_CHANGED: {"what"},
    T.ENROLMENT_GRADED: {"activity", "percent"},
    T.ENROLMENT_ALLOWED: {"activity", "kind"},
    T.APPEAL_DECIDED: {"granted"},
    T.POST_MODERATED: {"what"},
    T.LEARNERS_MESSAGED: {"audience", "n"},
    T.LEARNERS_EXPORTED: {"what", "n"},
    T.TOOL_CHANGED: {"what"},
    T.TOOL_MOVED: {"to"},
    T.TOOL_KEY_ADDED: {"name"},
    T.TOOL_OPENED: {"activity", "passes_name"},
    T.TOOL_SCORED: {"activity", "percent"},
}
