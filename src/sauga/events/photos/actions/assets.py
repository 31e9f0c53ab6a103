"""Publishing pictures and recordings, with the consent of everybody they show."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.photos.actions.mail import SHOWN, tell
from sauga.events.photos.models import ASSETS, Asset, AssetKind, PhotoConsent, Shown
from sauga.events.photos.queries.badges import numbers_of
from sauga.events.photos.queries.consents import seal_address
from sauga.events.photos.rules import may_publish, may_publish_child, read_badges
from sauga.events.programme.models import Event, Session
from sauga.events.registration.models import Registration
from sauga.events.registration.queries.details import details_of
from sauga.events.states import AssetState
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, media
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, move


class AssetRefused(ActionRefused):
    """A picture without what it needs, or without the consent of a person in it."""

    messages = {
        "alt": _("Say in one sentence what can be seen, for people who cannot see the picture."),
        "badges": _("Write the numbers of badges, as 12, 5-03; at most sixty."),
        "unknown": _("Nobody at this event has badge %(badge)s."),
        "consent": _("Badge %(badge)s: no consent to this. Take another picture, or crop this one first."),
        "session": _("Choose the session that was recorded."),
        "recording": _("Not everybody has agreed to the recording of this session yet: %(names)s."),
        "unrecorded": _("This session must not be recorded."),
        "kind": _("A photo is an image, a recording a film."),
    }
    fields = {
        "alt": "alt_lt",
        "badges": "badges",
        "unknown": "badges",
        "consent": "badges",
        "session": "session",
        "recording": "session",
        "unrecorded": "session",
        "kind": "file",
    }


def add_asset(
    *,
    by: Actor,
    event: Event,
    kind: str,
    name: str,
    content: bytes | media.MediaFile,
    alt: Mapping[str, str],
    badges: str,
    session: Session | None = None,
    is_unrecognisable: bool = False,
    at: datetime,
) -> Asset:
    """Publish a picture or a recording; `content` is its bytes, or a file that is stored here already.
    `badges` are the numbers of the people it shows. A person shown for the first time is notified by email,
    with a link to withdraw. Raises PermissionRefused, AssetRefused, FileRefused."""
    require(by, Permission.PUBLISH_PICTURES, event)
    described = {code: " ".join(text.split())[:300] for code, text in alt.items() if text.strip()}
    if not described:
        raise AssetRefused("alt")
    if session is not None and session.event_id != event.pk:
        raise AssetRefused("session")
    upload = checked(by, kind, name, content)
    with transaction.atomic():
        _check_session(kind, session)
        found = _people(event, badges, is_unrecognisable=is_unrecognisable)
        row = Asset.objects.create(
            event=event,
            session=session,
            kind=kind,
            file=upload,
            alt=described,
            is_unrecognisable=is_unrecognisable,
            added_at=at,
        )
        for registration, number, badge in found:
            consent = _consent(registration, number, at)
            Shown.objects.create(asset=row, consent=consent, badge=badge)
        note(by, row, "added", at)
        return row


def checked(
    by: Actor, kind: str, name: str, content: bytes | media.MediaFile
) -> media.CheckedUpload | media.HeldFile:
    """The file of a picture or recording, inspected and scanned; one that is stored here already, by
    reference. Raises FileRefused, AssetRefused."""
    upload = (
        media.HeldFile(content, by)
        if isinstance(content, media.MediaFile)
        else media.check_upload(File(BytesIO(content), name=name), kinds=ASSETS.kinds, by=by)
    )
    wanted = media.Kind.IMAGE if kind == AssetKind.PHOTO else media.Kind.VIDEO
    if kind not in AssetKind.values or upload.kind is not wanted:
        raise AssetRefused("kind")
    return upload


def drop_file(by: Actor, row: Asset, at: datetime) -> Asset:
    """Remove a locked picture: its file is deleted, whom it showed is forgotten."""
    move(row, to=AssetState.REMOVED, by=by, at=at)
    name, row.file = str(row.file.name), ""
    row.save(update_fields=["file"])
    row.shown.all().delete()
    ASSETS.delete(name)
    note(by, row, "removed", at)
    return row


def note(by: Actor, row: Asset, what: str, at: datetime) -> None:
    """In the audit log, on open pages, and for files that ask for the last change."""
    event = row.event
    event.changed_at = at
    event.save(update_fields=["changed_at"])
    audit.record(by, Trail.ASSET_CHANGED, row, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)


def _check_session(kind: str, session: Session | None) -> None:
    if kind != AssetKind.RECORDING:
        return
    if session is None:
        raise AssetRefused("session")
    if session.do_not_record:
        raise AssetRefused("unrecorded")
    speaking = session.speaking.select_related("speaker")
    if names := [one.speaker.name for one in speaking if not one.agrees_to_recording]:
        raise AssetRefused("recording", names=", ".join(names))


def _people(event: Event, badges: str, *, is_unrecognisable: bool) -> Sequence[tuple[Registration, int, str]]:
    """Whom a picture shows, each with number and badge. Raises AssetRefused."""
    wanted = read_badges(badges)
    if wanted is None:
        raise AssetRefused("badges")
    by_number = {number: pk for pk, number in numbers_of(event).items()} if wanted else {}
    found = []
    for number, place in wanted:
        badge = f"{number}-{place:02}" if place else str(number)
        row = Registration.objects.select_for_update().filter(pk=by_number.get(number, 0)).first()
        if row is None or bool(row.groups) != bool(place):
            raise AssetRefused("unknown", badge=badge)
        if place:
            agrees = may_publish_child(place, row.photo_children, is_unrecognisable=is_unrecognisable)
        else:
            agrees = may_publish(row.photo, is_unrecognisable=is_unrecognisable)
        if not agrees:
            raise AssetRefused("consent", badge=badge)
        found.append((row, number, badge))
    return found


def _consent(row: Registration, number: int, at: datetime) -> PhotoConsent:
    """The consent of a person in a picture, as it is now; made when the first picture shows them."""
    held = PhotoConsent.objects.filter(registration=row).first()
    if held is not None:
        return held
    made = PhotoConsent(
        event=row.event,
        registration=row,
        number=number,
        is_class=bool(row.groups),
        photo=row.photo,
        children=row.photo_children,
        version=row.photo_version,
        is_guardian=row.guardian_agreed_at is not None,
        recorded_at=at,
        language=row.language,
    )
    details = details_of(row)
    seal_address(made, details.guardian or details.address).store()
    made.save()
    tell(made, SHOWN)
    return made
