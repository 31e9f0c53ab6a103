"""What the desk keeps ready: canned answers, resource cards, and quality reviews."""

from django.conf import settings
from django.db import models

from sauga.kernel.ids import new_reference

PERSON = settings.AUTH_USER_MODEL


class CannedAnswer(models.Model):
    """A canned answer is a text that a counsellor may start from; inserted as editable text, never sent by itself."""

    code = models.CharField(max_length=32)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=120)
    body = models.TextField()
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "language"], name="canned_once_a_language")]


class ResourceCard(models.Model):
    """A resource card is other help that may be named to a child: for whom, where, when, and when somebody last checked it.

    One that is not confirmed is seen by those who keep the texts and by nobody else. The line's own card has no hours: the rota has them.
    """

    code = models.CharField(max_length=32, unique=True)
    name_lt = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    words_lt = models.TextField()
    words_en = models.TextField()
    phone = models.CharField(max_length=20, blank=True)
    address = models.URLField(blank=True)
    region = models.CharField(max_length=32, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_lt = models.CharField(max_length=120, blank=True)
    hours_en = models.CharField(max_length=120, blank=True)
    shown_when_closed = models.BooleanField(default=False)
    checked_date = models.DateField()
    is_confirmed = models.BooleanField(default=True)
    is_retired = models.BooleanField(default=False)


class Review(models.Model):
    """A review is one contact looked at with the quality rubric, on redacted text. `why`: RANDOM, IMMEDIATE or COMPLAINT.

    When the contact is purged its link goes and the scores stay, so that a year can be compared; they name no counsellor.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    conversation = models.OneToOneField("helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="review")
    letter = models.OneToOneField("helpline.Letter", models.SET_NULL, null=True, blank=True, related_name="review")
    channel = models.CharField(max_length=16)
    why = models.CharField(max_length=12)
    drawn_at = models.DateTimeField()
    reviewer = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    scores = models.JSONField(default=dict)
    remark = models.BinaryField(default=bytes)
    remark_gone = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    is_critical = models.BooleanField(default=False)
    settled_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["done_at", "drawn_at"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key of the remark."""
        return f"review:{self.ref}"
