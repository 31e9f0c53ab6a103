"""How a speaker reads: for visitors, on the own page, at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext

from sauga.events.programme.actions.sessions import spot_words
from sauga.events.programme.models import Speaker, said
from sauga.events.speakers.forms import AbsenceForm, PortraitForm, SlidesForm, entry_form
from sauga.events.speakers.models import Slides
from sauga.events.speakers.queries import speakers as queries
from sauga.events.speakers.rules.consents import ConsentKind, text_of
from sauga.kernel import media, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import languages
from sauga.kernel.refusals import Text

PORTRAIT_WIDTH = 320


@dataclass(frozen=True)
class ShownSlides:
    """Slides as pages show them."""

    ref: str
    name: str
    href: str
    kind: str
    size: int
    language: str
    licence: str
    alt: str
    is_tagged: bool
    is_agreed: bool
    is_withdrawn: bool
    text: Text


@dataclass(frozen=True)
class ShownPart:
    """A session of a speaker, with slides; `form` adds some."""

    ref: str
    title: str
    abstract: str
    when: str
    starts: Any
    ends: Any
    place: str
    agrees: bool
    text: Text
    slides: list[ShownSlides]
    form: forms.Form | None = None


def public_context(speaker: Speaker) -> dict[str, Any]:
    """The page of a speaker."""
    event, portrait = speaker.event, queries.portrait_of(speaker)
    return {
        "event": event,
        "title": said(event.title),
        "speaker": speaker,
        "role": said(speaker.role),
        "biography": said(speaker.biography),
        "portrait_alt": said(portrait.alt) if portrait else "",
        "parts": [_part(one, speaker) for one in queries.public_parts(speaker)],
    }


def own_context(speaker: Speaker, bound: Mapping[str, forms.Form]) -> dict[str, Any]:
    """Everything that a speaker can see and change; `bound` are forms that come back."""
    portrait = queries.portrait_of(speaker)
    parts = queries.parts_of(speaker)
    return {
        "speaker": speaker,
        "event": speaker.event,
        "title": said(speaker.event.title),
        "entry_form": bound.get("entry") or entry_form(speaker),
        "portrait": portrait,
        "portrait_alt": said(portrait.alt) if portrait else "",
        "portrait_form": bound.get("portrait") or PortraitForm(auto_id="portrait-%s"),
        "absence_form": bound.get("absence") or AbsenceForm(auto_id="absence-%s"),
        "absences": list(speaker.absences.all()),
        "parts": [_part(one, speaker, bound, may_add=True) for one in parts],
        "publication_text": text_of(
            ConsentKind.PUBLICATION, speaker.consent_version if speaker.is_shown else None
        ),
        "slides_text": text_of(ConsentKind.SLIDES),
        "affected": affected(speaker),
        "page": reverse("events-speaker", args=[speaker.event.slug, speaker.ref])
        if speaker.is_shown and speaker.event.is_public
        else "",
    }


def affected(speaker: Speaker) -> list[tuple[str, str]]:
    """What shows a speaker now and no longer does once the publication is withdrawn, with its address."""
    event = speaker.event
    if not event.is_public or not speaker.is_shown:
        return []
    found = [
        (gettext("the page of the speaker"), reverse("events-speaker", args=[event.slug, speaker.ref])),
        (gettext("the page of the event"), reverse("events-event", args=[event.slug])),
        (gettext("the programme"), reverse("events-programme", args=[event.slug])),
        (gettext("the programme as JSON"), reverse("events-schedule-json", args=[event.slug])),
        (gettext("the programme as XML"), reverse("events-schedule-xml", args=[event.slug])),
    ]
    if queries.portrait_of(speaker):
        portrait = reverse("events-speaker-portrait", args=[event.slug, speaker.ref])
        found.append((gettext("the portrait"), portrait))
    found += [
        (row.name, row.href) for one in queries.public_parts(speaker) for row in map(shown_slides, one.slides)
    ]
    return found


def shown_slides(row: Slides) -> ShownSlides:
    """Slides in the language of the page."""
    event = row.speaking.speaker.event
    mime = media.file_named(row.file.name)
    return ShownSlides(
        ref=row.ref,
        name=str(row),
        href=reverse("events-slides", args=[event.slug, row.ref]),
        kind="PDF" if mime is not None and mime.kind == media.Kind.PDF else gettext("image"),
        size=row.size,
        language=vocab.label("languages", row.language),
        licence=vocab.label("licences", row.licence),
        alt=said(row.alt),
        is_tagged=row.is_tagged,
        is_agreed=row.is_agreed,
        is_withdrawn=row.withdrawn_at is not None,
        text=text_of(ConsentKind.SLIDES, row.consent_version),
    )


def _part(
    part: queries.Part,
    speaker: Speaker,
    bound: Mapping[str, forms.Form] | None = None,
    *,
    may_add: bool = False,
) -> ShownPart:
    speaking, session = part.speaking, part.speaking.session
    place = session.room or session.stream
    key = f"slides-{session.ref}"
    first = {"language": session.language or languages.DEFAULT, "licence": "CC-BY-4.0"}
    form = (bound or {}).get(key) or SlidesForm(auto_id=f"{key}-%s", initial=first)
    for row in part.slides:
        row.speaking = speaking
        speaking.speaker = speaker
    version = speaking.recording_version if speaking.agrees_to_recording else None
    return ShownPart(
        ref=session.ref,
        title=said(session.title),
        abstract=said(session.abstract),
        when=spot_words(session),
        starts=session.starts.astimezone(VILNIUS) if session.is_scheduled else None,
        ends=session.ends.astimezone(VILNIUS) if session.is_scheduled else None,
        place=str(place) if place else "",
        agrees=speaking.agrees_to_recording,
        text=text_of(ConsentKind.RECORDING, version),
        slides=[shown_slides(one) for one in part.slides],
        form=form if may_add else None,
    )
