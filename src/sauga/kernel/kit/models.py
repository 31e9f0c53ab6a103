"""What people store for themselves on the pages of the kit, and which forms were sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models

NAME_LENGTH, QUERY_LENGTH = 60, 1000


class SavedView(models.Model):
    """A saved view is a filter and an order of one list to which a person gave a name.

    `query` is what the address of the list says.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    name = models.CharField(max_length=NAME_LENGTH)
    query = models.CharField(max_length=QUERY_LENGTH)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "path", "name"], name="kit_saved_view_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SentForm(models.Model):
    """A form that was sent and carried out (`sent_forms`).

    `key` is a digest of the form; `answer` the address that it led to, or the page that it was answered
    with, sealed under a key that follows from the form.
    """

    key = models.UUIDField(primary_key=True)
    sent_at = models.DateTimeField(db_index=True)
    answer = models.BinaryField()

    def __str__(self) -> str:
        return str(self.key)


class KeptForm(models.Model):
    """What was typed into a form whose session had ended (`kept_forms`), for 15 minutes.

    `key` is a digest of the secret that a cookie of the browser holds; `content` is sealed under that secret.
    Whose it is stands inside.
    """

    key = models.UUIDField(primary_key=True)
    kept_at = models.DateTimeField(db_index=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.key)
