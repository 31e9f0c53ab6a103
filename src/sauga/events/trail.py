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
    TEAM_CHANGED = "event_team:changed"
    TASK_CHANGED = "event_task:changed"
    TASK_TEMPLATE_CHANGED = "event_task_template:changed"
    BUDGET_CHANGED = "event_budget:changed"
    REPORT_MOVED = "event_report:moved"
    HEADS_REPORTED = "event_report:heads_reported"
    COUNTS_STORED = "event_report:counted"
    FILE_IMPORTED = "event_file:imported"
    FILE_EXPORTED = "event_file:exported"
    CHECKED_IN = "event_check_in:recorded"
    CONFLICT_RESOLVED = "event_check_in:resolved"
    CHECK_IN_SET_UP = "event_check_in:set_up"
    BADGES_PRINTED = "event_check_in:printed"
    PHOTO_LIST_OPENED = "event_photo:list_opened"
    ASSET_CHANGED = "event_asset:changed"
    WITHDRAWAL_DONE = "event_asset:withdrawal_done"
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
    MAILING_WRITTEN = "event_mailing:written"
    MAILING_MOVED = "event_mailing:moved"
    MAILING_DISCARDED = "event_mailing:discarded"
    MAILING_TESTED = "event_mailing:tested"
    SURVEY_CHANGED = "event_survey:changed"
    SURVEY_MOVED = "event_survey:moved"
    SURVEY_EXPORTED = "event_survey:exported"
    CERTIFICATES_SET = "event_certificate:set"
    CERTIFICATE_ISSUED = "event_certificate:issued"
    CERTIFICATE_REVOKED = "event_certificate:revoked"
    CERTIFICATES_EXPORTED = "event_certificate:exported"


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
    T.TEAM_CHANGED: {"what", "role"},
    T.TASK_CHANGED: {"what", "n"},
    T.TASK_TEMPLATE_CHANGED: {"what", "kind"},
    T.BUDGET_CHANGED: {"what"},
    T.REPORT_MOVED: {"to", "why"},
    T.HEADS_REPORTED: {"heads"},
    T.COUNTS_STORED: {"heads"},
    T.FILE_IMPORTED: {"kind", "rows"},
    T.FILE_EXPORTED: {"kind", "rows"},
    T.CHECKED_IN: {"outcome", "how", "heads", "why"},
    T.CONFLICT_RESOLVED: {"what"},
    T.CHECK_IN_SET_UP: {"what", "minutes"},
    T.BADGES_PRINTED: {"what", "rows"},
    T.PHOTO_LIST_OPENED: {"rows"},
    T.ASSET_CHANGED: {"what"},
    T.WITHDRAWAL_DONE: {"outcome"},
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
    T.MAILING_WRITTEN: {"kind"},
    T.MAILING_MOVED: {"to", "n"},
    T.MAILING_DISCARDED: set(),
    T.MAILING_TESTED: set(),
    T.SURVEY_CHANGED: {"what"},
    T.SURVEY_MOVED: {"to"},
    T.SURVEY_EXPORTED: {"format"},
    T.CERTIFICATES_SET: {"minutes"},
    T.CERTIFICATE_ISSUED: {"minutes"},
    T.CERTIFICATE_REVOKED: {"why"},
    T.CERTIFICATES_EXPORTED: {"rows"},
}
