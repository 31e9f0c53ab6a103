"""What is asked of a provider: the notice, its items, the answers, and the templates of its letters."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.hotline.states import NOTICE, NoticeState
from sauga.hotline.tracing.models import Provider, ProviderContact
from sauga.kernel.data import About, Clear, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step


class NoticeTemplate(models.Model):
    """A notice template is the text for one legal basis, audience and purpose in one language; a change makes
    a new version."""

    data = About(
        plain={"basis", "audience", "purpose", "language", "subject", "body", "legal_text", "status"},
        keep=Forever(_("Old notices must stay explainable."), what=_("Templates of notices")),
    )

    basis = models.CharField(max_length=24)
    audience = models.CharField(max_length=12)
    purpose = models.CharField(max_length=16)
    language = models.CharField(max_length=2)
    version = models.PositiveIntegerField(default=1)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    legal_text = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, default="provisional")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["basis", "audience", "purpose", "language", "version"],
                name="notice_template_version_once",
            )
        ]


class Notice(models.Model):
    """A notice asks one provider to act on one or more items.

    Every letter about it is a NoticeMail; its outcome follows from its items.
    """

    data = About(
        plain={"ref", "basis", "purpose", "language", "priority", "state"},
        keep=Term(
            730,
            after="drafted_at",
            code="hotline.address",
            name="texts",
            where=models.Q(texts_gone=False),
            how=Clear({"texts_gone": True}),
            holder=("holder",),
            what=_("Texts of notices to providers"),
            since=_("the day the notice was drafted"),
            page="hotline-notice",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="notices")
    contact = models.ForeignKey(ProviderContact, models.PROTECT, related_name="notices")
    template = models.ForeignKey(NoticeTemplate, models.PROTECT, related_name="notices")
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="following")
    basis = models.CharField(max_length=24)
    purpose = models.CharField(max_length=16, default="FIRST")
    language = models.CharField(max_length=2)
    priority = models.CharField(max_length=2)
    state = models.CharField(max_length=20, default=NoticeState.DRAFTED)
    is_csam = models.BooleanField(default=False)
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    second_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    acknowledge_by = models.DateTimeField(null=True, blank=True)
    remove_by = models.DateTimeField(null=True, blank=True)
    next_rung_at = models.DateTimeField(null=True, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    texts_gone = models.BooleanField(default=False)

    state_tables = {"state": NOTICE}
    steps: Any

    class Meta:
        indexes = [
            models.Index(fields=["state", "-drafted_at"]),
            models.Index(
                fields=["next_rung_at"],
                condition=models.Q(next_rung_at__isnull=False),
                name="notice_next_rung",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key that seals the text as sent."""
        return f"notice:{self.ref}"


class NoticeStep(Step):
    """A move of a notice."""

    subject = models.ForeignKey(Notice, models.CASCADE, related_name="steps")


class NoticeMail(models.Model):
    """A notice mail is one letter about a notice: first, reminder, correction.

    Its link opens a page without an account and is bound to the notice and to the contact; only the link's
    hash is kept. The text as sent is sealed with the notice's key (row: the mail's reference).
    """

    data = About(
        plain={"ref", "purpose", "statement", "return_token", "code"},
        sealed={"body"},
        blind={"link"},
        keep=With("notice"),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="mails")
    contact = models.ForeignKey(ProviderContact, models.PROTECT, related_name="mails")
    template = models.ForeignKey(NoticeTemplate, models.PROTECT, related_name="mails")
    item = models.ForeignKey(ContentItem, models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=16)
    statement = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField()
    body = models.BinaryField(default=bytes)
    link = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    link_expires_at = models.DateTimeField(null=True, blank=True)
    return_token = models.CharField(max_length=24, unique=True, null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=12, blank=True)


class NoticeItem(models.Model):
    """One item inside a notice, and what the provider said of it."""

    data = About(plain={"answer", "outcome"}, keep=With("notice"))

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="items")
    item = models.ForeignKey(ContentItem, models.PROTECT, related_name="notice_items")
    occurrence = models.PositiveSmallIntegerField(default=1)
    answer = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "item"], name="notice_item_once")]


class NoticeAnswer(models.Model):
    """What a provider answered, with its text if it gave any (sealed with the notice's key).

    A dispute has its decision, the reason that the provider is given (sealed in the same way) and who
    decided.
    """

    data = About(
        plain={"ref", "answer", "reason", "decision"},
        sealed={"words", "decision_words"},
        blind={"ticket"},
        keep=With("notice"),
    )

    ref = models.CharField(max_length=12, default=new_reference)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="answers")
    at = models.DateTimeField()
    answer = models.CharField(max_length=20)
    reason = models.CharField(max_length=16, blank=True)
    item_count = models.PositiveSmallIntegerField(default=0)
    words = models.BinaryField(default=bytes)
    ticket = models.BinaryField(max_length=16, null=True, blank=True, unique=True)
    decision = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decision_words = models.BinaryField(default=bytes)
