"""What events record in the audit log, and the only facts each entry may carry: codes and numbers, never
texts or names.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ZONE = "awareness"
CHANNEL = "events.list"
"""Renews the lists and pages of the desk."""


class Trail(TextChoices):
    """Audit names, as subject:event."""

    EVENT_CREATED = "event:created", _("Event created")
    EVENT_EDITED = "event:edited", _("Event edited")
    EVENT_MOVED = "event:moved", _("State of the event changed")
    EVENT_DISCARDED = "event:discarded", _("Event discarded")
    SESSION_CHANGED = "event_session:changed", _("Session of the programme changed")
    TRACK_CHANGED = "event_track:changed", _("Track of the programme changed")
    SPEAKER_CHANGED = "event_speaker:changed", _("Speaker changed")
    SERIES_CHANGED = "event_series:changed", _("Series of events changed")
    VENUE_CHANGED = "event_venue:changed", _("Venue changed")
    ACTIVITY_REGISTERED = "activity:registered", _("Activity registered")
    ACTIVITY_MOVED = "activity:moved", _("State of the activity changed")
    ACTIVITY_CHANGED = "activity:changed", _("Activity changed")
    ACTIVITY_REPORTED = "activity:reported", _("Report on the activity given")
    ACTIVITY_REMINDED = "activity:reminded", _("Reminded of the report on activities")
    ACTIVITY_TEXT = "activity:text_decided", _("Public text of the activity decided")
    ACTIVITY_LINKED = "activity:organisation_linked", _("Activity linked to an organisation")
    ACTIVITY_HIGHLIGHTED = "activity:highlighted", _("Activity highlighted or not")
    ACTIVITY_LINK_SENT = "activity:link_sent", _("Link of the activity sent")
    REGISTRATION_RECEIVED = "event_registration:received", _("Registration received")
    REGISTRATION_MOVED = "event_registration:moved", _("State of the registration changed")
    REGISTRATION_CHANGED = "event_registration:changed", _("Registration changed")
    REGISTRATIONS_EXPORTED = "event_registration:exported", _("Registrations exported")
    NEEDS_OPENED = "event_registration:needs_opened", _("Special needs of participants opened")
    QUOTA_CHANGED = "event_quota:changed", _("Quota changed")
    TICKET_CHANGED = "event_ticket:changed", _("Ticket changed")
    QUESTION_CHANGED = "event_question:changed", _("Question of the registration changed")
    TEAM_CHANGED = "event_team:changed", _("Team of the event changed")
    TASK_CHANGED = "event_task:changed", _("Task of the event changed")
    TASK_TEMPLATE_CHANGED = "event_task_template:changed", _("Template of tasks changed")
    BUDGET_CHANGED = "event_budget:changed", _("Budget of the event changed")
    REPORT_MOVED = "event_report:moved", _("State of the event report changed")
    HEADS_REPORTED = "event_report:heads_reported", _("People at the event reported")
    COUNTS_STORED = "event_report:counted", _("Counts of the event stored")
    FILE_IMPORTED = "event_file:imported", _("File of the event imported")
    FILE_EXPORTED = "event_file:exported", _("File of the event exported")
    CHECKED_IN = "event_check_in:recorded", _("Checked in at the door")
    CONFLICT_RESOLVED = "event_check_in:resolved", _("Conflict at the door resolved")
    CHECK_IN_SET_UP = "event_check_in:set_up", _("Check-in set up")
    BADGES_PRINTED = "event_check_in:printed", _("Badges printed")
    PHOTO_LIST_OPENED = "event_photo:list_opened", _("List of consents to photographs opened")
    ASSET_CHANGED = "event_asset:changed", _("Picture or recording changed")
    WITHDRAWAL_DONE = "event_asset:withdrawal_done", _("Withdrawal of a picture done")
    CALL_CHANGED = "event_call:changed", _("Call for papers changed")
    CALL_MOVED = "event_call:moved", _("State of the call for papers changed")
    PROPOSAL_RECEIVED = "event_proposal:received", _("Proposal received")
    PROPOSAL_CHANGED = "event_proposal:changed", _("Proposal changed")
    PROPOSAL_MOVED = "event_proposal:moved", _("State of the proposal changed")
    PROPOSAL_ASSIGNED = "event_proposal:assigned", _("Reviewer of the proposal assigned")
    PROPOSAL_REVIEWED = "event_proposal:reviewed", _("Proposal reviewed")
    PROPOSAL_CONFLICT = "event_proposal:conflict_declared", _("Conflict of interest in a proposal declared")
    PROPOSAL_PENDING = "event_proposal:decision_prepared", _("Decision on the proposal prepared")
    PROPOSALS_ANNOUNCED = "event_call:announced", _("Decisions on proposals announced")
    PROPOSALS_EXPORTED = "event_call:exported", _("Proposals exported")
    MAILING_WRITTEN = "event_mailing:written", _("Mailing written")
    MAILING_MOVED = "event_mailing:moved", _("State of the mailing changed")
    MAILING_DISCARDED = "event_mailing:discarded", _("Mailing discarded")
    MAILING_TESTED = "event_mailing:tested", _("Mailing tested")
    SURVEY_CHANGED = "event_survey:changed", _("Survey changed")
    SURVEY_MOVED = "event_survey:moved", _("State of the survey changed")
    SURVEY_EXPORTED = "event_survey:exported", _("Survey exported")
    CERTIFICATES_SET = "event_certificate:set", _("Certificates of the event set up")
    CERTIFICATE_ISSUED = "event_certificate:issued", _("Certificate issued")
    CERTIFICATE_REVOKED = "event_certificate:revoked", _("Certificate revoked")
    CERTIFICATES_EXPORTED = "event_certificate:exported", _("Certificates exported")


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
