"""Tables of applications and certifications. Names, addresses and free words are encrypted under a key of
each ambassador's own.
"""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.certification.applications.rules.codes import (
    LONGEST_AUTHORITY,
    CaseKind,
    CertificationKind,
    Choice,
    Source,
)
from sauga.certification.states import AMBASSADOR, CASE, CERTIFIED, AmbassadorState, CaseState
from sauga.kernel.data import About, Clear, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step


def new_ambassador_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class AmbassadorSet(models.QuerySet["Ambassador"]):
    """Chainable questions about ambassadors."""

    def certified(self) -> Self:
        """Those who may come to a school, each at the highest level only."""
        return self.filter(state__in=CERTIFIED, ended_at__isnull=True)


class Ambassador(models.Model):
    """An application and what became of it, on one version of the programme and for one level.

    A later application of the same member (a higher level, an appeal that was upheld) is a row of its own;
    `earlier` leads back. `name` is encrypted.
    """

    data = About(
        plain={"ref", "state", "municipality", "language"},
        sealed={"name"},
        keep=(
            Term(
                365,
                after="ended_at",
                code="certification.application",
                name="not_certified",
                where=models.Q(was_certified=False),
                holder=("holder",),
                what=_("Applications that came to nothing"),
                since=_("the end of the application"),
                page="certification-ambassador",
            ),
            Term(
                3653,
                after="ended_at",
                code="certification.certified",
                name="certified",
                where=models.Q(was_certified=True) & ~models.Q(name=b""),
                how=Clear({"name": b""}),
                holder=("holder",),
                what=_("Names of former ambassadors"),
                since=_("the end of the certification"),
                page="certification-ambassador",
            ),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ambassador_ref)
    state = models.CharField(max_length=16, default=AmbassadorState.APPLIED)
    member = models.ForeignKey("members.Member", models.SET_NULL, null=True, blank=True, related_name="+")
    programme = models.ForeignKey("certification.Programme", models.PROTECT, related_name="ambassadors")
    level = models.PositiveSmallIntegerField()
    name = models.BinaryField(default=bytes)
    municipality = models.CharField(max_length=8)
    language = models.CharField(max_length=5, default="lt")
    earlier = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="later")
    was_certified = models.BooleanField(default=False)
    applied_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AmbassadorSet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": AMBASSADOR}
    steps: Any
    certifications: Any
    workplaces: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="ambassador_level"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "applied_at", "id"], name="ambassador_desk"),
            models.Index(fields=["member"], name="ambassador_member"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key opens the sealed fields of this row and of what belongs to it."""
        return f"ambassador:{self.ref}"


class AmbassadorStep(Step):
    """One move of an ambassador."""

    subject = models.ForeignKey(Ambassador, models.CASCADE, related_name="steps")


class Workplace(models.Model):
    """Where an ambassador works or worked, from day to day (`until` exclusive)."""

    data = About(on_public_pages=False, keep=With("ambassador"))

    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="workplaces")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.ambassador_id}:{self.organisation_id}"


class CriterionRecord(models.Model):
    """Evidence for a criterion: how much, of which day, until when, who decided that it counts, and when.

    `reference` (encrypted) is the number of a document that stays where it is; no document is stored.
    """

    data = About(
        plain={"ref", "code", "source", "authority", "decided_by", "withdrawn_by"},
        sealed={"reference"},
        on_public_pages=False,
        keep=With("ambassador"),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="records")
    code = models.CharField(max_length=32)
    amount = models.PositiveSmallIntegerField()
    on = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    authority = models.CharField(max_length=LONGEST_AUTHORITY, blank=True)
    reference = models.BinaryField(default=bytes)
    decided_by = models.CharField(max_length=40)
    decided_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ambassador", "code"], name="criterion_of_ambassador"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"


class EmployerAsk(models.Model):
    """A question to the employer: its address (encrypted), when it was mailed, what was answered."""

    data = About(
        plain={"ref"}, sealed={"address"}, blind={"lookup"}, on_public_pages=False, keep=With("ambassador")
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ambassador_ref)
    ambassador = models.OneToOneField(Ambassador, models.CASCADE, related_name="employer_ask")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    address = models.BinaryField()
    lookup = models.BinaryField(max_length=32)
    mails = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    agrees = models.BooleanField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref


class Certification(models.Model):
    """That an ambassador of a level is certified from one day to another (both included). `credential` is the
    code of what `kernel.credentials` issued for it. `ended_at`: before its time.
    """

    data = About(plain={"ref", "kind", "credential"}, keep=With("ambassador"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="certifications")
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=CertificationKind.choices)
    since = models.DateField()
    until = models.DateField()
    credential = models.CharField(max_length=40, blank=True)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="certification_lasts"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ambassador", "-until"], name="certification_latest"),
        ]

    def __str__(self) -> str:
        return self.ref

    def counts_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.ended_at is None and self.since <= day <= self.until


class Case(models.Model):
    """Something that two people of the board decide. `about` is the case that an appeal is against; `words`
    (encrypted) what the applicant wrote.
    """

    data = About(
        plain={"ref", "kind", "state", "outcome", "why"},
        sealed={"words"},
        on_public_pages=False,
        keep=With("ambassador"),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="cases")
    kind = models.CharField(max_length=16, choices=CaseKind.choices)
    state = models.CharField(max_length=8, default=CaseState.OPEN)
    outcome = models.CharField(max_length=8, choices=Choice.choices, blank=True)
    why = models.CharField(max_length=16, blank=True)
    about = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="appeals")
    words = models.BinaryField(default=bytes)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": CASE}
    steps: Any
    votes: Any
    appeals: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["ambassador"], condition=Q(state=CaseState.OPEN), name="one_open_case"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class CaseStep(Step):
    """One move of a case."""

    subject = models.ForeignKey(Case, models.CASCADE, related_name="steps")


class Vote(models.Model):
    """What one person of the board decided, with the reason (encrypted) and where both worked that day."""

    data = About(plain={"choice"}, sealed={"reason"}, on_public_pages=False, keep=With("case"))

    case = models.ForeignKey(Case, models.CASCADE, related_name="votes")
    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    reason = models.BinaryField(default=bytes)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "person"], name="one_vote_each"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.choice}"


class Interest(models.Model):
    """Where a member of the board works or worked outside the centre, as declared (`until` exclusive)."""

    data = About(
        plain={"ref"},
        on_public_pages=False,
        keep=Term(3653, after="until", what=_("Declared interests"), since=_("the end of the interest")),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    person = models.ForeignKey("identity.Person", models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}:{self.organisation_id}"
