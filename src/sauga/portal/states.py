"""Codes of the site's pages, and the allowed transitions of a review by link (docs/domain/awareness.md).

The codes are those of the awareness vocabularies, so that pages, resources and statistics name the same
audiences and levels.
"""

from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.states import StateTable


class Audience(TextChoices):
    """Whose landing page it is."""

    CHILDREN = "children", pgettext_lazy("audience", "Children")
    TEENAGERS = "teenagers", pgettext_lazy("audience", "Teenagers")
    PARENTS = "parents_carers", pgettext_lazy("audience", "Parents")
    TEACHERS = "teachers", pgettext_lazy("audience", "Teachers")
    LIBRARIANS = "public_librarians", pgettext_lazy("audience", "Librarians")
    SENIORS = "seniors", pgettext_lazy("audience", "Seniors")


EVERYBODY = "general_public"


def readers() -> list[tuple[str, Any]]:
    """Audiences a page may address: those with landing pages, and everyone. Codes of the vocabulary
    `audiences`.
    """
    return [*Audience.choices, (EVERYBODY, pgettext_lazy("audience", "Everybody"))]


ICONS = {
    Audience.CHILDREN: "sailboat",
    Audience.TEENAGERS: "backpack",
    Audience.PARENTS: "house",
    Audience.TEACHERS: "presentation",
    Audience.LIBRARIANS: "library",
    Audience.SENIORS: "sofa",
}


class Level(TextChoices):
    """Reading level of a text. The variants of one text differ by level; the main one may have any."""

    ADULT = "adult", _("Adults")
    TEEN = "teen_12", _("From 12 years")
    CHILD = "child_8", _("From 8 years")
    EASY = "easy_2", _("Easy to read")


class Look(TextChoices):
    """Colour scheme of a campaign."""

    AMBER = "amber", _("Amber")
    PINE = "pine", _("Pine")
    FJORD = "fjord", _("Fjord")


class Repeats(TextChoices):
    """How the day of a campaign comes again (`rules.campaign_days`)."""

    ONCE = "once", _("Only on the day below")
    SAFER_INTERNET_DAY = "safer_internet_day", _("Every year on Safer Internet Day")


class FooterKind(TextChoices):
    """What an entry of the foot is."""

    CONTACT = "CONTACT", pgettext_lazy("footer", "Contact")
    SOCIAL = "SOCIAL", _("Social network")
    FUNDING = "FUNDING", _("Who pays for the centre")


class Tone(TextChoices):
    """How urgent a highlighted passage is."""

    ADVICE = "info", _("Advice")
    CARE = "wait", _("Take care")
    DANGER = "bad", _("Danger")


class HelpCode(TextChoices):
    """Help services; number, hours and name are rows with a validity."""

    CHILD_HELPLINE = "child_helpline", _("Child helpline")
    YOUTH_HELPLINE = "youth_helpline", _("Youth helpline")
    HOTLINE = "illegal_content_hotline", _("Illegal content hotline")
    EMERGENCY = "emergency", _("Emergency")
    POLICE = "police", _("Police")
    CHILD_RIGHTS = "child_rights", _("Child rights protection")
    CYBER = "cyber_incident", _("Cyber incidents")
    DATA = "data_protection", _("Data protection")
    CONSUMERS = "consumer_rights", _("Consumer rights")
    PARENTS_LINE = "parents_helpline", _("Parents' line")
    OWN_PICTURE = "own_picture", _("Removal of one's own picture")
    ADULT_LINE = "adult_helpline", _("Emotional support for adults")
    ADULT_LINE_RUSSIAN = "adult_helpline_russian", _("Emotional support in Russian")
    MISSING_CHILDREN = "missing_children", _("Missing children")


class Rights(TextChoices):
    """The terms under which an image, video or file may be used."""

    OWN = "own", _("Our own")
    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC_BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    PERMITTED = "custom", _("With the owner's permission")


class ReviewState(StrEnum):
    """Life cycle of a review by someone without an account."""

    SENT = "SENT"
    APPROVED = "APPROVED"
    CHANGES_ASKED = "CHANGES_ASKED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


REVIEW = StateTable(
    ReviewState.SENT,
    {
        ReviewState.SENT: {
            ReviewState.APPROVED,
            ReviewState.CHANGES_ASKED,
            ReviewState.WITHDRAWN,
            ReviewState.EXPIRED,
        },
        ReviewState.APPROVED: set(),
        ReviewState.CHANGES_ASKED: set(),
        ReviewState.WITHDRAWN: set(),
        ReviewState.EXPIRED: set(),
    },
)


class FeedbackState(StrEnum):
    """Life cycle of feedback; the codes of `state.feedback`."""

    RECEIVED = "received"
    ANSWERED = "answered"
    CLOSED = "closed"


FEEDBACK = StateTable(
    FeedbackState.RECEIVED,
    {
        FeedbackState.RECEIVED: {FeedbackState.ANSWERED},
        FeedbackState.ANSWERED: {FeedbackState.CLOSED},
        FeedbackState.CLOSED: set(),
    },
)
