"""Tables of reports: the report, its locations, thread and optional contact; what the helpline passed on.

No mark of who sent a report.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import SECOND_HALF
from sauga.hotline.reports.rules import ChildInDanger
from sauga.hotline.states import REPORT, ReportState
from sauga.kernel.data import About, Clear, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step


class ReportSet(models.QuerySet["Report"]):
    """Filters that read like the questions people ask."""

    def open(self) -> "ReportSet":
        """Not yet answered for good."""
        return self.exclude(state=ReportState.CLOSED)

    def overdue(self, at: datetime) -> "ReportSet":
        """Waiting longer than the triage target of their priority."""
        return self.filter(state=ReportState.RECEIVED, due_at__lt=at)


class Report(models.Model):
    """A report is one person's notification of content. Its text is sealed to the team and to the receipt."""

    data = About(
        plain={
            "ref",
            "state",
            "channel",
            "language",
            "category",
            "priority",
            "reporter_kind",
            "child_in_danger",
            "outcome",
        },
        sealed={"note"},
        blind={"receipt"},
        keep=Term(
            90,
            after="closed_at",
            code="hotline.words",
            name="words",
            where=~models.Q(words_gone=True),
            how=Clear({"note": b"", "words_gone": True}),
            holder=("holder",),
            what=_("Texts of reports"),
            since=_("the day the report was closed"),
            page="hotline-report-desk",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    receipt = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=20, default=ReportState.RECEIVED)
    channel = models.CharField(max_length=16, default="WEB")
    language = models.CharField(max_length=2)
    category = models.CharField(max_length=32)
    priority = models.CharField(max_length=2)
    reporter_kind = models.CharField(max_length=20, default="NOT_SAID")
    child_in_danger = models.CharField(max_length=12, default=ChildInDanger.NOT_STATED)
    spam_score = models.PositiveSmallIntegerField(default=0)
    seen_date = models.DateField(null=True, blank=True)
    note = models.BinaryField(default=bytes)
    words_gone = models.BooleanField(default=False)
    received_hour = models.DateTimeField()
    due_at = models.DateTimeField()
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    first_report = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="repeats")
    outcome = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)

    objects = ReportSet.as_manager()
    state_tables = {"state": REPORT}
    steps: Any

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(child_in_danger__in=list(ChildInDanger)), name="report_child_in_danger"
            )
        ]
        indexes = [
            models.Index(fields=["state", "priority", "due_at", "id"]),
            models.Index(fields=["received_hour"]),
            models.Index(OpClass(SECOND_HALF, name="text_pattern_ops"), name="report_second_half"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key that seals this report's text."""
        return f"report:{self.ref}"


class ReportStep(Step):
    """A move of a report. The first carries the hour only, as the report itself does."""

    subject = models.ForeignKey(Report, models.CASCADE, related_name="steps")


class Location(models.Model):
    """A location is one place as the reporter gave it, linked to the content item it turned out to be.

    Sealed with the report's key.
    """

    data = About(
        plain={"access_note", "match", "linked_by"},
        sealed={"given", "referrer"},
        keep=Term(
            90,
            after="report__closed_at",
            code="hotline.words",
            where=~models.Q(given=b""),
            how=Clear({"given": b"", "referrer": b""}),
            holds=("report",),
            what=_("Addresses as reporters gave them"),
            since=_("the day the report was closed"),
        ),
    )

    report = models.ForeignKey(Report, models.CASCADE, related_name="locations")
    item = models.ForeignKey("hotline.ContentItem", models.PROTECT, related_name="locations")
    position = models.PositiveSmallIntegerField()
    given = models.BinaryField()
    referrer = models.BinaryField(default=bytes)
    access_note = models.CharField(max_length=16, default="UNKNOWN")
    match = models.CharField(max_length=16, blank=True)
    linked_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="location_position_once")]


class Message(models.Model):
    """A message between the reporter and the analyst, sealed with the report's key.

    The reporter's carries the hour only, and who read it first and when.
    """

    data = About(
        plain={"ref"},
        sealed={"body"},
        keep=Term(
            90,
            after="report__closed_at",
            code="hotline.words",
            holds=("report",),
            what=_("Messages with reporters"),
            since=_("the day the report was closed"),
        ),
    )

    ref = models.CharField(max_length=12, default=new_reference)
    report = models.ForeignKey(Report, models.CASCADE, related_name="messages")
    from_reporter = models.BooleanField()
    body = models.BinaryField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["at", "id"],
                condition=models.Q(from_reporter=True, read_at=None),
                name="message_unread",
            )
        ]

    @property
    def holder(self) -> str:
        return self.report.holder


class Contact(models.Model):
    """A contact is how a reporter wants to be answered: own key, opened only by the contact custodian,
    shortest retention."""

    data = About(
        sealed={"value"},
        keep=Term(
            30,
            after="report__closed_at",
            holder=("holder",),
            holds=("report",),
            what=_("Contact details of reporters"),
            since=_("the day the report was closed"),
        ),
    )

    report = models.OneToOneField(Report, models.CASCADE, related_name="contact")
    value = models.BinaryField()
    expires_at = models.DateTimeField(null=True, blank=True)

    @property
    def holder(self) -> str:
        return f"contact:{self.report.ref}"


class Handover(models.Model):
    """A handover is a message of another service that became a report here;

    `told` is the last outcome that was sent back.
    """

    data = About(plain={"referral", "told"}, keep=With("report"))

    referral = models.CharField(max_length=24, unique=True)
    report = models.ForeignKey("hotline.Report", models.CASCADE, related_name="handovers")
    told = models.CharField(max_length=24, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(settled_at=None), name="handover_open")]

    def __str__(self) -> str:
        return self.referral


class OwnPass(models.Model):
    """An own pass lets one child bring own pictures, once, until its day.

    It does not say which report was made with it.
    """

    data = About(
        plain={"referral"},
        blind={"index"},
        keep=Term(
            30,
            after="expires_at",
            what=_("Passes to report one's own pictures that came here"),
            since=_("the day the pass expired"),
        ),
    )

    referral = models.CharField(max_length=24, unique=True)
    index = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    told = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.referral
