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


ACTIVITIES = {Permission.SEE_ACTIVITIES, Permission.MODERATE_ACTIVITIES}
PLANNING = {Permission.ALL_EVENTS, Permission.PLAN, Permission.DO_TASKS, Permission.KEEP_BUDGET}
REGISTRATIONS = {
    Permission.SEE_REGISTRATIONS,
    Permission.KEEP_REGISTRATIONS,
    Permission.EXPORT_REGISTRATIONS,
    Permission.SEE_NEEDS,
}
CHECKIN = {Permission.CHECK_IN, Permission.EDIT_CHECK_IN}
PROPOSALS = {Permission.EDIT_CALLS, Permission.KEEP_PROPOSALS, Permission.EXPORT_PROPOSALS}
AFTERWARDS = {Permission.WRITE_MAILINGS, Permission.KEEP_SURVEYS, Permission.KEEP_CERTIFICATES}
ROLES: dict[str, set[Permission]] = {
    "ORGANISER": {
        Permission.SEE,
        Permission.EDIT,
        Permission.EDIT_PROGRAMME,
        Permission.PUBLISH,
        Permission.SEE_FIGURES,
        *ACTIVITIES,
        *REGISTRATIONS,
        *PLANNING,
        *CHECKIN,
        Permission.SEE_PHOTO_LIST,
        Permission.PUBLISH_PICTURES,
        *PROPOSALS,
        *AFTERWARDS,
    },
    "EDITOR": ACTIVITIES,
    "PROGRAMME_COMMITTEE": {
        Permission.SEE,
        Permission.EDIT_PROGRAMME,
        Permission.DO_TASKS,
        Permission.EDIT_CALLS,
        Permission.REVIEW_PROPOSALS,
    },
    "DOOR_STAFF": {Permission.SEE, Permission.DO_TASKS, Permission.CHECK_IN},
    "PHOTOGRAPHER": {Permission.SEE, Permission.DO_TASKS, Permission.SEE_PHOTO_LIST},
    "PUBLISHER": {
        Permission.ALL_EVENTS,
        Permission.SEE,
        Permission.EDIT,
        Permission.EDIT_PROGRAMME,
        Permission.PUBLISH,
        Permission.SEE_FIGURES,
        *ACTIVITIES,
    },
    "AWARENESS_STATISTICIAN": {Permission.SEE_FIGURES, Permission.SEE_ACTIVITIES},
}
LABELS: dict[str, dict[str, str]] = {
    "ORGANISER": {"lt": "Renginių organizatorius", "en": "Event organiser"},
    "PROGRAMME_COMMITTEE": {"lt": "Programos komiteto narys", "en": "Member of the programme committee"},
    "DOOR_STAFF": {"lt": "Dalyvių registratorius vietoje", "en": "Check-in staff"},
    "PHOTOGRAPHER": {"lt": "Renginių fotografas", "en": "Event photographer"},
}
SYSTEM: dict[str, set[Permission]] = {
    "events": {
        Permission.CLOSE,
        Permission.MAIL_ORGANISERS,
        Permission.ADVANCE,
        Permission.REMIND_TASKS,
        Permission.STORE_COUNTS,
        Permission.DELIVER_MAILINGS,
        Permission.KEEP_CERTIFICATES,
    },
    "activity_organiser": {Permission.REGISTER_ACTIVITY},
    "registrant": {Permission.REGISTER},
    "speaker": {Permission.SPEAK},
    "proposer": {Permission.PROPOSE},
    "attendee": {Permission.ANSWER_SURVEY, Permission.ISSUE_CERTIFICATE},
    "training": {Permission.EDIT_CHECK_IN},
}
"""What jobs and outside people may do, by the name of their SystemActor."""

WORDING = {
    Permission.SEE: _("See events at the desk, drafts too"),
    Permission.EDIT: _("Create and edit events, series and venues"),
    Permission.EDIT_PROGRAMME: _("Edit sessions, tracks and speakers"),
    Permission.PUBLISH: _("Publish and cancel events"),
    Permission.SEE_FIGURES: _("See the statistics of events"),
    Permission.SEE_ACTIVITIES: _("See the activities of Safer Internet Day"),
    Permission.MODERATE_ACTIVITIES: _(
        "Decide which activities of Safer Internet Day are shown, and correct them"
    ),
    Permission.SEE_REGISTRATIONS: _("See who has registered for events"),
    Permission.KEEP_REGISTRATIONS: _(
        "Approve, move and cancel registrations; edit quotas, tickets and questions"
    ),
    Permission.EXPORT_REGISTRATIONS: _("Download lists of registrations"),
    Permission.SEE_NEEDS: _("Read the access needs of people who come"),
    Permission.ALL_EVENTS: _("Work on all events, not only on those whose team one is on"),
    Permission.PLAN: _("Plan events: choose their team, give out tasks, edit task templates"),
    Permission.DO_TASKS: _("See the tasks of events and do one's own"),
    Permission.KEEP_BUDGET: _("Keep the budget of events, close their reports"),
    Permission.CHECK_IN: _("Check people in at events, and register those who come without a ticket"),
    Permission.EDIT_CHECK_IN: _("Edit entrances and check-in lists, and correct who attended"),
    Permission.SEE_PHOTO_LIST: _("See by number who must not be photographed"),
    Permission.PUBLISH_PICTURES: _("Publish pictures and carry out withdrawals"),
    Permission.EDIT_CALLS: _("Prepare, open and close calls for papers"),
    Permission.KEEP_PROPOSALS: _("See all proposals with their speakers; assign, decide and announce"),
    Permission.EXPORT_PROPOSALS: _("Download lists of proposals"),
    Permission.REVIEW_PROPOSALS: _("Review the proposals one is assigned to"),
    Permission.WRITE_MAILINGS: _("Write to the people of an event"),
    Permission.KEEP_SURVEYS: _("Write surveys of events and read their results"),
    Permission.KEEP_CERTIFICATES: _("Give and revoke certificates of attendance"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""

TEAM = ("ORGANISER", "PROGRAMME_COMMITTEE", "DOOR_STAFF", "PHOTOGRAPHER")
"""Roles in which somebody can be on the team of an event."""
FOR_ALL = frozenset({Permission.ALL_EVENTS, Permission.SEE_FIGURES, *ACTIVITIES})
"""What is not done at one event, or counts at all of them. Every other permission counts at an event only for
those who hold ALL_EVENTS, or are on its team in a role with the permission
(`programme.queries.teams`)."""
