"""Links that lead outside: whether they were answered. Of what stands there nothing is kept."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models


class OutsideLinkSet(models.QuerySet["OutsideLink"]):
    """Questions about outside links that may be chained."""

    def due(self, at: datetime) -> Self:
        """Those whose next look has come, the longest waiting first."""
        return self.filter(next_at__lte=at).order_by("next_at", "pk")

    def broken(self) -> Self:
        """Those that were not answered twice, days apart."""
        return self.filter(broken_at__isnull=False)


class OutsideLink(models.Model):
    """An outside link is one address of another site that something published leads to, and how its last look went.

    `outcome` is a status or the reason why there was none. One look that fails says nothing; a second, days later, does.
    """

    url = models.CharField(max_length=2000, unique=True)
    outcome = models.CharField(max_length=24, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField()
    failed_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)

    objects = OutsideLinkSet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["next_at"], name="portal_link_due")]

    def __str__(self) -> str:
        return self.url


class LinkPlace(models.Model):
    """Where an outside link stands: on a page, or in a list (partners, numbers of help). `name` is what people call the place."""

    link = models.ForeignKey(OutsideLink, models.CASCADE, related_name="places")
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=255)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["link", "kind", "key"], name="portal_link_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
