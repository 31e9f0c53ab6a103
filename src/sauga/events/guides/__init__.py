"""The guides of events and the pages they cover."""

from pathlib import Path

from sauga.events.permissions import Permission as P
from sauga.kernel.guides import Guide

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(
        slug="events",
        folder=FOLDER,
        order=36,
        permissions=(P.SEE,),
        covers={
            "events": "event",
            "events-part": "programme",
            "events-venue": "venues",
            "events-venues": "venues",
            "events-room": "venues",
            "events-series": "series",
            "events-figures": "figures",
        },
    ),
    Guide(slug="activities", folder=FOLDER, order=62, is_desk=False, is_public=True, page="events-sid"),
    Guide(
        slug="safer-internet-day",
        folder=FOLDER,
        order=38,
        permissions=(P.SEE_ACTIVITIES,),
        covers={
            "events-activities": "read",
            "events-activity": "read",
            "events-activities-year": "year",
            "events-activities-profile": "year",
        },
    ),
    Guide(
        slug="registrations",
        folder=FOLDER,
        order=39,
        permissions=(P.SEE_REGISTRATIONS,),
        covers={
            "events-registrations": "list",
            "events-registrations-of": "list",
            "events-registration": "list",
            "events-line": "line",
            "events-needs": "needs",
            "events-setup": "setup",
            "events-quota": "setup",
            "events-quota-new": "setup",
            "events-ticket": "setup",
            "events-ticket-new": "setup",
            "events-question": "setup",
            "events-question-new": "setup",
        },
    ),
    Guide(
        slug="event-planning",
        folder=FOLDER,
        order=40,
        permissions=(P.DO_TASKS, P.SEE_FIGURES),
        covers={
            "events-tasks": "tasks",
            "events-tasks-of": "tasks",
            "events-task": "tasks",
            "events-task-new": "tasks",
            "events-task-templates": "templates",
            "events-task-template": "templates",
            "events-task-template-new": "templates",
            "events-team": "team",
            "events-budget": "budget",
            "events-budget-line": "budget",
            "events-budget-new": "budget",
            "events-reports": "report",
            "events-report": "report",
            "events-files": "files",
            "events-file-in": "files",
        },
    ),
    Guide(
        slug="check-in",
        folder=FOLDER,
        order=42,
        permissions=(P.CHECK_IN,),
        covers={
            "events-checkin-events": "before",
            "events-checkin": "door",
            "events-checkin-walk-in": "walkin",
            "events-checkin-walk-in-ticket": "walkin",
            "events-checkin-overview": "day",
            "events-checkin-entrance": "day",
            "events-checkin-entrance-new": "day",
            "events-checkin-list": "day",
            "events-checkin-list-new": "day",
            "events-attendance": "after",
            "events-attendance-one": "after",
            "events-attendance-file": "after",
        },
    ),
    Guide(
        slug="class-booking",
        folder=FOLDER,
        order=64,
        is_desk=False,
        is_public=True,
        page="events",
    ),
)
