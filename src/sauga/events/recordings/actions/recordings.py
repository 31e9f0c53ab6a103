"""Attaching a session's recording, and its captions; the repository's own rules for captions hold
(`kernel.media.upload_checks.captions`)."""

from datetime import datetime
from io import BytesIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.effects import made_recordings
from sauga.events.permissions import Permission
from sauga.events.photos.actions.assets import add_asset, note
from sauga.events.photos.models import Asset, AssetKind
from sauga.events.programme.models import Event, Session
from sauga.events.recordings.models import CAPTIONS, RecordingCaptions
from sauga.events.recordings.queries import recordings as queries
from sauga.events.states import AssetState
from sauga.kernel import media, vocab
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock


class RecordingRefused(ActionRefused):
    """A second recording of a session, or captions that cannot be changed here any more."""

    messages = {
        "there": _("This session has a recording already. Remove that one first."),
        "removed": _("This recording was removed."),
        "handed": _("It has been handed on: its captions are changed in the repository now."),
        "language": _("Choose the language of the captions."),
        "gone": _("This recording of a broadcast is no longer there."),
    }
    fields = {"there": "session", "language": "language", "gone": "made"}


def attach_recording(
    *,
    by: Actor,
    event: Event,
    session: Session,
    name: str,
    content: bytes | media.MediaFile,
    badges: str = "",
    at: datetime,
) -> Asset:
    """Attach the recording of a session; `badges` are the numbers of people in the audience who can be
    recognised. It is not shown before the repository has published it. Raises PermissionRefused,
    AssetRefused, RecordingRefused, FileRefused."""
    require(by, Permission.PUBLISH_PICTURES, event)
    with transaction.atomic():
        list(Session.objects.select_for_update().filter(pk=session.pk))
        held = queries.recordings(event).filter(session=session).exclude(state=AssetState.REMOVED)
        if held.exists():
            raise RecordingRefused("there")
        return add_asset(
            by=by,
            event=event,
            kind=AssetKind.RECORDING,
            name=name,
            content=content,
            alt=session.title,
            badges=badges,
            session=session,
            at=at,
        )


def attach_made(
    *, by: Actor, event: Event, session: Session, ref: str, badges: str = "", at: datetime
) -> Asset:
    """Attach a recording that the product has made itself, such as that of a broadcast, with its captions: by
    reference, however large it is. The same rules hold as for one that is uploaded. Raises PermissionRefused,
    AssetRefused, RecordingRefused, FileRefused."""
    require(by, Permission.PUBLISH_PICTURES, event)
    made = next((one for one in made_recordings.of(event) if one.ref == ref), None)
    if made is None:
        raise RecordingRefused("gone")
    with transaction.atomic():
        row = attach_recording(
            by=by,
            event=event,
            session=session,
            name=made.film.name,
            content=made.film,
            badges=badges,
            at=at,
        )
        for language, content in made.captions.items():
            put_captions(by=by, asset=row, language=language, name=f"{language}.vtt", content=content, at=at)
        return row


def put_captions(
    *, by: Actor, asset: Asset, language: str, name: str, content: bytes, at: datetime
) -> RecordingCaptions:
    """Add captions in a language, or replace them. Raises PermissionRefused, RecordingRefused,
    FileRefused."""
    require(by, Permission.PUBLISH_PICTURES, asset)
    if not vocab.has_term("languages", language):
        raise RecordingRefused("language")
    upload = media.check_upload(File(BytesIO(content), name=name), kinds=CAPTIONS.kinds, by=by)
    with transaction.atomic():
        row = _changeable(asset)
        held = RecordingCaptions.objects.filter(asset=row, language=language).first()
        before = str(held.file.name) if held is not None else ""
        made, _new = RecordingCaptions.objects.update_or_create(
            asset=row, language=language, defaults={"file": upload, "added_at": at}
        )
        if before:
            CAPTIONS.delete(before)
        note(by, row, "captions_added", at)
        return made


def remove_captions(*, by: Actor, captions: RecordingCaptions, at: datetime) -> None:
    """Delete captions. Raises PermissionRefused, RecordingRefused."""
    require(by, Permission.PUBLISH_PICTURES, captions.asset)
    with transaction.atomic():
        row = _changeable(captions.asset)
        _delete(captions)
        note(by, row, "captions_removed", at)


def forget_captions(*, by: Actor, asset: Asset, at: datetime) -> int:
    """The film has changed or is gone: what was said in it goes, too. Called by the actions that do so; how
    many captions went."""
    held = queries.captions_of(asset)
    for one in held:
        _delete(one)
    return len(held)


def _delete(row: RecordingCaptions) -> None:
    name = str(row.file.name)
    row.delete()
    CAPTIONS.delete(name)


def _changeable(asset: Asset) -> Asset:
    row = lock(asset)
    if row.state == AssetState.REMOVED:
        raise RecordingRefused("removed")
    if queries.hand_over_of(row) is not None:
        raise RecordingRefused("handed")
    return row
