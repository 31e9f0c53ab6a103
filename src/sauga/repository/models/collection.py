"""Collections: resources put together by an editor for an occasion. A collection has no licence and no life of its own."""

from typing import Any

from django.db import models

from sauga.kernel.ids import new_reference
from sauga.repository.models.resource import Resource


class Collection(models.Model):
    """A collection is an ordered choice of resources under a title, for example for one week of the year."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    slug_lt = models.SlugField(max_length=120, unique=True)
    slug_en = models.SlugField(max_length=120, unique=True)
    title = models.JSONField(default=dict)
    abstract = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    entries: Any

    def __str__(self) -> str:
        return self.ref

    def slug(self, language: str) -> str:
        """The last part of its public address."""
        return self.slug_en if language == "en" else self.slug_lt


class CollectionEntry(models.Model):
    """One resource in its place."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="in_collections")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "resource"], name="entry_once_in_a_collection")]
