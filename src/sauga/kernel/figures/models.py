"""The frozen figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever


class Figure(models.Model):
    """A figure is a measure's cells for a period that is over, frozen when published.

    A correction is a new revision, never a change.
    """

    data = About(
        plain={"measure", "period_kind", "rows", "published_by"},
        keep=Forever(_("Published totals."), what=_("Published figures")),
    )

    measure = models.CharField(max_length=64)
    period_kind = models.CharField(max_length=8)
    period_start = models.DateField()
    revision = models.PositiveIntegerField()
    rows = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period_kind", "period_start", "revision"],
                name="figures_one_revision_each",
            ),
        ]
