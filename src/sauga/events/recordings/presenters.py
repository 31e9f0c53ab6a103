"""How recordings read: with the event, at the desk, on a speaker's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy

from sauga.events.photos.models import Asset
from sauga.events.programme.actions.sessions import spot_words
from sauga.events.programme.models import Event, Session, Speaker, said
from sauga.events.recordings.models import Became, RecordingHandOver
from sauga.events.recordings.queries import recordings as queries
from sauga.events.recordings.rules import spoken_first
from sauga.events.states import AssetState
from sauga.kernel import media, vocab
from sauga.kernel.i18n import languages
from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.lists import Mark
from sauga.kernel.media import Player, Track
from sauga.repository.catalogue.presenters import players
from sauga.repository.permissions import Permission as Repository
from sauga.repository.resources.models import Resource
from sauga.repository.states import GONE, LIVE

NOT_HANDED_ON = Mark("wait", "ring", pgettext_lazy("recording", "not handed on yet"))
PUBLISHED = Mark("good", "dot", pgettext_lazy("recording", "published"))
TAKEN_OFF = Mark("bad", "diamond", pgettext_lazy("recording", "taken off: withdrawal"))
REMOVED = Mark("calm", "dash", pgettext_lazy("recording", "removed"))
IN_REPOSITORY = Mark("wait", "half", pgettext_lazy("recording", "in the repository, not published yet"))
STOPPED_THERE = Mark("calm", "dash", pgettext_lazy("recording", "no longer offered by the repository"))


@dataclass(frozen=True)
class Stay:
    """A time that a recording was in the repository, and what became of it."""

    when: datetime
    ended: datetime | None
    words: str
    href: str


@dataclass(frozen=True)
class SessionLine:
    """A session at the desk: whether it may be recorded, and its recordings."""

    title: str
    when: str
    names: str
    is_unrecorded: bool
    missing: str
    recordings: list[tuple[str, str, Mark, str]]


def public_section(event: object, _at: datetime) -> tuple[str, dict[str, Any]] | None:
    """The recordings of an event that the repository has published; nothing where there are none."""
    if not isinstance(event, Event):
        return None
    shown = [
        {
            "title": said(one.asset.session.title),
            "names": ", ".join(row.name for row in queries.named(one.asset) if row.is_shown),
            "players": players(one.resource, one.files),
            "href": reverse("repository-resource", args=[one.resource.slug(languages.active().code)]),
        }
        for one in queries.published(event)
        if one.asset.session is not None
    ]
    return ("events/recordings/public/_section.html", {"recordings": shown}) if shown else None


def desk_section(event: object, at: datetime) -> tuple[str, dict[str, Any]] | None:
    """The way to the recordings, on the page of an event at the desk."""
    if not isinstance(event, Event):
        return None
    return "events/recordings/desk/_section.html", {"event": event, "is_begun": event.starts <= at}


def card_facts(events: Sequence[object]) -> dict[int, str]:
    """How many recordings there are of events in the archive."""
    counts = queries.published_counts([one for one in events if isinstance(one, Event)])
    return {key: ngettext("%(n)d recording", "%(n)d recordings", n) % {"n": n} for key, n in counts.items()}


def speaker_section(speaker: object, _at: datetime) -> tuple[str, dict[str, Any]] | None:
    """The recordings of a speaker's sessions and what became of them, on the own page."""
    if not isinstance(speaker, Speaker):
        return None
    rows = queries.of_speaker(speaker)
    if not rows:
        return None
    stays = queries.hand_overs(rows)
    held = queries.resources_of([one for found in stays.values() for one in found])
    lines = []
    for row in rows:
        latest = next(iter(stays.get(row.pk, [])), None)
        resource = held.get(latest.resource_ref) if latest is not None else None
        mark = state_of(row, latest, resource)
        is_public = mark is PUBLISHED and resource is not None
        href = (
            reverse("repository-resource", args=[resource.slug(languages.active().code)])
            if is_public and resource is not None
            else ""
        )
        lines.append((said(row.session.title) if row.session else said(row.alt), href, mark))
    return "events/recordings/public/_own.html", {"lines": lines}


def state_of(row: Asset, latest: RecordingHandOver | None, resource: Resource | None) -> Mark:
    """Where a recording is now; `latest` is the last time it was handed on."""
    if row.state == AssetState.REMOVED:
        return REMOVED
    if row.state == AssetState.UNDER_WITHDRAWAL:
        return TAKEN_OFF
    if latest is None or latest.ended_at is not None:
        return NOT_HANDED_ON
    if resource is None or resource.state in GONE:
        return STOPPED_THERE
    return PUBLISHED if resource.state in LIVE else IN_REPOSITORY


