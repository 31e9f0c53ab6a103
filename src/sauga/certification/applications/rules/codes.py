"""What applications are called by: kinds of cases, reasons, limits, the code of conduct."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST_NAME, LONGEST_REFERENCE, LONGEST_AUTHORITY, LONGEST_WORDS, LONGEST_ADDRESS = 120, 60, 120, 1500, 254
MOST_MAILS = 3
"""Mails that one employer's address gets about one application."""
EMPLOYER_DAYS = 30
"""How long the employer's link works."""
VOTES = 2
"""How many equal votes decide."""


class CaseKind(TextChoices):
    """What the board is asked."""

    CERTIFICATION = "CERTIFICATION", pgettext_lazy("board case", "certification")
    SUSPENSION = "SUSPENSION", pgettext_lazy("board case", "suspension")
    APPEAL = "APPEAL", pgettext_lazy("board case", "appeal")


class Choice(TextChoices):
    """What a member of the board says. For the ambassador: certify, restore, uphold the appeal."""

    FOR = "FOR", pgettext_lazy("vote", "in favour")
    AGAINST = "AGAINST", pgettext_lazy("vote", "against")


class SuspendReason(TextChoices):
    """Why an ambassador is suspended; never shown outside the desk."""

    SAFEGUARDING = "SAFEGUARDING", pgettext_lazy("suspension", "concern about the safety of children")
    CONDUCT = "CONDUCT", pgettext_lazy("suspension", "breach of the code of conduct")
    RIGHT_TO_WORK = (
        "RIGHT_TO_WORK",
        pgettext_lazy("suspension", "the right to work with children is in doubt"),
    )
    REQUEST = "REQUEST", pgettext_lazy("suspension", "the employer or the ambassador asked for it")


class Source(TextChoices):
    """Where evidence comes from."""

    MEMBER = "MEMBER", pgettext_lazy("evidence source", "the applicant")
    LINK = "LINK", pgettext_lazy("evidence source", "the employer's link")
    DESK = "DESK", pgettext_lazy("evidence source", "checked at the desk")
    COURSE = "COURSE", pgettext_lazy("evidence source", "course of Sauga")
    EARLIER = "EARLIER", pgettext_lazy("evidence source", "earlier application")


class CertificationKind(TextChoices):
    """Why a certification was made."""

    FIRST = "FIRST", pgettext_lazy("certification", "first")
    RENEWED = "RENEWED", pgettext_lazy("certification", "renewed")
    RETURNED = "RETURNED", pgettext_lazy("certification", "after a lapse")


CONDUCT_VERSION = 1
CONDUCT: dict[int, tuple[Any, ...]] = {
    1: (
        _("I am never alone with a child; an adult of the school is in the room all the time."),
        _("I do not exchange contacts with children and do not write to them."),
        _("I take no pictures of children and ask for no names or stories of theirs."),
        _("When a child tells me of something bad, I listen, promise no secrecy and pass it on at once."),
        _("I use the materials of the centre as they are now, and I sell nothing."),
        _("I tell the centre at once when my right to work with children changes."),
    )
}
"""The code of conduct. A version that somebody has signed is never changed."""
CONTACT_TEXT: Any = _(
    "We use the address to ask your employer once, at most three times. It is stored encrypted and deleted "
    "when the application is decided."
)
