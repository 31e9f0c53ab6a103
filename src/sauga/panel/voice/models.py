"""Tables of the young people's voice: cycles, meetings, proposals with their versions, what members write,
and answers. Members are known by pseudonym only; nothing here identifies them.
"""

from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.media import Kind, MediaStorage
from sauga.kernel.states import Step
from sauga.panel.members.models import Member
from sauga.panel.trail import ZONE
from sauga.panel.voice.rules.answers import LONGEST_REASON, LONGEST_WHO, Verdict
from sauga.panel.voice.rules.moderation import DeclineReason, Reason
from sauga.panel.voice.rules.states import (
    AMENDMENT,
    CONTRIBUTION,
    MEETING,
    PROPOSAL,
    AmendmentState,
    ContributionState,
    MeetingState,
    ProposalState,
)
from sauga.panel.voice.rules.words import (
    LONGEST_AGENDA,
    LONGEST_COMMENT,
    LONGEST_MINUTES,
    LONGEST_NOTE,
    LONGEST_PART,
    LONGEST_TITLE,
)

LONGEST_FILE, LONGEST_NAME = 200, 160
PICTURES = MediaStorage("panel.picture", Kind.IMAGE, zone=ZONE)


def new_long_reference() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class Cycle(models.Model):
    """A term of the panel, `starts_on` up to, not including, `ends_on`. `support` is how many members must
    support a proposal for the vote; `title` and `theme` say what it is about."""

    data = About(
        plain={"title", "theme"},
        on_public_pages=False,
        keep=Forever(_("Terms of the panel, about nobody."), what=_("Terms of the panel")),
    )

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    theme = models.CharField(max_length=LONGEST_NOTE, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    support = models.PositiveSmallIntegerField(default=6)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="panel_cycle_days"),
            models.CheckConstraint(condition=Q(support__gte=2), name="panel_cycle_support"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Meeting(models.Model):
    """A meeting of the panel. It is held only with two adults in the room; the minutes are in plain words."""

    data = About(
        plain={"ref", "state", "place", "agenda", "minutes"},
        on_public_pages=False,
        keep=Forever(
            _("Agendas and plain minutes, without names of members."), what=_("Meetings of the panel")
        ),
    )

    ref = models.CharField(max_length=24, unique=True, default=new_long_reference)
    state = models.CharField(max_length=12, default=MeetingState.PLANNED)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="meetings")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=LONGEST_NAME)
    agenda = models.CharField(max_length=LONGEST_AGENDA)
    minutes = models.CharField(max_length=LONGEST_MINUTES, blank=True)
    revision = models.PositiveIntegerField(default=0)

    state_tables: ClassVar[dict[str, Any]] = {"state": MEETING}
    steps: Any
    adults: Any
    replies: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="panel_meeting_times"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["starts", "id"], name="panel_meeting_starts"),
        ]

    def __str__(self) -> str:
        return self.ref


class MeetingStep(Step):
    """One move of a meeting."""

    subject = models.ForeignKey(Meeting, models.CASCADE, related_name="steps")


class MeetingAdult(models.Model):
    """An adult who will be there; `was_there` once the meeting was held."""

    data = About(on_public_pages=False, keep=With("meeting"))

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="adults")
    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    was_there = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "person"], name="panel_meeting_adult_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.person_id}"


class MeetingReply(models.Model):
    """Whether a member comes."""

    data = About(on_public_pages=False, keep=With("meeting"))

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="replies")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    comes = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "member"], name="panel_meeting_reply_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.member_id}"


