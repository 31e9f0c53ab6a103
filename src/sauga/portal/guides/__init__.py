"""Guides of the portal and the pages they cover."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.portal.permissions import Permission

GUIDES = (
    Guide(
        slug="editor",
        folder=Path(__file__).parent,
        order=35,
        permissions=(Permission.USE_CMS,),
        covers={
            "portal": "",
            "portal-reviews": "outside-review",
            "portal-review": "outside-review",
            "portal-translation": "translate",
            "portal-translations": "translate",
            "portal-translate": "translate",
            "portal-due": "care",
            "portal-to-confirm": "care",
            "portal-links": "care",
            "portal-gate": "checks",
            "portal-feedback": "feedback",
            "portal-figures": "figures",
        },
    ),
)
