"""Abstract tables of an import; a service derives its own, so that imported data stays in its own tables."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from sauga.kernel.ids import new_reference
from sauga.kernel.kit.imports.states import IMPORT, ImportState


class ImportRun(models.Model):
    """An import run is one file of records: read and reported on first, then stored completely or not at all.

    `file` is in storage only until it has been read. `notes` says what holds for the file as a whole: how it
    was read, or why it could not be.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=160)
    format = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default=ImportState.READING)
    with_changed = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=dict, blank=True)
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": IMPORT}
    steps: Any
    rows: Any

    class Meta:
        abstract = True
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["sha256"])]

    def __str__(self) -> str:
        return self.ref


class ImportRow(models.Model):
    """An import row is one record of a file with its verdict: new, changed, unchanged or refused.

    `content` is what it gives, column by column; `problems` are triples of column, code and what stood there.
    `before` is what it wrote over. `known_at` says which version of its target this row knows: as the report
    saw it, later as the row left it. A service adds `run` and, under the name that `target` has, the object
    that the row changes or has made.
    """

    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12)
    title = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    before = models.JSONField(default=dict, blank=True)
    known_at = models.DateTimeField(null=True, blank=True)

    target: ClassVar[str]
    run: Any
    run_id: int

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"
