"""Guides for members: signing in, organisations, consents, own data; for speakers; for young people."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.kernel.members.rules import Permission

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(slug="members", folder=FOLDER, order=60, is_desk=False, is_public=True, page="members-signin"),
    Guide(slug="speakers", folder=FOLDER, order=63, is_desk=False, is_public=True),
    Guide(slug="young-members", folder=FOLDER, order=63, is_desk=False, is_public=True),
    Guide(
        slug="member-requests",
        folder=FOLDER,
        order=88,
        permissions=(Permission.DECIDE_REQUEST,),
        covers={"members-requests": "", "members-request": "deciding"},
    ),
)
