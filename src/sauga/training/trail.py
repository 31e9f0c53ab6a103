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
