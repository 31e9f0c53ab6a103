"""The access table: every named address of both sites × who asks × what they get. A new address without a row
fails the test, unless its row follows from the declaration of a kit page (`derived.py`).

A row is one line:

    row("hotline-worklist", anonymous=SIGN_IN, others=404, ANALYST=200, SECOND_REVIEWER=200)

`anonymous` is a visitor without a session; `others` is every signed-in person whose role is not named, the
one without any role included (name that one with NOBODY=…). `args` fill the address; a word in angle brackets
is looked up in `objects` of the test (`<person>`). `method` is GET unless said; a page that only takes POST
is asked with an empty POST, so 302 or 200 with errors counts as “let in”. A status of 999 is never asked: the
row only says that the address is known, with the reason beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

SIGN_IN = 302
PUBLIC = 200


@dataclass(frozen=True)
class Row:
    """One address and who gets what."""

    name: str
    anonymous: int
    others: int
    args: tuple[str, ...] = ()
    method: str = "GET"
    roles: dict[str, int] = field(default_factory=dict)

    def expected(self, who: str) -> int:
        """The status that `who` should get: a role's code, NOBODY, or "" for a visitor without a session."""
        return self.anonymous if not who else self.roles.get(who, self.others)


ROWS: dict[str, Row] = {}


def row(
    name: str, *, anonymous: int, others: int, args: tuple[str, ...] = (), method: str = "GET", **roles: int
) -> None:
    """Add a line to the table."""
    ROWS[name] = Row(name, anonymous, others, args, method, roles)


# The installation
row("live", anonymous=PUBLIC, others=200)
row("ready", anonymous=PUBLIC, others=200)
row("root", anonymous=SIGN_IN, others=302)

# Signing in
row("identity-home", anonymous=SIGN_IN, others=200)
row("identity-signin", anonymous=200, others=302)
row("identity-signin-passkey", anonymous=200, others=200)
row("identity-second", anonymous=302, others=302)
row("identity-second-passkey", anonymous=404, others=404)
row("identity-signout", anonymous=SIGN_IN, others=404)  # takes posts only
row("identity-sudo", anonymous=SIGN_IN, others=200)
row("identity-sudo-passkey", anonymous=SIGN_IN, others=200)
row("identity-unlock", anonymous=SIGN_IN, others=200)
row("identity-recover", anonymous=SIGN_IN, others=200)
row("identity-lock", anonymous=SIGN_IN, others=404)  # takes posts only
row("identity-join", args=("nothing",), anonymous=410, others=410)
row("identity-reset", args=("nothing",), anonymous=410, others=410)

# The own account
row("identity-me", anonymous=SIGN_IN, others=200)
row("identity-language", anonymous=SIGN_IN, others=404)  # takes posts only
row("identity-password", anonymous=SIGN_IN, others=200)
row("identity-factor-setup", anonymous=SIGN_IN, others=200)
row("identity-recovery-codes", anonymous=SIGN_IN, others=200)
row("identity-vault-code", anonymous=SIGN_IN, others=200)
row("identity-passkeys", anonymous=SIGN_IN, others=200)
row("identity-passkey-new", anonymous=SIGN_IN, others=200)
row("identity-passkey-remove", args=("1",), anonymous=SIGN_IN, others=404, method="POST")

