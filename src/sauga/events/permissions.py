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
    SEE_REGISTRATIONS = "events.see_registrations"
    KEEP_REGISTRATIONS = "events.keep_registrations"
    EXPORT_REGISTRATIONS = "events.export_registrations"
    SEE_NEEDS = "events.see_needs"
    REGISTER = "events.register"
    ADVANCE = "events.advance"


P = Permission
REGISTRATIONS = {P.SEE_REGISTRATIONS, P.KEEP_REGISTRATIONS, P.EXPORT_REGISTRATIONS, P.SEE_NEEDS}
ROLES: dict[str, set[Permission]] = {
    "ORGANISER": {P.SEE, P.EDIT, P.EDIT_PROGRAMME, P.PUBLISH, P.SEE_FIGURES, *REGISTRATIONS},
    "PROGRAMME_COMMITTEE": {P.SEE, P.EDIT_PROGRAMME},
    "DOOR_STAFF": {P.SEE},
    "PHOTOGRAPHER": {P.SEE},
    "PUBLISHER": {P.SEE, P.EDIT, P.EDIT_PROGRAMME, P.PUBLISH, P.SEE_FIGURES},
    "AWARENESS_STATISTICIAN": {P.SEE_FIGURES},
}
LABELS: dict[str, dict[str, str]] = {
    "ORGANISER": {"lt": "Renginių organizatorius", "en": "Event organiser"},
    "PROGRAMME_COMMITTEE": {"lt": "Programos komiteto narys", "en": "Member of the programme committee"},
    "DOOR_STAFF": {"lt": "Dalyvių registratorius vietoje", "en": "Check-in staff"},
    "PHOTOGRAPHER": {"lt": "Renginių fotografas", "en": "Event photographer"},
}
SYSTEM: dict[str, set[Permission]] = {"events": {P.CLOSE, P.ADVANCE}, "registrant": {P.REGISTER}}
"""What jobs and outside people may do, by the name of their SystemActor."""

WORDING = {
    P.SEE: _("See all events, drafts too"),
    P.EDIT: _("Create and edit events, series and venues"),
    P.EDIT_PROGRAMME: _("Edit sessions, tracks and speakers"),
    P.PUBLISH: _("Publish and cancel events"),
    P.SEE_FIGURES: _("See the statistics of events"),
    P.SEE_REGISTRATIONS: _("See who has registered for events"),
    P.KEEP_REGISTRATIONS: _("Approve, move and cancel registrations; edit quotas, tickets and questions"),
    P.EXPORT_REGISTRATIONS: _("Download lists of registrations"),
    P.SEE_NEEDS: _("Read the access needs of people who come"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
