"""Where an ambassador can come, about what, in which languages: for matching and, by consent, for all."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sauga.certification.register.rules.shown import LONGEST_ABOUT, Field
from sauga.kernel.data import About, With


def _codes(size: int) -> Any:
    return ArrayField(models.CharField(max_length=32), default=list, blank=True, size=size)


class RegisterEntry(models.Model):
    """An ambassador's profile. `shown` are the fields to which they consented, in the words of
    `consent_version`; without `consented_at` the entry is not shown. `name` is kept only while it is listed.
    """

    data = About(
        plain={"name", "municipalities", "topics", "languages", "audiences", "about", "shown"},
        keep=With("ambassador"),
    )

    ambassador = models.OneToOneField("certification.Ambassador", models.CASCADE, related_name="entry")
    name = models.CharField(max_length=120, blank=True)
    municipalities = _codes(12)
    topics = _codes(12)
    languages = _codes(12)
    audiences = _codes(12)
    about = models.CharField(max_length=LONGEST_ABOUT, blank=True)
    shown = _codes(len(Field))
    most_a_month = models.PositiveSmallIntegerField(default=3)
    takes_requests = models.BooleanField(default=True)
    consent_version = models.PositiveSmallIntegerField(null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "register entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(consented_at__isnull=False) | Q(shown=[], name=""),
                name="register_shows_by_consent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.ambassador_id)
