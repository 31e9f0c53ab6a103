"""The settings that the line's administrator may change: which policy each belongs to, and
what is allowed.
"""

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.editors.declared import Setting

LONGEST_ADDRESS = 200


def is_harmless(address: str) -> bool:
    """An https address of a site with a name, without user, port or anything that a browser would not
    open as a page.
    """
    if (
        len(address) > LONGEST_ADDRESS
        or not address.isascii()
        or any(sign.isspace() or sign in "\"'<>\\" for sign in address)
    ):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme == "https"
        and "." in host
        and not host.replace(".", "").isdigit()
        and not parts.username
        and port is None
    )


SETTINGS = (
    Setting(
        "policy.listening",
        ("allowed",),
        _("Shift leads may listen in"),
        _("The counsellor always sees it, and the child's page says that leads may read along."),
    ),
    Setting(
        "policy.listening",
        ("most_minutes",),
        _("Listening in ends by itself after, minutes"),
        least=1,
        most=60,
    ),
    Setting(
        "policy.side_by_side",
        ("most",),
        _("Conversations side by side, at most"),
        _(
            "A lower number set for a volunteer takes precedence. It applies to duties that begin from now"
            " on."
        ),
        least=1,
        most=3,
    ),
    Setting(
        "policy.helpline_hours",
        ("waiting_per_place", "CHAT"),
        _("Chat is full when this many are waiting per counsellor"),
        least=1,
        most=50,
    ),
    Setting(
        "policy.helpline_hours",
        ("waiting_per_place", "PHONE"),
        _("Phone is full when this many are waiting per counsellor"),
        least=1,
        most=50,
    ),
    Setting(
        "policy.helpline_hours",
        ("last_start_minutes", "CHAT"),
        _("No new conversations in the last minutes before closing"),
        least=0,
        most=120,
    ),
    Setting(
        "policy.leaving",
        ("to",),
        _("“Quick exit” leads to"),
        _("A harmless page of another site that opens fast. Empty: the page that the installation names."),
        check=is_harmless,
        refusal=_(
            "Write the whole address of a page, beginning with https://, without a name or a port in it."
        ),
        longest=LONGEST_ADDRESS,
    ),
)
GROUPS = {
    "policy.listening": _("Listening in"),
    "policy.side_by_side": _("Conversations side by side"),
    "policy.helpline_hours": _("When a channel is full or closing"),
    "policy.leaving": _("Leaving quickly"),
}
