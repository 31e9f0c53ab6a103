"""Tables of imports of organisations (`kernel.kit.imports`)."""

from django.db import models

from sauga.kernel.kit.imports import models as imports
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import Step


class ImportRun(imports.ImportRun):
    """An import run is one file of organisations."""


class ImportStep(Step):
    """A transition of an import run."""

    subject = models.ForeignKey(ImportRun, models.CASCADE, related_name="steps")


class ImportRow(imports.ImportRow):
    """An import row is one organisation of such a file; `organisation` is what it changes or has made."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")

    target = "organisation"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="organisation_row_once")]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="organisation_row_outcome")]
