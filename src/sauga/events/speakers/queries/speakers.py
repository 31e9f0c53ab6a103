"""Speakers for visitors, for themselves and for the desk: no entry without the consent that it needs."""

from dataclasses import dataclass

from django.http import Http404

from sauga.events.programme.models import SessionSpeaker, Speaker
from sauga.events.speakers.models import Portrait, Slides
from sauga.events.states import PUBLIC
from sauga.kernel import media


@dataclass(frozen=True)
class Part:
    """A speaker in one session, with the slides."""

    speaking: SessionSpeaker
    slides: list[Slides]


def public_speaker(slug: str, ref: str) -> Speaker:
    """The entry of a speaker at a published event, while the consent lasts. Raises Http404."""
    rows = Speaker.objects.select_related("event__venue", "event__series")
    found = rows.filter(ref=ref, event__slug=slug, event__state__in=PUBLIC).first()
    if found is None or not found.is_shown:
        raise Http404
    return found


def public_slides(slug: str, ref: str) -> tuple[Slides, media.MediaFile]:
    """Slides that everybody may have, with their file: of a scheduled session, the entry and they themselves
    agreed to. Raises Http404."""
    rows = Slides.objects.select_related("speaking__speaker__event", "speaking__session")
    found = rows.filter(ref=ref, speaking__speaker__event__slug=slug).first()
    if found is None or found.speaking.speaker.event.state not in PUBLIC or not _is_public(found):
        raise Http404
    file = ready(found.file.name)
    if file is None:
        raise Http404
    return found, file


def parts_of(speaker: Speaker) -> list[Part]:
    """The sessions of a speaker with all slides, by time; those without a time last."""
    rows = SessionSpeaker.objects.filter(speaker=speaker).select_related("session__room", "session__stream")
    held = sorted(
        rows.prefetch_related("slides"),
        key=lambda one: (not one.session.is_scheduled, one.session.starts or one.session.changed_at, one.pk),
    )
    return [Part(one, list(one.slides.all())) for one in held]


def public_parts(speaker: Speaker) -> list[Part]:
    """The scheduled sessions of a speaker with the slides that everybody may have."""
    return [
        Part(one.speaking, [row for row in one.slides if row.is_agreed and ready(row.file.name)])
        for one in parts_of(speaker)
        if one.speaking.session.is_scheduled
    ]


def portrait_of(speaker: Speaker) -> Portrait | None:
    """The portrait, where there is one whose file may be sent."""
    found = Portrait.objects.filter(speaker=speaker).first()
    return found if found is not None and ready(found.file.name) is not None else None


def ready(name: str | None) -> media.MediaFile | None:
    """The file of a column, if it may be sent to the person."""
    file = media.file_named(name)
    return file if file is not None and file.is_ready else None


def speaking_of(speaker: Speaker, session_ref: str) -> SessionSpeaker:
    """A speaker in the session that a form names. Raises Http404."""
    rows = SessionSpeaker.objects.filter(speaker=speaker, session__ref=session_ref)
    found = rows.select_related("session__event", "speaker__event").first()
    if found is None:
        raise Http404
    return found


def slides_of(speaker: Speaker, ref: str) -> Slides:
    """Slides of a speaker that a form names. Raises Http404."""
    rows = Slides.objects.filter(speaking__speaker=speaker, ref=ref)
    found = rows.select_related("speaking__speaker__event", "speaking__session").first()
    if found is None:
        raise Http404
    return found


def _is_public(row: Slides) -> bool:
    return row.is_agreed and row.speaking.speaker.is_shown and row.speaking.session.is_scheduled
