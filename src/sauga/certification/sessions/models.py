"""Tables of sessions: what a school asked for, whom it was offered to, what both sides reported."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.certification.sessions.rules.codes import LONGEST_NAME, MOST_HEADS, Group, Rating, Side, Source
from sauga.certification.states import BOOKING, OFFER, BookingState, OfferState
from sauga.kernel.data import About, Clear, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step


def new_booking_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class Booking(models.Model):
    """A session that a school or library asks for. The address and the note are encrypted under its own key.

    It is offered once its address is confirmed (`confirmed_at`). `organisation_name` is what was typed where
    the register has no such organisation. `activity` is the reference of an activity of Safer Internet Day.
    `took_place` is what was settled in the end.
    """

    data = About(
        plain={
            "ref",
            "state",
            "source",
            "organisation_name",
            "municipality",
            "topic",
            "audience",
            "language",
            "spoken",
            "activity",
        },
        sealed={"note", "address"},
        blind={"lookup"},
        on_public_pages=False,
        keep=(
            Term(
                1,
                after="expires_at",
                name="unconfirmed",
                where=models.Q(confirmed_at__isnull=True, state=BookingState.REQUESTED),
                holder=("holder",),
                what=_("Unconfirmed requests for a session"),
                since=_("the day the link expired"),
                page="certification-booking",
            ),
            Term(
                183,
                after="day",
                code="certification.session_address",
                name="address",
                where=~models.Q(lookup=b""),
                how=Clear({"address": b"", "note": b"", "lookup": b""}),
                holder=("holder",),
                what=_("Contact details of booked sessions"),
                since=_("the day of the session"),
                page="certification-booking",
            ),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_booking_ref)
    state = models.CharField(max_length=16, default=BookingState.REQUESTED)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.SITE)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    municipality = models.CharField(max_length=8)
    topic = models.CharField(max_length=32, blank=True)
    audience = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=32, default="lt")
    spoken = models.CharField(max_length=5, default="lt")
    day = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    heads_expected = models.PositiveSmallIntegerField(default=0)
    note = models.BinaryField(default=bytes)
    address = models.BinaryField(default=bytes)
    lookup = models.BinaryField(max_length=32, default=bytes)
    activity = models.CharField(max_length=40, blank=True)
    ambassador = models.ForeignKey(
        "certification.Ambassador", models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveSmallIntegerField(default=0)
    took_place = models.BooleanField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": BOOKING}
    steps: Any
    offers: Any
    reports: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(organisation_name=""),
                name="booking_has_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[BookingState.REQUESTED, BookingState.DECLINED])
                | Q(ambassador__isnull=False),
                name="booking_has_an_ambassador",
            ),
            models.UniqueConstraint(
                fields=["activity"], condition=~Q(activity=""), name="booking_of_activity_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "day", "id"], name="booking_desk"),
            models.Index(fields=["ambassador", "day"], name="booking_of_ambassador"),
            models.Index(fields=["lookup"], name="booking_lookup"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key opens the address and the words."""
        return f"certification-session:{self.ref}"

    def has_come(self, today: date) -> bool:
        """Whether its day has come, so that it can be reported."""
        return today >= self.day


class BookingStep(Step):
    """One move of a session."""

    subject = models.ForeignKey(Booking, models.CASCADE, related_name="steps")


class Offer(models.Model):
    """A session as one ambassador was asked."""

    data = About(plain={"ref", "state"}, on_public_pages=False, keep=With("booking"))

    ref = models.CharField(max_length=40, unique=True, default=new_booking_ref)
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="offers")
    ambassador = models.ForeignKey("certification.Ambassador", models.CASCADE, related_name="offers")
    state = models.CharField(max_length=8, default=OfferState.OFFERED)
    offered_at = models.DateTimeField()

    state_tables: ClassVar[dict[str, Any]] = {"state": OFFER}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booking", "ambassador"], name="offered_once"),
            models.UniqueConstraint(
                fields=["booking"], condition=Q(state=OfferState.ACCEPTED), name="accepted_by_one"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class OfferStep(Step):
    """One move of an offer."""

    subject = models.ForeignKey(Offer, models.CASCADE, related_name="steps")


class SessionReport(models.Model):
    """What one side says of a session: whether it took place, and, from the host, what it was like. `words`
    are encrypted under the session's key.
    """

    data = About(
        plain={"ref", "side", "rating"}, sealed={"words"}, on_public_pages=False, keep=With("booking")
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="reports")
    side = models.CharField(max_length=10, choices=Side.choices)
    took_place = models.BooleanField()
    rating = models.CharField(max_length=1, choices=Rating.choices, blank=True)
    words = models.BinaryField(default=bytes)
    at = models.DateTimeField()

    heads: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booking", "side"], name="one_report_each_side"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}:{self.side}"


class SessionHeads(models.Model):
    """How many people of one group one side counted."""

    data = About(plain={"group"}, on_public_pages=False, keep=With("report"))

    report = models.ForeignKey(SessionReport, models.CASCADE, related_name="heads")
    group = models.CharField(max_length=16, choices=Group.choices)
    n = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "session heads"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "group"], name="session_heads_once"),
            models.CheckConstraint(condition=Q(n__gte=1, n__lte=MOST_HEADS), name="session_heads_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}:{self.group}"
