"""Tables of the programme: versions and their criteria. A version in force is never edited."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sauga.certification.programme.rules.codes import LONGEST_DECISION, LONGEST_REASON, LONGEST_TEXT
from sauga.certification.programme.rules.criteria import Criterion as Rule
from sauga.certification.programme.rules.criteria import Kind, Phase
from sauga.certification.states import VERSION, VersionState
from sauga.kernel.data import About, Forever, With
from sauga.kernel.states import Step


class Programme(models.Model):
    """A version of the programme: what an ambassador of each level must show, and how long a certification
    lasts. `decision` is the reference of the decision that put it into force, `decided_by` the pseudonym of
    who did, `decided_at` when.
    """

    data = About(
        plain={"state", "reason", "decision", "decided_by"},
        on_public_pages=False,
        keep=Forever(
            _("What ambassadors were certified by, about nobody."), what=_("Certification programmes")
        ),
    )

    version = models.PositiveSmallIntegerField(unique=True)
    state = models.CharField(max_length=10, default=VersionState.DRAFT)
    months = models.PositiveSmallIntegerField(default=24)
    forecast_days = models.PositiveSmallIntegerField(default=90)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    decision = models.CharField(max_length=LONGEST_DECISION, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    state_tables: ClassVar[dict[str, Any]] = {"state": VERSION}
    steps: Any
    criteria: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=VersionState.IN_FORCE), name="one_programme_in_force"
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def ref(self) -> str:
        """What its address says."""
        return str(self.version)


class ProgrammeStep(Step):
    """One move of a version."""

    subject = models.ForeignKey(Programme, models.CASCADE, related_name="steps")


class Criterion(models.Model):
    """One criterion of a version. `minimums` maps each level that needs it to how much it needs."""

    data = About(
        plain={"code", "kind", "phase", "text_lt", "text_en", "minimums"},
        on_public_pages=False,
        keep=With("programme"),
    )

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=32)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    phase = models.CharField(max_length=12, choices=Phase.choices)
    text_lt = models.CharField(max_length=LONGEST_TEXT)
    text_en = models.CharField(max_length=LONGEST_TEXT)
    minimums = models.JSONField(default=dict)
    valid_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "code"], name="criterion_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What it asks for, in the language of the page."""
        return self.text_en if get_language() == "en" else self.text_lt

    @property
    def rule(self) -> Rule:
        """The same as a plain value."""
        minimums = {int(level): int(n) for level, n in self.minimums.items()}
        return Rule(self.code, self.kind, self.phase, minimums, self.valid_days)
