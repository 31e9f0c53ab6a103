"""Reviews by people without an account: one signed link, one page, one answer."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Term
from sauga.kernel.ids import new_reference
from sauga.kernel.states import StateTable, Step
from sauga.portal.models.base import PortalPage
from sauga.portal.states import REVIEW, ReviewState


class ReviewRequest(models.Model):
    """Someone outside was asked to read one version of a page. `email` is used once and deleted with the
    row.
    """

    data = About(
        plain={"ref", "state", "name", "email", "language", "question", "words", "asked_by"},
        on_public_pages=False,
        keep=Term(
            180,
            after="expires_at",
            code="portal.review",
            what=_("Requests to review a page"),
            since=_("the day the link expired"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_reference)
    state = models.CharField(max_length=16, default=ReviewState.SENT)
    page = models.ForeignKey(PortalPage, models.CASCADE, related_name="review_requests")
    revision = models.ForeignKey("wagtailcore.Revision", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="lt")
    question = models.TextField(blank=True, max_length=1000)
    words = models.TextField(blank=True, max_length=4000)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, StateTable]] = {"state": REVIEW}

    def __str__(self) -> str:
        return self.ref

    def is_open(self, at: datetime) -> bool:
        """Whether the link still accepts an answer at `at`."""
        return self.state == ReviewState.SENT and at < self.expires_at


class ReviewStep(Step):
    """A transition of a review."""

    subject = models.ForeignKey(ReviewRequest, models.CASCADE, related_name="steps")
