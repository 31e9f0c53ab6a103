"""Notifications of people, and counters of returned mail. Neither holds case content."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Notification(models.Model):
    """A notification tells one person that something waits, and where. `params` are codes, numbers and references only.

    `letter` names the letter that tells of it, from before it is handed over; `handing_at` is set while that is being done.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    template = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    letter = models.CharField(max_length=32, blank=True)
    handing_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-created_at"], name="notices_of_person"),
            models.Index(fields=["created_at"], condition=models.Q(read_at__isnull=True, mailed_at__isnull=True), name="notices_to_mail"),
        ]

    def __str__(self) -> str:
        return self.template


class ReturnCount(models.Model):
    """How many mails of one kind came back on one day to one service: all that is kept of returned mail."""

    day = models.DateField()
    prefix = models.CharField(max_length=24)
    kind = models.CharField(max_length=16)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "prefix", "kind"], name="notices_return_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.prefix} {self.kind}"
