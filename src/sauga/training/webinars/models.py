"""Tables of webinars: what is broadcast at an event, questions to its speakers, presence of those who asked
for a confirmation.

When a webinar takes place, who speaks, for whom, about what and who registers is the event's
(`events.programme`, `events.registration`); it is not repeated here.
"""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.events.states import PUBLIC, EventState
from sauga.kernel.data import About, Forever, Term
from sauga.kernel.ids import new_reference
from sauga.kernel.media import Kind, MediaStorage
from sauga.kernel.states import Step
from sauga.training.states import QUESTION, QuestionState
from sauga.training.trail import ZONE
from sauga.training.webinars.rules import LONGEST_QUESTION, LONGEST_URL, Phase, Room, Source, Times

LONGEST_FILE = 200
FALLBACKS = MediaStorage("training.webinar_fallback", Kind.VIDEO, Kind.AUDIO, zone=ZONE)
RECORDINGS = MediaStorage("training.webinar_recording", Kind.VIDEO, zone=ZONE)


def new_question_ref() -> str:
    """A reference that nobody can guess: 80 bits. Who asked finds the question by it, and nobody else."""
    return new_reference(16)


class WebinarSet(models.QuerySet["Webinar"]):
    """Chainable questions about webinars."""

    def public(self) -> Self:
        """Those with a public page: their event has one."""
        return self.filter(event__state__in=PUBLIC)


class Webinar(models.Model):
    """A broadcast at an event of the kind webinar: to libraries, and to people at home.

    The picture comes from a broadcast of our own (`stream`), a recording that is shown as if live, or a room
    of another system, to which pages only link. `script` tells hosts how to run the evening and `slips` what
    stands on the paper questions, both by language; `fallback` is the recording that libraries download
    before, for an evening without a connection.
    """

    data = About(
        plain={
            "ref",
            "source",
            "room_system",
            "room_address",
            "recording",
            "fallback",
            "script",
            "slips",
            "phone",
        },
        keep=Forever(_("What was broadcast, and the papers for hosts; about nobody."), what=_("Webinars")),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.OneToOneField("events.Event", models.PROTECT, related_name="webinar")
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.STREAM)
    stream = models.ForeignKey(
        "training.Stream", models.SET_NULL, null=True, blank=True, related_name="webinars"
    )
    room_system = models.CharField(max_length=20, choices=Room.choices, blank=True)
    room_address = models.URLField(max_length=LONGEST_URL, blank=True)
    recording = models.FileField(storage=RECORDINGS, max_length=LONGEST_FILE, blank=True)
    fallback = models.FileField(storage=FALLBACKS, max_length=LONGEST_FILE, blank=True)
    script = models.JSONField(default=dict, blank=True)
    slips = models.JSONField(default=dict, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    for_libraries = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WebinarSet.as_manager()
    sites: Any
    questions: Any
    presences: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(source=Source.ROOM) | (~Q(room_address="") & ~Q(room_system="")),
                name="training_webinar_room_named",
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def times(self) -> Times:
        """When it begins and is over."""
        return Times(self.event.starts, self.event.ends, self.ended_at)

    @property
    def is_off(self) -> bool:
        """Whether its event was cancelled."""
        return bool(self.event.state == EventState.CANCELLED)

    def phase(self, at: datetime) -> Phase:
        """Where it stands by the clock."""
        return self.times.phase(at)


class Question(models.Model):
    """A question to the speaker of a webinar, without a name.

    Nothing here says from which library, page or person it came, from the first moment on, and the hour is
    rounded to five minutes (docs/decisions/0147).
    """

    data = About(
        plain={"ref", "text", "state"},
        on_public_pages=False,
        keep=Term(183, after="asked_at", what=_("Questions at webinars"), since=_("the day they were asked")),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_question_ref)
    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="questions")
    text = models.CharField(max_length=LONGEST_QUESTION)
    state = models.CharField(max_length=12, default=QuestionState.WAITING)
    asked_at = models.DateTimeField()

    state_tables: ClassVar[dict[str, Any]] = {"state": QUESTION}
    steps: Any

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["webinar", "state", "asked_at"], name="training_question_line"),
        ]

    def __str__(self) -> str:
        return self.ref


class QuestionStep(Step):
    """One move of a question."""

    subject = models.ForeignKey(Question, models.CASCADE, related_name="steps")


class Presence(models.Model):
    """From when to when one open page of a participant said that it was there.

    `device` is drawn by the page when it opens; it tells intervals apart and no device.
    """

    data = About(
        plain={"device"},
        on_public_pages=False,
        keep=Term(183, after="left_at", what=_("Attendance at webinars"), since=_("the end of the visit")),
    )

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="presences")
    registration = models.ForeignKey("events.Registration", models.CASCADE, related_name="presences")
    device = models.CharField(max_length=24)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(left_at__gte=models.F("joined_at")), name="training_presence_in_order"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["registration", "device", "-left_at"], name="training_presence_of"),
        ]

    def __str__(self) -> str:
        return f"{self.webinar_id} {self.device}"
