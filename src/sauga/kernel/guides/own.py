"""The guides about what every desk has: signing in, lists, notifications, people and roles."""

from pathlib import Path

from sauga.kernel.guides.registry import Guide
from sauga.kernel.identity.rules import Permission
from sauga.kernel.organisations.rules import Permission as Register

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(
        slug="desk",
        folder=FOLDER,
        order=1,
        covers={
            "": "",
            "identity-home": "my-day",
            "identity-me": "account",
            "identity-unlock": "vault",
            "identity-recover": "vault",
            "identity-sudo": "sign-in",
            "identity-second": "sign-in",
            "notices": "notifications",
            "notices-rules": "alerts",
        },
    ),
    Guide(
        slug="people",
        folder=FOLDER,
        order=90,
        permissions=(Permission.SEE_PEOPLE,),
        covers={
            "identity-people": "",
            "identity-invite": "invite",
            "identity-withdraw": "invite",
            "identity-person": "roles",
            "identity-role": "roles",
            "identity-membership": "roles",
            "identity-access": "keys",
            "identity-keys": "keys",
            "identity-permissions": "who-grants",
            "identity-kinds": "who-grants",
            "identity-kind": "who-grants",
            "identity-proposals": "two-people",
            "identity-proposal": "two-people",
        },
    ),
    Guide(
        slug="organisations",
        folder=FOLDER,
        order=88,
        permissions=(Register.SEE,),
        covers={
            "organisations": "find",
            "organisations-new": "add",
            "organisations-organisation": "add",
            "organisations-edit": "add",
            "organisations-do": "add",
            "organisations-name": "time",
            "organisations-role": "time",
            "organisations-logo-new": "logos",
            "organisations-logo": "logos",
            "organisations-logo-end": "logos",
            "organisations-logo-withdraw": "logos",
            "organisations-roles": "day",
            "organisations-unlink": "links",
            "organisations-part": "links",
            "organisations-import": "import",
        },
    ),
)
