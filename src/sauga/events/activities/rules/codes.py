"""What activities are called by: kinds, age groups, limits."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CHANNEL = "events.activities"
SENDER = "activity_organiser"
"""The name of the system actor behind whoever holds an activity's personal link."""
MOST_HEADS = 5000
"""More people in one age group are a slip of the pen."""
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_NAME, LONGEST_TOPIC, LONGEST_REASON = 120, 600, 200, 120, 300
LONGEST_ADDRESS = 254
MOST_UNCONFIRMED = 3
"""Mails to confirm that one address gets while registrations under it wait."""
MOST_OF_MEMBER = 40
"""Activities that one member registers for one edition."""


class ActivityKind(TextChoices):
    """What an activity is."""

    LESSON = "lesson", pgettext_lazy("activity", "lesson")
    QUIZ = "quiz", pgettext_lazy("activity", "quiz or game")
    WORKSHOP = "workshop", pgettext_lazy("activity", "workshop")
    EXHIBITION = "exhibition", pgettext_lazy("activity", "exhibition")
    PARENTS = "parents", pgettext_lazy("activity", "meeting with parents")
    SENIORS = "seniors", pgettext_lazy("activity", "meeting with senior citizens")
    PERFORMANCE = "performance", pgettext_lazy("activity", "performance or film")
    ONLINE = "online", pgettext_lazy("activity", "online event")
    OTHER = "other", pgettext_lazy("activity", "something else")


ICONS = {
    ActivityKind.LESSON: "school",
    ActivityKind.QUIZ: "zap",
    ActivityKind.WORKSHOP: "palette",
    ActivityKind.EXHIBITION: "image",
    ActivityKind.PARENTS: "users",
    ActivityKind.SENIORS: "armchair",
    ActivityKind.PERFORMANCE: "presentation",
    ActivityKind.ONLINE: "globe",
    ActivityKind.OTHER: "sun",
}


class AgeGroup(TextChoices):
    """Who takes part; heads are counted by these."""

    PREPRIMARY = "preprimary", pgettext_lazy("age group", "pre-primary children")
    GRADES_1_4 = "grades_1_4", pgettext_lazy("age group", "grades 1–4")
    GRADES_5_8 = "grades_5_8", pgettext_lazy("age group", "grades 5–8")
    GRADES_9_12 = "grades_9_12", pgettext_lazy("age group", "grades 9–12")
    ADULTS = "adults", pgettext_lazy("age group", "adults")
    SENIORS = "seniors", pgettext_lazy("age group", "senior citizens")


AUDIENCES: dict[str, tuple[str, ...]] = {
    AgeGroup.PREPRIMARY: ("teachers",),
    AgeGroup.GRADES_1_4: ("teachers",),
    AgeGroup.GRADES_5_8: ("teachers",),
    AgeGroup.GRADES_9_12: ("teachers",),
    AgeGroup.ADULTS: ("parents_carers",),
    AgeGroup.SENIORS: ("seniors",),
}
"""For whom the materials are written that suit an age group: codes of the vocabulary `audiences`."""
CONTACT_TEXT: Any = _(
    "We use the address to confirm the activity, to ask afterwards how many took part, and to send the "
    "certificate. It is stored encrypted, shown to nobody on the site, and deleted six months after the "
    "activity."
)
