"""A child in danger: the concern, who decided what, and cases in which help goes on."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.helpline.states import (
    CASE,
    CONCERN,
    INCOMING,
    LINK,
    REFERRAL,
    SELF_IMAGE,
    CaseState,
    ConcernState,
    IncomingState,
    LinkState,
    ReferralState,
    SelfImageState,
)
from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step

PERSON = settings.AUTH_USER_MODEL
BROKEN = (
    ConcernState.APPROVED,
    ConcernState.NOTIFIED,
    ConcernState.ACKNOWLEDGED,
    ConcernState.CHILD_INFORMED,
    ConcernState.CHILD_NOT_REACHABLE,
)
"""States in which something was or is being told outside: the database itself refuses them
without a second person.
"""


class Concern(models.Model):
    """A concern is a worry that a child is in danger.

    What is passed to whom is sealed; two people decide, never the same one twice.

    `due_at` is when its next step should have happened; a move sets it anew and forgets that
    anybody was chased.
    """

    data = About(
        plain={"ref", "state", "ground", "target", "clock"},
        sealed={"facts", "told_plan"},
        keep=Term(
            730,
            after="reviewed_at",
            code="helpline.case",
            holder=("holder",),
            what=_("Safeguarding concerns"),
            since=_("the day of the last review"),
            page="helpline-concern",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=ConcernState.CONCERN)
    conversation = models.ForeignKey(
        "helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="concerns"
    )
    letter = models.ForeignKey(
        "helpline.Letter", models.SET_NULL, null=True, blank=True, related_name="concerns"
    )
    call = models.ForeignKey("helpline.Call", models.SET_NULL, null=True, blank=True, related_name="concerns")
    raised_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    raised_at = models.DateTimeField()
    consult_by = models.DateTimeField()
    ground = models.CharField(max_length=24, blank=True)
    target = models.CharField(max_length=24, blank=True)
    clock = models.CharField(max_length=12, blank=True)
    facts = models.BinaryField(default=bytes)
    told_plan = models.BinaryField(default=bytes)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    chased_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    review_by = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    state_tables = {"state": CONCERN}
    steps: Any

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | models.Q(proposed_by__isnull=False) & ~models.Q(approved_by=models.F("proposed_by")),
                name="concern_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[str(state) for state in BROKEN])
                | models.Q(approved_by__isnull=False),
                name="concern_broken_by_two",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(reviewed_at=None), name="concern_due")]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key of the facts."""
        return f"concern:{self.ref}"

    @property
    def about(self) -> str:
        """What an alert about this concern is about: the conversation, where there is one, so that its leads
        are called once.
        """
        return self.conversation.channel if self.conversation else f"helpline.concern.{self.ref}"


class ConcernStep(Step):
    """A move of a concern."""

    subject = models.ForeignKey(Concern, models.CASCADE, related_name="steps")


class ConcernNote(models.Model):
    """A note of a concern: what was agreed, why it was refused, how the child was told.

    Sealed with the concern's key.
    """

    data = About(plain={"ref", "kind"}, sealed={"body"}, keep=With("concern"))

    ref = models.CharField(max_length=12, default=new_reference)
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=12, default="NOTE")
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    body = models.BinaryField()
    at = models.DateTimeField()


class HelpCase(models.Model):
    """A case is help that goes on beyond one contact: notes, a plan, referrals, a day to look again.

    Closing takes a second person.
    """

    data = About(
        plain={"ref", "state", "urgency"},
        keep=Term(
            730,
            after="closed_at",
            code="helpline.case",
            where=models.Q(state=CaseState.CLOSED),
            holder=("holder",),
            what=_("Help cases"),
            since=_("the day the case was closed"),
            page="helpline-case",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=CaseState.DRAFT)
    case_worker = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    conversation = models.ForeignKey(
        "helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="cases"
    )
    letter = models.ForeignKey(
        "helpline.Letter", models.SET_NULL, null=True, blank=True, related_name="cases"
    )
    call = models.ForeignKey("helpline.Call", models.SET_NULL, null=True, blank=True, related_name="cases")
    concern = models.ForeignKey(Concern, models.SET_NULL, null=True, blank=True, related_name="cases")
    urgency = models.CharField(max_length=24, blank=True)
    opened_at = models.DateTimeField()
    follow_up_date = models.DateField(null=True, blank=True)
    follow_up_told_date = models.DateField(null=True, blank=True)
    close_proposed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    state_tables = {"state": CASE}
    steps: Any

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=str(CaseState.CLOSED))
                | models.Q(closed_by__isnull=False, close_proposed_by__isnull=False)
                & ~models.Q(closed_by=models.F("close_proposed_by")),
                name="case_closed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key of its notes."""
        return f"case:{self.ref}"


class CaseStep(Step):
    """A move of a case."""

    subject = models.ForeignKey(HelpCase, models.CASCADE, related_name="steps")


