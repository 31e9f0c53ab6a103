"""Recordings of an event: whose consent is missing, their captions, where they are in the repository."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.photos.models import Asset, AssetKind, Outcome
from sauga.events.programme.models import Event, Session, SessionSpeaker, Speaker
from sauga.events.recordings.models import RecordingCaptions, RecordingHandOver
from sauga.events.recordings.rules import agrees
from sauga.events.states import AssetState
from sauga.kernel import media
from sauga.kernel.identity import PersonActor
from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.resources.queries.snapshots import in_order

BREAK = "break"


@dataclass(frozen=True)
class Published:
    """A recording that the repository has published."""

    asset: Asset
    resource: Resource
    files: list[Rendition]


def event_for(by: PersonActor, ref: str) -> Event:
    """An event whose recordings this person publishes. Raises Http404."""
    found = Event.objects.visible_to(by, Permission.PUBLISH_PICTURES).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def recording_of(event: Event, ref: str) -> Asset:
    """A recording of an event. Raises Http404."""
    found: Asset | None = recordings(event).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def recordings(event: Event) -> QuerySet[Asset]:
    """The recordings of an event with their sessions, in the order of the programme."""
    rows = Asset.objects.filter(event=event, kind=AssetKind.RECORDING).select_related("session", "event")
    return rows.prefetch_related("captions").order_by("session__starts", "pk")


def sessions(event: Event) -> list[Session]:
    """The sessions that can be recorded: scheduled, no breaks."""
    rows = Session.objects.scheduled().filter(event=event).exclude(kind=BREAK)
    return list(rows.prefetch_related("speaking__speaker").order_by("starts", "pk"))


def missing(session: Session | None, cut_out: Sequence[int] = ()) -> list[str]:
    """The names of the speakers who have not agreed that a recording of this session goes to the repository,
    except those who were cut out of it."""
    if session is None:
        return []
    rows = session.speaking.all()
    return [one.speaker.name for one in rows if one.speaker_id not in cut_out and not _agrees(one)]


def missing_for(asset: Asset) -> list[str]:
    """The same for a recording."""
    return missing(asset.session, cut_out(asset))


def cut_out(asset: Asset) -> list[int]:
    """The speakers who can no longer be seen or heard in a recording, by primary key: a withdrawal of theirs
    was carried out on it, and none is open."""
    held = list(asset.tasks.exclude(speaker=None).values_list("speaker", "outcome", "done_at"))
    waiting = {speaker for speaker, _outcome, done_at in held if done_at is None}
    done = {speaker for speaker, outcome, done_at in held if done_at and outcome != Outcome.REMOVED}
    return sorted(done - waiting)


def named(asset: Asset) -> list[Speaker]:
    """The speakers in a recording, in order."""
    if asset.session is None:
        return []
    gone = cut_out(asset)
    rows = asset.session.speaking.select_related("speaker")
    return [one.speaker for one in rows if one.speaker_id not in gone]


def captions_of(asset: Asset) -> list[RecordingCaptions]:
    """The captions of a recording."""
    return list(RecordingCaptions.objects.filter(asset=asset))


def text_of(captions: RecordingCaptions) -> bytes:
    """The file of captions."""
    file = media.file_named(captions.file.name)
    return media.read(file) if file is not None else b""


def hand_over_of(asset: Asset) -> RecordingHandOver | None:
    """Where a recording is in the repository now."""
    return RecordingHandOver.objects.filter(asset=asset, ended_at__isnull=True).first()


def hand_overs(assets: Sequence[Asset]) -> dict[int, list[RecordingHandOver]]:
    """All times that recordings were handed on, the latest first, by the recording's primary key."""
    found: dict[int, list[RecordingHandOver]] = {}
    for row in RecordingHandOver.objects.filter(asset__in=assets):
        found.setdefault(row.asset_id, []).append(row)
    return found


def resources_of(rows: Sequence[RecordingHandOver]) -> dict[str, Resource]:
    """The resources that recordings became, by reference."""
    held = Resource.objects.filter(ref__in=[row.resource_ref for row in rows])
    return {row.ref: row for row in held}


def published(event: Event) -> list[Published]:
    """The recordings of an event that the repository has published, in the order of the programme."""
    rows = _open([event])
    if not rows:
        return []
    live = {
        row.ref: row for row in Resource.objects.public().filter(ref__in=[one.resource_ref for one in rows])
    }
    files: dict[int, list[Rendition]] = {}
    held = Rendition.objects.filter(resource__in=live.values(), removed_at__isnull=True)
    for file in held.select_related("media"):
        files.setdefault(file.resource_id, []).append(file)
    return [
        Published(one.asset, live[one.resource_ref], in_order(files.get(live[one.resource_ref].pk, [])))
        for one in rows
        if one.resource_ref in live
    ]


def published_counts(events: Sequence[Event]) -> dict[int, int]:
    """How many published recordings each of these events has, by primary key; in two statements."""
    rows = _open(events)
    refs = [one.resource_ref for one in rows]
    live = (
        set(Resource.objects.public().filter(ref__in=refs).values_list("ref", flat=True)) if refs else set()
    )
    found: dict[int, int] = {}
    for one in rows:
        if one.resource_ref in live:
            found[one.asset.event_id] = found.get(one.asset.event_id, 0) + 1
    return found


def of_speaker(speaker: Speaker) -> list[Asset]:
    """The recordings of a speaker's sessions, whatever became of them."""
    rows = Asset.objects.filter(kind=AssetKind.RECORDING, session__speaking__speaker=speaker)
    return list(rows.select_related("session", "event").order_by("session__starts", "pk"))


def _open(events: Sequence[Event]) -> list[RecordingHandOver]:
    rows = RecordingHandOver.objects.filter(
        asset__event__in=events, asset__state=AssetState.SHOWN, ended_at__isnull=True
    )
    return list(rows.select_related("asset__session").order_by("asset__session__starts", "pk"))


def _agrees(one: SessionSpeaker) -> bool:
    return agrees(
        is_recorded=one.agrees_to_recording,
        version=one.recording_version,
        is_named=one.speaker.is_shown,
    )
