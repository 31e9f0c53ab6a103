"""What training records in the audit log, and the only facts each entry may carry."""

from enum import StrEnum

ZONE = "awareness"


class Trail(StrEnum):
    """Audit names, as subject:event."""

    STREAM_PLANNED = "stream:planned"
    STREAM_MOVED = "stream:moved"
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


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.STREAM_PLANNED: set(),
    T.STREAM_MOVED: {"to"},
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
}
