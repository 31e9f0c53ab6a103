"""External links and whether they respond. Their content is not stored."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, With


class OutsideLinkSet(models.QuerySet["OutsideLink"]):
    """Chainable questions about external links."""

    def due(self, at: datetime) -> Self:
        """Those whose next check is due, the longest waiting first."""
        return self.filter(next_at__lte=at).order_by("next_at", "pk")

    def broken(self) -> Self:
        """Those that failed twice, days apart."""
        return self.filter(broken_at__isnull=False)


class OutsideLink(models.Model):
    """An external link is one address of another site that something published links to, with its last
    result.

    `outcome` is a status or the reason why there was none. One failure says nothing; a second, days later,
    does.
    """

    data = About(
        plain={"url", "outcome"},
        keep=Forever(
            _("Addresses that published pages lead to, about nobody; they go when nothing leads there."),
            what=_("Links to other sites"),
        ),
    )

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
    """Where an external link is used: on a page, or in a list (partners of the register, help services).
    `name` is the place's label.
    """

    data = About(plain={"kind", "key", "name"}, keep=With("link"))

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
