"""What people store for themselves on the pages of the kit, and which forms were sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Term, With

NAME_LENGTH, QUERY_LENGTH = 60, 1000


class SavedView(models.Model):
    """A saved view is a filter and an order of one list to which a person gave a name.

    `query` is what the address of the list says.
    """

    data = About(plain={"path", "name", "query"}, keep=With("person"))

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

    data = About(
        sealed={"answer"},
        keep=Term(
            1,
            after="sent_at",
            what=_("Digests of forms that were sent, so that none is carried out twice"),
            since=_("the sending"),
        ),
    )

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

    data = About(
        sealed={"content"},
        keep=Term(
            1,
            after="kept_at",
            what=_(
                "What was typed when a session had ended, sealed for the browser; removed after 15 minutes"
            ),
            since=_("the sending"),
        ),
    )

    key = models.UUIDField(primary_key=True)
    kept_at = models.DateTimeField(db_index=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.key)
