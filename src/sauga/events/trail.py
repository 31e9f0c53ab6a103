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


FACTS: dict[Trail, set[str]] = {
    Trail.EVENT_CREATED: {"kind", "how"},
    Trail.EVENT_EDITED: {"fields"},
    Trail.EVENT_MOVED: {"to", "why"},
    Trail.EVENT_DISCARDED: set(),
    Trail.SESSION_CHANGED: {"what", "fields"},
    Trail.TRACK_CHANGED: {"what"},
    Trail.SPEAKER_CHANGED: {"what"},
    Trail.SERIES_CHANGED: {"what"},
    Trail.VENUE_CHANGED: {"what"},
    Trail.ACTIVITY_REGISTERED: {"year", "kind"},
    Trail.ACTIVITY_MOVED: {"year", "to"},
    Trail.ACTIVITY_CHANGED: {"year"},
    Trail.ACTIVITY_REPORTED: {"year", "is_correction"},
    Trail.ACTIVITY_REMINDED: {"year", "n"},
    Trail.ACTIVITY_TEXT: {"year", "to"},
    Trail.ACTIVITY_LINKED: {"year", "organisation"},
    Trail.ACTIVITY_HIGHLIGHTED: {"year", "is_highlight"},
    Trail.ACTIVITY_LINK_SENT: {"year"},
    Trail.REGISTRATION_RECEIVED: {"kind", "heads"},
    Trail.REGISTRATION_MOVED: {"to", "why", "heads"},
    Trail.REGISTRATION_CHANGED: {"what", "why", "heads"},
    Trail.REGISTRATIONS_EXPORTED: {"rows", "format"},
    Trail.NEEDS_OPENED: {"rows"},
    Trail.QUOTA_CHANGED: {"what", "before", "size"},
    Trail.TICKET_CHANGED: {"what"},
    Trail.QUESTION_CHANGED: {"what"},
    Trail.TEAM_CHANGED: {"what", "role"},
    Trail.TASK_CHANGED: {"what", "n"},
    Trail.TASK_TEMPLATE_CHANGED: {"what", "kind"},
    Trail.BUDGET_CHANGED: {"what"},
    Trail.REPORT_MOVED: {"to", "why"},
    Trail.HEADS_REPORTED: {"heads"},
    Trail.COUNTS_STORED: {"heads"},
    Trail.FILE_IMPORTED: {"kind", "rows"},
    Trail.FILE_EXPORTED: {"kind", "rows"},
    Trail.CHECKED_IN: {"outcome", "how", "heads", "why"},
    Trail.CONFLICT_RESOLVED: {"what"},
    Trail.CHECK_IN_SET_UP: {"what", "minutes"},
    Trail.BADGES_PRINTED: {"what", "rows"},
    Trail.PHOTO_LIST_OPENED: {"rows"},
    Trail.ASSET_CHANGED: {"what"},
    Trail.WITHDRAWAL_DONE: {"outcome"},
    Trail.CALL_CHANGED: {"what"},
    Trail.CALL_MOVED: {"to"},
    Trail.PROPOSAL_RECEIVED: set(),
    Trail.PROPOSAL_CHANGED: {"what"},
    Trail.PROPOSAL_MOVED: {"to", "why"},
    Trail.PROPOSAL_ASSIGNED: {"what"},
    Trail.PROPOSAL_REVIEWED: {"what"},
    Trail.PROPOSAL_CONFLICT: {"kind"},
    Trail.PROPOSAL_PENDING: {"to"},
    Trail.PROPOSALS_ANNOUNCED: {"rows"},
    Trail.PROPOSALS_EXPORTED: {"rows", "format"},
    Trail.MAILING_WRITTEN: {"kind"},
    Trail.MAILING_MOVED: {"to", "n"},
    Trail.MAILING_DISCARDED: set(),
    Trail.MAILING_TESTED: set(),
    Trail.SURVEY_CHANGED: {"what"},
    Trail.SURVEY_MOVED: {"to"},
    Trail.SURVEY_EXPORTED: {"format"},
    Trail.CERTIFICATES_SET: {"minutes"},
    Trail.CERTIFICATE_ISSUED: {"minutes"},
    Trail.CERTIFICATE_REVOKED: {"why"},
    Trail.CERTIFICATES_EXPORTED: {"rows"},
}
