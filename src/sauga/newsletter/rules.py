"""What is allowed: the lists, how long a sign-up waits, which bounces end a subscription, the settings."""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.kit.editors.declared import Setting
from sauga.portal.states import EVERYBODY, Audience

CHANNEL = "newsletter.issues"
RETURN_PREFIX = "newsletter"
"""Begins the return addresses of issues."""
WAITS = timedelta(days=3)
"""How long a sign-up waits to be confirmed."""
MOST_MAILS = 3
"""Mails to confirm that one address gets while sign-ups for it wait."""
MOST_PAGES = 20
"""Pages in one issue."""
MAILS_AT_ONCE = 100
"""Mails read for one step of sending an issue."""
TRIES = 6
"""How often a mail is offered to a server that puts it off."""
LISTS: tuple[tuple[str, Any], ...] = (
    (EVERYBODY, pgettext_lazy("newsletter", "News of the centre")),
    (Audience.PARENTS.value, pgettext_lazy("newsletter", "For parents")),
    (Audience.TEACHERS.value, pgettext_lazy("newsletter", "For teachers")),
    (Audience.LIBRARIANS.value, pgettext_lazy("newsletter", "For librarians")),
    (Audience.SENIORS.value, pgettext_lazy("newsletter", "For seniors")),
)
"""Whom issues are for: codes of the vocabulary `audiences`. None is for children: an address of a child is
not asked for."""
CONSENT_VERSION = 1
CONSENT: dict[int, Any] = {
    1: _(
        "I would like to receive the newsletter of Sauga at this address. I can unsubscribe at any time by "
        "the link in each issue; the address is then deleted."
    )
}
"""What a person agrees to, by version. A text is never changed: add a version."""

POLICY = "policy.newsletter"
GROUPS = {POLICY: _("Sending the newsletter")}
SETTINGS = (
    Setting(
        POLICY,
        ("per_minute",),
        _("Emails per minute, at most"),
        _("Ask whoever runs the mail server how many it accepts. A change applies from the next minute."),
        least=1,
        most=6000,
    ),
    Setting(
        POLICY,
        ("soft_bounces",),
        _("A subscription ends after this many issues in a row could not be delivered"),
        _("If the address does not exist, it ends at once."),
        least=1,
        most=10,
    ),
)
_ENDS = re.compile(r"5\.1\.\d+|5\.2\.1|55[0136]", re.ASCII)


def list_names(codes: Collection[str]) -> list[Any]:
    """The names of these lists, in their order."""
    return [name for code, name in LISTS if code in codes]


def is_final(code: str) -> bool:
    """Whether a server's code says that the address does not exist or takes no mail: bad addresses (5.1.x),
    disabled mailboxes (5.2.1), or 550, 551, 553 and 556 where no enhanced code is given.

    A full mailbox or a refused text (5.2.2, 5.7.x) may be otherwise next time.
    """
    return _ENDS.fullmatch(code) is not None


def wait_after(attempts: int) -> timedelta:
    """How long to wait before a mail that was put off is offered again: from five minutes to hours."""
    return timedelta(minutes=5 * 3 ** max(0, attempts - 1))
