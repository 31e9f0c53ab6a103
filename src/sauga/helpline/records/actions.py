"""The record of a contact: coded once for both networks, changed by its author, or closed as a contact
without counselling.

A record hangs on an attempt, so conversation, letter and call are written up alike. Writing it gives
the attempt its outcome and closes what it belongs to; from then on the rows of a conversation or call
keep the day only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission
from sauga.helpline.records.models import Attempt, Feedback, Record
from sauga.helpline.records.rules import channels
from sauga.helpline.records.rules import coding as rules
from sauga.helpline.records.rules.coding import Codes, Fault
from sauga.helpline.states import CallState, ChatState
from sauga.helpline.trail import Trail
from sauga.helpline.volunteers.actions import owe_debrief
from sauga.helpline.volunteers.queries.debriefs import heavy_bands, held_since
from sauga.kernel import audit, clock, live, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move

ZONE = sealed.Zone.HELPLINE
TABLE = "helpline.record"
CHANGEABLE = timedelta(hours=48)
"""How long an author may correct a record; after that its figures may have been published."""
ENDED = {ChatState.ENDED, ChatState.DROPPED, CallState.ENDED}


class RecordRefused(ActionRefused):
    """The coding breaks a rule; `faults` name the fields. Nothing was written."""

    message = _("Some fields contradict each other. Check every field.")
    messages = {"non_data": _("This channel does not have this type.")}

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(dict.fromkeys(fault.field for fault in faults)))
        self.faults = tuple(faults)


class AlreadyRecorded(ActionRefused):
    """The contact has its record."""

    message = _("This contact has its record already.")


class StillGoingOn(ActionRefused):
    """The conversation or call has not ended yet."""

    message = _("The contact has not ended yet.")


class TooLateToChange(ActionRefused):
    """The record is older than the time in which its author may correct it."""

    message = _("Only its author can correct a record, within 48 hours.")


def write_record(
    *,
    by: PersonActor,
    attempt: Attempt,
    codes: Codes,
    note: str = "",
    at: datetime,
    seconds: int | None = None,
) -> Record:
    """Write the record of a contact and close it. `seconds` is the time the wrap-up took; without it, the
    time since the contact ended.

    Raises RecordRefused, AlreadyRecorded, StillGoingOn, PermissionRefused.
    """
    require(by, Permission.WRITE_UP, attempt)
    note = note.strip()
    if found := rules.faults(codes, attempt.day, note=note):
        raise RecordRefused(found)
    with transaction.atomic():
        attempt = _locked(attempt)
        took = _took(attempt, at) if seconds is None else seconds
        _refuse_second(attempt)
        _close(by, attempt, ChatState.CLOSED, at)
        record = Record(
            attempt=attempt, author_id=by.person_id, day=_day(at), seconds=took, **_columns(codes)
        )
        if note:
            record.note = _sealed(record, note)
        record.save(force_insert=True)
        _decide(attempt, "ANSWERED", "COUNSELLED")
        after_record(person_id=by.person_id, attempt=attempt, risk=record.risk, at=at)
        _tell(by, Trail.RECORD_WRITTEN, record, attempt, at)
        return record


def close_nondata(
    *, by: PersonActor, attempt: Attempt, kind: str, at: datetime, seconds: int | None = None
) -> Record:
    """Close a contact that was picked up and held no counselling, with its type.

    It stays in every denominator and blocks no caller.

    Raises RecordRefused, AlreadyRecorded, StillGoingOn, PermissionRefused.
    """
    require(by, Permission.WRITE_UP, attempt)
    if found := rules.non_data_faults(kind, attempt.channel, attempt.day):
        raise RecordRefused(found)
    with transaction.atomic():
        attempt = _locked(attempt)
        took = _took(attempt, at) if seconds is None else seconds
        _refuse_second(attempt)
        _close(by, attempt, ChatState.CLOSED_NONDATA, at)
        record = Record.objects.create(
            attempt=attempt,
            author_id=by.person_id,
            day=_day(at),
            seconds=took,
            non_data=kind,
            language=attempt.language,
        )
        _decide(attempt, "NON_DATA", "NON_DATA_TYPE")
        after_record(person_id=by.person_id, attempt=attempt, risk="", at=at)
        _tell(by, Trail.RECORD_WRITTEN, record, attempt, at)
        return record


def change_record(
    *, by: PersonActor, record: Record, codes: Codes, note: str | None = None, at: datetime
) -> Record:
    """Correct one's own record within 48 hours.

    `note` None leaves the note as it is; an empty one takes it away.

    A record without counselling becomes a counselling record by this, and its attempt an answered one; not
    for a letter, whose writer was told that no answer comes. Raises RecordRefused, TooLateToChange,
    PermissionRefused.
    """
    require(by, Permission.WRITE_UP, record.attempt)
    if found := rules.faults(codes, record.attempt.day, note=(note or "").strip()):
        raise RecordRefused(found)
    with transaction.atomic():
        attempt = _locked(record.attempt)
        record = lock(record)
        if record.non_data and attempt.channel == "LETTER":
            raise TooLateToChange
        if record.author_id != by.person_id or at.astimezone(VILNIUS).date() > record.day + CHANGEABLE:
            raise TooLateToChange
        risk_before = record.risk
        for name, value in {**_columns(codes), "non_data": ""}.items():
            setattr(record, name, value)
        if note is not None:
            record.note = _sealed(record, note.strip())
        record.save()
        if attempt.outcome == "NON_DATA":
            _decide(attempt, "ANSWERED", "COUNSELLED")
        if record.risk != risk_before:
            after_record(person_id=by.person_id, attempt=attempt, risk=record.risk, at=at)
        audit.record(by, Trail.RECORD_CHANGED, record, zone=ZONE, at=at)
        return record


def _columns(codes: Codes) -> dict[str, Any]:
    """The record's columns; a year gives its band."""
    columns = asdict(codes)
    if codes.age_year is not None:
        columns["age_band"] = rules.band_of_year(codes.age_year)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in columns.items()}


