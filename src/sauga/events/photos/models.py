"""Tables of what is published of an event: pictures and recordings, the consents of the people they show, and
what has to be done when one is withdrawn.

A consent is stored as long as a picture shows the person, longer than the registration; the address beside it
is encrypted under a key of its own.
"""

from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event, Session, Speaker, said
from sauga.events.registration.models import Registration, new_ref
from sauga.events.states import ASSET, AssetState
from sauga.events.trail import ZONE
from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.media import Kind, MediaStorage
from sauga.kernel.states import Step

ASSETS = MediaStorage("events.asset", Kind.IMAGE, Kind.VIDEO, zone=ZONE)


class AssetKind(models.TextChoices):
    """What it is."""

    PHOTO = "PHOTO", "photo"
    RECORDING = "RECORDING", "recording"


class Outcome(models.TextChoices):
    """What was done after a withdrawal."""

    CROPPED = "CROPPED", "cropped"
    REMOVED = "REMOVED", "removed"
    NOT_SHOWN = "NOT_SHOWN", "not shown"


class Asset(models.Model):
    """A picture or a recording that is published with an event. `alt` says by language what can be seen;
    `is_unrecognisable` that no person in it can be recognised. Only what is SHOWN is on public pages.
    """

    data = About(
        plain={"ref", "kind", "file", "alt", "state"},
        keep=Term(
            3653,
            after="added_at",
            what=_("Photographs and recordings of events"),
            since=_("the day they were added"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="assets")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="assets")
    kind = models.CharField(max_length=9, choices=AssetKind.choices)
    file = models.FileField(storage=ASSETS, max_length=200, blank=True)
    alt = models.JSONField(default=dict)
    is_unrecognisable = models.BooleanField(default=False)
    state = models.CharField(max_length=16, default=AssetState.SHOWN)
    added_at = models.DateTimeField()

    state_tables: ClassVar[dict[str, Any]] = {"state": ASSET}
    steps: Any
    shown: Any
    tasks: Any
    captions: Any

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return said(self.alt)


class AssetStep(Step):
    """One move of a picture or recording."""

    data = replace(Step.data, on_public_pages=True)

    subject = models.ForeignKey(Asset, models.CASCADE, related_name="steps")


class PhotoConsent(models.Model):
    """What a person in a picture agreed to: a person by the number of the badge, or a class, of which
    guardians of so many children agreed.

    It is made when the first picture shows them, and outlives the registration. `address` is encrypted; a
    link over `ref` shows and withdraws it.
    """

    data = About(
        plain={"ref", "photo", "language"},
        sealed={"address"},
        on_public_pages=False,
        keep=Term(
            30,
            after="event__ends",
            code="events.registration",
            where=models.Q(shown__isnull=True, registration__isnull=True),
            holder=("holder",),
            what=_("Consents to photographs without a picture"),
            since=_("the end of the event"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    event = models.ForeignKey(Event, models.CASCADE, related_name="photo_consents")
    registration = models.OneToOneField(
        Registration, models.SET_NULL, null=True, blank=True, related_name="photo_consent"
    )
    number = models.PositiveIntegerField()
    is_class = models.BooleanField(default=False)
    photo = models.CharField(max_length=24, blank=True)
    children = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    is_guardian = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=5)
    address = models.BinaryField()

    shown: Any

    def __str__(self) -> str:
        return str(self.number)

    @property
    def holder(self) -> str:
        """Whose data key opens the address."""
        return f"events-photo:{self.ref}"


class Shown(models.Model):
    """A person whom a picture shows; `badge` is the number that was on it."""

    data = About(plain={"badge"}, on_public_pages=False, keep=With("asset"))

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="shown")
    consent = models.ForeignKey(PhotoConsent, models.CASCADE, related_name="shown")
    badge = models.CharField(max_length=12)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["asset", "badge"], name="asset_shows_badge_once"),
        ]

    def __str__(self) -> str:
        return self.badge


class WithdrawalTask(models.Model):
    """What organisers have to do after a withdrawal, for one picture or recording, by a deadline; the
    person is notified of what was done. `consent` or `speaker` is whose withdrawal it was.
    """

    data = About(plain={"outcome"}, on_public_pages=False, keep=With("asset"))

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="tasks")
    consent = models.ForeignKey(PhotoConsent, models.SET_NULL, null=True, blank=True, related_name="tasks")
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    due_date = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_date", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_date"], name="withdrawal_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.due_date}"
