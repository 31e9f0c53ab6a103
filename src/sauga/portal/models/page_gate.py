"""The publish gate of pages: exceptions, and the last result for a live page."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sauga.kernel.data import About, With
from sauga.portal.models.base import PortalPage


class GateExceptionSet(models.QuerySet["GateException"]):
    """Chainable questions about exceptions."""

    def standing(self) -> Self:
        """Those not ended, whether or not their date has passed."""
        return self.filter(ended_at__isnull=True)

    def in_force(self, on: date) -> Self:
        """Those that apply on that day."""
        return self.standing().filter(until__gte=on)


class GateException(models.Model):
    """An exception is one person's decision that a page may be live in spite of one check, with a reason and
    an end date.

    It belongs to the page and not to a version, so that publishing an older version revives none.
    """

    data = About(plain={"check_code", "reason_lt", "reason_en", "given_by"}, keep=With("page"))

    page = models.ForeignKey(PortalPage, models.CASCADE, related_name="exceptions")
    check_code = models.CharField(max_length=32)
    reason_lt = models.CharField(max_length=400, blank=True)
    reason_en = models.CharField(max_length=400, blank=True)
    until = models.DateField()
    given_by = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GateExceptionSet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["page", "check_code"],
                condition=Q(ended_at__isnull=True),
                name="portal_exception_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.check_code}"


class GateWord(models.Model):
    """The last gate result for a live page: the failing codes without an exception. Empty: all is well.

    `unseen`: the live version has no browser audit yet.
    """

    data = About(plain={"failing"}, keep=With("page"))

    page = models.OneToOneField(PortalPage, models.CASCADE, related_name="gate_word")
    failing = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    unseen = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.page_id}"