def _sealed(record: Record, note: str) -> bytes:
    """The note, sealed to the team under a key of its own.

    The key of an earlier note is destroyed with it.
    """
    sealed.destroy_keys([record.holder])
    if not note:
        return b""
    key = sealed.new_data_key(zone=ZONE, holder=record.holder, recipients=[sealed.Recipient.TEAM])
    return sealed.seal(key, table=TABLE, row=record.ref, field="note", text=note)


def _locked(attempt: Attempt) -> Attempt:
    """The attempt with what it belongs to, both read fresh and locked, the conversation or call
    first as everywhere.
    """
    for name in ("conversation", "call", "letter"):
        subject = getattr(attempt, name)
        if subject is not None:
            lock(subject)
    return lock(attempt)


def _refuse_second(attempt: Attempt) -> None:
    if Record.objects.filter(attempt=attempt).exists():
        raise AlreadyRecorded


def _day(at: datetime) -> date:
    return timezone.localtime(at, VILNIUS).date()


def _took(attempt: Attempt, at: datetime) -> int:
    subject = attempt.conversation or attempt.call
    ended = subject.ended_at if subject is not None else None
    return max(0, int((at - ended).total_seconds())) if ended is not None else 0


def _decide(attempt: Attempt, outcome: str, reason: str) -> None:
    """An attempt has one outcome.

    A letter is answered when its answer is delivered, not when it is written up.
    """
    if attempt.channel == "LETTER" and outcome == "ANSWERED":
        return
    attempt.outcome, attempt.reason = outcome, reason
    attempt.save(update_fields=["outcome", "reason"])


def _tell(by: PersonActor, act: Trail, record: Record, attempt: Attempt, at: datetime) -> None:
    facts = {"channel": attempt.channel, "outcome": "NON_DATA" if record.non_data else "ANSWERED"}
    audit.record(by, act, record, zone=ZONE, at=at, facts=facts)
    live.signal("helpline.queue")


def _close(by: PersonActor, attempt: Attempt, to: ChatState, at: datetime) -> None:
    """Close what the attempt belongs to. `to` is CLOSED or CLOSED_NONDATA, which chats, calls
    and letters share.
    """
    if (found := channels.contact_of(attempt)) is not None:
        channel, contact = found
        channel.close(by=by, contact=lock(contact), to=to, at=at)


def close_talk(*, by: PersonActor, talk: Any, to: str, at: datetime) -> None:
    """Move a conversation or call that is over, by way of WRAP_UP. Raises StillGoingOn."""
    if talk.state in ENDED:
        move(talk, to=ChatState.WRAP_UP, by=by, at=at)
    if talk.state != ChatState.WRAP_UP:
        raise StillGoingOn
    move(talk, to=to, by=by, at=at)


def after_record(*, person_id: int, attempt: Attempt, risk: str, at: datetime) -> None:
    """Owe a debrief after a heavy contact, judged by its record and its own band; its timestamps are
    minimised from now on.
    """
    contact = attempt.conversation or attempt.call
    held = {risk, getattr(contact, "band", "")}
    if contact is not None and (contact.is_at_risk or held & set(heavy_bands(at))):
        since = getattr(contact, "taken_at", None) or getattr(contact, "answered_at", None) or at
        if not held_since(person_id, since):
            owe_debrief(person_id=person_id, at=at)


class AnswerUnknown(ActionRefused):
    """A question or an answer that the line does not ask for."""

    message = _("Choose one of the answers.")


def give_feedback(
    *,
    by: Actor,
    channel: str,
    language: str,
    mood_before: str = "",
    mood_after: str = "",
    answers: Mapping[str, str],
    at: datetime,
) -> Feedback:
    """Store feedback. `answers` maps codes of feedback_question to codes of the question's scale. Raises
    AnswerUnknown.
    """
    require(by, Permission.VISIT)
    if any(mood and not vocab.has_term("mood", mood) for mood in (mood_before, mood_after)):
        raise AnswerUnknown
    for question, answer in answers.items():
        if not vocab.has_term("feedback_question", question):
            raise AnswerUnknown
        scale = vocab.term("feedback_question", question).extra["scale"]
        if not vocab.has_term(scale, answer):
            raise AnswerUnknown
    return Feedback.objects.create(
        day=at.astimezone(clock.VILNIUS).date(),
        channel=channel,
        language=language,
        mood_before=mood_before,
        mood_after=mood_after,
        answers=dict(answers),
    )
