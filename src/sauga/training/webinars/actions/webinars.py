"""Preparing a webinar: what is broadcast at an event, the papers for hosts, the recording; ending it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event
from sauga.events.states import EventState
from sauga.kernel import audit, live, media
from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.training.effects import webinar_ended
from sauga.training.permissions import Permission
from sauga.training.streaming.models import Stream
from sauga.training.trail import ZONE, Trail
from sauga.training.webinars.models import Webinar
from sauga.training.webinars.queries.webinars import KIND
from sauga.training.webinars.rules import ADAPTERS, LONGEST_SCRIPT, Phase, Source

CHANNEL = "training.webinars"


class WebinarRefused(ActionRefused):
    """No webinar can be prepared like this."""

    messages = {
        "kind": _("Choose an event of the kind “webinar” that is neither cancelled nor over."),
        "taken": _("This event has a broadcast already."),
        "room": _("Choose the system and paste the whole address of the room, beginning with https://."),
        "recording": _("Upload the recording that is to be shown."),
        "script": _("Write it shorter, please: %(most)s characters at most."),
        "running": _("The webinar is not on."),
    }
    fields = {"kind": "event", "taken": "event", "room": "room_address", "recording": "recording"}

    def __init__(self, why: str) -> None:
        super().__init__(why, **({"most": LONGEST_SCRIPT} if why == "script" else {}))


@dataclass(frozen=True, kw_only=True)
class WebinarGiven:
    """A webinar as it was typed. An upload of None leaves the file as it is."""

    source: str
    stream: Stream | None = None
    room_system: str = ""
    room_address: str = ""
    phone: str = ""
    for_libraries: bool = True
    script: Mapping[str, str] = field(default_factory=dict)
    slips: Mapping[str, str] = field(default_factory=dict)
    recording: media.CheckedUpload | None = None
    fallback: media.CheckedUpload | None = None


def prepare_webinar(*, by: Actor, event: Event, given: WebinarGiven, at: datetime) -> Webinar:
    """Say what is broadcast at an event. Raises PermissionRefused, WebinarRefused."""
    require(by, Permission.EDIT_WEBINARS)
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if event.kind != KIND or event.state == EventState.CANCELLED or event.ends <= at:
            raise WebinarRefused("kind")
        if Webinar.objects.filter(event=event).exists():
            raise WebinarRefused("taken")
        row = Webinar(event=event, created_at=at)
        _write(row, given, at)
        _record(by, row, "prepared", at)
        return row


def edit_webinar(*, by: Actor, webinar: Webinar, given: WebinarGiven, at: datetime) -> Webinar:
    """Change it. Raises PermissionRefused, WebinarRefused."""
    require(by, Permission.EDIT_WEBINARS, webinar)
    with transaction.atomic():
        row = lock(webinar)
        _write(row, given, at)
        _record(by, row, "edited", at)
        return row


def end_webinar(*, by: Actor, webinar: Webinar, at: datetime) -> Webinar:
    """It is over before its time: libraries can count from now on. Raises PermissionRefused,
    WebinarRefused."""
    require(by, Permission.EDIT_WEBINARS, webinar)
    with transaction.atomic():
        row = lock(webinar)
        if row.phase(at) != Phase.LIVE:
            raise WebinarRefused("running")
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        audit.record(by, Trail.WEBINAR_ENDED, row, zone=ZONE, at=at)
        webinar_ended(by=by, webinar=row, at=at)
        live.signal(CHANNEL)
        return row


def _write(row: Webinar, given: WebinarGiven, at: datetime) -> None:
    if given.source == Source.ROOM:
        adapter = ADAPTERS.get(given.room_system)
        if adapter is None or not adapter.fits(given.room_address):
            raise WebinarRefused("room")
    if given.source == Source.RECORDING and not (given.recording or row.recording):
        raise WebinarRefused("recording")
    texts = {"script": given.script, "slips": given.slips}
    for name, words in texts.items():
        written = {code: typed_text(text) for code, text in words.items() if text.strip()}
        if any(len(text) > LONGEST_SCRIPT for text in written.values()):
            raise WebinarRefused("script")
        setattr(row, name, written)
    is_room = given.source == Source.ROOM
    row.source, row.stream = given.source, given.stream if given.source == Source.STREAM else None
    row.room_system = given.room_system if is_room else ""
    row.room_address = given.room_address if is_room else ""
    row.phone, row.for_libraries, row.changed_at = given.phone.strip(), given.for_libraries, at
    if given.recording is not None:
        row.recording = given.recording
    if given.fallback is not None:
        row.fallback = given.fallback
    row.save()


def _record(by: Actor, row: Webinar, what: str, at: datetime) -> None:
    audit.record(by, Trail.WEBINAR_CHANGED, row, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)