def lines(event: Event) -> list[SessionLine]:
    """The sessions of an event with their recordings."""
    rows = list(queries.recordings(event))
    stays = queries.hand_overs(rows)
    held = queries.resources_of([one for found in stays.values() for one in found])
    by_session: dict[int, list[tuple[str, str, Mark, str]]] = {}
    for row in rows:
        latest = next(iter(stays.get(row.pk, [])), None)
        mark = state_of(row, latest, held.get(latest.resource_ref) if latest else None)
        codes = ", ".join(one.language.upper() for one in row.captions.all())
        there = reverse("events-recording", args=[event.ref, row.ref])
        by_session.setdefault(row.session_id or 0, []).append((row.ref, there, mark, codes))
    return [_line(one, by_session.get(one.pk, [])) for one in queries.sessions(event)]


def _line(row: Session, recordings: list[tuple[str, str, Mark, str]]) -> SessionLine:
    return SessionLine(
        title=said(row.title),
        when=spot_words(row),
        names=", ".join(one.speaker.name for one in row.speaking.all()),
        is_unrecorded=row.do_not_record,
        missing=", ".join(queries.missing(row)),
        recordings=recordings,
    )


def page_context(row: Asset, *, by: PersonActor) -> dict[str, Any]:
    """The page of one recording at the desk, for whom it is."""
    stays = queries.hand_overs([row]).get(row.pk, [])
    held = queries.resources_of(stays)
    latest = next(iter(stays), None)
    is_open = latest is not None and latest.ended_at is None
    return {
        "row": row,
        "event": row.event,
        "session": row.session,
        "when": spot_words(row.session) if row.session else "",
        "mark": state_of(row, latest, held.get(latest.resource_ref) if latest else None),
        "captions": [
            (one, vocab.label("languages", one.language), one.added_at) for one in queries.captions_of(row)
        ],
        "stays": [_stay(one, held.get(one.resource_ref), by) for one in stays],
        "missing": ", ".join(queries.missing_for(row)),
        "is_removed": row.state == AssetState.REMOVED,
        "is_withdrawn": row.state == AssetState.UNDER_WITHDRAWAL,
        "is_handed_on": is_open,
        "may_hand_on": row.state == AssetState.SHOWN and not is_open,
    }


def _stay(row: RecordingHandOver, resource: Resource | None, by: PersonActor) -> Stay:
    words = {
        Became.WITHDRAWN: gettext("it was published and was withdrawn from all pages at once"),
        Became.HELD: gettext("it had not been published, and can no longer be"),
        Became.GONE: gettext("its draft had been deleted"),
    }
    said_now = vocab.label("state.resource", resource.state) if resource else gettext("draft deleted")
    return Stay(
        when=row.handed_at,
        ended=row.ended_at,
        words=words[Became(row.became)] if row.became else said_now,
        href=_resource_href(resource, by) if resource else "",
    )


def _resource_href(resource: Resource, by: PersonActor) -> str:
    """Where this person can see the resource: at the desk with the permission, otherwise its public page."""
    if by.can(Repository.SEE_RESOURCES):
        return reverse("repository-desk-resource", args=[resource.ref])
    if resource.is_live():
        return reverse("repository-resource", args=[resource.slug(languages.active().code)])
    return ""


def first_words(row: Asset) -> dict[str, str]:
    """What the form says at first: the words of the programme, the language of the session."""
    session = row.session
    if session is None:
        return {}
    found = {"language": session.language or languages.DEFAULT, "licence": "CC-BY-4.0"}
    for one in languages.for_editors():
        found[f"title_{one.code}"] = session.title.get(one.code, "")
        found[f"abstract_{one.code}"] = session.abstract.get(one.code, "")
    return found


def desk_player(row: Asset) -> Player | None:
    """The recording with its captions, for the person who hands it on."""
    file = media.file_named(str(row.file.name)) if row.file else None
    if file is None or not file.is_ready:
        return None
    spoken = (row.session.language if row.session else "") or languages.DEFAULT
    codes = spoken_first((one.language for one in queries.captions_of(row)), spoken)
    here = [row.event.ref, row.ref]
    return Player(
        src=reverse("events-recording-film", args=here),
        mime=file.mime,
        title=said(row.alt),
        language=spoken,
        tracks=[
            Track(reverse("events-recording-text", args=[*here, code]), code, vocab.label("languages", code))
            for code in codes
        ],
    )
