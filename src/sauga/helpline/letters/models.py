"""Letters: a thread that a child returns to with its receipt; every answer has an author and another person
as reviewer.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from sauga.helpline.states import LETTER, LetterState
from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step

PERSON = settings.AUTH_USER_MODEL
UNANSWERED = (
    LetterState.RECEIVED,
    LetterState.SCREENED,
    LetterState.CLAIMED,
    LetterState.DRAFTED,
    LetterState.IN_REVIEW,
    LetterState.RETURNED,
    LetterState.APPROVED,
    LetterState.REPLIED,
)


class LetterSet(models.QuerySet["Letter"]):
    """Filters that read like the questions people ask."""

    def unanswered(self) -> "LetterSet":
        """A child waits for an answer."""
        return self.filter(state__in=UNANSWERED)

    def overdue(self, at: datetime) -> "LetterSet":
        """Waiting beyond the promised time."""
        return self.unanswered().filter(due_at__lt=at)

    def in_order(self) -> "LetterSet":
        """As they are answered: immediate danger first, then children before adults, then by due time."""
        first = Case(
            When(band="IMMEDIATE", then=0),
            When(audience="CHILD", then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        return self.annotate(turn=first).order_by("turn", "due_at", "pk")


class Letter(models.Model):
    """A letter is one thread between a child and the line. Its texts are encrypted to the team and to its
    receipt.

    `rated` is the number up to which the child rated it, so that one answer is counted once; what was
    ticked is kept elsewhere.
    """

    data = About(
        plain={"ref", "state", "audience", "language", "band", "band_rules"},
        blind={"receipt"},
        keep=Term(
            90,
            after="closed_at",
            holder=(
                "holder",
                "desk_holder",
            ),
            what=_("Messages to the helpline"),
            since=_("the day the correspondence was closed"),
            page="helpline-letter-desk",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    receipt = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=20, default=LetterState.RECEIVED)
    audience = models.CharField(max_length=8, default="CHILD")
    language = models.CharField(max_length=2)
    band = models.CharField(max_length=12, default="NONE")
    band_rules = models.JSONField(default=list)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_until = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    last_number = models.PositiveIntegerField(default=0)
    from_chat = models.BooleanField(default=False)
    rated = models.PositiveIntegerField(default=0)

    objects = LetterSet.as_manager()
    state_tables = {"state": LETTER}
    steps: Any

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key of the thread; the child's receipt opens it too."""
        return f"letter:{self.ref}"

    @property
    def desk_holder(self) -> str:
        """Name of the data key of drafts and remarks, which only counsellors may read."""
        return f"letter-desk:{self.ref}"


class LetterStep(Step):
    """A move of a letter."""

    subject = models.ForeignKey(Letter, models.CASCADE, related_name="steps")


class LetterPart(models.Model):
    """A part is one text of the thread: the child's, or an answer that was delivered."""

    data = About(sealed={"body"}, keep=With("letter"))

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    from_child = models.BooleanField()
    body = models.BinaryField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="letter_part_once")]


class LetterDraft(models.Model):
    """A draft is one answer on its way: written by its author, then approved or returned with a
    remark by another person.
    """

    data = About(plain={"ref", "verdict"}, sealed={"body", "remark"}, keep=With("letter"))

    ref = models.CharField(max_length=12, default=new_reference)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="drafts")
    version = models.PositiveSmallIntegerField()
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    reviewer = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    body = models.BinaryField()
    remark = models.BinaryField(default=bytes)
    verdict = models.CharField(max_length=12, blank=True)
    saved_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "version"], name="letter_draft_version_once"),
            models.CheckConstraint(
                condition=models.Q(reviewer__isnull=True) | ~models.Q(reviewer=models.F("author")),
                name="letter_reviewed_by_another",
            ),
        ]
