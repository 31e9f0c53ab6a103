"""The rota: templates, shifts and who is on duty. Whether a channel is open is computed from these rows and
the published hours.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.helpline.states import SHIFT, ShiftState
from sauga.kernel.data import About, Forever, Term
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step

PERSON = settings.AUTH_USER_MODEL


class DutySet(models.QuerySet["Duty"]):
    """Filters that read like the questions people ask."""

    def present(self) -> "DutySet":
        """Checked in and not gone, on a break or not."""
        return self.filter(ended_at__isnull=True)


class Duty(models.Model):
    """A duty is one person working now: for which channels, on a break or not, and the last sign of life."""

    data = About(
        plain={"channels", "languages"},
        keep=Term(730, after="ended_at", what=_("Duties"), since=_("the end of the duty")),
    )

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    channels = models.JSONField(default=list)
    is_lead = models.BooleanField(default=False)
    is_on_break = models.BooleanField(default=False)
    capacity = models.PositiveSmallIntegerField(default=1)
    languages = models.JSONField(default=list)
    refusals = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    shift = models.ForeignKey("helpline.Shift", models.SET_NULL, null=True, blank=True, related_name="duties")

    objects = DutySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at__isnull=True), name="one_duty_at_a_time"
            ),
        ]


class DutyPass(models.Model):
    """A waiver lets a volunteer go on duty on one day although something is missing: granted by a shift lead,
    never to oneself.
    """

    data = About(
        plain={"reason", "by"},
        keep=Term(
            730,
            after="at",
            code="helpline.duty",
            what=_("Waivers at the beginning of a duty"),
            since=_("the day of the waiver"),
        ),
    )

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    day = models.DateField()
    reason = models.CharField(max_length=24)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_pass_a_day")]


class ShiftWord(models.Model):
    """An announcement of a lead to everybody on duty. Encrypted to the team; `seen` lists who has dismissed
    it.
    """

    data = About(
        plain={"ref", "seen"},
        sealed={"body"},
        keep=Term(
            2,
            after="until",
            holder=("holder",),
            what=_("Announcements for a shift"),
            since=_("the last day of the announcement"),
        ),
    )

    ref = models.CharField(max_length=12, default=new_reference)
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    body = models.BinaryField()
    seen = models.JSONField(default=list)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"])]

    @property
    def holder(self) -> str:
        """Name of the data key of the words."""
        return f"shift-word:{self.ref}"


class ShiftTemplate(models.Model):
    """A template is a slot of every week: weekday, hours, channels, whether it is the lead's, and how many
    people it needs.
    """

    data = About(plain={"channels"}, keep=Forever(_("The shape of a week."), what=_("Templates of shifts")))

    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()
    channels = models.JSONField(default=list)
    is_lead = models.BooleanField(default=False)
    places = models.PositiveSmallIntegerField(default=1)
    minimum = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)


class ShiftSet(models.QuerySet["Shift"]):
    """Filters that read like the questions people ask."""

    def between(self, begin: datetime, end: datetime) -> "ShiftSet":
        """Touching the time from `begin` to `end`."""
        return self.filter(begins_at__lt=end, ends_at__gt=begin)

    def certain(self) -> "ShiftSet":
        """A counsellor has confirmed a shift, or is on duty."""
        return self.filter(
            state__in=[
                ShiftState.CONFIRMED,
                ShiftState.SWAP_OFFERED,
                ShiftState.CHECKED_IN,
                ShiftState.ON_DUTY,
                ShiftState.BREAK,
            ]
        )


class Shift(models.Model):
    """A shift is one slot in one published week, for one person."""

    data = About(
        plain={"ref", "state", "channels"},
        keep=Term(
            730, after="ends_at", code="helpline.duty", what=_("Shifts"), since=_("the end of the shift")
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=ShiftState.TEMPLATE)
    template = models.ForeignKey(ShiftTemplate, models.SET_NULL, null=True, blank=True, related_name="shifts")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    channels = models.JSONField(default=list)
    is_lead = models.BooleanField(default=False)
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")

    objects = ShiftSet.as_manager()
    state_tables = {"state": SHIFT}
    steps: Any

    class Meta:
        indexes = [models.Index(fields=["begins_at", "state"]), models.Index(fields=["person", "begins_at"])]

    def __str__(self) -> str:
        return self.ref


class ShiftStep(Step):
    """A move of a shift."""

    subject = models.ForeignKey(Shift, models.CASCADE, related_name="steps")


class CalendarLink(models.Model):
    """A calendar link is a secret address under which a volunteer's own shifts can be read as iCalendar.

    Only its index is kept.
    """

    data = About(
        blind={"index"},
        keep=Forever(_("Replaced by its owner; goes with the person."), what=_("Calendar links of staff")),
    )

    person = models.OneToOneField(PERSON, models.CASCADE, related_name="+")
    index = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
