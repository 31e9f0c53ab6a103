"""What is allowed: the lists, how long a sign-up waits, the settings."""

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
CODE = "newsletter"
"""Names these mails among all that share the limit of a minute."""
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
        _(
            "Ask whoever runs the mail server how many it accepts. Emails to the people of events count too. "
            "A change applies from the next minute."
        ),
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


def list_names(codes: Collection[str]) -> list[Any]:
    """The names of these lists, in their order."""
    return [name for code, name in LISTS if code in codes]
