"""A confirmed proposal comes into the programme: its speakers who agreed become speakers of the event, it
becomes a session at the hour and in the room that the organiser chooses.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.programme.actions.sessions import SessionGiven, add_session, edit_session
from sauga.events.programme.actions.speakers import (
    RECORDING_VERSION,
    record_consent,
    save_speaker,
    set_recording,
)
from sauga.events.programme.models import SessionSpeaker, Speaker
from sauga.events.programme.rules.local_times import local_time
from sauga.events.proposals.actions.transitions import signal
from sauga.events.proposals.models import Proposal, ProposalSpeaker
from sauga.events.proposals.queries import content as protection
from sauga.events.proposals.queries.reviewers import sight_of
from sauga.events.states import ProposalState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit
from sauga.kernel.identity import PermissionRefused, PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import lock


class NotConfirmed(ActionRefused):
    """Only what a speaker confirmed comes into the programme, once."""

    messages = {
        "state": _("The speaker has not confirmed yet."),
        "there": _("It is in the programme already."),
    }


def put_into_programme(*, by: PersonActor, proposal: Proposal, given: SessionGiven, at: datetime) -> Proposal:
    """Make the session, with the speakers who agreed to be shown. A speaker who may not be recorded makes it
    a session that is not recorded. Raises PermissionRefused, NotConfirmed, and as `add_session`."""
    require(by, Permission.KEEP_PROPOSALS, proposal)
    with transaction.atomic():
        row = lock(proposal)
        if not sight_of(by, row, at).decisions:
            raise PermissionRefused(Permission.KEEP_PROPOSALS)
        if row.state != ProposalState.CONFIRMED:
            raise NotConfirmed("state")
        if row.session_id is not None:
            raise NotConfirmed("there")
        people = speaking(row)
        found = [_speaker(by, one, at) for one in people if one.consented_at is not None]
        unrecorded = given.do_not_record or any(one.recording != "yes" for one in people)
        given = replace(given, speakers=found, do_not_record=unrecorded)
        row.session = add_session(by=by, event=row.call.event, given=given, at=at)
        row.save(update_fields=["session"])
        _agree_to_recording(by, row, people, at)
        audit.record(by, Trail.PROPOSAL_CHANGED, row, zone=ZONE, at=at, facts={"what": "programme"})
        signal()
        return row


def add_speakers(*, by: PersonActor, proposal: Proposal, at: datetime) -> Proposal:
    """Bring speakers who agreed only after the session was made into the programme, and into their session.
    Raises PermissionRefused, NotConfirmed, and as `edit_session`."""
    require(by, Permission.KEEP_PROPOSALS, proposal)
    with transaction.atomic():
        row = lock(proposal)
        if not sight_of(by, row, at).decisions:
            raise PermissionRefused(Permission.KEEP_PROPOSALS)
        session = row.session
        if session is None or not late_speakers(row):
            raise NotConfirmed("there")
        found = [_speaker(by, one, at) for one in speaking(row) if one.consented_at is not None]
        is_scheduled = session.starts is not None and session.ends is not None
        given = SessionGiven(
            title=session.title,
            abstract=session.abstract,
            starts=local_time(session.starts) if is_scheduled else None,
            ends=local_time(session.ends) if is_scheduled else None,
            minutes=session.minutes,
            seats_wanted=session.seats_wanted,
            kind=session.kind,
            room=session.room,
            stream=session.stream,
            track=session.track,
            language=session.language,
            access=session.access,
            do_not_record=session.do_not_record or any(one.recording != "yes" for one in speaking(row)),
            speakers=found,
        )
        edit_session(by=by, session=session, given=given, seen="", at=at)
        _agree_to_recording(by, row, speaking(row), at)
        audit.record(by, Trail.PROPOSAL_CHANGED, row, zone=ZONE, at=at, facts={"what": "programme"})
        signal()
        return row


def _agree_to_recording(
    by: PersonActor, row: Proposal, people: Collection[ProposalSpeaker], at: datetime
) -> None:
    """What speakers said about the recording when they confirmed stands beside them in the session."""
    agreed = {one.speaker_id: one.recording_version for one in people if one.recording == "yes"}
    for one in SessionSpeaker.objects.filter(session=row.session_id, speaker__in=agreed):
        if not one.agrees_to_recording:
            version = agreed[one.speaker_id] or RECORDING_VERSION
            set_recording(by=by, speaking=one, agrees=True, version=version, at=at)


def late_speakers(row: Proposal) -> list[ProposalSpeaker]:
    """Speakers who agreed to be shown and are not in the programme."""
    return [
        one
        for one in speaking(row)
        if one.consented_at is not None and (one.speaker is None or not one.speaker.is_shown)
    ]


def speaking(row: Proposal) -> list[ProposalSpeaker]:
    """Those who speak: the person who sent it, and co-speakers who agreed."""
    return list(row.speakers.filter(answered_at__isnull=False, declined_at__isnull=True))


def _speaker(by: PersonActor, row: ProposalSpeaker, at: datetime) -> Speaker:
    details = protection.details_of(row)
    role = ", ".join(filter(None, (details.role, details.organisation)))
    made = save_speaker(
        by=by,
        event=row.proposal.call.event,
        speaker=row.speaker,
        name=details.name,
        role={row.language: role},
        biography={row.language: details.biography},
        at=at,
    )
    if not made.is_shown:
        made = record_consent(by=by, speaker=made, at=at)
    row.speaker = made
    row.save(update_fields=["speaker"])
    return made
