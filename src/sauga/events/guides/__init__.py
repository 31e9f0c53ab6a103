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
)
