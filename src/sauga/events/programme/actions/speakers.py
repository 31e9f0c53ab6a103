"""Speakers of an event: entered by staff, shown with their consent, taken down when it is withdrawn."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.effects import consent_withdrawn, speaker_removed
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event, SessionSpeaker, Speaker
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.identity import allowed, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

CONSENT_VERSION, RECORDING_VERSION = 2, 2
"""The versions of the texts that speakers agree to (`speaking.rules.consents`, and the guide)."""


class SpeakerUnfit(ActionRefused):
    """A speaker without a name, or a consent that is recorded or withdrawn twice."""

    messages = {
        "name": _("Write the name as it is to be shown."),
        "given": _("The consent is recorded already."),
        "none": _("There is no consent that could be withdrawn."),
    }
    fields = {"name": "name"}


def require_own_or_editor(by: Actor, of: object) -> None:
    """Return if the actor edits programmes or is the speaker behind the personal link, for whom the public
    site acts; raise PermissionRefused otherwise."""
    if not allowed(by, Permission.SPEAK):
        require(by, Permission.EDIT_PROGRAMME, of)


def save_speaker(
    *,
    by: Actor,
    event: Event,
    speaker: Speaker | None,
    name: str,
    role: Mapping[str, str],
    biography: Mapping[str, str],
    at: datetime,
) -> Speaker:
    """Add a speaker, or change the entry. Raises PermissionRefused, SpeakerUnfit."""
    if speaker is None:
        require(by, Permission.EDIT_PROGRAMME, event)
    require_own_or_editor(by, event)
    if not name.strip():
        raise SpeakerUnfit("name")
    with transaction.atomic():
        row = lock(event)
        held = lock(speaker) if speaker else Speaker(event=row, added_at=at)
        held.name = name.strip()
        held.role = {code: text.strip() for code, text in role.items() if text.strip()}
        held.biography = {code: text.strip() for code, text in biography.items() if text.strip()}
        held.save()
        _changed(by, held, row, "edited" if speaker else "added", at)
        return held


def record_consent(*, by: Actor, speaker: Speaker, at: datetime) -> Speaker:
    """The speaker has agreed in writing that the entry is shown. Raises PermissionRefused, SpeakerUnfit."""
    require_own_or_editor(by, speaker)
    with transaction.atomic():
        held = lock(speaker)
        if held.is_shown:
            raise SpeakerUnfit("given")
        held.consented_at, held.consent_version, held.withdrawn_at = at, CONSENT_VERSION, None
        held.save()
        _changed(by, held, held.event, "consent_recorded", at)
        return held


def withdraw_consent(*, by: Actor, speaker: Speaker, at: datetime) -> Speaker:
    """The speaker no longer agrees: pages, files and calendars lose the entry at once. Raises
    PermissionRefused, SpeakerUnfit."""
    require_own_or_editor(by, speaker)
    with transaction.atomic():
        held = lock(speaker)
        if not held.is_shown:
            raise SpeakerUnfit("none")
        held.withdrawn_at = at
        held.save()
        _changed(by, held, held.event, "consent_withdrawn", at)
        consent_withdrawn(by=by, speaker=held, what="publication", session=None, at=at)
        return held


def set_recording(
    *,
    by: Actor,
    speaking: SessionSpeaker,
    agrees: bool,
    version: int = RECORDING_VERSION,
    at: datetime,
) -> SessionSpeaker:
    """A speaker agrees that a session is recorded, to a version of the text, or no longer does: at once,
    wherever the programme is shown. Raises PermissionRefused, SpeakerUnfit."""
    require_own_or_editor(by, speaking.speaker)
    with transaction.atomic():
        held = lock(speaking)
        if held.agrees_to_recording == agrees:
            raise SpeakerUnfit("given" if agrees else "none")
        if agrees:
            held.recording_agreed_at, held.recording_version = at, version
            held.recording_withdrawn_at = None
        else:
            held.recording_withdrawn_at = at
        held.save()
        what = "recording_agreed" if agrees else "recording_withdrawn"
        _changed(by, held.speaker, held.session.event, what, at)
        if not agrees:
            consent_withdrawn(by=by, speaker=held.speaker, what="recording", session=held.session, at=at)
        return held


def remove_speaker(*, by: Actor, speaker: Speaker, at: datetime) -> None:
    """Delete an entry; its sessions stay. Raises PermissionRefused."""
    require(by, Permission.EDIT_PROGRAMME, speaker)
    with transaction.atomic():
        event = lock(speaker.event)
        _changed(by, speaker, event, "removed", at)
        speaker_removed(by=by, speaker=speaker, at=at)
        speaker.delete()


def note_speaker(by: Actor, speaker: Speaker, what: str, at: datetime) -> None:
    """Something about a speaker has changed: in the audit log, for files that ask for the last change, and on
    open pages."""
    _changed(by, speaker, speaker.event, what, at)


def _changed(by: Actor, speaker: Speaker, event: Event, what: str, at: datetime) -> None:
    event.changed_at = at
    event.save(update_fields=["changed_at"])
    audit.record(by, Trail.SPEAKER_CHANGED, speaker, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)
