"""Feedback about the site with its answer; and how often a page was viewed, as daily numbers."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.portal.models.base import PortalPage
from sauga.portal.states import FEEDBACK, FeedbackState


class FeedbackSet(models.QuerySet["Feedback"]):
    """Questions that may be chained."""

    def waiting(self) -> "FeedbackSet":
        """Without an answer yet."""
        return self.filter(state=FeedbackState.RECEIVED)


class Feedback(models.Model):
    """Feedback says what does not work. No name is asked; `receipt` leads to the answer, `email` is kept
    until it is mailed.
    """

    data = About(
        plain={"ref", "state", "kind", "text", "page", "language", "email", "answer"},
        blind={"receipt"},
        on_public_pages=False,
        keep=Term(
            365, after="closed_at", what=_("Feedback on pages"), since=_("the day the feedback was settled")
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    receipt = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=12, default=FeedbackState.RECEIVED)
    kind = models.CharField(max_length=16)
    text = models.TextField(max_length=4000)
    page = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2)
    email = models.EmailField(blank=True)
    answer = models.TextField(blank=True, max_length=4000)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackSet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": FEEDBACK}
    steps: Any

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_at"], name="portal_feedback_due")
        ]

    def __str__(self) -> str:
        return self.ref


class FeedbackStep(Step):
    """A transition of feedback."""

    subject = models.ForeignKey(Feedback, models.CASCADE, related_name="steps")


class PageDay(models.Model):
    """How often a page was viewed on one day. One number, nothing else."""

    data = About(plain={"kind"}, on_public_pages=False, keep=With("page"))

    page = models.ForeignKey(PortalPage, models.CASCADE, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=16)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "day", "kind"], name="portal_page_day_once"),
        ]
