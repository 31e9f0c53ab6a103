"""Guides of events and the pages they cover."""

from pathlib import Path

from sauga.events.permissions import Permission as P
from sauga.kernel.guides import Guide

GUIDES = (
    Guide(
        slug="events",
        folder=Path(__file__).parent,
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
    Guide(
        slug="registrations",
        folder=Path(__file__).parent,
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
        slug="class-booking",
        folder=Path(__file__).parent,
        order=64,
        is_desk=False,
        is_public=True,
        page="events",
    ),
)
