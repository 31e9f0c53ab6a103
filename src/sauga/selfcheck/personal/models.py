"""The table of the personal test: versions of its item bank. There is none of answers."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.selfcheck.states import BANK, BankState

LONGEST_NOTE = 300


class BankSet(models.QuerySet["BankVersion"]):
    """Chainable questions about versions."""

    def published(self) -> Self:
        """The version that everybody sees: at most one."""
        return self.filter(state=BankState.PUBLISHED)


class BankVersion(models.Model):
    """One version of the questions, advice and family agreement. `content` is as `rules.bank` says; `note`
    is what is new in it.

    A version that is not a draft is never changed (`actions.drafts.lock_draft`).
    """

    data = About(
        plain={"ref", "state", "content", "note"},
        keep=Forever(_("Published words of the centre, about nobody."), what=_("Versions of the test")),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    number = models.PositiveSmallIntegerField(unique=True)
    state = models.CharField(max_length=12, default=BankState.DRAFT)
    content = models.JSONField(default=dict)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    submitted_by = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = BankSet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": BANK}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=BankState.PUBLISHED), name="selfcheck_bank_one_published"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="selfcheck_bank_number"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class BankVersionStep(Step):
    """One move of a version."""

    subject = models.ForeignKey(BankVersion, models.CASCADE, related_name="steps")
