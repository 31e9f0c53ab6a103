"""Tables of the register of organisations: which exist, what they are called, of which kinds they are, and
which service each operates.
"""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language


def valid_at(at: datetime) -> Q:
    """Rows whose validity covers `at`; `valid_to` is exclusive and open when empty."""
    return Q(valid_from__lte=at) & (Q(valid_to__isnull=True) | Q(valid_to__gt=at))


class OrganisationKind(models.Model):
    """A kind of organisation: a code, its names, and which roles (`KindRole`) and vaults (`KindZone`) such an
    organisation may grant.
    """

    code = models.CharField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return str(self.labels.get(get_language() or "") or self.labels.get("en") or self.code)


class Organisation(models.Model):
    """A partner of the consortium.

    It has no name of its own: names come and go per language (`OrganisationName`).

    `kinds` are codes of `OrganisationKind`; together they say which roles and vaults it may grant.
    """

    code = models.SlugField(max_length=40, unique=True)
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="organisation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def name_at(self, at: datetime, language: str = "") -> str:
        """The name used at `at`, in the language asked for or else in any; the code when it had none."""
        rows = [n for n in self.names.all() if n.valid_from <= at and (n.valid_to is None or n.valid_to > at)]
        wanted = language or get_language() or "lt"
        for row in sorted(rows, key=lambda n: (n.language != wanted, n.language)):
            return row.name
        return self.code


class OrganisationName(models.Model):
    """What an organisation is called in one language during one time."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=200)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class ServiceOperator(models.Model):
    """An organisation operates a service from one instant to another (`valid_to` exclusive, empty while it
    lasts), one at a time.

    What a role permits in a service counts only for members of the organisation that operates
    it (`effect.py`).
    """

    service = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="operated")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="operator_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["service"], condition=Q(valid_to__isnull=True), name="operator_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}:{self.organisation_id}"
