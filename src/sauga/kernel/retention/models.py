"""Legal holds, and the keep terms that staff changed."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

PROVISIONAL_DAYS = 3


class HoldSet(models.QuerySet["Hold"]):
    """Questions about holds."""

    def in_force(self, at: datetime) -> "HoldSet":
        """Holds that protect at `at`: confirmed and not expired, or asked for within the last three days and
        not yet confirmed."""
        asked = Q(confirmed_at__isnull=True, asked_at__gt=at - timedelta(days=PROVISIONAL_DAYS))
        return self.filter(Q(confirmed_at__isnull=False) | asked, lifted_at__isnull=True, expires_at__gt=at)


class Hold(models.Model):
    """A legal hold keeps one object from deletion until it expires.

    One person asks, another confirms; if not, it lapses in three days.
    """

    ref = models.CharField(max_length=24, unique=True)
    object_kind = models.CharField(max_length=64)
    object_ref = models.CharField(max_length=64)
    reason = models.CharField(max_length=64)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=40, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = HoldSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_ref"], name="retention_hold_object")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(confirmed_by=models.F("asked_by")),
                name="retention_hold_two_people",
            )
        ]

    def __str__(self) -> str:
        return self.ref


class RetentionTerm(models.Model):
    """How long something is kept where staff decided otherwise than the code; terms without a row keep their
    default."""

    code = models.CharField(max_length=96, unique=True)
    days = models.PositiveIntegerField()
    changed_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code}: {self.days} d"
