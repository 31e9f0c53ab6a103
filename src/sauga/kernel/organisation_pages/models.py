"""Tables of imports of organisations (`kernel.kit.imports`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Term, With
from sauga.kernel.kit.imports import models as imports
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import Step


class ImportRun(imports.ImportRun):
    """An import run is one file of organisations."""

    data = About(
        plain={"ref", "name", "format", "state", "notes", "file", "sha256"},
        keep=Term(
            365, after="ended_at", what=_("Imports of organisations"), since=_("the end of the import")
        ),
    )


class ImportStep(Step):
    """A transition of an import run."""

    subject = models.ForeignKey(ImportRun, models.CASCADE, related_name="steps")


class ImportRow(imports.ImportRow):
    """An import row is one organisation of such a file; `organisation` is what it changes or has made."""

    data = About(plain={"outcome", "title", "content", "problems", "before"}, keep=With("run"))

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")

    target = "organisation"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="organisation_row_once")]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="organisation_row_outcome")]
