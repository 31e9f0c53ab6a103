"""Tables of the school label. Answers and comments are about a school; no table names a pupil."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.selfcheck.school.rules.codes import (
    LONGEST_COMMENT,
    LONGEST_REASON,
    LONGEST_TASK,
    Level,
    Owner,
    TaskState,
)
from sauga.selfcheck.states import ASSESSMENT, ASSESSOR, AssessmentState, AssessorState


def new_long_reference() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class Questionnaire(models.Model):
    """A version of the questionnaire, whole. It counts for rounds that begin from a day on."""

    data = About(
        plain={"content", "digest"},
        keep=Forever(_("Published questions, about nobody."), what=_("Questionnaires for schools")),
    )

    version = models.PositiveSmallIntegerField(unique=True)
    valid_from = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.version)


class Assessment(models.Model):
    """A school's way to the label and from round to round, until a label expires. One at a time is open."""

    data = About(
        plain={"ref", "state"},
        on_public_pages=False,
        keep=Term(
            1826,
            after="ended_at",
            what=_("Self-assessments of schools"),
            since=_("the end of the label"),
            page="selfcheck-assessment",
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_long_reference)
    state = models.CharField(max_length=20, default=AssessmentState.STARTED)
    school = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": ASSESSMENT}
    steps: Any
    rounds: Any
    team: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["school"], condition=~Q(state="EXPIRED"), name="assessment_one_open_a_school"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "started_at", "id"], name="assessment_desk"),
        ]

    def __str__(self) -> str:
        return self.ref


class AssessmentStep(Step):
    """One move of an assessment."""

    subject = models.ForeignKey(Assessment, models.CASCADE, related_name="steps")


class Round(models.Model):
    """One set of answers under one version of the questionnaire. `points` and `weights` are sums by area."""

    data = About(
        plain={"level", "points", "weights", "missing"}, on_public_pages=False, keep=With("assessment")
    )

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices, blank=True)
    points = models.JSONField(default=dict, blank=True)
    weights = models.JSONField(default=dict, blank=True)
    missing = models.JSONField(default=list, blank=True)

    answers: Any
    evidence: Any
    tasks: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assessment", "number"], name="label_round_number"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}:{self.number}"


class TeamMember(models.Model):
    """A person of the school who answers; `area` is where they saved last."""

    data = About(plain={"area"}, on_public_pages=False, keep=With("assessment"))

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="team")
    member = models.ForeignKey("members.Member", models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    area = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assessment", "member"], name="label_team_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}:{self.member_id}"


class Answer(models.Model):
    """The statement that fits an aspect, and how it looks at the school. `revision` grows with every save."""

    data = About(plain={"aspect", "comment"}, on_public_pages=False, keep=With("round"))

    round = models.ForeignKey(Round, models.CASCADE, related_name="answers")
    aspect = models.CharField(max_length=24)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)
    revision = models.PositiveIntegerField(default=1)
    answered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "aspect"], name="label_answer_once"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=5), name="label_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.aspect}"


class Evidence(models.Model):
    """A file that shows what a comment says. A returned one was never kept or is deleted at once; the others
    are deleted after the verdict, and name, checksum and verdict stay."""

    data = About(
        plain={"ref", "aspect", "kind", "sha256", "returned"}, on_public_pages=False, keep=With("round")
    )

    ref = models.CharField(max_length=40, unique=True, default=new_long_reference)
    round = models.ForeignKey(Round, models.CASCADE, related_name="evidence")
    aspect = models.CharField(max_length=24)
    file = models.ForeignKey("media.MediaFile", models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=16)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    returned = models.CharField(max_length=12, blank=True)
    added_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["round", "aspect"], name="label_evidence_aspect"),
        ]

    def __str__(self) -> str:
        return self.ref


