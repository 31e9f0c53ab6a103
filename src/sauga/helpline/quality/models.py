"""Reviews of contacts by the quality rubric."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Clear, Term
from sauga.kernel.ids import new_reference

PERSON = settings.AUTH_USER_MODEL


class Review(models.Model):
    """A review scores one contact by the quality rubric, on redacted text. `why`: RANDOM, IMMEDIATE or
    COMPLAINT.

    When the contact is purged its link goes and the scores stay, so that a year can be compared; they name no
    counsellor.
    """

    data = About(
        plain={"ref", "channel", "why", "scores"},
        sealed={"remark"},
        keep=Term(
            30,
            after="drawn_at",
            code="helpline.chat",
            name="remark",
            where=models.Q(remark_gone=False) & ~models.Q(remark=b""),
            how=Clear({"remark": b"", "remark_gone": True}),
            holder=("holder",),
            what=_("Remarks in quality reviews"),
            since=_("the day the contact was drawn"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    conversation = models.OneToOneField(
        "helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="review"
    )
    letter = models.OneToOneField(
        "helpline.Letter", models.SET_NULL, null=True, blank=True, related_name="review"
    )
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
