"""The guides of panel and the pages they cover, subdomain by subdomain."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.panel.permissions import Permission

FOLDER = Path(__file__).parent
MEMBERS: tuple[Guide, ...] = (
    Guide(slug="panel-member", folder=FOLDER, order=64, is_desk=False, is_public=True, page="panel-signin"),
    Guide(slug="panel-guardian", folder=FOLDER, order=65, is_desk=False, is_public=True),
    Guide(
        slug="panel-facilitator",
        folder=FOLDER,
        order=40,
        permissions=(Permission.SEE_MEMBERS,),
        covers={
            "panel-members": "members",
            "panel-member": "members",
            "panel-member-letter": "consents",
            "panel-adults": "adults",
        },
    ),
    Guide(
        slug="panel-safeguarding",
        folder=FOLDER,
        order=41,
        permissions=(Permission.ANSWER_FLAGS, Permission.SEE_EXPORTS),
        covers={
            "panel-flags": "flags",
            "panel-flag": "flags",
            "panel-patterns": "patterns",
            "panel-exports": "records",
            "panel-export": "records",
        },
    ),
)
VOICE: tuple[Guide, ...] = (
    Guide(
        slug="panel-voice-desk",
        folder=FOLDER,
        order=48,
        permissions=(Permission.SEE_VOICE, Permission.MODERATE),
        covers={
            "panel-queue": "queue",
            "panel-text": "texts",
            "panel-texts": "texts",
            "panel-topic-new": "texts",
            "panel-proposal-desk": "proposals",
            "panel-proposal-do": "proposals",
            "panel-proposals-desk": "proposals",
            "panel-addressee": "addressees",
            "panel-addressees": "addressees",
            "panel-addressee-new": "addressees",
            "panel-cycles": "cycles",
            "panel-cycle-new": "cycles",
            "panel-cycle-change": "cycles",
            "panel-meeting": "meetings",
            "panel-meetings-desk": "meetings",
            "panel-meetings-calendar": "meetings",
        },
    ),
    Guide(
        slug="panel-proposals", folder=FOLDER, order=74, is_desk=False, is_public=True, page="panel-ledger"
    ),
    Guide(slug="panel-answer", folder=FOLDER, order=75, is_desk=False, is_public=True, page="panel-ledger"),
)
VOTING: tuple[Guide, ...] = (
    Guide(
        slug="panel-ballots",
        folder=FOLDER,
        order=49,
        permissions=(Permission.SEE_BALLOTS,),
        covers={
            "panel-ballots-desk": "list",
            "panel-ballot-desk": "open",
            "panel-ballot-do": "open",
            "panel-ballot-new": "write",
            "panel-ballot-edit": "write",
        },
    ),
    Guide(slug="panel-voting", folder=FOLDER, order=76, is_desk=False, is_public=True),
)
GUIDES = (*MEMBERS, *VOICE, *VOTING)
