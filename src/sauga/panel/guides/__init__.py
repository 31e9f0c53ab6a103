"""The guides of panel and the pages they cover, subdomain by subdomain."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.panel.permissions import Permission as P

FOLDER = Path(__file__).parent
MEMBERS: tuple[Guide, ...] = (
    Guide(slug="panel-member", folder=FOLDER, order=64, is_desk=False, is_public=True, page="panel-signin"),
    Guide(slug="panel-guardian", folder=FOLDER, order=65, is_desk=False, is_public=True),
    Guide(
        slug="panel-facilitator",
        folder=FOLDER,
        order=40,
        permissions=(P.SEE_MEMBERS,),
        covers={"panel-members": "members", "panel-member": "members", "panel-adults": "adults"},
    ),
    Guide(
        slug="panel-safeguarding",
        folder=FOLDER,
        order=41,
        permissions=(P.ANSWER_FLAGS, P.SEE_EXPORTS),
        covers={
            "panel-flags": "flags",
            "panel-flag": "flags",
            "panel-patterns": "patterns",
            "panel-exports": "records",
            "panel-export": "records",
        },
    ),
)
VOICE: tuple[Guide, ...] = ()
VOTING: tuple[Guide, ...] = ()
GUIDES = (*MEMBERS, *VOICE, *VOTING)