# People
row("identity-people", anonymous=SIGN_IN, others=404, ADMINISTRATOR=200, AUDITOR=200, COORDINATOR=200)
row("identity-permissions", anonymous=SIGN_IN, others=404, ADMINISTRATOR=200, AUDITOR=200, COORDINATOR=200)
row(
    "identity-person",
    args=("<person>",),
    anonymous=SIGN_IN,
    others=404,
    ADMINISTRATOR=200,
    AUDITOR=200,
    COORDINATOR=200,
)
row("identity-invite", anonymous=SIGN_IN, others=404, ADMINISTRATOR=200)
row("identity-kinds", anonymous=SIGN_IN, others=404, ADMINISTRATOR=200, AUDITOR=200, COORDINATOR=200)
row("identity-kind", args=("HOTLINE",), anonymous=SIGN_IN, others=404, COORDINATOR=200)
CONFIRMING = (
    "ADMINISTRATOR",
    "COORDINATOR",
    "CONTACT_CUSTODIAN",
    "SAFEGUARDING_LEAD",
    "PUBLISHER",
    "DATA_PROTECTION_OFFICER",
)
row("identity-proposals", anonymous=SIGN_IN, others=404, **dict.fromkeys(CONFIRMING, 200))
row("identity-proposal", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such proposal
row("identity-role-add", args=("<person>",), anonymous=SIGN_IN, others=404, ADMINISTRATOR=200)
row(
    "identity-withdraw",
    args=("<invitation>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    ADMINISTRATOR=302,
)
row("identity-access", args=("<person>",), anonymous=SIGN_IN, others=404, ADMINISTRATOR=200)
row(
    "identity-membership", args=("<person>", "<membership>"), anonymous=SIGN_IN, others=404, ADMINISTRATOR=200
)
row("identity-keys", args=("<person>", "<membership>"), method="POST", anonymous=SIGN_IN, others=404)

# Pages of the design system, signals, messages
row("ui-language", anonymous=404, others=404)  # takes posts only
row("ui-style", anonymous=SIGN_IN, others=200)
row("ui-leave", anonymous=302, others=302)
row("integration-message", anonymous=404, others=404, method="POST")
row("ui-robots", anonymous=PUBLIC, others=200)
row("ui-security", anonymous=404, others=404)  # no contact is named
row("ui-favicon", anonymous=302, others=302)
row("ui-manifest", anonymous=PUBLIC, others=200)
row("live-stream", anonymous=SIGN_IN, others=400)  # no channel named
row("notices-news", anonymous=SIGN_IN, others=200)
row("notices-mail", anonymous=SIGN_IN, others=200)
row("notices-read-all", anonymous=SIGN_IN, others=404)  # takes posts only
row("notices-open", args=("1",), anonymous=SIGN_IN, others=404)

# Portal
row("portal-sitemap", anonymous=PUBLIC, others=200)
row("portal-home", anonymous=PUBLIC, others=200)
row("portal-privacy", anonymous=PUBLIC, others=200)
row("portal-accessibility", anonymous=PUBLIC, others=200)

# Hotline
row("hotline-report", anonymous=PUBLIC, others=200)
row("hotline-report-add", anonymous=302, others=302)  # without a pass back to the first page
row("hotline-return", anonymous=PUBLIC, others=200)

# Hotline, monitoring and figures
row(
    "hotline-watched",
    anonymous=SIGN_IN,
    others=404,
    ANALYST=200,
    SECOND_REVIEWER=200,
    NOTICE_OFFICER=200,
    POLICE_LIAISON=200,
)
row("hotline-mark-removed", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)  # no such item
row("hotline-mark-online", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)  # no such item
row(
    "hotline-mark-reappeared", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
)  # no such item
row("hotline-check-now", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)  # no such item
row(
    "hotline-figures",
    anonymous=SIGN_IN,
    others=404,
    ANALYST=200,
    SECOND_REVIEWER=200,
    NOTICE_OFFICER=200,
    POLICE_LIAISON=200,
    STATISTICIAN=200,
)
row(
    "hotline-figures-csv", args=("export",), anonymous=SIGN_IN, others=404, STATISTICIAN=200
)  # a fresh sign-in counts as the second factor

# Hotline, notices and providers
row("hotline-notice-page", args=("nothing",), anonymous=404, others=404)  # no such link, but a kind page
row(
    "hotline-notices",
    anonymous=SIGN_IN,
    others=404,
    ANALYST=200,
    SECOND_REVIEWER=200,
    NOTICE_OFFICER=200,
    DSC_OFFICER=200,
)
row("hotline-notice", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such notice
row(
    "hotline-notice-approve", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
)  # no such notice
row(
    "hotline-notice-withdraw",
    args=("0000-0000",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    NOTICE_OFFICER=302,
)  # no reason given
row(
    "hotline-notice-renew", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
)  # no such notice
row("hotline-messages", anonymous=SIGN_IN, others=404, ANALYST=200)
row("hotline-notice-decide", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such notice
row("hotline-notice-template", args=("0",), anonymous=SIGN_IN, others=404)  # no such template
row(
    "hotline-providers",
    anonymous=SIGN_IN,
    others=404,
    ANALYST=200,
    SECOND_REVIEWER=200,
    NOTICE_OFFICER=200,
    DSC_OFFICER=200,
)
row("hotline-provider", args=("0",), anonymous=SIGN_IN, others=404)  # no such provider
row("hotline-provider-change", args=("0",), method="POST", anonymous=SIGN_IN, others=404)  # no such provider
row("hotline-contact-add", args=("0",), method="POST", anonymous=SIGN_IN, others=404)  # no such provider
row(
    "hotline-contact-approve", args=("0", "0"), method="POST", anonymous=SIGN_IN, others=404
)  # no such provider
row(
    "hotline-contact-retire", args=("0", "0"), method="POST", anonymous=SIGN_IN, others=404
)  # no such provider
row("hotline-network-add", args=("0",), method="POST", anonymous=SIGN_IN, others=404)  # no such provider

# Statistics
row("statistics-figures", anonymous=PUBLIC, others=200)
row("statistics-data", anonymous=PUBLIC, others=200)

# Hotline: casework
WORKLIST = {"ANALYST": 200, "SECOND_REVIEWER": 200, "NOTICE_OFFICER": 200, "POLICE_LIAISON": 200}
row("hotline-worklist", anonymous=SIGN_IN, others=404, **WORKLIST)
row("hotline-next", method="POST", anonymous=SIGN_IN, others=404, ANALYST=302)
row("hotline-item", args=("<item>",), anonymous=SIGN_IN, others=404, **WORKLIST)
row(
    "hotline-item-reveal",
    args=("<item>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    ANALYST=422,
    SECOND_REVIEWER=422,
    POLICE_LIAISON=422,
)
row(
    "hotline-item-assess",
    args=("<item>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    **dict.fromkeys(WORKLIST, 422),
)
for act in ("take", "release"):
    row(f"hotline-item-{act}", args=("<item>",), method="POST", anonymous=SIGN_IN, others=404, ANALYST=302)
for act in ("country", "trace"):
    row(
        f"hotline-item-{act}",
        args=("<item>",),
        method="POST",
        anonymous=SIGN_IN,
        others=404,
        ANALYST=302,
        NOTICE_OFFICER=302,
    )
row("hotline-item-hold", args=("<item>",), method="POST", anonymous=SIGN_IN, others=404, POLICE_LIAISON=302)
row(
    "hotline-item-hold-end", args=("<item>", "1"), method="POST", anonymous=SIGN_IN, others=404
)  # no such hold
row(
    "hotline-item-reopen", args=("<item>",), method="POST", anonymous=SIGN_IN, others=404, SECOND_REVIEWER=302
)
row("hotline-item-join", args=("<item>",), method="POST", anonymous=SIGN_IN, others=404, ANALYST=302)
row("hotline-item-apart", args=("<item>", "0"), method="POST", anonymous=SIGN_IN, others=404)  # no such place
row(
    "hotline-report-desk", args=("<report>",), anonymous=SIGN_IN, others=404, ANALYST=200, SECOND_REVIEWER=200
)
for act in ("triage", "write", "close", "spam", "spam-undo", "reopen"):
    row(
        f"hotline-report-{act}", args=("<report>",), method="POST", anonymous=SIGN_IN, others=404, ANALYST=302
    )
row(
    "hotline-contact", args=("<report>",), method="POST", anonymous=SIGN_IN, others=404, CONTACT_CUSTODIAN=409
)  # the vault holds no key
row(
    "hotline-welfare-lift", args=("1",), method="POST", anonymous=SIGN_IN, others=404, WELFARE_LEAD=404
)  # no such person
row("hotline-trail", anonymous=SIGN_IN, others=404, AUDITOR=200)
row("hotline-trail-check", method="POST", anonymous=SIGN_IN, others=404, AUDITOR=302)

# Hotline: lists and policies
OFFICER = {"NOTICE_OFFICER": 200}
row("hotline-lists", anonymous=SIGN_IN, others=404, **OFFICER)
row("hotline-list", args=("lt.legal_act",), anonymous=SIGN_IN, others=404, **OFFICER)
row("hotline-list-add", args=("lt.legal_act",), anonymous=SIGN_IN, others=404, **OFFICER)
row("hotline-term", args=("lt.legal_act", "BK_309"), anonymous=SIGN_IN, others=404, **OFFICER)
row(
    "hotline-term-retire",
    args=("lt.legal_act", "BK_309"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    NOTICE_OFFICER=422,
)
row("hotline-policies", anonymous=SIGN_IN, others=404, **OFFICER)
row("hotline-policy", args=("policy.hold",), anonymous=SIGN_IN, others=404, **OFFICER)
row("hotline-policy-edit", args=("policy.hold",), anonymous=SIGN_IN, others=404, **OFFICER)


# Figures of the installation
row("statistics-periods", anonymous=SIGN_IN, others=404, STATISTICIAN=200)
row("statistics-freeze-preview", args=("hotline", "2026-Q3"), anonymous=SIGN_IN, others=404, STATISTICIAN=200)
row(
    "statistics-freeze",
    args=("hotline", "2026-Q3"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    STATISTICIAN=302,
)

# A large service keeps its rows in files of its own beside this one, `rows_<what>.py`, each with what its
# angle brackets stand for.
OBJECTS: list[Callable[[], dict[str, str]]] = []
for _file in sorted(Path(__file__).parent.glob("rows_*.py")):
    _module = import_module(f"access.{_file.stem}")
    if hasattr(_module, "objects"):
        OBJECTS.append(_module.objects)


def every_row() -> dict[str, Row]:
    """What is written in the table, and what follows from declarations for the addresses that it does not
    name (`derived.py`).
    """
    from access.derived import derived

    return {**derived(), **ROWS}
