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
    ALL_EVENTS = "events.all_events"
    PLAN = "events.plan"
    DO_TASKS = "events.do_tasks"
    KEEP_BUDGET = "events.keep_budget"
    REMIND_TASKS = "events.remind_tasks"
    STORE_COUNTS = "events.store_counts"
    CHECK_IN = "events.check_in"
    EDIT_CHECK_IN = "events.edit_check_in"
    SPEAK = "events.speak"
    SEE_PHOTO_LIST = "events.see_photo_list"
    PUBLISH_PICTURES = "events.publish_pictures"
    EDIT_CALLS = "events.edit_calls"
    KEEP_PROPOSALS = "events.keep_proposals"
    EXPORT_PROPOSALS = "events.export_proposals"
    REVIEW_PROPOSALS = "events.review_proposals"
    PROPOSE = "events.propose"
    WRITE_MAILINGS = "events.write_mailings"
    DELIVER_MAILINGS = "events.deliver_mailings"
    KEEP_SURVEYS = "events.keep_surveys"
    ANSWER_SURVEY = "events.answer_survey"
    KEEP_CERTIFICATES = "events.keep_certificates"
    ISSUE_CERTIFICATE = "events.issue_certificate"


P = Permission
ACTIVITIES = {P.SEE_ACTIVITIES, P.MODERATE_ACTIVITIES}
PLANNING = {P.ALL_EVENTS, P.PLAN, P.DO_TASKS, P.KEEP_BUDGET}
REGISTRATIONS = {P.SEE_REGISTRATIONS, P.KEEP_REGISTRATIONS, P.EXPORT_REGISTRATIONS, P.SEE_NEEDS}
CHECKIN = {P.CHECK_IN, P.EDIT_CHECK_IN}
PROPOSALS = {P.EDIT_CALLS, P.KEEP_PROPOSALS, P.EXPORT_PROPOSALS}
AFTERWARDS = {P.WRITE_MAILINGS, P.KEEP_SURVEYS, P.KEEP_CERTIFICATES}
ROLES: dict[str, set[Permission]] = {
    "ORGANISER": {
        P.SEE,
        P.EDIT,
        P.EDIT_PROGRAMME,
        P.PUBLISH,
        P.SEE_FIGURES,
        *ACTIVITIES,
        *REGISTRATIONS,
        *PLANNING,
        *CHECKIN,
        P.SEE_PHOTO_LIST,
        P.PUBLISH_PICTURES,
        *PROPOSALS,
        *AFTERWARDS,
    },
    "EDITOR": ACTIVITIES,
    "PROGRAMME_COMMITTEE": {P.SEE, P.EDIT_PROGRAMME, P.DO_TASKS, P.EDIT_CALLS, P.REVIEW_PROPOSALS},
    "DOOR_STAFF": {P.SEE, P.DO_TASKS, P.CHECK_IN},
    "PHOTOGRAPHER": {P.SEE, P.DO_TASKS, P.SEE_PHOTO_LIST},
    "PUBLISHER": {P.ALL_EVENTS, P.SEE, P.EDIT, P.EDIT_PROGRAMME, P.PUBLISH, P.SEE_FIGURES, *ACTIVITIES},
    "AWARENESS_STATISTICIAN": {P.SEE_FIGURES, P.SEE_ACTIVITIES},
}
LABELS: dict[str, dict[str, str]] = {
    "ORGANISER": {"lt": "Renginių organizatorius", "en": "Event organiser"},
    "PROGRAMME_COMMITTEE": {"lt": "Programos komiteto narys", "en": "Member of the programme committee"},
    "DOOR_STAFF": {"lt": "Dalyvių registratorius vietoje", "en": "Check-in staff"},
    "PHOTOGRAPHER": {"lt": "Renginių fotografas", "en": "Event photographer"},
}
SYSTEM: dict[str, set[Permission]] = {
    "events": {
        P.CLOSE,
        P.MAIL_ORGANISERS,
        P.ADVANCE,
        P.REMIND_TASKS,
        P.STORE_COUNTS,
        P.DELIVER_MAILINGS,
        P.KEEP_CERTIFICATES,
    },
    "activity_organiser": {P.REGISTER_ACTIVITY},
    "registrant": {P.REGISTER},
    "speaker": {P.SPEAK},
    "proposer": {P.PROPOSE},
    "attendee": {P.ANSWER_SURVEY, P.ISSUE_CERTIFICATE},
}
"""What jobs and outside people may do, by the name of their SystemActor."""

WORDING = {
    P.SEE: _("See events at the desk, drafts too"),
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
    P.ALL_EVENTS: _("Work on all events, not only on those whose team one is on"),
    P.PLAN: _("Plan events: choose their team, give out tasks, edit task templates"),
    P.DO_TASKS: _("See the tasks of events and do one's own"),
    P.KEEP_BUDGET: _("Keep the budget of events, close their reports"),
    P.CHECK_IN: _("Check people in at events, and register those who come without a ticket"),
    P.EDIT_CHECK_IN: _("Edit entrances and check-in lists, and correct who attended"),
    P.SEE_PHOTO_LIST: _("See by number who must not be photographed"),
    P.PUBLISH_PICTURES: _("Publish pictures and carry out withdrawals"),
    P.EDIT_CALLS: _("Prepare, open and close calls for papers"),
    P.KEEP_PROPOSALS: _("See all proposals with their speakers; assign, decide and announce"),
    P.EXPORT_PROPOSALS: _("Download lists of proposals"),
    P.REVIEW_PROPOSALS: _("Review the proposals one is assigned to"),
    P.WRITE_MAILINGS: _("Write to the people of an event"),
    P.KEEP_SURVEYS: _("Write surveys of events and read their results"),
    P.KEEP_CERTIFICATES: _("Give and revoke certificates of attendance"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""

TEAM = ("ORGANISER", "PROGRAMME_COMMITTEE", "DOOR_STAFF", "PHOTOGRAPHER")
"""Roles in which somebody can be on the team of an event."""
FOR_ALL = frozenset({P.ALL_EVENTS, P.SEE_FIGURES, *ACTIVITIES})
"""What is not done at one event, or counts at all of them. Every other permission counts at an event only for
those who hold ALL_EVENTS, or are on its team in a role with the permission
(`programme.queries.teams`)."""
