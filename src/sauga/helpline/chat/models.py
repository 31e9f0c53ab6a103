"""Chat: the conversation, its messages, and what only counsellors see of it. Nothing identifies the child."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.helpline.states import CHAT, LIVE, TALKING, WAITING, ChatState
from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step

PERSON = settings.AUTH_USER_MODEL


class ConversationSet(models.QuerySet["Conversation"]):
    """Filters that read like the questions people ask."""

    def waiting(self) -> "ConversationSet":
        """In the queue, or offered to a counsellor who has not answered yet."""
        return self.filter(state__in=WAITING)

    def talking(self) -> "ConversationSet":
        """With a counsellor, also while the line is lost."""
        return self.filter(state__in=TALKING)

    def live(self) -> "ConversationSet":
        """Going on for the child."""
        return self.filter(state__in=LIVE)


class Conversation(models.Model):
    """A conversation is one chat of a child (or adult) with the line. Its messages are encrypted to the team
    and to its receipt.

    `since` is when waiting began and is kept over refusals; `last_number` counts messages and is only raised
    under the row's lock. Instants of the visitor are needed while it lives and are rounded to the day when it
    closes. `receipt_nonce` is the form that the words were asked with, so that a double click shows them
    again and nothing else does.
    """

    data = About(
        plain={
            "ref",
            "state",
            "audience",
            "language",
            "band",
            "band_rules",
            "band_by",
            "self_urgency",
            "mood_before",
            "mood_after",
            "age_band",
            "chip",
            "ended_by",
        },
        blind={"receipt", "receipt_nonce"},
        keep=Term(
            30,
            after="closed_at",
            code="helpline.chat",
            holder=(
                "holder",
                "desk_holder",
            ),
            what=_("Chats"),
            since=_("the end of the chat"),
            page="helpline-talk",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    receipt = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=20, default=ChatState.NEW)
    audience = models.CharField(max_length=8, default="CHILD")
    language = models.CharField(max_length=2)
    band = models.CharField(max_length=12, default="NONE")
    band_rules = models.JSONField(default=list)
    band_by = models.CharField(max_length=40, blank=True)
    self_urgency = models.CharField(max_length=16, blank=True)
    mood_before = models.CharField(max_length=12, blank=True)
    mood_after = models.CharField(max_length=12, blank=True)
    age_band = models.CharField(max_length=16, blank=True)
    chip = models.CharField(max_length=24, blank=True)

    started_at = models.DateTimeField()
    since = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=16, blank=True)
    receipt_shown = models.BooleanField(default=False)
    receipt_nonce = models.BinaryField(max_length=16, null=True, blank=True)

    owner = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    offered_to = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    offered_until = models.DateTimeField(null=True, blank=True)
    monitored_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    monitored_since = models.DateTimeField(null=True, blank=True)
    monitor_seen_at = models.DateTimeField(null=True, blank=True)
    is_at_risk = models.BooleanField(default=False)
    is_escalated = models.BooleanField(default=False)

    last_number = models.PositiveIntegerField(default=0)
    child_read = models.PositiveIntegerField(default=0)
    staff_read = models.PositiveIntegerField(default=0)
    child_seen_at = models.DateTimeField(null=True, blank=True)
    staff_seen_at = models.DateTimeField(null=True, blank=True)
    last_word_at = models.DateTimeField(null=True, blank=True)
    prompts = models.PositiveSmallIntegerField(default=0)

    objects = ConversationSet.as_manager()
    state_tables = {"state": CHAT}
    steps: Any

    class Meta:
        indexes = [
            models.Index(fields=["state", "since"]),
            models.Index(fields=["owner", "state"]),
            models.Index(
                fields=["child_seen_at"], condition=Q(state__in=LIVE), name="conversation_live_seen"
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key that seals the words of both sides; the child's receipt opens it too."""
        return f"chat:{self.ref}"

    @property
    def desk_holder(self) -> str:
        """Name of the data key of what only counsellors may read: whispers, transfer cards."""
        return f"chat-desk:{self.ref}"

    @property
    def channel(self) -> str:
        """Name of the live channel on which both sides hear that something is new."""
        return f"helpline.chat.{self.ref}"


class ConversationStep(Step):
    """A move of a conversation."""

    subject = models.ForeignKey(Conversation, models.CASCADE, related_name="steps")


class Message(models.Model):
    """A message is numbered without gaps within its conversation. `author` is CHILD, COUNSELLOR or LINE.

    What the LINE says is a code (`event`) and no text. `nonce` comes from the sender's page, so that a
    message sent twice is stored once.
    """

    data = About(plain={"author", "event"}, sealed={"body"}, blind={"nonce"}, keep=With("conversation"))

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=12)
    event = models.CharField(max_length=24, blank=True)
    body = models.BinaryField(default=bytes)
    nonce = models.BinaryField(max_length=16, null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="message_number_once"),
            models.UniqueConstraint(fields=["conversation", "nonce"], name="message_nonce_once"),
        ]


class Whisper(models.Model):
    """A whisper is a note that only counsellor and shift lead see. Encrypted with the desk key."""

    data = About(plain={"ref"}, sealed={"body"}, keep=With("conversation"))

    ref = models.CharField(max_length=12, default=new_reference)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="whispers")
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    is_private = models.BooleanField(default=False)
    body = models.BinaryField()
    at = models.DateTimeField()


class Offer(models.Model):
    """An offer is one conversation (or call) given to one counsellor for 30 seconds, and
    what became of it.
    """

    data = About(plain={"answer", "reason"}, keep=With("conversation"))

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, null=True, blank=True, related_name="offers"
    )
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    answer = models.CharField(max_length=12, default="OPEN")
    reason = models.CharField(max_length=24, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "at"])]


class Transfer(models.Model):
    """A transfer is a conversation handed to a colleague with a context card; the old owner stays
    until it is taken.
    """

    data = About(plain={"ref", "consent", "outcome"}, sealed={"card"}, keep=With("conversation"))

    ref = models.CharField(max_length=12, default=new_reference)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="transfers")
    giver = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    taker = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    card = models.BinaryField(default=bytes)
    consent = models.CharField(max_length=12, default="ASKED")
    at = models.DateTimeField()
    until = models.DateTimeField()
    outcome = models.CharField(max_length=12, default="OPEN")
