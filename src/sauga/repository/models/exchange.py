"""Exchange with other houses: centres that are harvested, what they offer, and imports with their reports."""

from typing import Any

from django.conf import settings
from django.db import models

from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.repository.models.resource import Resource
from sauga.repository.states import IMPORT, PROPOSAL, ImportState, ProposalState

PERSON = settings.AUTH_USER_MODEL


class HarvestSource(models.Model):
    """A harvest source is another centre's open interface that is asked every night for what is new.

    `cursor` is the time of that house up to which everything is known; `licence` is what it grants for all its records where a record
    says nothing itself.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    name = models.CharField(max_length=160)
    address = models.URLField(max_length=400)
    protocol = models.CharField(max_length=16, default="oai-pmh")
    metadata_prefix = models.CharField(max_length=32, blank=True)
    set_spec = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=16, default="en")
    licence = models.CharField(max_length=32, blank=True)
    is_active = models.BooleanField(default=True)
    cursor = models.CharField(max_length=400, blank=True)
    last_asked_at = models.DateTimeField(null=True, blank=True)
    last_outcome = models.CharField(max_length=64, blank=True)
    last_counts = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.ref


class Proposal(models.Model):
    """A proposal is a record from elsewhere that an editor may take over as a draft.

    `record` is what the other house says now, as fields of a resource; `decided` what it said when somebody decided, so that a later
    change can be shown.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    source = models.ForeignKey(HarvestSource, models.CASCADE, related_name="proposals")
    identifier = models.CharField(max_length=400)
    datestamp = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=240, blank=True)
    licence = models.CharField(max_length=32, blank=True)
    record = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    decided = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=16, default=ProposalState.NEW)
    resource = models.ForeignKey(Resource, models.SET_NULL, null=True, blank=True, related_name="proposals")
    seen_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    state_tables = {"state": PROPOSAL}
    steps: Any

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "identifier"], name="proposal_identifier_once")]

    def __str__(self) -> str:
        return self.ref


class ProposalStep(Step):
    """A move of a proposal."""

    subject = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")


class ImportRun(models.Model):
    """An import run is one file of records: read and reported on first, then brought in as a whole or not at all.

    `file` lies in the store only until it has been read. `notes` says what holds for the file as a whole: how it was read, or why it
    could not be.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
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

    state_tables = {"state": IMPORT}
    steps: Any
    rows: Any

    class Meta:
        indexes = [models.Index(fields=["sha256"])]

    def __str__(self) -> str:
        return self.ref


class ImportStep(Step):
    """A move of an import run."""

    subject = models.ForeignKey(ImportRun, models.CASCADE, related_name="steps")


class ImportRow(models.Model):
    """An import row is one record of a file with its verdict: new, changed, unchanged or refused.

    `content` is what it gives, column by column; `problems` are triples of column, code and what stood there. `resource` is what it
    changes or has made; `before` is what it wrote over. `known_at` is the resource's `modified_at` as this row knows it: as the report
    saw it, later as the row left it; by it another hand is recognised.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12)
    title = models.CharField(max_length=200, blank=True)
    uuid = models.UUIDField(null=True, blank=True)
    content = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    before = models.JSONField(default=dict, blank=True)
    resource = models.ForeignKey(Resource, models.SET_NULL, null=True, blank=True, related_name="+")
    known_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"
