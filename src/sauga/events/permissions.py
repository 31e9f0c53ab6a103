"""Who may do what with events. Roles are data; these are their defaults."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    SEE = "events.see"
    EDIT = "events.edit"
    EDIT_PROGRAMME = "events.edit_programme"
    PUBLISH = "events.publish"
    SEE_FIGURES = "events.see_figures"
    CLOSE = "events.close"
    SEE_ACTIVITIES = "events.see_activities"
    MODERATE_ACTIVITIES = "events.moderate_activities"
    REGISTER_ACTIVITY = "events.register_activity"
    MAIL_ORGANISERS = "events.mail_organisers"
    SEE_REGISTRATIONS = "events.see_registrations"
    KEEP_REGISTRATIONS = "events.keep_registrations"
    EXPORT_REGISTRATIONS = "events.export_registrations"
    SEE_NEEDS = "events.see_needs"
    REGISTER = "events.register"
    ADVANCE = "events.advance"
    EDIT_CALLS = "events.edit_calls"
    KEEP_PROPOSALS = "events.keep_proposals"
    EXPORT_PROPOSALS = "events.export_proposals"
    REVIEW_PROPOSALS = "events.review_proposals"
    PROPOSE = "events.propose"


P = Permission
ACTIVITIES = {P.SEE_ACTIVITIES, P.MODERATE_ACTIVITIES}
REGISTRATIONS = {P.SEE_REGISTRATIONS, P.KEEP_REGISTRATIONS, P.EXPORT_REGISTRATIONS, P.SEE_NEEDS}
PROPOSALS = {P.EDIT_CALLS, P.KEEP_PROPOSALS, P.EXPORT_PROPOSALS}
ROLES: dict[str, set[Permission]] = {
    "ORGANISER": {
        P.SEE,
        P.EDIT,
        P.EDIT_PROGRAMME,
        P.PUBLISH,
        P.SEE_FIGURES,
        *ACTIVITIES,
        *REGISTRATIONS,
        *PROPOSALS,
    },
    "EDITOR": ACTIVITIES,
    "PROGRAMME_COMMITTEE": {P.SEE, P.EDIT_PROGRAMME, P.EDIT_CALLS, P.REVIEW_PROPOSALS},
    "DOOR_STAFF": {P.SEE},
    "PHOTOGRAPHER": {P.SEE},
    "PUBLISHER": {P.SEE, P.EDIT, P.EDIT_PROGRAMME, P.PUBLISH, P.SEE_FIGURES, *ACTIVITIES},
    "AWARENESS_STATISTICIAN": {P.SEE_FIGURES, P.SEE_ACTIVITIES},
}
LABELS: dict[str, dict[str, str]] = {
    "ORGANISER": {"lt": "Renginių organizatorius", "en": "Event organiser"},
    "PROGRAMME_COMMITTEE": {"lt": "Programos komiteto narys", "en": "Member of the programme committee"},
    "DOOR_STAFF": {"lt": "Dalyvių registratorius vietoje", "en": "Check-in staff"},
    "PHOTOGRAPHER": {"lt": "Renginių fotografas", "en": "Event photographer"},
}
SYSTEM: dict[str, set[Permission]] = {
    "events": {P.CLOSE, P.MAIL_ORGANISERS, P.ADVANCE},
    "activity_organiser": {P.REGISTER_ACTIVITY},
    "registrant": {P.REGISTER},
    "proposer": {P.PROPOSE},
    "speaker": {P.EDIT_PROGRAMME},
}
"""What jobs and outside people may do, by the name of their SystemActor."""

WORDING = {
    P.SEE: _("See all events, drafts too"),
    P.EDIT: _("Create and edit events, series and venues"),
    P.EDIT_PROGRAMME: _("Edit sessions, tracks and speakers"),
    P.PUBLISH: _("Publish and cancel events"),
    P.SEE_FIGURES: _("See the statistics of events"),
    P.SEE_ACTIVITIES: _("See the activities of Safer Internet Day"),
    P.MODERATE_ACTIVITIES: _("Decide which activities of Safer Internet Day are shown, and correct them"),
    P.SEE_REGISTRATIONS: _("See who has registered for events"),
    P.KEEP_REGISTRATIONS: _("Approve, move and cancel registrations; edit quotas, tickets and questions"),
    P.EXPORT_REGISTRATIONS: _("Download lists of registrations"),
    P.SEE_NEEDS: _("Read the access needs of people who come"),
    P.EDIT_CALLS: _("Prepare, open and close calls for papers"),
    P.KEEP_PROPOSALS: _("See all proposals with their speakers; assign, decide and announce"),
    P.EXPORT_PROPOSALS: _("Download lists of proposals"),
    P.REVIEW_PROPOSALS: _("Review the proposals one is assigned to"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
