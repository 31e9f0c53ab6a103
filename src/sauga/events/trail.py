"""What events record in the audit log, and the only facts each entry may carry: codes and numbers, never
texts or names.
"""

from enum import StrEnum

ZONE = "awareness"
CHANNEL = "events.list"
"""Renews the lists and pages of the desk."""


class Trail(StrEnum):
    """Audit names, as subject:event."""

    EVENT_CREATED = "event:created"
    EVENT_EDITED = "event:edited"
    EVENT_MOVED = "event:moved"
    EVENT_DISCARDED = "event:discarded"
    SESSION_CHANGED = "event_session:changed"
    TRACK_CHANGED = "event_track:changed"
    SPEAKER_CHANGED = "event_speaker:changed"
    SERIES_CHANGED = "event_series:changed"
    VENUE_CHANGED = "event_venue:changed"
    ACTIVITY_REGISTERED = "activity:registered"
    ACTIVITY_MOVED = "activity:moved"
    ACTIVITY_CHANGED = "activity:changed"
    ACTIVITY_REPORTED = "activity:reported"
    ACTIVITY_REMINDED = "activity:reminded"
    ACTIVITY_TEXT = "activity:text_decided"
    ACTIVITY_LINKED = "activity:organisation_linked"
    ACTIVITY_HIGHLIGHTED = "activity:highlighted"
    ACTIVITY_LINK_SENT = "activity:link_sent"
    REGISTRATION_RECEIVED = "event_registration:received"
    REGISTRATION_MOVED = "event_registration:moved"
    REGISTRATION_CHANGED = "event_registration:changed"
    REGISTRATIONS_EXPORTED = "event_registration:exported"
    NEEDS_OPENED = "event_registration:needs_opened"
    QUOTA_CHANGED = "event_quota:changed"
    TICKET_CHANGED = "event_ticket:changed"
    QUESTION_CHANGED = "event_question:changed"
    CALL_CHANGED = "event_call:changed"
    CALL_MOVED = "event_call:moved"
    PROPOSAL_RECEIVED = "event_proposal:received"
    PROPOSAL_CHANGED = "event_proposal:changed"
    PROPOSAL_MOVED = "event_proposal:moved"
    PROPOSAL_ASSIGNED = "event_proposal:assigned"
    PROPOSAL_REVIEWED = "event_proposal:reviewed"
    PROPOSAL_CONFLICT = "event_proposal:conflict_declared"
    PROPOSAL_PENDING = "event_proposal:decision_prepared"
    PROPOSALS_ANNOUNCED = "event_call:announced"
    PROPOSALS_EXPORTED = "event_call:exported"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.EVENT_CREATED: {"kind", "how"},
    T.EVENT_EDITED: {"fields"},
    T.EVENT_MOVED: {"to", "why"},
    T.EVENT_DISCARDED: set(),
    T.SESSION_CHANGED: {"what", "fields"},
    T.TRACK_CHANGED: {"what"},
    T.SPEAKER_CHANGED: {"what"},
    T.SERIES_CHANGED: {"what"},
    T.VENUE_CHANGED: {"what"},
    T.ACTIVITY_REGISTERED: {"year", "kind"},
    T.ACTIVITY_MOVED: {"year", "to"},
    T.ACTIVITY_CHANGED: {"year"},
    T.ACTIVITY_REPORTED: {"year", "is_correction"},
    T.ACTIVITY_REMINDED: {"year", "n"},
    T.ACTIVITY_TEXT: {"year", "to"},
    T.ACTIVITY_LINKED: {"year", "organisation"},
    T.ACTIVITY_HIGHLIGHTED: {"year", "is_highlight"},
    T.ACTIVITY_LINK_SENT: {"year"},
    T.REGISTRATION_RECEIVED: {"kind", "heads"},
    T.REGISTRATION_MOVED: {"to", "why", "heads"},
    T.REGISTRATION_CHANGED: {"what", "why", "heads"},
    T.REGISTRATIONS_EXPORTED: {"rows", "format"},
    T.NEEDS_OPENED: {"rows"},
    T.QUOTA_CHANGED: {"what", "before", "size"},
    T.TICKET_CHANGED: {"what"},
    T.QUESTION_CHANGED: {"what"},
    T.CALL_CHANGED: {"what"},
    T.CALL_MOVED: {"to"},
    T.PROPOSAL_RECEIVED: set(),
    T.PROPOSAL_CHANGED: {"what"},
    T.PROPOSAL_MOVED: {"to", "why"},
    T.PROPOSAL_ASSIGNED: {"what"},
    T.PROPOSAL_REVIEWED: {"what"},
    T.PROPOSAL_CONFLICT: {"kind"},
    T.PROPOSAL_PENDING: {"to"},
    T.PROPOSALS_ANNOUNCED: {"rows"},
    T.PROPOSALS_EXPORTED: {"rows", "format"},
}
