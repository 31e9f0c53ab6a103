"""The guide of the newsletter and the pages it covers."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.newsletter.permissions import Permission

GUIDES = (
    Guide(
        slug="newsletter",
        folder=Path(__file__).parent,
        order=37,
        permissions=(Permission.WRITE,),
        covers={
            "newsletter": "issue",
            "newsletter-figures": "settings",
            "newsletter-policies": "settings",
            "newsletter-policy": "settings",
        },
    ),
)
