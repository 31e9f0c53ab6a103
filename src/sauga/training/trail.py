"""What training records in the audit log, and the only facts each entry may carry."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ZONE = "awareness"


class Trail(TextChoices):
    """Audit names, as subject:event."""

    STREAM_PLANNED = "stream:planned", _("Broadcast planned")
    STREAM_MOVED = "stream:moved", _("State of the broadcast changed")
    STREAM_EDITED = "stream:edited", _("Broadcast edited")
    STREAM_DISCARDED = "stream:discarded", _("Broadcast discarded")
    STREAM_PASSPHRASE_SEEN = "stream:passphrase_seen", _("Passphrase of the broadcast shown")
    STREAM_PASSPHRASE_RENEWED = "stream:passphrase_renewed", _("Passphrase of the broadcast renewed")
    STREAM_RECORDED = "stream:recorded", _("Broadcast recorded")
    STREAM_RECORDING_DELETED = "stream:recording_deleted", _("Recording of the broadcast deleted")
    STREAM_CAPTIONED = "stream:captioned", _("Broadcast captioned")
    STREAM_SEGMENTS_DELETED = "stream:segments_deleted", _("Parts of the broadcast deleted")
    WEBINAR_CHANGED = "webinar:changed", _("Webinar changed")
    WEBINAR_ENDED = "webinar:ended", _("Webinar ended")
    QUESTION_DECIDED = "webinar_question:decided", _("Question at the webinar decided")
    PRESENCE_CONFIRMED = "webinar:presence_confirmed", _("Presence at the webinar confirmed")
    SITES_INVITED = "webinar:sites_invited", _("Viewing sites invited")
    SITE_MOVED = "viewing_site:moved", _("State of the viewing site changed")
    SITE_CHANGED = "viewing_site:changed", _("Viewing site changed")
    SITE_TESTED = "viewing_site:tested", _("Viewing site tested")
    SITE_COUNTED = "viewing_site:counted", _("People at the viewing site counted")
    SITE_MAILED = "viewing_site:mailed", _("Viewing site written to")
    SITES_WRITTEN = "webinar:sites_written", _("All viewing sites written to")
    COURSE_CHANGED = "course:changed", _("Course changed")
    COURSE_MOVED = "course:moved", _("State of the course changed")
    COURSE_EXPORTED = "course:exported", _("Course exported")
    COHORT_CHANGED = "course_cohort:changed", _("Group of the course changed")
    STAFF_INVITED = "course_cohort:staff_invited", _("Staff of a school invited to the course")
    INVITATION_REFUSED = "course_invitation:refused", _("Invitation to the course refused")
    ENROLMENT_MADE = "enrolment:made", _("Enrolled in the course")
    ENROLMENT_MOVED = "enrolment:moved", _("State of the enrolment changed")
    ENROLMENT_CHANGED = "enrolment:changed", _("Enrolment changed")
    ENROLMENT_GRADED = "enrolment:graded", _("Work in the course graded")
    ENROLMENT_ALLOWED = "enrolment:allowed", _("Exception in the course allowed")
    APPEAL_DECIDED = "enrolment:appeal_decided", _("Request to the tutor decided")
    POST_MODERATED = "course_post:moderated", _("Post in the course moderated")
    LEARNERS_MESSAGED = "course_cohort:messaged", _("Learners written to")
    LEARNERS_EXPORTED = "course_cohort:exported", _("List of learners exported")
    TOOL_CHANGED = "course_tool:changed", _("External tool changed")
    TOOL_MOVED = "course_tool:moved", _("State of the external tool changed")
    TOOL_KEY_ADDED = "course_tool:key_added", _("Key of the external tool added")
    TOOL_OPENED = "enrolment:tool_opened", _("External tool opened")
    TOOL_SCORED = "enrolment:tool_scored", _("Score from the external tool received")


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
