"""Which files a person has opened before saying that a resource may go on."""

from django.conf import settings
from django.db import models

from sauga.repository.models.resource import Rendition


class FileOpening(models.Model):
    """A file opening says that one person opened one file of a resource at the desk, and when first.

    A file never changes (a new one has another row), so one opening is enough for as long as the file is there.
    """

    rendition = models.ForeignKey(Rendition, models.CASCADE, related_name="openings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rendition", "person"], name="file_opening_once")]
