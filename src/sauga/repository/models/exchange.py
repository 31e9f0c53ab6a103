"""Exchange with other houses: centres that are harvested, what they offer, and imports with their reports."""

from typing import Any

from django.conf import settings
from django.db import models

from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.repository.models.resource import Resource
from sauga.repository.states import PROPOSAL, ProposalState

PERSON = settings.AUTH_USER_MODEL


class HarvestSource(models.Model):
    """A harvest source is another centre's open interface that is asked now and then for what is new."""

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

    def __str__(self) -> str:
        return self.ref


class Proposal(models.Model):
    """A proposal is a record from elsewhere that an editor may take over as a draft."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    source = models.ForeignKey(HarvestSource, models.CASCADE, related_name="proposals")
    identifier = models.CharField(max_length=400)
    datestamp = models.DateTimeField(null=True, blank=True)
    record = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=16, default=ProposalState.NEW)
    resource = models.ForeignKey(Resource, models.SET_NULL, null=True, blank=True, related_name="proposals")
    seen_at = models.DateTimeField()
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
    """An import run is one file of records brought in as a whole or not at all; its report says what was refused and why."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=160)
    format = models.CharField(max_length=16)
    status = models.CharField(max_length=16, default="waiting")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list, blank=True)
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref
