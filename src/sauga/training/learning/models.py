"""Tables of learning: cohorts, enrolments with what was done, hand-ins, discussions, appeals, messages.

What learners and tutors write is encrypted under a key of the enrolment (`queries.texts`); which answers were
chosen, points and times are not. The name is the member's and is stored there only.
"""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term, With, declare
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.training.courses.models import Course, CourseVersion, said
from sauga.training.states import ENROLMENT, HOLDS_PLACE, OPEN, EnrolmentState


def new_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class Cohort(models.Model):
    """A group that learns together: from a day to a day, with places and a tutor.

    `taken` and `waiting` change only under the row's lock (`actions.enrolments`); the database refuses more
    than there are.
    """

    data = About(
        plain={"ref", "name", "language"},
        keep=Forever(
            _("When which course was held with how many places, about nobody."), what=_("Course groups")
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="cohorts")
    name = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="lt")
    starts = models.DateField()
    ends = models.DateField()
    closes = models.DateField()
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    waiting = models.PositiveSmallIntegerField(default=0)
    group_size = models.PositiveSmallIntegerField(default=8)
    is_cancelled = models.BooleanField(default=False)
    tutor = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="training_cohort_not_oversold"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="training_cohort_ends_after"),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {said(self.name)}"

    @property
    def course(self) -> Course:
        """The course over its versions."""
        return self.version.course


class StaffLink(models.Model):
    """The link with which an organisation offers a course to its staff."""

    data = About(plain={"token"}, on_public_pages=False, keep=With("cohort"))

    token = models.CharField(max_length=20, unique=True, default=new_ref)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="links")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "organisation"], name="training_link_once"),
        ]


class StaffInvitation(models.Model):
    """An invitation by email that an organisation asked for, once for an address and a cohort. `lookup` is
    the blind index of the address; the address is encrypted, and deleted as soon as the email is sent."""

    data = About(
        plain={"ref", "language"},
        sealed={"address"},
        blind={"lookup"},
        on_public_pages=False,
        keep=Term(
            365,
            after="asked_at",
            code="training.staff_invitation",
            holder=("holder",),
            what=_("Invitations of course staff"),
            since=_("the day of the invitation"),
        ),
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    lookup = models.BinaryField()
    address = models.BinaryField(blank=True, default=b"")
    language = models.CharField(max_length=5)
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "organisation", "lookup"], name="training_invitation_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "lookup"], name="training_invitation_refused"),
        ]

    @property
    def holder(self) -> str:
        """Whose data key opens the address."""
        return f"training-invitation:{self.ref}"


class EnrolmentSet(models.QuerySet["Enrolment"]):
    """Chainable questions about enrolments."""

    def open(self) -> Self:
        """Those that can still be completed."""
        return self.filter(state__in=OPEN)

    def learning(self) -> Self:
        """Those that hold a place."""
        return self.filter(state__in=HOLDS_PLACE)

    def in_line(self) -> Self:
        """The waiting list from its front."""
        return self.filter(state=EnrolmentState.WAITLISTED).order_by("number")

    def quiet_since(self, moment: datetime) -> Self:
        """Active ones without any step since a moment."""
        return self.filter(state=EnrolmentState.ACTIVE, seen_at__lt=moment)


class Enrolment(models.Model):
    """A member in a cohort. `version` and `tree` are what was valid when it began and never change.

    `number` is the place in the line by time. `role` and `municipality` are for figures. `shares_hours` says
    that the organisation may see name and hours. `minutes` are those credited so far.
    """

    data = About(
        plain={"ref", "state", "tree", "role", "municipality", "language", "here", "certificate"},
        on_public_pages=False,
        keep=(
            Term(
                3653,
                after="completed_at",
                holder=("holder",),
                what=_("Completed courses of learners"),
                since=_("the day of completion"),
            ),
            Term(
                730,
                after="seen_at",
                code="training.enrolment_not_completed",
                name="not_completed",
                where=models.Q(completed_at__isnull=True) & ~models.Q(state=EnrolmentState.WAITLISTED),
                holder=("holder",),
                what=_("Courses that were not completed"),
                since=_("the last visit"),
            ),
        ),
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="enrolments")
    member = models.ForeignKey("members.Member", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, default=EnrolmentState.WAITLISTED)
    tree = models.JSONField()
    number = models.BigIntegerField(default=0)
    group = models.PositiveSmallIntegerField(default=1)
    role = models.CharField(max_length=30)
    municipality = models.CharField(max_length=10, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    shares_hours = models.BooleanField(default=False)
    language = models.CharField(max_length=5)
    here = models.CharField(max_length=60, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    enrolled_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    certificate = models.CharField(max_length=40, blank=True)

    objects = EnrolmentSet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": ENROLMENT}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "member"], condition=Q(state__in=OPEN), name="training_enrolment_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "state", "number"], name="training_enrolment_line"),
            models.Index(fields=["state", "seen_at"], name="training_enrolment_quiet"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key opens what was written."""
        return f"training-enrolment:{self.ref}"


class EnrolmentStep(Step):
    """One move of an enrolment. Mails follow from it."""

    subject = models.ForeignKey(Enrolment, models.CASCADE, related_name="steps")
    mailed_at = models.DateTimeField(null=True, blank=True)


class Progress(models.Model):
    """What one learner has done of one activity. `data` holds the second where a film stopped and which of
    its questions were answered."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="progress")
    activity = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    used = models.PositiveSmallIntegerField(default=0)
    extra = models.PositiveSmallIntegerField(default=0)
    is_waiting = models.BooleanField(default=False)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enrolment", "activity"], name="training_progress_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=100), name="training_progress_percent"
            ),
        ]


declare(Progress, About(plain={"activity", "data"}, on_public_pages=False, keep=With("enrolment")))


class Attempt(models.Model):
    """One try of a quiz: which questions were drawn, what was answered, the result. `shares` are the points
    of each question, for item analysis. Answers are saved while it is open."""

    data = About(
        plain={"ref", "activity", "items", "answers", "shares"}, on_public_pages=False, keep=With("enrolment")
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attempts")
    activity = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    items = models.JSONField()
    answers = models.JSONField(default=dict, blank=True)
    shares = models.JSONField(default=dict, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["enrolment", "activity", "number"], name="training_attempt_number"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "activity"],
                condition=Q(sent_at__isnull=True),
                name="training_attempt_one_open",
            ),
        ]


class PackageRun(models.Model):
    """What the browser of a learner reported of one part of an imported package. `run` names the last
    session, `seconds` its time, `seconds_before` that of those before. What the package keeps for itself,
    which may hold what the learner typed, is encrypted."""

    data = About(
        plain={"ref", "activity", "part", "run"},
        sealed={"kept"},
        on_public_pages=False,
        keep=With("enrolment"),
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="package_runs")
    activity = models.CharField(max_length=60)
    part = models.CharField(max_length=120)
    run = models.CharField(max_length=32)
    kept = models.BinaryField()
    is_done = models.BooleanField(default=False)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0)
    seconds_before = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enrolment", "activity", "part"], name="training_run_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=100), name="training_run_percent"
            ),
        ]


class Submission(models.Model):
    """What was handed in for an assignment, once; handed in again it replaces the text. `points` by criterion
    are the tutor's; the text and the tutor's feedback are encrypted."""

    data = About(
        plain={"ref", "activity", "points"},
        sealed={"text", "feedback"},
        on_public_pages=False,
        keep=With("enrolment"),
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="submissions")
    activity = models.CharField(max_length=60)
    text = models.BinaryField()
    feedback = models.BinaryField(blank=True, default=b"")
    points = models.JSONField(default=dict, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField()
    graded_at = models.DateTimeField(null=True, blank=True)
    graded_by = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enrolment", "activity"], name="training_submission_once"),
        ]


class PeerReview(models.Model):
    """A learner reads what another one handed in, without names on either side. The comment is encrypted
    under the key of who receives it."""

    data = About(plain={"ref", "points"}, sealed={"comment"}, on_public_pages=False, keep=With("reviewer"))

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Enrolment, models.CASCADE, related_name="reviews")
    points = models.JSONField(default=dict, blank=True)
    comment = models.BinaryField(blank=True, default=b"")
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["submission", "reviewer"], name="training_review_once"),
        ]


class TextDraft(models.Model):
    """What a learner is still writing in one place of a course: work to hand in, a contribution, or
    (`review`) the review of another's work with the levels chosen so far. No one else reads it; it goes when
    the text is sent. Encrypted under the writer's key. `window` is the opened page that saved it last."""

    data = About(
        plain={"ref", "activity", "points", "window"},
        sealed={"text"},
        keep=Term(
            365,
            after="saved_at",
            code="training.text_draft",
            what=_("Drafts of texts in courses"),
            since=_("the last change of the draft"),
        ),
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="drafts")
    activity = models.CharField(max_length=60)
    review = models.ForeignKey(PeerReview, models.CASCADE, null=True, blank=True, related_name="drafts")
    text = models.BinaryField()
    points = models.JSONField(default=dict, blank=True)
    window = models.CharField(max_length=20, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["enrolment", "activity", "review"],
                name="training_text_draft_once",
                nulls_distinct=False,
            ),
        ]


class Post(models.Model):
    """A contribution to the discussion of a small group, by a learner or the tutor. A hidden one is seen by
    its author and the tutor only. Encrypted under the author's key; a tutor's under the cohort's."""

    data = About(
        plain={"ref", "activity"},
        sealed={"text"},
        on_public_pages=False,
        keep=Term(730, after="posted_at", what=_("Posts in course forums"), since=_("the day of the post")),
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="posts")
    activity = models.CharField(max_length=60)
    group = models.PositiveSmallIntegerField()
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, null=True, blank=True, related_name="posts")
    tutor = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.BinaryField()
    posted_at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "activity", "group", "posted_at"], name="training_post_thread"),
        ]

    @property
    def holder(self) -> str:
        """Whose data key opens the text."""
        return self.enrolment.holder if self.enrolment else f"training-cohort:{self.cohort.ref}"


class Appeal(models.Model):
    """A learner asks to look again at a result; a tutor decides with a reason. Both texts are encrypted."""

    data = About(
        plain={"ref", "activity"}, sealed={"text", "reason"}, on_public_pages=False, keep=With("enrolment")
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="appeals")
    activity = models.CharField(max_length=60, blank=True)
    text = models.BinaryField()
    reason = models.BinaryField(blank=True, default=b"")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_granted = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(decided_at__isnull=True), name="training_appeal_one_open"
            ),
        ]


class Allowance(models.Model):
    """More tries, or a confirmation, given by a tutor with a reason (encrypted)."""

    data = About(plain={"activity", "kind"}, sealed={"reason"}, on_public_pages=False, keep=With("enrolment"))

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="allowances")
    activity = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    reason = models.BinaryField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")


class GroupMessage(models.Model):
    """A tutor's message to a cohort or a part of it: shown on the learners' pages and sent by mail. It is
    encrypted under the cohort's key."""

    data = About(
        plain={"ref", "audience"},
        sealed={"text"},
        on_public_pages=False,
        keep=Term(
            730,
            after="sent_at",
            code="training.group_message",
            what=_("Messages to a course group"),
            since=_("the day they were sent"),
        ),
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="messages")
    audience = models.CharField(max_length=10)
    text = models.BinaryField()
    sent_at = models.DateTimeField()
    author = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    receivers = models.ManyToManyField(Enrolment, related_name="messages")


class ToolSubject(models.Model):
    """By which code a tool knows the learner of one enrolment: random, another one for each enrolment and
    tool, gone with the enrolment."""

    data = About(plain={"code"}, on_public_pages=False, keep=With("enrolment"))

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="tool_subjects")
    tool = models.ForeignKey("training.Tool", models.CASCADE, related_name="subjects")
    code = models.CharField(max_length=24, unique=True, default=new_ref)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enrolment", "tool"], name="training_tool_subject_once"),
        ]


class ToolLaunch(models.Model):
    """A learner pressed the button that opens a tool. `digest` is that of the hint that goes through the tool
    and back; it is used once. `passes_name`: the learner agreed to it this time."""

    data = About(
        plain={"ref", "activity", "language"},
        blind={"digest"},
        on_public_pages=False,
        keep=Term(
            1,
            after="made_at",
            code="training.tool_launch",
            what=_("Launches of external tools"),
            since=_("the moment of the launch"),
        ),
    )

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    subject = models.ForeignKey(ToolSubject, models.CASCADE, related_name="launches")
    activity = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32)
    language = models.CharField(max_length=5)
    passes_name = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
