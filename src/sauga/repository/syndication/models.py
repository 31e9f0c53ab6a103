"""Tables of exchange: sources that are harvested, what they offer, and imports with their reports."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.kit.imports import models as imports
from sauga.kernel.states import Step
from sauga.repository.resources.models import Resource
from sauga.repository.states import PROPOSAL, ProposalState

PERSON = settings.AUTH_USER_MODEL


class HarvestSource(models.Model):
    """A harvest source is another centre's open interface, asked every night for what is new.

    `cursor` is the other system's time up to which everything is known; `licence` is its licence for all
    records that do not state their own.
    """

    data = About(
        plain={
            "ref",
            "name",
            "address",
            "protocol",
            "metadata_prefix",
            "set_spec",
            "language",
            "licence",
            "cursor",
            "last_outcome",
            "last_counts",
        },
        on_public_pages=False,
        keep=Forever(
            _("Addresses of other centres' open interfaces."), what=_("Interfaces of other centres")
        ),
    )

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
    """A proposal is a record from elsewhere that an editor may accept as a draft.

    `record` is its current content, as fields of a resource; `decided` its content at the time of the
    decision, so that a later change can be shown.
    """

    data = About(
        plain={"ref", "identifier", "title", "licence", "record", "digest", "decided", "reason", "state"},
        on_public_pages=False,
        keep=Term(
            365,
            after="decided_at",
            code="repository.import_run",
            where=models.Q(state__in=(ProposalState.REFUSED, ProposalState.GONE)),
            what=_("Refused and withdrawn proposals of resources"),
            since=_("the day of the decision"),
        ),
    )

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
        constraints = [
            models.UniqueConstraint(fields=["source", "identifier"], name="proposal_identifier_once")
        ]

    def __str__(self) -> str:
        return self.ref


class ProposalStep(Step):
    """A transition of a proposal."""

    subject = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")


class ImportRun(imports.ImportRun):
    """An import run is one file of resources."""

    data = About(
        plain={"ref", "name", "format", "state", "notes", "file", "sha256"},
        on_public_pages=False,
        keep=Term(
            365,
            after="ended_at",
            code="repository.import_run",
            what=_("Imports of resources"),
            since=_("the end of the import"),
        ),
    )


class ImportStep(Step):
    """A transition of an import run."""

    data = replace(Step.data, on_public_pages=True)

    subject = models.ForeignKey(ImportRun, models.CASCADE, related_name="steps")


class ImportRow(imports.ImportRow):
    """An import row is one record of such a file. `resource` is what it changes or created; `modified_at`
    identifies its version.
    """

    data = About(plain={"outcome", "title", "content", "problems", "before"}, keep=With("run"))

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    uuid = models.UUIDField(null=True, blank=True)
    resource = models.ForeignKey(Resource, models.SET_NULL, null=True, blank=True, related_name="+")

    target = "resource"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="import_row_outcome")]
