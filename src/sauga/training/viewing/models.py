"""Tables of viewing sites: a library at a webinar, its equipment tests, its counts, its messages with the
organisers, and, apart and encrypted, who hosts.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.training.states import SITE, SiteState
from sauga.training.viewing.rules import (
    LONGEST_MESSAGE,
    LONGEST_NOTE,
    MOST_HEADS,
    MOST_SEATS,
    Picture,
    Standing,
)


def new_site_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class ViewingSite(models.Model):
    """A library that is invited to show one webinar to people in its hall.

    `since` is when its state was reached; `sent` are the mails that went out by themselves (`rules.Due`), so
    that none goes out twice. `picture` is what the library sees, as its page reports; `heard_at` when the
    page was last heard of. `member` is the librarian to whose course the evening counts, where one said so.
    """

    data = About(
        plain={"ref", "municipality", "state", "language", "sent", "picture", "note"},
        on_public_pages=False,
        keep=Forever(
            _("Which library showed which webinar, as its head counts say; about no person."),
            what=_("Viewing sites"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_site_ref)
    webinar = models.ForeignKey("training.Webinar", models.CASCADE, related_name="sites")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=SiteState.INVITED)
    since = models.DateTimeField()
    language = models.CharField(max_length=5, default="lt")
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    member = models.ForeignKey("members.Member", models.SET_NULL, null=True, blank=True, related_name="+")
    sent = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    invited_at = models.DateTimeField()
    declined_at = models.DateTimeField(null=True, blank=True)
    fallback_at = models.DateTimeField(null=True, blank=True)
    slips_at = models.DateTimeField(null=True, blank=True)
    picture = models.CharField(max_length=8, choices=Picture.choices, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": SITE}
    steps: Any
    tests: Any
    counts: Any
    messages: Any
    host: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["webinar", "organisation"], name="training_site_once"),
            models.CheckConstraint(
                condition=Q(state=SiteState.INVITED) | Q(seats__gte=1, seats__lte=MOST_SEATS),
                name="training_site_has_seats",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["webinar", "municipality"], name="training_site_wall"),
            models.Index(fields=["state", "since"], name="training_site_due"),
            models.Index(fields=["member"], name="training_site_member"),
        ]

    def __str__(self) -> str:
        return str(self.organisation.present_name())

    @property
    def holder(self) -> str:
        """Whose data key opens what the host wrote."""
        return f"training-site:{self.ref}"

    @property
    def standing(self) -> Standing:
        """What decides about what comes next."""
        return Standing(
            state=self.state,
            since=self.since,
            invited_at=self.invited_at,
            is_declined=self.declined_at is not None,
            sent=frozenset(self.sent),
        )

    @property
    def over_at(self) -> datetime:
        """When its webinar is over."""
        found: datetime = self.webinar.times.over_at
        return found


class ViewingSiteStep(Step):
    """One move of a viewing site."""

    subject = models.ForeignKey(ViewingSite, models.CASCADE, related_name="steps")


class SiteHost(models.Model):
    """Who hosts at a library: a name, a telephone and, where it is not the library's mailbox, a mail address;
    encrypted under a key of its own. `ends_at` is the end of the webinar, from which it is kept for a while.
    """

    data = About(
        sealed={"name", "phone", "address"},
        on_public_pages=False,
        keep=Term(
            92,
            after="ends_at",
            code="training.site_host",
            holder=("site.holder",),
            what=_("Contact details of viewing sites"),
            since=_("the end of the webinar"),
        ),
    )

    site = models.OneToOneField(ViewingSite, models.CASCADE, related_name="host")
    name = models.BinaryField()
    phone = models.BinaryField()
    address = models.BinaryField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.site_id)


class SiteTest(models.Model):
    """One test of the equipment of a library: what was seen and heard, how fast the connection was."""

    data = About(
        on_public_pages=False,
        keep=Term(
            731,
            after="at",
            code="training.site_test",
            what=_("Test results of viewing sites"),
            since=_("the day of the test"),
        ),
    )

    site = models.ForeignKey(ViewingSite, models.CASCADE, related_name="tests")
    at = models.DateTimeField()
    picture = models.BooleanField()
    sound = models.BooleanField()
    smooth = models.BooleanField()
    fallback = models.BooleanField(default=False)
    kbit = models.PositiveIntegerField(null=True, blank=True)
    passed = models.BooleanField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.site_id} {self.at:%Y-%m-%d}"


class SiteCount(models.Model):
    """How many people of one group were in the hall, as the library reports."""

    data = About(plain={"group"}, on_public_pages=False, keep=With("site"))

    site = models.ForeignKey(ViewingSite, models.CASCADE, related_name="counts")
    group = models.CharField(max_length=40)
    heads = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["site", "group"], name="training_count_once"),
            models.CheckConstraint(
                condition=Q(heads__gte=1, heads__lte=MOST_HEADS), name="training_count_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.group}"


class SiteMessage(models.Model):
    """One message between a library and the organisers. About the evening, and about no visitor."""

    data = About(
        plain={"text"},
        on_public_pages=False,
        keep=Term(
            183,
            after="at",
            code="training.site_message",
            what=_("Messages of viewing sites"),
            since=_("the day of the message"),
        ),
    )

    site = models.ForeignKey(ViewingSite, models.CASCADE, related_name="messages")
    from_host = models.BooleanField()
    text = models.CharField(max_length=LONGEST_MESSAGE)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["site"],
                name="training_message_unread",
                condition=Q(from_host=True, read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.at:%Y-%m-%d}"
