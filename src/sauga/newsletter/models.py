"""Tables of the newsletter: sign-ups that wait, subscriptions, issues with their pages, one row for each mail
until it may be forgotten, and numbers by day.
"""

import secrets
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.newsletter.states import BEGUN, ISSUE, IssueState
from sauga.portal.models.base import PortalPage


def new_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


def new_token() -> str:
    """What tells one mail from all others: in its return address and its Message-ID."""
    return secrets.token_hex(16)


def _lists() -> Any:
    return ArrayField(models.CharField(max_length=24), default=list)


class SignUp(models.Model):
    """An address was typed; the reader of its mail confirms it. The address is encrypted under a key of
    its own, destroyed as soon as the sign-up is used or over.
    """

    data = About(
        plain={"ref", "language", "lists"},
        sealed={"address"},
        blind={"lookup"},
        on_public_pages=False,
        keep=Term(
            1,
            after="expires_at",
            holder=("holder",),
            what=_("Unconfirmed sign-ups for the newsletter"),
            since=_("the day the link expired"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    lookup = models.BinaryField(max_length=32)
    address = models.BinaryField()
    language = models.CharField(max_length=5)
    lists = _lists()
    version = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["lookup"], name="newsletter_signup_lookup"),
            models.Index(fields=["expires_at"], name="newsletter_signup_expires"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key opens the address."""
        return f"newsletter-signup:{self.ref}"

    def is_open(self, at: datetime) -> bool:
        """Whether it can still be confirmed."""
        return self.used_at is None and at < self.expires_at


class Subscription(models.Model):
    """A confirmed address, encrypted under a key of its own. Ending it deletes the row and destroys the key;
    nothing of it stays.

    `lookup` is the blind index of the address; `version` is that of the text agreed to. `soft_bounces` counts
    issues in a row that came back, `is_bounced` whether the last one did.
    """

    data = About(
        plain={"ref", "language", "lists"},
        sealed={"address"},
        blind={"lookup"},
        on_public_pages=False,
        keep=Forever(
            _(
                "Until the person unsubscribes or the address bounces; "
                "the row and its key are then deleted at once."
            ),
            what=_("Subscriptions to the newsletter"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    lookup = models.BinaryField(max_length=32, unique=True)
    address = models.BinaryField()
    language = models.CharField(max_length=5)
    lists = _lists()
    version = models.PositiveSmallIntegerField()
    confirmed_at = models.DateTimeField()
    soft_bounces = models.PositiveSmallIntegerField(default=0)
    is_bounced = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key opens the address."""
        return f"newsletter:{self.ref}"


class IssueSet(models.QuerySet["Issue"]):
    """Chainable questions about issues."""

    def public(self) -> Self:
        """Those that people received: what was cancelled before its first mail was handed over is left
        out."""
        return self.filter(state__in=BEGUN).exclude(state=IssueState.CANCELLED, handed=0)


class Issue(models.Model):
    """One issue in one language. `editor_id` is who changed it last: another person sends it.

    The numbers say what became of its mails and stay when the mails' own rows are deleted.
    """

    data = About(
        plain={"ref", "language", "lists", "title", "intro", "state"},
        keep=Forever(_("Published words, about nobody."), what=_("Issues of the newsletter")),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    language = models.CharField(max_length=5)
    lists = _lists()
    title = models.CharField(max_length=120)
    intro = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=12, default=IssueState.DRAFT)
    editor_id = models.BigIntegerField(null=True, blank=True)
    written_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    handed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)

    objects = IssueSet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": ISSUE}
    steps: Any
    items: Any

    def __str__(self) -> str:
        return self.title


class IssueStep(Step):
    """One move of an issue."""

    subject = models.ForeignKey(Issue, models.CASCADE, related_name="steps")


class IssueItem(models.Model):
    """A page in an issue. When sending begins, title, summary and address are kept as they were sent."""

    data = About(plain={"title", "summary", "path"}, keep=With("issue"))

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    page = models.ForeignKey(PortalPage, models.SET_NULL, null=True, related_name="+")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issue", "page"], name="newsletter_page_once"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.page_id)


class Delivery(models.Model):
    """One mail of an issue: waiting while `sent_at` and `failed_at` are empty. It outlives its subscription,
    then saying nothing of whom it was for.
    """

    data = About(
        plain={"token"},
        on_public_pages=False,
        keep=Term(
            60, after="made_at", what=_("Deliveries of the newsletter"), since=_("the day the issue was sent")
        ),
    )

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(
        Subscription, models.SET_NULL, null=True, related_name="deliveries", db_index=True
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issue", "subscription"], name="newsletter_mail_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["issue", "next_at"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
                name="newsletter_waiting",
            ),
            models.Index(fields=["issue", "sent_at"], name="newsletter_sent"),
            models.Index(fields=["sent_at"], name="newsletter_sent_at"),
        ]

    def __str__(self) -> str:
        return self.token


class Happening(models.TextChoices):
    """What is counted by day and language."""

    CONFIRMED = "confirmed", "confirmed"
    LEFT = "left", "left"
    BOUNCED = "bounced", "bounced"
    MOVED_IN = "moved_in", "moved in"
    MOVED_OUT = "moved_out", "moved out"
    HANDED = "handed", "handed"
    RETURNED = "returned", "returned"


class DayCount(models.Model):
    """How often something happened on a day, by language. One number, about no person."""

    data = About(
        plain={"language", "kind"},
        on_public_pages=False,
        keep=Forever(
            _("Numbers by day and language, about nobody."), what=_("Daily counts of the newsletter")
        ),
    )

    day = models.DateField()
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=12, choices=Happening.choices)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "language", "kind"], name="newsletter_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.language} {self.kind}"