class Addressee(models.Model):
    """A body that can be asked: a ministry, a platform, our centre. `address` is where the link is mailed,
    encrypted under a key of its own."""

    data = About(
        plain={"ref", "name", "language"},
        sealed={"address"},
        keep=Forever(
            _("Bodies that were asked; the address is encrypted and can be replaced."),
            what=_("Addressees of proposals"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    language = models.CharField(max_length=5, default="lt")
    address = models.BinaryField(default=bytes)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name

    @property
    def holder(self) -> str:
        """Whose data key opens the address."""
        return f"panel-addressee:{self.ref}"


class Proposal(models.Model):
    """What members ask for, of whom, and where it stands. `number` is public once it was published.

    `version` is the present text; `discuss_until` ends the discussion. `due_on` is the day by which the
    addressee answers, `link` the number of the link (a new one ends the old), `reminders` how many
    reminders went out. `hidden_from` is the state before it was hidden; `adults` are the two who lead the
    discussion; `explanation` says why it goes to the vote without the support, or not.
    """

    data = About(
        plain={"ref", "state", "language", "returned", "flag", "hidden_from", "explanation"},
        hidden={"adults"},
        keep=Forever(_("What the panel asked stays in the public list."), what=_("Proposals of the panel")),
    )

    ref = models.CharField(max_length=24, unique=True, default=new_long_reference)
    number = models.PositiveIntegerField(unique=True, null=True, blank=True)
    state = models.CharField(max_length=20, default=ProposalState.IDEA)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="proposals")
    language = models.CharField(max_length=5, default="lt")
    version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    read_by = models.DateTimeField(null=True, blank=True)
    returned = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    flag = models.CharField(max_length=24, blank=True)
    discuss_until = models.DateField(null=True, blank=True)
    eligible = models.PositiveSmallIntegerField(null=True, blank=True)
    voted = models.PositiveSmallIntegerField(null=True, blank=True)
    addressee = models.ForeignKey(Addressee, models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    extended = models.BooleanField(default=False)
    link = models.PositiveSmallIntegerField(default=0)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True, blank=True)
    hidden_from = models.CharField(max_length=20, blank=True)
    adults = models.ManyToManyField("identity.Person", related_name="+", blank=True)
    explanation = models.CharField(max_length=LONGEST_PART, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": PROPOSAL}
    steps: Any
    versions: Any
    authors: Any
    supports: Any
    answer: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=("SENT", "OVERDUE"), due_on__isnull=False, addressee__isnull=False)
                | ~Q(state__in=("SENT", "OVERDUE")),
                name="panel_proposal_asked_whom",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "read_by", "id"], name="panel_proposal_queue"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def code(self) -> str:
        """How a letter names it."""
        return f"JT-{self.number}" if self.number else ""


class ProposalStep(Step):
    """One move of a proposal."""

    data = replace(Step.data, on_public_pages=True)

    subject = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")


class ProposalVersion(models.Model):
    """A text of a proposal. A new one is made by every accepted amendment; older ones stay."""

    data = About(plain={"title", "problem", "wish", "why"}, keep=With("proposal"))

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    problem = models.CharField(max_length=LONGEST_PART, blank=True)
    wish = models.CharField(max_length=LONGEST_PART, blank=True)
    why = models.CharField(max_length=LONGEST_PART, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "number"], name="panel_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.number}"


class Author(models.Model):
    """A member who writes a proposal; invited by another author, and counted once `joined_at` is set."""

    data = About(keep=With("proposal"))

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="authors")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    invited_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "member"], name="panel_author_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.member_id}"


class Support(models.Model):
    """A member supports a version. It is not shown who does."""

    data = About(on_public_pages=False, keep=With("proposal"))

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supports")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "member"], name="panel_support_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.version}"


class Amendment(models.Model):
    """Another text for one part of a proposal (`problem`, `wish` or `why`) and the reason for it."""

    data = About(
        plain={"ref", "state", "part", "text", "why", "returned", "declined", "flag"},
        on_public_pages=False,
        keep=With("proposal"),
    )

    ref = models.CharField(max_length=24, unique=True, default=new_long_reference)
    state = models.CharField(max_length=12, default=AmendmentState.WAITING)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="amendments")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    base = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=8)
    text = models.CharField(max_length=LONGEST_PART)
    why = models.CharField(max_length=LONGEST_NOTE)
    submitted_at = models.DateTimeField()
    read_by = models.DateTimeField()
    returned = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    declined = models.CharField(max_length=8, choices=DeclineReason.choices, blank=True)
    flag = models.CharField(max_length=24, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": AMENDMENT}
    steps: Any
    accepts: Any

    def __str__(self) -> str:
        return self.ref


class AmendmentStep(Step):
    """One move of an amendment."""

    subject = models.ForeignKey(Amendment, models.CASCADE, related_name="steps")


class AmendmentAccept(models.Model):
    """An author who agrees to an amendment: it takes all of them."""

    data = About(on_public_pages=False, keep=With("amendment"))

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="accepts")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["amendment", "member"], name="panel_accept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}:{self.member_id}"


