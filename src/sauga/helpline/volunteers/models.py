"""Volunteers: what they are trained for, whose checks are valid, how much supervision they had.

No content of any contact.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference

PERSON = settings.AUTH_USER_MODEL


class Volunteer(models.Model):
    """A volunteer is a person of the helpline as the coordinator of volunteers knows them.

    `alias` is what colleagues see.
    """

    data = About(
        plain={"alias", "languages"},
        keep=Term(
            730,
            after="left_date",
            code="helpline.duty",
            what=_("Volunteers who have left"),
            since=_("the day they left"),
        ),
    )

    person = models.OneToOneField(PERSON, models.CASCADE, related_name="+")
    alias = models.CharField(max_length=40, unique=True)
    languages = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField(default=1)
    began_date = models.DateField()
    left_date = models.DateField(null=True, blank=True)


class Training(models.Model):
    """A training says that a volunteer may work on a channel (or do something else, as LEAD, REVIEW) from
    a day to a day.
    """

    data = About(plain={"kind"}, keep=With("volunteer"))

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="trainings")
    kind = models.CharField(max_length=16)
    passed_date = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    def is_valid(self, day: date) -> bool:
        """Whether it counts on this day."""
        return self.passed_date <= day and (self.valid_to is None or day <= self.valid_to)


class BackgroundCheck(models.Model):
    """A background check: when the certificate was seen and until when it is valid. No copy is kept."""

    data = About(plain={"by"}, keep=With("volunteer"))

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="checks")
    seen_date = models.DateField()
    valid_to = models.DateField()
    by = models.CharField(max_length=40)


class Supervision(models.Model):
    """Supervision is time a volunteer spent with a supervisor, alone or in a group."""

    data = About(plain={"kind", "by"}, keep=With("volunteer"))

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="supervisions")
    date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, default="SINGLE")
    by = models.CharField(max_length=40)


class Debrief(models.Model):
    """A debrief is the talk a volunteer is owed after a heavy contact, or the “how are you?” at check-out.

    The words are sealed.
    """

    data = About(
        plain={"ref", "why", "feeling"},
        sealed={"words"},
        keep=Term(
            30,
            after="done_at",
            code="helpline.chat",
            holder=("holder",),
            what=_("Debriefs"),
            since=_("the day of the debrief"),
        ),
    )

    ref = models.CharField(max_length=12, default=new_reference)
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    why = models.CharField(max_length=24)
    owed_since = models.DateTimeField()
    feeling = models.CharField(max_length=16, blank=True)
    words = models.BinaryField(default=bytes)
    held_with = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    @property
    def holder(self) -> str:
        """Name of the data key of the words."""
        return f"debrief:{self.ref}"
