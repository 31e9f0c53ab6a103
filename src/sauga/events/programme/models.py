"""Tables of the programme: venues and their rooms, series, events with their streams, tracks, sessions and
speakers.

Texts by language are mappings `{"lt": …, "en": …}`; `words` reads them. Instants are UTC; a day or an hour
is that of Vilnius.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import FOR_ALL, Permission
from sauga.events.programme.rules.local_times import LONGEST
from sauga.events.states import EVENT, PUBLIC, EventState
from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.i18n.foreign import Foreign
from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.models import Grant
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step


class EventFormat(models.TextChoices):
    """Where an event takes place: codes of the list `event_formats`."""

    ONSITE = "in_person", "in person"
    ONLINE = "online", "online"
    HYBRID = "hybrid", "hybrid"


def codes(length: int = 40) -> "ArrayField[list[str], list[str]]":
    """A list of codes of one vocabulary."""
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


def said(kept: Mapping[str, str], language: str = "") -> str:
    """A text of the programme in a language, by default that of the page; else in another, which it then
    carries."""
    wanted = language or get_language() or "lt"
    if kept.get(wanted):
        return kept[wanted]
    return next((Foreign(text, code) for code, text in kept.items() if text), "")


class Venue(models.Model):
    """A place: its address, its municipality and how accessible it is (codes of `venue_accessibility`)."""

    data = About(
        plain={"ref", "name", "address", "municipality", "accessibility", "accessibility_note", "directions"},
        keep=Forever(_("Places, about nobody."), what=_("Venues")),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    name = models.JSONField(default=dict)
    address = models.CharField(max_length=200)
    municipality = models.CharField(max_length=8, blank=True)
    accessibility = codes()
    accessibility_note = models.JSONField(default=dict, blank=True)
    directions = models.JSONField(default=dict, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    rooms: Any

    def __str__(self) -> str:
        return said(self.name)


class Room(models.Model):
    """A room of a venue; it holds one session at a time. `seats` is what fits in, for planning."""

    data = About(plain={"ref", "name"}, keep=With("venue"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    venue = models.ForeignKey(Venue, models.CASCADE, related_name="rooms")
    name = models.JSONField(default=dict)
    seats = models.PositiveIntegerField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return said(self.name)


class Series(models.Model):
    """Events that belong together: a yearly conference, a seminar in parts."""

    data = About(
        plain={"ref", "slug", "title", "summary", "topics"},
        keep=Forever(_("Published words, about nobody."), what=_("Series of events")),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict, blank=True)
    topics = codes()
    changed_at = models.DateTimeField()

    events: Any

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return said(self.title)


class EventSet(models.QuerySet["Event"]):
    """Chainable questions about events."""

    def public(self) -> Self:
        """Those with a public page."""
        return self.filter(state__in=PUBLIC)

    def upcoming(self, at: datetime) -> Self:
        """Those that have not ended."""
        return self.filter(starts__gt=at - LONGEST, ends__gt=at)

    def visible_to(self, by: PersonActor, permission: Permission = Permission.SEE) -> Self:
        """Those at which a person may do this: all of them with ALL_EVENTS, else those on whose team the
        person is in a role that holds the permission."""
        if not by.can(permission):
            return self.none()
        if permission in FOR_ALL or by.can(Permission.ALL_EVENTS):
            return self
        roles = Grant.objects.filter(permission=permission, allowed=True, role__code__in=by.roles)
        mine = Event.objects.filter(team__person=by.person_id, team__role__in=roles.values("role__code"))
        return self.filter(pk__in=mine.values("pk"))


class Event(models.Model):
    """An event, from one hour to several days.

    `slug` is its public address, `ref` what other systems may store. `municipality` is the venue's, or chosen
    where there is no venue. `access` are codes of `event_access`: sign language, captions and the like;
    `photo_policy` is a code of `photo_policies`. `sequence` grows with each change that calendars must know.
    How many people may come is a matter of registration.
    """

    data = About(
        plain={
            "ref",
            "slug",
            "kind",
            "format",
            "municipality",
            "audiences",
            "topics",
            "languages",
            "access",
            "photo_policy",
            "title",
            "summary",
            "description",
            "needs",
            "state",
            "cancel_reason",
            "cancel_note",
        },
        keep=Forever(
            _("Published programmes, about nobody; a draft is discarded by its organisers."),
            what=_("Events and their programmes"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    slug = models.SlugField(max_length=140, unique=True)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="events")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    kind = models.CharField(max_length=40)
    format = models.CharField(max_length=24, choices=EventFormat.choices)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="events")
    municipality = models.CharField(max_length=8, blank=True)
    organiser = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    audiences = codes()
    topics = codes()
    languages = codes(16)
    access = codes()
    photo_policy = models.CharField(max_length=40, blank=True)
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict, blank=True)
    description = models.JSONField(default=dict, blank=True)
    needs = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, default=EventState.DRAFT)
    cancel_reason = models.CharField(max_length=40, blank=True)
    cancel_note = models.JSONField(default=dict, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = EventSet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": EVENT}
    steps: Any
    sessions: Any
    streams: Any
    tracks: Any
    speakers: Any
    team: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="event_ends_after_start"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["starts", "id"], name="event_public_start", condition=Q(state__in=PUBLIC)),
            models.Index(fields=["state", "starts"], name="event_desk"),
            models.Index(fields=["changed_at"], name="event_changed", condition=Q(state__in=PUBLIC)),
            GinIndex(fields=["topics"], name="event_topics"),
            GinIndex(fields=["audiences"], name="event_audiences"),
        ]

    def __str__(self) -> str:
        return said(self.title)

    @property
    def is_public(self) -> bool:
        """Whether visitors see it."""
        return self.state in PUBLIC

    @property
    def has_place(self) -> bool:
        """Whether people come to a place."""
        return self.format != EventFormat.ONLINE


class EventStep(Step):
    """One move of an event."""

    subject = models.ForeignKey(Event, models.CASCADE, related_name="steps")


class Stream(models.Model):
    """An online place of one event, beside its rooms. Registered participants get its address. What is in a
    recorded stream is recorded.
    """

    data = About(plain={"ref", "name"}, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="streams")
    name = models.JSONField(default=dict)
    is_recorded = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return said(self.name)


class Track(models.Model):
    """A thread of sessions about one thing; `colour` is one of the eight of the design."""

    data = About(plain={"ref", "title"}, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="tracks")
    title = models.JSONField(default=dict)
    colour = models.PositiveSmallIntegerField(default=1)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return said(self.title)


if TYPE_CHECKING:
    type Moment = models.DateTimeField[datetime | None, datetime]
    """Typed as set: whoever handles sessions that may be unscheduled asks `is_scheduled` first."""


class SessionSet(models.QuerySet["Session"]):
    """Chainable questions about sessions."""

    def scheduled(self) -> Self:
        """Those with a time: visitors, calendars and files know only these."""
        return self.filter(starts__isnull=False)


class Session(models.Model):
    """A part of an event: a talk, a workshop, a break. It is in a room, in a stream, or, where it has
    neither, for everybody. Until it is scheduled it has neither time nor place, only a length (`minutes`).

    `access` are codes of `event_access`; `holds_room` is false while the event is cancelled, so that its
    rooms are free for others. `sequence` grows with each change.
    """

    data = About(plain={"ref", "kind", "title", "abstract", "language", "access"}, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=24, default="talk")
    track = models.ForeignKey(Track, models.SET_NULL, null=True, blank=True, related_name="sessions")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="sessions")
    stream = models.ForeignKey(Stream, models.SET_NULL, null=True, blank=True, related_name="sessions")
    starts: "Moment" = models.DateTimeField(null=True, blank=True)  # type: ignore[misc]  # see Moment
    ends: "Moment" = models.DateTimeField(null=True, blank=True)  # type: ignore[misc]  # see Moment
    minutes = models.PositiveSmallIntegerField(default=30)
    seats_wanted = models.PositiveIntegerField(null=True, blank=True)
    title = models.JSONField(default=dict)
    abstract = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=16, blank=True)
    access = codes()
    do_not_record = models.BooleanField(default=False)
    holds_room = models.BooleanField(default=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = SessionSet.as_manager()
    speaking: Any

    class Meta:
        ordering: ClassVar[list[str]] = ["starts", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="session_ends_after_start"),
            models.CheckConstraint(
                condition=Q(starts__isnull=False, ends__isnull=False)
                | Q(starts__isnull=True, ends__isnull=True, room__isnull=True, stream__isnull=True),
                name="session_time_before_place",
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=True) | Q(stream__isnull=True), name="session_in_one_place"
            ),
            ExclusionConstraint(
                name="session_room_no_overlap",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (
                        Func("starts", "ends", function="TSTZRANGE", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(room__isnull=False, holds_room=True),
            ),
        ]

    def __str__(self) -> str:
        return said(self.title)

    @property
    def is_scheduled(self) -> bool:
        """Whether it has a time."""
        return self.starts is not None

    @property
    def may_be_recorded(self) -> bool:
        """Whether every speaker agreed and none has objected."""
        return not self.do_not_record and all(one.agrees_to_recording for one in self.speaking.all())


class Speaker(models.Model):
    """Who speaks at one event: public data, shown only with consent (`consented_at`, the version of the text
    agreed to) and until it is withdrawn.
    """

    data = About(
        plain={"ref", "name", "role", "biography"},
        keep=(
            Term(3653, after="consented_at", what=_("Speakers"), since=_("the day of their consent")),
            Term(
                365,
                after="added_at",
                code="events.speaker_without_consent",
                name="without_consent",
                where=models.Q(consented_at__isnull=True) | models.Q(withdrawn_at__isnull=False),
                what=_("Speakers without consent"),
                since=_("the day they were added"),
            ),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=120)
    role = models.JSONField(default=dict, blank=True)
    biography = models.JSONField(default=dict, blank=True)
    added_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True, blank=True)
    consent_version = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    speaking: Any

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shown(self) -> bool:
        """Whether visitors may see the entry."""
        return self.consented_at is not None and self.withdrawn_at is None


class SessionSpeaker(models.Model):
    """A speaker in a session, in the order in which they are named, and whether they agree to its recording
    (the version of the text, until it is withdrawn).
    """

    data = About(keep=With("session"))

    session = models.ForeignKey(Session, models.CASCADE, related_name="speaking")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="speaking")
    is_moderator = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)
    recording_agreed_at = models.DateTimeField(null=True, blank=True)
    recording_version = models.PositiveSmallIntegerField(null=True, blank=True)
    recording_withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "speaker"], name="session_speaker_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.speaker_id}"

    @property
    def agrees_to_recording(self) -> bool:
        """Whether this speaker agreed, and has not withdrawn it."""
        return self.recording_agreed_at is not None and self.recording_withdrawn_at is None


class SpeakerAbsence(models.Model):
    """Hours of an event at which a speaker cannot speak."""

    data = About(on_public_pages=False, keep=With("speaker"))

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="absences")
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="absence_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id}: {self.starts:%Y-%m-%d %H:%M}"