class CaseNote(models.Model):
    """A note of a case: what happened or what is planned. Sealed with the case's key."""

    data = About(plain={"ref", "kind"}, sealed={"body"}, keep=With("case"))

    ref = models.CharField(max_length=12, default=new_reference)
    case = models.ForeignKey(HelpCase, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=12, default="NOTE")
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    body = models.BinaryField()
    at = models.DateTimeField()


class Referral(models.Model):
    """A referral is a child passed on to another service: what is shared (sealed), with whose consent, by
    when, and what came of it.

    `asked` holds the same words under the conversation's key, so that the child reads what would be shared
    before answering.
    """

    data = About(
        plain={"ref", "state", "target", "clock", "consent", "outcome"},
        sealed={"words", "asked"},
        keep=Term(
            730,
            after="closed_at",
            code="helpline.case",
            holder=("holder",),
            what=_("Referrals to other bodies"),
            since=_("the day the referral was closed"),
            page="helpline-referral",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=ReferralState.SUGGESTED)
    conversation = models.ForeignKey(
        "helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="referrals"
    )
    letter = models.ForeignKey(
        "helpline.Letter", models.SET_NULL, null=True, blank=True, related_name="referrals"
    )
    call = models.ForeignKey(
        "helpline.Call", models.SET_NULL, null=True, blank=True, related_name="referrals"
    )
    case = models.ForeignKey(
        "helpline.HelpCase", models.SET_NULL, null=True, blank=True, related_name="referrals"
    )
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    target = models.CharField(max_length=24)
    clock = models.CharField(max_length=12, blank=True)
    words = models.BinaryField(default=bytes)
    asked = models.BinaryField(default=bytes)
    consent = models.CharField(max_length=24, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=24, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    state_tables = {"state": REFERRAL}
    steps: Any

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key of the words."""
        return f"referral:{self.ref}"


class ReferralStep(Step):
    """A move of a referral."""

    subject = models.ForeignKey(Referral, models.CASCADE, related_name="steps")


class IncomingReferral(models.Model):
    """A young person of the youth panel asked that we are told about them.

    `sent` is the referral of `kernel.integration`, whose payload (what they wrote, what to call them, how to
    reach them) is sealed for us and not copied; it is destroyed when they take it back. `reach` says whether
    they call or want to be called.
    """

    data = About(
        plain={"ref", "state", "sent", "age_layer", "language", "reach", "outcome"},
        keep=Term(
            30,
            after="closed_at",
            code="helpline.chat",
            holder=("holder",),
            what=_("Matters passed on by other services"),
            since=_("the day the matter was closed"),
            page="helpline-incoming-one",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=IncomingState.RECEIVED)
    sent = models.CharField(max_length=24, unique=True)
    age_layer = models.CharField(max_length=8)
    language = models.CharField(max_length=5)
    reach = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=24, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    state_tables = {"state": INCOMING}
    steps: Any

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key of the payload."""
        return f"referral:{self.sent}"

    @property
    def about(self) -> str:
        """What alerts are about."""
        return f"incoming:{self.ref}"


class IncomingReferralStep(Step):
    """A move of an incoming referral."""

    subject = models.ForeignKey(IncomingReferral, models.CASCADE, related_name="steps")


class HotlineLink(models.Model):
    """A hotline link is that an address was passed to the hotline.

    The address is not kept; the answer comes back as a code.
    """

    data = About(
        plain={"ref", "state", "suspected", "sent", "outcome"},
        keep=Term(
            30,
            after="at",
            code="helpline.chat",
            what=_("Addresses passed on to the hotline"),
            since=_("the day they were passed on"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=LinkState.CAPTURED)
    conversation = models.ForeignKey(
        "helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="links"
    )
    letter = models.ForeignKey(
        "helpline.Letter", models.SET_NULL, null=True, blank=True, related_name="links"
    )
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    suspected = models.CharField(max_length=32)
    sent = models.CharField(max_length=24, blank=True)
    outcome = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField()

    state_tables = {"state": LINK}
    steps: Any

    def __str__(self) -> str:
        return self.ref


class HotlineLinkStep(Step):
    """A move of a hotline link."""

    subject = models.ForeignKey(HotlineLink, models.CASCADE, related_name="steps")


class SelfImage(models.Model):
    """A one-time pass with which a child brings own pictures' addresses or hashes to the hotline directly.

    The pass itself is not kept.
    """

    data = About(
        plain={"ref", "state", "sent"},
        keep=Term(
            30,
            after="expires_at",
            code="helpline.chat",
            what=_("Passes to report one's own pictures"),
            since=_("the day the pass expired"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=SelfImageState.TOKEN_ISSUED)
    conversation = models.ForeignKey(
        "helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="self_images"
    )
    sent = models.CharField(max_length=24, blank=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    state_tables = {"state": SELF_IMAGE}
    steps: Any

    def __str__(self) -> str:
        return self.ref


class SelfImageStep(Step):
    """A move of a self-image pass."""

    subject = models.ForeignKey(SelfImage, models.CASCADE, related_name="steps")
