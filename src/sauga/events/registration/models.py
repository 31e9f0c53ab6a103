"""Tables of registration: quotas, tickets that draw on them, questions, registrations with their steps and
their mails.

Who registers is encrypted under a key of the registration's own, access needs under another; both keys are
destroyed when they are no longer needed (`retention`).
"""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event, said
from sauga.events.registration.rules import speaks_to_child
from sauga.events.states import OPEN, REGISTRATION, RegistrationState
from sauga.kernel.data import About, Clear, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step


def new_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


def new_token() -> str:
    """What the QR code of a ticket holds: 80 bits, and nothing else leads to it or from it."""
    return new_reference(16).replace("-", "")


def new_code() -> str:
    """The short code of a ticket, to be read aloud and typed; another one is drawn where it is taken."""
    return new_reference(7)


class Quota(models.Model):
    """So many seats of one kind: in the hall, online. `size` is the one number that says how many there are;
    `taken` are those of confirmed and offered registrations, `waiting` counts registrations in the line.

    `taken` and `waiting` change only under the row's lock (`actions.seats`); the database refuses more than
    there are.
    """

    data = About(plain={"ref", "name"}, on_public_pages=False, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="quotas")
    name = models.JSONField(default=dict)
    size = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(taken__lte=F("size")), name="events_quota_not_oversold"),
        ]

    def __str__(self) -> str:
        return said(self.name)

    @property
    def free(self) -> int:
        """Free seats."""
        return self.size - self.taken


class Ticket(models.Model):
    """What one registers for: a person's seat in the hall, a class online. It draws on one or several quotas;
    a registration takes its heads from each of them."""

    data = About(plain={"ref", "name"}, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="tickets")
    name = models.JSONField(default=dict)
    quotas = models.ManyToManyField(Quota, related_name="tickets")
    is_for_classes = models.BooleanField(default=False)
    wants_approval = models.BooleanField(default=False)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="events_ticket_closes_after"
            ),
        ]

    def __str__(self) -> str:
        return said(self.name)

    @property
    def speaks_to_child(self) -> bool:
        """Whether the form for it speaks to a child."""
        return speaks_to_child(self.event.audiences, is_for_classes=self.is_for_classes)

    def is_open(self, at: datetime) -> bool:
        """Whether one can register for it now."""
        return self.opens_at <= at < self.closes_at


class Question(models.Model):
    """A question of the organisers, asked of everybody who registers for the event. `choices` are the
    answers of a CHOICE, by language, one a line."""

    data = About(plain={"ref", "kind", "text", "choices"}, on_public_pages=False, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=8)
    text = models.JSONField(default=dict)
    choices = models.JSONField(default=dict, blank=True)
    is_required = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return said(self.text)


class RegistrationSet(models.QuerySet["Registration"]):
    """Chainable questions about registrations."""

    def open(self) -> Self:
        """Those that can still come to something."""
        return self.filter(state__in=OPEN)

    def waiting(self) -> Self:
        """The line, from its front."""
        return self.filter(state=RegistrationState.WAITLISTED).order_by("-has_priority", "number")


class Registration(models.Model):
    """A person or a class that wants to come to an event.

    `heads` are its seats; of a class `groups` says how many by group, and no pupil is named. `attended_heads`
    and `attended_groups` are how many came: unknown until a check-in or the end of the event. `number` is its
    place in the line by time: the identity of the step to the line, written under the locks of its quotas.
    `sending` is that of the form, so that the same form sent twice is one registration; `person` (a blind
    index of address and name) allows one open registration of a person for an event. `entry_token` and
    `entry_code` are shown at the entrance; they open no page. `photo` is what a person
    agreed to about photographs (code of `photo_consent`), `photo_children` for how many of a class guardians
    agreed.
    """

    data = About(
        plain={
            "ref",
            "state",
            "groups",
            "attended_groups",
            "priority_reason",
            "language",
            "sending",
            "entry_token",
            "entry_code",
            "photo",
        },
        sealed={"details", "needs"},
        blind={"address_lookup", "person"},
        on_public_pages=False,
        keep=(
            Term(
                30,
                after="event__ends",
                holder=(
                    "holder",
                    "needs_holder",
                ),
                what=_("Registrations for events"),
                since=_("the end of the event"),
                page="events-registration",
            ),
            Term(
                1,
                after="event__ends",
                code="events.access_needs",
                name="needs",
                where=~models.Q(needs=b""),
                how=Clear({"needs": b""}),
                holder=("needs_holder",),
                what=_("Access needs of participants"),
                since=_("the end of the event"),
                page="events-registration",
            ),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="registrations")
    member = models.ForeignKey("members.Member", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, default=RegistrationState.STARTED)
    heads = models.PositiveSmallIntegerField(default=1)
    groups = models.JSONField(default=dict, blank=True)
    attended_heads = models.PositiveSmallIntegerField(null=True, blank=True)
    attended_groups = models.JSONField(default=dict, blank=True)
    number = models.BigIntegerField(null=True, blank=True)
    has_priority = models.BooleanField(default=False)
    priority_reason = models.CharField(max_length=24, blank=True)
    offer_until = models.DateTimeField(null=True, blank=True)
    offers = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=5)
    sending = models.CharField(max_length=32, unique=True)
    entry_token = models.CharField(max_length=16, unique=True, default=new_token)
    entry_code = models.CharField(max_length=8, default=new_code)
    address_lookup = models.BinaryField(max_length=32)
    person = models.BinaryField(max_length=32)
    details = models.BinaryField()
    needs = models.BinaryField(blank=True, default=b"")
    wants_guardian = models.BooleanField(default=False)
    guardian_agreed_at = models.DateTimeField(null=True, blank=True)
    guardian_version = models.PositiveSmallIntegerField(null=True, blank=True)
    photo = models.CharField(max_length=24, blank=True)
    photo_version = models.PositiveSmallIntegerField(null=True, blank=True)
    photo_children = models.PositiveSmallIntegerField(default=0)
    reminders = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = RegistrationSet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": REGISTRATION}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(heads__gte=1), name="events_registration_heads"),
            models.CheckConstraint(
                condition=Q(attended_heads__isnull=True) | Q(attended_heads__lte=F("heads")),
                name="events_registration_attended",
            ),
            models.UniqueConstraint(fields=["event", "entry_code"], name="events_registration_entry_code"),
            models.UniqueConstraint(
                fields=["event", "person"], condition=Q(state__in=OPEN), name="events_registration_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["event", "state", "number"], name="events_registration_line"),
            models.Index(fields=["event", "address_lookup"], name="events_registration_address"),
            models.Index(
                fields=["offer_until"],
                name="events_registration_offers",
                condition=Q(state=RegistrationState.OFFERED),
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def speaks_to_child(self) -> bool:
        """Whether its pages and mails speak to a child."""
        return speaks_to_child(
            self.event.audiences,
            is_for_classes=self.ticket.is_for_classes,
            has_guardian=self.wants_guardian,
        )

    @property
    def holder(self) -> str:
        """Whose data key opens who it is."""
        return f"events-registration:{self.ref}"

    @property
    def needs_holder(self) -> str:
        """Whose data key opens the access needs."""
        return f"events-needs:{self.ref}"


class RegistrationStep(Step):
    """One move of a registration. Mails follow from it, and only from it."""

    subject = models.ForeignKey(Registration, models.CASCADE, related_name="steps")
    mailed_at = models.DateTimeField(null=True, blank=True)
