"""The guide of the organiser and the pages it covers."""

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
)
