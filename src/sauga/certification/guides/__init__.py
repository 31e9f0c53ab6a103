"""The guides of certification and the pages they cover."""

from pathlib import Path

from sauga.certification.permissions import Permission
from sauga.kernel.guides import Guide

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(
        slug="certification",
        folder=FOLDER,
        order=43,
        permissions=(Permission.SEE,),
        covers={
            "certification-ambassadors": "applications",
            "certification-ambassador": "applications",
            "certification-evidence": "applications",
            "certification-cases": "board",
            "certification-case": "board",
            "certification-interests": "board",
            "certification-interest": "board",
            "certification-sessions": "sessions",
            "certification-take-up": "sessions",
            "certification-booking": "sessions",
            "certification-versions": "programme",
            "certification-version": "programme",
            "certification-criterion": "programme",
            "certification-figures": "figures",
        },
    ),
    Guide(
        slug="ambassador-sessions",
        folder=FOLDER,
        order=66,
        is_desk=False,
        is_public=True,
        page="certification-register",
    ),
    Guide(
        slug="becoming-an-ambassador",
        folder=FOLDER,
        order=67,
        is_desk=False,
        is_public=True,
    ),
)
