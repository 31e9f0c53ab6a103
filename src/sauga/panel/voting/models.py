"""Tables of ballots. No row ever holds a vote that can be read: only sealed ones, and of the result only what
is published (docs/decisions/0158-secret-ballots.md)."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel import sealed
from sauga.kernel.data import About, Term
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.panel.states import BALLOT, BallotState
from sauga.panel.voting.rules.ballots import Question, options_from_json
from sauga.panel.voting.rules.codes import LONGEST_QUESTION, LONGEST_TEXT, Kind
from sauga.panel.voting.rules.decisions import Standing


def new_ballot_ref() -> str:
    """A reference that nobody can guess: 60 bits."""
    return new_reference(12)


def new_slot() -> str:
    """What binds a sealed vote to its place: 80 bits."""
    return new_reference(16)


class Ballot(models.Model):
    """A question put to the members who were active when it opened. Its text is frozen then, with its digest.

    `key_mark` is the machine's mark over number, digest and public key: a person who writes here cannot make
    one. `result` is written once, at the count, and never again. `called_at` is when facilitators were told
    that it waits to be counted.
    """

    data = About(
        plain={
            "ref",
            "state",
            "kind",
            "question",
            "text",
            "options",
            "proposal_ref",
            "tie_order",
            "digest",
            "public_key",
            "key_mark",
            "result",
        },
        on_public_pages=False,
        keep=Term(
            3653,
            after="ended_at",
            what=_("Ballots"),
            since=_("the end of the ballot"),
            page="panel-ballot-desk",
        ),
    )

    ref = models.CharField(max_length=16, unique=True, default=new_ballot_ref)
    state = models.CharField(max_length=12, default=BallotState.DRAFT)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    question = models.CharField(max_length=LONGEST_QUESTION)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    options = models.JSONField(default=list, blank=True)
    seats = models.PositiveSmallIntegerField(default=1)
    quorum = models.PositiveSmallIntegerField()
    proposal_ref = models.CharField(max_length=40, blank=True)
    ends_at = models.DateTimeField()
    written_at = models.DateTimeField()
    author = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    tie_order = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    public_key = models.BinaryField(default=bytes, blank=True)
    key_mark = models.BinaryField(default=bytes, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": BALLOT}
    steps: Any
    voters: Any

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "ends_at", "id"], name="panel_ballot_desk"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def frozen(self) -> Question:
        """Everything that a vote is about."""
        return Question(
            ref=self.ref,
            kind=Kind(self.kind),
            question=self.question,
            text=self.text,
            options=options_from_json(self.options),
            seats=self.seats,
            quorum=self.quorum,
            proposal=self.proposal_ref,
            ends_at=self.ends_at,
            tie_order=tuple(self.tie_order),
            key=bytes(self.public_key).hex(),
        )

    @property
    def is_genuine(self) -> bool:
        """Whether key and digest are those that were made at the opening. Raises KeyNotAvailable."""
        return sealed.ballots.is_marked(
            bytes(self.public_key), bytes(self.key_mark), ref=self.ref, said=self.digest
        )

    @property
    def standing(self) -> Standing:
        """What decisions about it are taken from."""
        return Standing(self.state, self.author_id, self.frozen, self.digest)


class BallotStep(Step):
    """One move of a ballot."""

    subject = models.ForeignKey(Ballot, models.CASCADE, related_name="steps")


class Voter(models.Model):
    """A member who may vote in a ballot: who was active when it opened. `has_voted` is all that is shown.

    `sealed_vote` is destroyed at the count, and with it the key that could open it. No time is kept.
    """

    data = About(
        plain={"slot"},
        sealed={"sealed_vote"},
        on_public_pages=False,
        keep=Term(
            92, after="ballot__ended_at", what=_("Lists of who could vote"), since=_("the end of the ballot")
        ),
    )

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="voters")
    member = models.ForeignKey("panel.Member", models.CASCADE, related_name="+")
    slot = models.CharField(max_length=20, unique=True, default=new_slot)
    has_voted = models.BooleanField(default=False)
    sealed_vote = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ballot", "member"], name="panel_voter_once"),
        ]

    def __str__(self) -> str:
        return self.slot