class Assessor(models.Model):
    """A person who reviews schools, by a role that staff grant."""

    data = About(
        plain={"ref", "state"},
        on_public_pages=False,
        keep=Forever(
            _("Who may review schools; it goes with the member's account."), what=_("Assessors of schools")
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_long_reference)
    state = models.CharField(max_length=8, default=AssessorState.ASKED)
    member = models.ForeignKey("members.Member", models.CASCADE, related_name="+")
    workplaces = models.ManyToManyField("organisations.Organisation", related_name="+")
    asked_at = models.DateTimeField()

    state_tables: ClassVar[dict[str, Any]] = {"state": ASSESSOR}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(state__in=["ASKED", "GRANTED"]), name="assessor_once"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class AssessorStep(Step):
    """One move of an assessor."""

    subject = models.ForeignKey(Assessor, models.CASCADE, related_name="steps")


class Review(models.Model):
    """An assessor's review of one round: taken, and concluded or given back."""

    data = About(plain={"ref"}, on_public_pages=False, keep=With("round"))

    ref = models.CharField(max_length=40, unique=True, default=new_long_reference)
    round = models.ForeignKey(Round, models.CASCADE, related_name="reviews")
    assessor = models.ForeignKey(Assessor, models.SET_NULL, null=True, related_name="reviews")
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    verdicts: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(ended_at__isnull=True), name="label_review_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Verdict(models.Model):
    """Whether an aspect stands as the school says, with the reason."""

    data = About(plain={"aspect", "reason"}, on_public_pages=False, keep=With("review"))

    review = models.ForeignKey(Review, models.CASCADE, related_name="verdicts")
    aspect = models.CharField(max_length=24)
    is_accepted = models.BooleanField()
    reason = models.CharField(max_length=LONGEST_REASON)
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "aspect"], name="label_verdict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}:{self.aspect}"


class PlanTask(models.Model):
    """A task of the plan, proposed for an aspect or the school's own."""

    data = About(
        plain={"ref", "aspect", "title", "owner", "progress"}, on_public_pages=False, keep=With("round")
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    round = models.ForeignKey(Round, models.CASCADE, related_name="tasks")
    aspect = models.CharField(max_length=24, blank=True)
    title = models.CharField(max_length=LONGEST_TASK, blank=True)
    owner = models.CharField(max_length=16, choices=Owner.choices)
    due = models.DateField()
    progress = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.TODO)
    revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.ref


class Label(models.Model):
    """What a school may show: a level, from day to day (`until` exclusive). `ref` is in the address of its
    page and picture. `listed_at`: since when the school agrees to stand in the public list."""

    data = About(plain={"ref", "level"}, keep=With("round"))

    ref = models.CharField(max_length=40, unique=True, default=new_long_reference)
    round = models.OneToOneField(Round, models.CASCADE, related_name="label")
    school = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level.choices)
    is_reviewed = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    listed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["school", "since"], name="label_of_school"),
            models.Index(fields=["until"], name="label_until"),
        ]

    def __str__(self) -> str:
        return self.ref


class Rescore(models.Model):
    """What the answers of a round are worth under a later version, and which aspects moved."""

    data = About(plain={"level", "points", "moved"}, on_public_pages=False, keep=With("round"))

    round = models.ForeignKey(Round, models.CASCADE, related_name="rescores")
    version = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8, choices=Level.choices)
    points = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "version"], name="label_rescore_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.version}"


class Published(models.Model):
    """What the comparison shows of a municipality (empty: of the country): on which rounds it rests and the
    sums by area. Replaced only where enough schools have changed, so that no difference tells of a few."""

    data = About(
        plain={"municipality", "rounds", "points", "weights"},
        keep=Forever(_("Published sums of at least ten schools."), what=_("Results of all schools")),
    )

    municipality = models.CharField(max_length=8, blank=True, unique=True)
    rounds = models.JSONField(default=list)
    points = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    is_shown = models.BooleanField(default=False)
    published_on = models.DateField()

    def __str__(self) -> str:
        return self.municipality or "*"
