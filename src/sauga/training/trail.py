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


FACTS: dict[Trail, set[str]] = {
    Trail.STREAM_PLANNED: set(),
    Trail.STREAM_MOVED: {"to", "why"},
    Trail.STREAM_EDITED: set(),
    Trail.STREAM_DISCARDED: set(),
    Trail.STREAM_PASSPHRASE_SEEN: set(),
    Trail.STREAM_PASSPHRASE_RENEWED: set(),
    Trail.STREAM_RECORDED: {"seconds", "size"},
    Trail.STREAM_RECORDING_DELETED: set(),
    Trail.STREAM_CAPTIONED: {"lines"},
    Trail.STREAM_SEGMENTS_DELETED: set(),
    Trail.WEBINAR_CHANGED: {"what"},
    Trail.WEBINAR_ENDED: set(),
    Trail.QUESTION_DECIDED: {"to"},
    Trail.PRESENCE_CONFIRMED: {"n"},
    Trail.SITES_INVITED: {"n"},
    Trail.SITE_MOVED: {"to", "why"},
    Trail.SITE_CHANGED: {"what"},
    Trail.SITE_TESTED: {"passed"},
    Trail.SITE_COUNTED: {"heads", "has_note"},
    Trail.SITE_MAILED: {"what"},
    Trail.SITES_WRITTEN: {"n"},
    Trail.COURSE_CHANGED: {"what"},
    Trail.COURSE_MOVED: {"to"},
    Trail.COURSE_EXPORTED: {"what"},
    Trail.COHORT_CHANGED: {"what"},
    Trail.STAFF_INVITED: {"n"},
    Trail.INVITATION_REFUSED: set(),
    Trail.ENROLMENT_MADE: {"to"},
    Trail.ENROLMENT_MOVED: {"to"},
    Trail.ENROLMENT_CHANGED: {"what"},
    Trail.ENROLMENT_GRADED: {"activity", "percent"},
    Trail.ENROLMENT_ALLOWED: {"activity", "kind"},
    Trail.APPEAL_DECIDED: {"granted"},
    Trail.POST_MODERATED: {"what"},
    Trail.LEARNERS_MESSAGED: {"audience", "n"},
    Trail.LEARNERS_EXPORTED: {"what", "n"},
    Trail.TOOL_CHANGED: {"what"},
    Trail.TOOL_MOVED: {"to"},
    Trail.TOOL_KEY_ADDED: {"name"},
    Trail.TOOL_OPENED: {"activity", "passes_name"},
    Trail.TOOL_SCORED: {"activity", "percent"},
}
