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
        slug="calls-for-papers",
        folder=FOLDER,
        order=37,
        permissions=(P.EDIT_CALLS, P.REVIEW_PROPOSALS),
        covers={
            "events-calls": "call",
            "events-call": "call",
            "events-call-edit": "call",
            "events-call-letters": "decide",
            "events-criterion": "call",
            "events-criterion-new": "call",
            "events-call-question": "call",
            "events-call-question-new": "call",
            "events-reviews": "review",
            "events-review": "review",
            "events-proposals": "decide",
            "events-proposal": "decide",
            "events-proposal-programme": "programme",
            "events-assign": "assign",
            "events-announce": "decide",
        },
    ),
    Guide(slug="speaking", folder=FOLDER, order=66, is_desk=False, is_public=True, page="events"),
    Guide(
        slug="class-booking",
        folder=FOLDER,
        order=64,
        is_desk=False,
        is_public=True,
        page="events",
    ),
)
