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
            "events-desk": "event",
            "events-desk-month": "event",
            "events-one": "event",
            "events-new": "event",
            "events-edit": "event",
            "events-part": "programme",
            "events-part-new": "programme",
            "events-venues": "venues",
            "events-venue": "venues",
            "events-series-all": "series",
            "events-figures": "figures",
        },
    ),
)
