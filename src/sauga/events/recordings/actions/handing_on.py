"""Handing a recording on to the repository as a draft: with title, languages, licence, speakers, captions and
transcript, and only where every speaker agrees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.photos.actions.assets import note
from sauga.events.photos.models import Asset, AssetKind
from sauga.events.programme.models import said
from sauga.events.recordings.models import RecordingHandOver
from sauga.events.recordings.queries import recordings as queries
from sauga.events.recordings.rules import LICENCES, REVIEW_AFTER_DAYS, spoken_first
from sauga.events.recordings.transcripts import transcript
from sauga.events.states import AssetState
from sauga.kernel import media, notifications
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.repository.resources.actions.proposed import ProposedFile, propose_resource

HANDED_ON = "events.recording_handed_on"
KIND = "webinar_recording"


@dataclass(frozen=True)
class HandOnGiven:
    """What organisers say of a recording: title and summary by language, the language that is spoken in it,
    the licence."""

    title: Mapping[str, str]
    abstract: Mapping[str, str]
    language: str
    licence: str


class HandOnRefused(ActionRefused):
    """The recording cannot go to the repository, or not yet."""

    messages = {
        "kind": _("Only the recording of a session is handed on."),
        "withdrawn": _("It was withdrawn or removed. Carry out the withdrawal first."),
        "handed": _("It has been handed on already."),
        "unrecorded": _("This session must not be recorded."),
        "consent": _(
            "These speakers have not agreed that the recording is published among the centre’s resources: "
            "%(names)s. Send them the link to their page."
        ),
        "captions": _("Add captions in the language that is spoken first."),
        "title": _("Write a title."),
        "licence": _("Choose a licence that names the speakers."),
    }
    fields = {"title": "title_lt", "licence": "licence", "captions": "language"}


def hand_on(*, by: Actor, asset: Asset, given: HandOnGiven, at: datetime) -> RecordingHandOver:
    """Make a draft of a recording in the repository; its editors are notified, review and publish it. Raises
    PermissionRefused, HandOnRefused, MetadataRefused, FileRefused."""
    require(by, Permission.PUBLISH_PICTURES, asset)
    with transaction.atomic():
        row = lock(asset)
        _check(row, given)
        resource = propose_resource(
            by=by, files=_files(row, given), how="event", at=at, **_fields(row, given, at)
        )
        made = RecordingHandOver.objects.create(asset=row, resource_ref=resource.ref, handed_at=at)
        note(by, row, "handed_on", at)
        notifications.notify(
            to="EDITOR",
            template=HANDED_ON,
            context={"ref": row.event.ref},
            link=reverse("repository-desk-resource", args=[resource.ref]),
            at=at,
        )
        return made


def _check(row: Asset, given: HandOnGiven) -> None:
    if row.kind != AssetKind.RECORDING or row.session is None:
        raise HandOnRefused("kind")
    if row.state != AssetState.SHOWN:
        raise HandOnRefused("withdrawn")
    if queries.hand_over_of(row) is not None:
        raise HandOnRefused("handed")
    if row.session.do_not_record:
        raise HandOnRefused("unrecorded")
    if names := queries.missing_for(row):
        raise HandOnRefused("consent", names=", ".join(names))
    if given.licence not in LICENCES:
        raise HandOnRefused("licence")
    if not any(text.strip() for text in given.title.values()):
        raise HandOnRefused("title")
    if given.language not in {one.language for one in queries.captions_of(row)}:
        raise HandOnRefused("captions")


def _fields(row: Asset, given: HandOnGiven, at: datetime) -> dict[str, object]:
    """The metadata that the event has; editors complete the rest."""
    event, codes = row.event, [one.language for one in queries.captions_of(row)]
    editors = {one.code for one in languages.for_editors()}
    names = [one.name for one in queries.named(row)]
    today = at.astimezone(VILNIUS).date()
    return {
        "type": KIND,
        "title": dict(given.title),
        "abstract": {code: text or given.title.get(code, "") for code, text in given.abstract.items()},
        "topics": list(event.topics),
        "audiences": list(event.audiences),
        "languages": [code for code in spoken_first(codes, given.language) if code in editors],
        "licence": given.licence,
        "attribution": ", ".join(names)[:240],
        "creators": [{code: name for code in sorted(editors)} | {"kind": "person"} for name in names]
        or [{**_organiser(row), "kind": "agency"}],
        "publisher": _organiser(row),
        "source": f"{said(event.title, 'lt')}, {event.starts.astimezone(VILNIUS):%Y-%m-%d}"[:240],
        "learning_minutes": _minutes(row),
        "review_by": today + timedelta(days=REVIEW_AFTER_DAYS),
        "accessibility": {
            "access_modes": ["auditory", "visual"],
            "access_mode_sufficient": [["auditory", "visual"], ["textual"]],
            "features": ["closedCaptions", "transcript"],
            "hazards": ["unknown"],
        },
    }


def _organiser(row: Asset) -> dict[str, str]:
    name = row.event.organiser.name_at(row.event.starts)
    return {one.code: name for one in languages.for_editors()}


def _minutes(row: Asset) -> int | None:
    session = row.session
    if session is None or not session.is_scheduled:
        return None
    return int((session.ends - session.starts).total_seconds()) // 60


def _files(row: Asset, given: HandOnGiven) -> list[ProposedFile]:
    """The film in the language spoken, by reference; captions and a transcript in each language that has
    captions."""
    film = media.file_named(str(row.file.name))
    if film is None:
        raise media.FileRefused("damaged")
    found = [ProposedFile("main", given.language, film.name, film)]
    names = [one.name for one in queries.named(row)]
    for one in queries.captions_of(row):
        content = queries.text_of(one)
        title = given.title.get(one.language) or next(filter(None, given.title.values()))
        text = transcript(content, title, names, one.language)
        found.append(ProposedFile("captions", one.language, f"captions-{one.language}.vtt", content))
        found.append(ProposedFile("transcript", one.language, f"transcript-{one.language}.html", text))
    return found
