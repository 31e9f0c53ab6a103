"""Tables of the call for papers: calls with criteria and questions, proposals with their speakers and steps,
reviews, conflicts of interest.

What a proposal says, who speaks and what reviewers write is encrypted under one key of the proposal, which is
destroyed when it is no longer needed (`retention`).
"""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event, Session, Speaker, Track, codes, said
from sauga.events.proposals.rules.decisions import Phase, phase_of
from sauga.events.states import CALL, PROPOSAL, CallState, ProposalState
from sauga.kernel.data import About, Clear, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step

SUBMISSION, ACCEPTANCE = "SUBMISSION", "ACCEPTANCE"
"""When a question is asked."""


def new_proposal_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class Call(models.Model):
    """The call for papers of an event. `kinds` are codes of `session_kinds`, `durations` minutes.

    `letters` are the organisers' own words by outcome and language, with fields
    (`rules.letter_fields`); what is empty has the words of the product. `answer_days`: until
    when a speaker confirms.
    """

    data = About(plain={"ref", "state", "title", "text", "kinds", "durations", "letters"}, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.OneToOneField(Event, models.CASCADE, related_name="call")
    state = models.CharField(max_length=12, default=CallState.DRAFT)
    title = models.JSONField(default=dict)
    text = models.JSONField(default=dict, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    kinds = codes(24)
    durations = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    is_blind = models.BooleanField(default=True)
    reviews_wanted = models.PositiveSmallIntegerField(default=2)
    answer_days = models.PositiveSmallIntegerField(default=14)
    letters = models.JSONField(default=dict, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": CALL}
    steps: Any
    criteria: Any
    questions: Any
    proposals: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="events_call_closes_after"),
        ]

    def __str__(self) -> str:
        return said(self.title)

    def phase(self, at: datetime) -> Phase:
        """Where it is in time."""
        return phase_of(self.state, self.opens_at, self.closes_at, at)


class CallStep(Step):
    """One move of a call."""

    subject = models.ForeignKey(Call, models.CASCADE, related_name="steps")


class Criterion(models.Model):
    """What reviewers score from 1 to 5, and how much it weighs."""

    data = About(plain={"ref", "name"}, keep=With("events.Event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    name = models.JSONField(default=dict)
    weight = models.PositiveSmallIntegerField(default=1)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return said(self.name)


class CallQuestion(models.Model):
    """A question to the person who proposes: asked on submission, or only after acceptance. Reviewers read
    the answer of a blind call only where `is_for_reviewers`, because it may say who it is."""

    data = About(plain={"ref", "phase", "kind", "text", "choices"}, keep=With("events.Event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    call = models.ForeignKey(Call, models.CASCADE, related_name="questions")
    phase = models.CharField(max_length=12, default=SUBMISSION)
    kind = models.CharField(max_length=8)
    text = models.JSONField(default=dict)
    choices = models.JSONField(default=dict, blank=True)
    is_required = models.BooleanField(default=False)
    is_for_reviewers = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["phase", "place", "pk"]

    def __str__(self) -> str:
        return said(self.text)


CLEARED = {"content": b"", "address_lookup": b"", "is_cleared": True}
"""What stays of a proposal is counted: its state, its kind, its dates. Its key is destroyed, and with it what
reviewers wrote."""


class Proposal(models.Model):
    """What a person offers to present.

    `pending` is the decision that is prepared and that only organisers see. `score` and `reviewed` are
    those of all reviews that count; they change under the row's lock. `sending` is that of the form, so that
    the same form sent twice is one proposal. `reminded_at`: the speaker was reminded to confirm;
    `lapse_told_at`: organisers were told that `answer_by` has passed without an answer. `is_cleared`: nothing
    personal is left, only what is counted.
    """

    data = About(
        plain={"ref", "state", "pending", "kind", "talk_language", "language", "sending"},
        sealed={"content"},
        blind={"address_lookup"},
        on_public_pages=False,
        keep=(
            Term(
                183,
                after="ended_at",
                code="events.proposal_ended",
                name="ended",
                where=models.Q(is_cleared=False) & models.Q(ended_at__isnull=False),
                how=Clear(CLEARED),
                holder=("holder",),
                what=_("Proposals that were decided"),
                since=_("the day of the decision"),
                page="events-proposal",
            ),
            Term(
                30,
                after="call__closes_at",
                code="events.proposal_unsent",
                name="unsent",
                where=models.Q(is_cleared=False) & models.Q(state__in=("DRAFT", "UNCONFIRMED")),
                how=Clear(CLEARED),
                holder=("holder",),
                what=_("Proposals that were never sent"),
                since=_("the end of the call"),
                page="events-proposal",
            ),
            Term(
                365,
                after="call__event__ends",
                code="events.proposal",
                name="kept",
                where=models.Q(is_cleared=False),
                how=Clear(CLEARED),
                holder=("holder",),
                what=_("Proposals of past events"),
                since=_("the end of the event"),
                page="events-proposal",
            ),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_proposal_ref)
    call = models.ForeignKey(Call, models.CASCADE, related_name="proposals")
    member = models.ForeignKey("members.Member", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, default=ProposalState.DRAFT)
    pending = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=24)
    minutes = models.PositiveSmallIntegerField()
    track = models.ForeignKey(Track, models.SET_NULL, null=True, blank=True, related_name="+")
    talk_language = models.CharField(max_length=16)
    language = models.CharField(max_length=5)
    sending = models.CharField(max_length=32, unique=True)
    address_lookup = models.BinaryField(max_length=32)
    content = models.BinaryField()
    score = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    reviewed = models.PositiveSmallIntegerField(default=0)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    reminders = models.PositiveSmallIntegerField(default=0)
    invitations = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    lapse_told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_cleared = models.BooleanField(default=False)

    state_tables: ClassVar[dict[str, Any]] = {"state": PROPOSAL}
    steps: Any
    speakers: Any
    reviews: Any
    conflicts: Any

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["call", "state"], name="events_proposal_state"),
            models.Index(fields=["call", "address_lookup"], name="events_proposal_address"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def event(self) -> Event:
        """The event it is for."""
        return self.call.event

    @property
    def holder(self) -> str:
        """Whose data key opens it."""
        return f"events-proposal:{self.ref}"


class ProposalStep(Step):
    """One move of a proposal. Letters follow from it, and only from it."""

    subject = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    mailed_at = models.DateTimeField(null=True, blank=True)


class ProposalSpeaker(models.Model):
    """A person who would speak: the one who sent the proposal (`is_main`), or a co-speaker invited by mail,
    who answers by a link of their own. `consented_at` is the consent to the publication of name and
    biography, `recording` what they said about being recorded."""

    data = About(
        plain={"ref", "language", "recording"},
        sealed={"details"},
        blind={"address_lookup", "organisation_lookup"},
        on_public_pages=False,
        keep=Term(
            1,
            after="proposal__created_at",
            where=models.Q(proposal__is_cleared=True),
            what=_("Speakers of emptied proposals"),
            since=_("the day of the proposal"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_proposal_ref)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="speakers")
    is_main = models.BooleanField(default=False)
    language = models.CharField(max_length=5)
    address_lookup = models.BinaryField(max_length=32)
    organisation_lookup = models.BinaryField(max_length=32, blank=True, default=b"")
    details = models.BinaryField()
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    consent_version = models.PositiveSmallIntegerField(null=True, blank=True)
    recording = models.CharField(max_length=3, blank=True)
    recording_version = models.PositiveSmallIntegerField(null=True, blank=True)
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_main", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["proposal", "address_lookup"], name="events_proposal_speaker_once"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Review(models.Model):
    """The review that a person is assigned to give: one for each person and proposal. `words` are the comment
    to the committee and the private note."""

    data = About(
        plain={"scores"},
        sealed={"words"},
        on_public_pages=False,
        keep=Term(
            1,
            after="assigned_at",
            where=models.Q(proposal__is_cleared=True),
            what=_("Reviews of emptied proposals"),
            since=_("the day the review was assigned"),
        ),
    )

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews")
    person = models.ForeignKey("identity.Person", models.CASCADE, related_name="+")
    assigned_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    scores = models.JSONField(default=dict, blank=True)
    words = models.BinaryField(blank=True, default=b"")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "person"], name="events_review_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.person_id}"


class Conflict(models.Model):
    """Why a person does not judge a proposal: a code of `rules.visibility.ConflictKind`."""

    data = About(plain={"kind"}, on_public_pages=False, keep=With("proposal"))

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="conflicts")
    person = models.ForeignKey("identity.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    declared_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "person"], name="events_conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.person_id}"
