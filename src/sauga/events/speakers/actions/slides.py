"""Slides and portraits: taken in by `kernel.media`, shown with the speaker's consent, gone when it is
withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.effects import consent_withdrawn
from sauga.events.programme.actions.speakers import note_speaker, require_own_or_editor
from sauga.events.programme.models import SessionSpeaker, Speaker
from sauga.events.speakers.models import PORTRAITS, SLIDES, Portrait, Slides
from sauga.events.speakers.rules.consents import SLIDES_VERSION, ConsentKind
from sauga.kernel import media, vocab
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

LICENCES, MOST_FILES = "licences", 6


class SlidesUnfit(ActionRefused):
    """A file without what it needs, or a consent that is given or withdrawn twice."""

    messages = {
        "language": _("Choose a language."),
        "licence": _("Choose a licence."),
        "alt": _("Say in one sentence what can be seen, for people who cannot see the picture."),
        "many": _("A session has at most six files. Remove one first."),
        "given": _("The consent is recorded already."),
        "none": _("There is no consent that could be withdrawn."),
    }
    fields = {"language": "language", "licence": "licence", "alt": "alt", "many": "file"}


def add_slides(
    *,
    by: Actor,
    speaking: SessionSpeaker,
    name: str,
    content: bytes,
    language: str,
    licence: str,
    alt: Mapping[str, str],
    agrees: bool,
    at: datetime,
) -> Slides:
    """Add slides; with `agrees` the speaker agrees that they are shown. Raises PermissionRefused,
    SlidesUnfit, FileRefused."""
    require_own_or_editor(by, speaking.speaker)
    if not vocab.has_term("languages", language):
        raise SlidesUnfit("language")
    if not vocab.has_term(LICENCES, licence):
        raise SlidesUnfit("licence")
    upload = media.check_upload(_file(name, content), kinds=SLIDES.kinds, by=by)
    described = _described(alt)
    if upload.found.kind is media.Kind.IMAGE and not described:
        raise SlidesUnfit("alt")
    with transaction.atomic():
        held = lock(speaking)
        if held.slides.count() >= MOST_FILES:
            raise SlidesUnfit("many")
        row = Slides(
            speaking=held,
            file=upload,
            language=language,
            licence=licence,
            alt=described,
            is_tagged=bool(upload.found.facts.get("tagged", True)),
            size=len(upload.found.content),
            added_at=at,
        )
        if agrees:
            row.agreed_at, row.consent_version = at, SLIDES_VERSION
        row.save()
        note_speaker(by, held.speaker, "slides_added", at)
        return row


def set_slides_consent(*, by: Actor, slides: Slides, agrees: bool, at: datetime) -> Slides:
    """The speaker agrees that slides are shown, or no longer does: at once. Raises PermissionRefused,
    SlidesUnfit."""
    require_own_or_editor(by, slides.speaking.speaker)
    with transaction.atomic():
        row = lock(slides)
        if row.is_agreed == agrees:
            raise SlidesUnfit("given" if agrees else "none")
        if agrees:
            row.agreed_at, row.consent_version, row.withdrawn_at = at, SLIDES_VERSION, None
        else:
            row.withdrawn_at = at
        row.save()
        speaker = row.speaking.speaker
        note_speaker(by, speaker, "slides_agreed" if agrees else "slides_withdrawn", at)
        if not agrees:
            session = row.speaking.session
            consent_withdrawn(by=by, speaker=speaker, what=ConsentKind.SLIDES, session=session, at=at)
        return row


def remove_slides(*, by: Actor, slides: Slides, at: datetime) -> None:
    """Delete slides with their file. Raises PermissionRefused."""
    require_own_or_editor(by, slides.speaking.speaker)
    with transaction.atomic():
        row = lock(slides)
        name = str(row.file.name)
        row.delete()
        SLIDES.delete(name)
        note_speaker(by, row.speaking.speaker, "slides_removed", at)


def put_portrait(
    *, by: Actor, speaker: Speaker, name: str, content: bytes, alt: Mapping[str, str], at: datetime
) -> Portrait:
    """Add a portrait, or another one. It is shown with the entry, never alone. Raises PermissionRefused,
    SlidesUnfit, FileRefused."""
    require_own_or_editor(by, speaker)
    described = _described(alt)
    if not described:
        raise SlidesUnfit("alt")
    upload = media.check_upload(_file(name, content), kinds=PORTRAITS.kinds, by=by)
    with transaction.atomic():
        held = lock(speaker)
        row = Portrait.objects.filter(speaker=held).first() or Portrait(speaker=held)
        before = str(row.file.name or "")
        row.file, row.alt, row.added_at = upload, described, at
        row.save()
        if before:
            PORTRAITS.delete(before)
        note_speaker(by, held, "portrait_added", at)
        return row


def remove_portrait(*, by: Actor, speaker: Speaker, at: datetime) -> bool:
    """Delete the portrait with its file; whether there was one. Raises PermissionRefused."""
    require_own_or_editor(by, speaker)
    with transaction.atomic():
        held = lock(speaker)
        row = Portrait.objects.filter(speaker=held).first()
        if row is None:
            return False
        name = str(row.file.name)
        row.delete()
        PORTRAITS.delete(name)
        note_speaker(by, held, "portrait_removed", at)
        return True


def _file(name: str, content: bytes) -> "File[bytes]":
    return File(BytesIO(content), name=name)


def _described(alt: Mapping[str, str]) -> dict[str, str]:
    kept = {code: " ".join(text.split())[:300] for code, text in alt.items()}
    return {code: text for code, text in kept.items() if text}
