"""Tables of check-in: entrances, lists, devices, every scan, and how many came in the end."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.events.checkin.rules import OPENS_BEFORE, Kind, Opening, Outcome
from sauga.events.programme.models import Event, Session, said
from sauga.events.registration.models import Registration, Ticket
from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference

USUAL_MINUTES = int(OPENS_BEFORE.total_seconds() // 60)


class Entrance(models.Model):
    """A place at which people are let in. An event with one needs none."""

    data = About(plain={"ref", "name"}, on_public_pages=False, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="entrances")
    name = models.JSONField(default=dict)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return said(self.name)


class CheckList(models.Model):
    """Who may enter what: the event (`is_main`), or one session, independently of it. `tickets` may enter;
    none means all of the event. It opens so many minutes before the beginning."""

    data = About(plain={"ref"}, on_public_pages=False, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="check_lists")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    is_main = models.BooleanField(default=False)
    tickets = models.ManyToManyField(Ticket, related_name="+", blank=True)
    opens_before = models.PositiveSmallIntegerField(default=USUAL_MINUTES)

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_main", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(is_main=True), name="events_checklist_one_main"
            ),
            models.UniqueConstraint(fields=["event", "session"], name="events_checklist_session"),
        ]

    def __str__(self) -> str:
        if self.is_main:
            return gettext("Whole event")
        return str(self.session) if self.session is not None else gettext("A removed session")

    @property
    def opening(self) -> Opening:
        """When it lets people in."""
        held = self.session or self.event
        return Opening(opens=held.starts - timedelta(minutes=self.opens_before), closes=held.ends)


class Device(models.Model):
    """A phone or a browser that checks people in. `unsent` and `slow_by` (milliseconds of its clock) are what
    it said last."""

    data = About(
        plain={"code"},
        on_public_pages=False,
        keep=Term(
            1,
            after="event__ends",
            code="events.check_device",
            what=_("Devices of entrance staff"),
            since=_("the end of the event"),
        ),
    )

    event = models.ForeignKey(Event, models.CASCADE, related_name="check_devices")
    code = models.CharField(max_length=12)
    entrance = models.ForeignKey(Entrance, models.SET_NULL, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField()
    unsent = models.PositiveIntegerField(default=0)
    slow_by = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "code"], name="events_checkdevice_once"),
        ]

    def __str__(self) -> str:
        return self.code


class CheckIn(models.Model):
    """One scan, whatever became of it; none is ever dropped. The device made `nonce`, so that sending it
    again adds nothing. `outcome` is that of the merge (`rules.merge`), written anew whenever another scan of
    the same registration arrives. `registration` is empty for an unknown ticket."""

    data = About(
        plain={
            "nonce",
            "device",
            "kind",
            "method",
            "undoes",
            "groups",
            "by",
            "outcome",
            "why",
            "resolution",
            "resolved_by",
        },
        on_public_pages=False,
        keep=Term(
            30,
            after="check_list__event__ends",
            code="events.registration",
            what=_("Check-ins at the entrance"),
            since=_("the end of the event"),
        ),
    )

    nonce = models.CharField(max_length=32, unique=True)
    check_list = models.ForeignKey(CheckList, models.CASCADE, related_name="check_ins")
    registration = models.ForeignKey(
        Registration, models.CASCADE, null=True, blank=True, related_name="check_ins"
    )
    entrance = models.ForeignKey(Entrance, models.SET_NULL, null=True, blank=True, related_name="+")
    device = models.CharField(max_length=12)
    kind = models.CharField(max_length=4, default=Kind.IN)
    method = models.CharField(max_length=8)
    undoes = models.CharField(max_length=32, blank=True)
    heads = models.PositiveSmallIntegerField(default=1)
    groups = models.JSONField(default=dict, blank=True)
    scanned_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by = models.CharField(max_length=40)
    outcome = models.CharField(max_length=8, default=Outcome.COUNTED)
    why = models.CharField(max_length=16, blank=True)
    resolution = models.CharField(max_length=4, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["registration", "check_list"], name="events_checkin_registration"),
            models.Index(fields=["check_list", "outcome"], name="events_checkin_outcome"),
            models.Index(fields=["check_list", "received_at"], name="events_checkin_received"),
        ]

    def __str__(self) -> str:
        return self.nonce
