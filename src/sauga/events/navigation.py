"""The parts of events in the menu of the desk, each for whoever may do something there."""

from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission as P
from sauga.kernel.ui.navigation import Item

PARTS = (
    Item(url="events-desk", label=_("All events"), icon="list", order=1, permissions=(P.SEE,)),
    Item(url="events-desk-month", label=_("Month"), icon="calendar", order=2, permissions=(P.SEE,)),
    Item(
        url="events-registrations",
        label=_("Registrations"),
        icon="users",
        order=3,
        permissions=(P.SEE_REGISTRATIONS,),
        pages=(
            "events-registrations-of",
            "events-line",
            "events-needs",
            "events-setup",
            "events-quota",
            "events-quota-new",
            "events-ticket",
            "events-ticket-new",
            "events-question",
            "events-question-new",
        ),
    ),
    Item(
        url="events-activities",
        label=_("Safer Internet Day"),
        icon="map-pin",
        order=4,
        permissions=(P.SEE_ACTIVITIES,),
    ),
    Item(
        url="events-calls",
        label=_("Calls for papers"),
        icon="megaphone",
        order=5,
        permissions=(P.EDIT_CALLS,),
    ),
    Item(
        url="events-reviews",
        label=_("My reviews"),
        icon="clipboard-list",
        order=6,
        permissions=(P.REVIEW_PROPOSALS,),
    ),
    Item(
        url="events-tasks",
        label=_("Tasks"),
        icon="list-checks",
        order=7,
        permissions=(P.DO_TASKS,),
        pages=("events-tasks-of", "events-task", "events-task-new"),
    ),
    Item(
        url="events-checkin-events",
        label=_("Check-in"),
        icon="scan-qr-code",
        order=8,
        permissions=(P.CHECK_IN,),
    ),
    Item(
        url="events-photographs",
        label=_("Photographs today"),
        icon="image",
        order=9,
        permissions=(P.SEE_PHOTO_LIST,),
    ),
    Item(
        url="events-reports",
        label=_("Reports"),
        icon="file-text",
        order=10,
        permissions=(P.SEE_FIGURES,),
        pages=("events-report",),
    ),
    Item(url="events-series-all", label=_("Series"), icon="layers", order=11, permissions=(P.SEE,)),
    Item(url="events-venues", label=_("Venues"), icon="map-pin", order=12, permissions=(P.SEE,)),
    Item(
        url="events-figures",
        label=_("Figures"),
        icon="chart-column",
        order=13,
        permissions=(P.SEE_FIGURES,),
    ),
)