class ContributionKind(models.TextChoices):
    """What a member wrote; a topic may also come from a person who asks the panel."""

    COMMENT = "COMMENT"
    TOPIC = "TOPIC"
    LEARNED = "LEARNED"
    QUESTION = "QUESTION"


class Contribution(models.Model):
    """Something a member wrote for the others. It is read before they see it.

    A comment belongs to a `proposal`; something learned may have a picture with `alt`; a question is
    answered in `reply` by `replied_by` until `reply_due`; a topic of a person who asks the panel has their
    name in `asker` and no member.
    """

    data = About(
        plain={
            "ref",
            "state",
            "kind",
            "asker",
            "text",
            "picture",
            "alt",
            "returned",
            "flag",
            "reply",
            "replied_by",
        },
        on_public_pages=False,
        keep=Term(
            1096,
            after="written_at",
            what=_("Contributions of panel members"),
            since=_("the day they were written"),
            page="panel-text",
        ),
    )

    ref = models.CharField(max_length=24, unique=True, default=new_long_reference)
    state = models.CharField(max_length=12, default=ContributionState.DRAFT)
    kind = models.CharField(max_length=8, choices=ContributionKind.choices)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="contributions")
    proposal = models.ForeignKey(
        Proposal, models.CASCADE, null=True, blank=True, related_name="contributions"
    )
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    asker = models.CharField(max_length=LONGEST_NAME, blank=True)
    text = models.CharField(max_length=LONGEST_COMMENT)
    picture = models.FileField(storage=PICTURES, max_length=LONGEST_FILE, blank=True)
    alt = models.CharField(max_length=LONGEST_NOTE, blank=True)
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    read_by = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    returned = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    flag = models.CharField(max_length=24, blank=True)
    reply = models.CharField(max_length=LONGEST_REASON, blank=True)
    replied_by = models.CharField(max_length=LONGEST_WHO, blank=True)
    reply_due = models.DateField(null=True, blank=True)
    replied_on = models.DateField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": CONTRIBUTION}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(kind="COMMENT") | Q(proposal__isnull=False), name="panel_comment_of_what"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "read_by", "id"], name="panel_contribution_queue"),
        ]

    def __str__(self) -> str:
        return self.ref


class ContributionStep(Step):
    """One move of a contribution."""

    subject = models.ForeignKey(Contribution, models.CASCADE, related_name="steps")


class Answer(models.Model):
    """What an addressee says to a proposal: a draft until `received_at`, then its authors read it, and from
    `public_on` everybody. `note` is the desk's own. `decides` says who decides instead."""

    data = About(plain={"verdict", "reason", "decides", "who", "tasks", "note"}, keep=With("proposal"))

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="answer")
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    decides = models.CharField(max_length=LONGEST_NAME, blank=True)
    who = models.CharField(max_length=LONGEST_WHO, blank=True)
    tasks = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=LONGEST_PART, blank=True)
    revision = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField(null=True, blank=True)
    public_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.proposal_id)


class FollowUp(models.Model):
    """What happened: the work was done (with evidence) or not (with the reason), or young people were told.
    `kind` is the state that it led to."""

    data = About(plain={"kind", "text"}, keep=With("proposal"))

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=16)
    text = models.CharField(max_length=LONGEST_PART)
    on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "kind"], name="panel_follow_up_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.kind}"


class Question(models.Model):
    """What an addressee asks the panel before answering; the facilitator replies after asking the authors."""

    data = About(plain={"text", "reply"}, on_public_pages=False, keep=With("proposal"))

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="questions")
    text = models.CharField(max_length=LONGEST_PART)
    asked_at = models.DateTimeField()
    reply = models.CharField(max_length=LONGEST_PART, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.proposal_id)


class News(models.Model):
    """Something new for a member about a proposal or another text of theirs, or a ballot (its reference):
    `what` is a code. It is shown until the member has opened the page."""

    data = About(
        plain={"what", "ballot"},
        on_public_pages=False,
        keep=Term(180, after="at", what=_("News for panel members"), since=_("the day of the news")),
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="+")
    ballot = models.CharField(max_length=16, blank=True)
    what = models.CharField(max_length=24)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["member", "seen_at"], name="panel_news_unseen"),
        ]

    def __str__(self) -> str:
        return self.what
