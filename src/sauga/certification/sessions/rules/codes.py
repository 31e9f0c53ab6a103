"""What sessions are called by: groups, sources, limits, the words of the consent."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SENDER = "host"
"""The name of the system actor behind whoever holds a session's personal link."""
LONGEST_NAME, LONGEST_NOTE, LONGEST_WORDS, LONGEST_ADDRESS = 200, 400, 800, 254
MOST_HEADS, CONFIRM_DAYS, FARTHEST_DAYS, EARLIEST_DAYS = 1000, 7, 366, 3
MOST_UNCONFIRMED = 3
"""Mails to confirm that one address gets while requests under it wait."""
AT_ONCE = 5
"""How many ambassadors are asked at the same time."""
REPORTED_FOR = 90
"""Days for which a session can be reported and confirmed by its link."""


class Group(TextChoices):
    """Who takes part; heads are counted by these."""

    PREPRIMARY = "preprimary", pgettext_lazy("heads", "pre-primary children")
    GRADES_1_4 = "grades_1_4", pgettext_lazy("heads", "grades 1–4")
    GRADES_5_8 = "grades_5_8", pgettext_lazy("heads", "grades 5–8")
    GRADES_9_12 = "grades_9_12", pgettext_lazy("heads", "grades 9–12")
    PARENTS = "parents", pgettext_lazy("heads", "parents and carers")
    EDUCATORS = "educators", pgettext_lazy("heads", "educators")
    SENIORS = "seniors", pgettext_lazy("heads", "senior citizens")
    OTHER_ADULTS = "other_adults", pgettext_lazy("heads", "other adults")


class Source(TextChoices):
    """Where a request comes from."""

    SITE = "SITE", pgettext_lazy("session source", "page of ambassadors")
    ACTIVITY = "ACTIVITY", pgettext_lazy("session source", "activity of Safer Internet Day")


class Side(TextChoices):
    """Who reports a session."""

    AMBASSADOR = "AMBASSADOR", pgettext_lazy("report", "ambassador")
    HOST = "HOST", pgettext_lazy("report", "host")
    CENTRE = "CENTRE", pgettext_lazy("report", "cleared by the centre")


class Rating(TextChoices):
    """What the host thought of it."""

    VERY_GOOD = "4", pgettext_lazy("session rating", "very good")
    GOOD = "3", pgettext_lazy("session rating", "good")
    FAIR = "2", pgettext_lazy("session rating", "fair")
    POOR = "1", pgettext_lazy("session rating", "poor")


CONTACT_TEXT: Any = _(
    "We use the address for this session only: to confirm the request, to tell you who comes, and to ask "
    "afterwards how many took part. The ambassador who accepts sees it. It is stored encrypted and deleted "
    "six months after the session."
)
