"""Tables of activities: what was registered, how many people are expected and were counted, and, apart from
both, the encrypted address of the person who registered it.
"""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.events.activities.rules.codes import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    MOST_HEADS,
    ActivityKind,
    AgeGroup,
)
from sauga.events.activities.rules.editions import Edition
from sauga.events.states import ACTIVITY, ACTIVITY_TEXT, COUNTED, ActivityState, TextState
from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step


def new_activity_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class ActivitySet(models.QuerySet["Activity"]):
    """Chainable questions about activities."""

    def counted(self) -> Self:
        """Those that count: confirmed, and neither withdrawn, removed nor cancelled."""
        return self.filter(state__in=COUNTED)

    def shown(self) -> Self:
        """Those of them whose words everybody may read."""
        return self.counted().filter(is_public=True, text_state=TextState.APPROVED)


class Activity(models.Model):
    """What an organisation does around one Safer Internet Day.

    It counts as soon as its address is confirmed; its words are shown once staff approved them, if the
    organiser wants that (`is_public`). `organisation_name` is what was typed where the register has no such
    organisation; staff say later which one it is. `municipality` is always known. `day` is a day of Vilnius.
    """

    data = About(
        plain={
            "ref",
            "state",
            "text_state",
            "organisation_name",
            "municipality",
            "kind",
            "title",
            "description",
            "language",
            "ambassador_topic",
            "text_reason",
        },
        keep=Term(
            1,
            after="expires_at",
            name="unconfirmed",
            holder=("holder",),
            what=_("Unconfirmed activities"),
            since=_("the day the link expired"),
            page="events-activity",
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_activity_ref)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=ActivityState.UNCONFIRMED)
    text_state = models.CharField(max_length=12, default=TextState.WAITING)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    municipality = models.CharField(max_length=8)
    kind = models.CharField(max_length=16, choices=ActivityKind.choices)
    title = models.CharField(max_length=LONGEST_TITLE)
    description = models.CharField(max_length=LONGEST_DESCRIPTION, blank=True)
    language = models.CharField(max_length=5)
    day = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    wants_ambassador = models.BooleanField(default=False)
    ambassador_topic = models.CharField(max_length=LONGEST_TOPIC, blank=True)
    ambassador_day = models.DateField(null=True, blank=True)
    is_highlight = models.BooleanField(default=False)
    text_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    member = models.ForeignKey("members.Member", models.SET_NULL, null=True, blank=True, related_name="+")
    registered_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = ActivitySet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": ACTIVITY, "text_state": ACTIVITY_TEXT}
    steps: Any
    heads: Any
    contact: Any

    class Meta:
        verbose_name_plural = "activities"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(organisation_name=""),
                name="activity_has_an_organisation",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["year", "municipality"], name="activity_map"),
            models.Index(fields=["year", "day", "id"], name="activity_desk"),
            models.Index(fields=["member"], name="activity_member"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def edition(self) -> Edition:
        """The Safer Internet Day it belongs to."""
        return Edition(self.year)

    @property
    def holder(self) -> str:
        """Whose data key opens the address."""
        return f"events-activity:{self.ref}"

    @property
    def is_shown(self) -> bool:
        """Whether everybody may read its words."""
        return self.is_public and self.text_state == TextState.APPROVED and self.state in COUNTED

    def is_over(self, at: datetime) -> bool:
        """Whether it was never confirmed in time."""
        return (
            self.state == ActivityState.UNCONFIRMED and self.expires_at is not None and at >= self.expires_at
        )

    def has_come(self, today: date) -> bool:
        """Whether its day has come, so that numbers can be reported."""
        return today >= self.day


class ActivityStep(Step):
    """One move of an activity or of the approval of its words."""

    subject = models.ForeignKey(Activity, models.CASCADE, related_name="steps")


class HeadsKind(models.TextChoices):
    """Two kinds of numbers that are never added together."""

    EXPECTED = "expected", "expected"
    REPORTED = "reported", "reported"


class HeadCount(models.Model):
    """How many people of one age group are expected at an activity, or were there."""

    data = About(plain={"kind", "group"}, keep=With("activity"))

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="heads")
    kind = models.CharField(max_length=8, choices=HeadsKind.choices)
    group = models.CharField(max_length=16, choices=AgeGroup.choices)
    n = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "kind", "group"], name="activity_heads_once"),
            models.CheckConstraint(condition=Q(n__gte=1, n__lte=MOST_HEADS), name="activity_heads_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.kind} {self.group}"


class ActivityContact(models.Model):
    """The mail address behind an activity, encrypted under a key of its own. `lookup` is its blind index;
    `ends_at` the end of the activity's day, from which it is kept for a while.
    """

    data = About(
        sealed={"address"},
        blind={"lookup"},
        on_public_pages=False,
        keep=Term(
            183,
            after="ends_at",
            code="events.activity_contact",
            holder=("activity.holder",),
            what=_("Contact details of activities"),
            since=_("the end of the activity"),
        ),
    )

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="contact")
    lookup = models.BinaryField(max_length=32)
    address = models.BinaryField()
    ends_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["lookup"], name="activity_contact_lookup"),
        ]

    def __str__(self) -> str:
        return str(self.activity_id)
