"""The step row: who changed which state, when, from what to what, and why."""

from typing import Any

from django.db import models

from sauga.kernel.data import About, With


class Step(models.Model):
    """One move of one state column, never changed afterwards. Legal clocks are computed from these rows.

    A service declares its own table: `class ReportStep(Step): subject = models.ForeignKey(Report,
    models.CASCADE, related_name="steps")`.
    """

    data = About(plain={"track", "before", "after", "by", "why"}, on_public_pages=False, keep=With("subject"))

    track = models.CharField(max_length=24)
    before = models.CharField(max_length=32)
    after = models.CharField(max_length=32)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    why = models.CharField(max_length=64, blank=True)

    subject: Any

    class Meta:
        abstract = True
