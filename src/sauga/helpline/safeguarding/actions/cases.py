"""Help beyond one contact: a case with a case worker, notes, a plan and a follow-up day. Closing takes a
second person.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.calls.models import Call
from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.helpline.permissions import Permission
from sauga.helpline.safeguarding.models import CaseNote, Concern, HelpCase
from sauga.helpline.safeguarding.rules.access import CASE_READING, CASE_REOPENING
from sauga.helpline.states import CaseState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, notifications, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, ReasonMissing, TextMissing
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import MoveNotAllowed, lock, move

ZONE = sealed.Zone.HELPLINE
TABLE = "helpline.casenote"
AT_WORK = (CaseState.IN_PROGRESS, CaseState.WAITING_EXTERNAL)


class OwnClosing(ActionRefused):
    """A case is not closed by one person alone."""

    message = _("You proposed closing yourself: another person decides.")


class DayIsOver(ActionRefused):
    """A follow-up day is in the future."""

    message = _("Choose a day that has not passed.")
    field = "follow_up_date"


def open_case(
    *,
    by: PersonActor,
    plan: str,
    urgency: str,
    follow_up_date: date,
    conversation: Conversation | None = None,
    letter: Letter | None = None,
    call: Call | None = None,
    concern: Concern | None = None,
    at: datetime,
) -> HelpCase:
    """Open a case with its plan and the day on which it is looked at again.

    It has a case worker once a person takes it.

    Raises TextMissing without a plan, ReasonMissing for an urgency outside the list, DayIsOver, VaultLocked.
    """
    require(by, Permission.KEEP_CASE)
    if by.vault is None:
        raise VaultLocked
    if not vocab.has_term("urgency", urgency):
        raise ReasonMissing
    _check_day(follow_up_date, at)
    with transaction.atomic():
        about: dict[str, Any] = {
            "conversation": conversation,
            "letter": letter,
            "call": call,
            "concern": concern,
        }
        case = HelpCase(**about, urgency=urgency, opened_at=at, follow_up_date=follow_up_date)
        case.save(force_insert=True)
        key = sealed.new_data_key(zone=ZONE, holder=case.holder, recipients=[sealed.Recipient.TEAM])
        case.steps.create(track="state", before="", after=str(case.state), at=at, by=by.pseudonym)
        _write(case, key, by=by, kind="PLAN", text=plan, at=at)
        move(case, to=CaseState.OPEN, by=by, at=at)
        audit.record(by, Trail.CASE_OPENED, case, zone=ZONE, at=at)
        live.signal("helpline.safety")
        return case


def take_case(*, by: PersonActor, case: HelpCase, at: datetime) -> HelpCase:
    """Become the case's worker and begin; or take over from a colleague who keeps it."""
    require(by, Permission.KEEP_CASE, case)
    with transaction.atomic():
        case = lock(case)
        if case.state == CaseState.OPEN:
            _go(case, CaseState.IN_PROGRESS, by=by, at=at, why="TAKEN")
        elif case.state not in AT_WORK:
            raise MoveNotAllowed(case.state, CaseState.IN_PROGRESS)
        else:
            audit.record(by, Trail.CASE_MOVED, case, zone=ZONE, at=at, facts={"to": "CASE_WORKER"})
        case.case_worker_id = by.person_id
        case.save(update_fields=["case_worker"])
        return case


def add_note(*, by: PersonActor, case: HelpCase, text: str, kind: str = "NOTE", at: datetime) -> CaseNote:
    """Write down what happened (NOTE) or what is planned now (PLAN).

    Raises TextMissing, VaultLocked, MoveNotAllowed when closed.
    """
    require(by, Permission.KEEP_CASE, case)
    with transaction.atomic():
        case = lock(case)
        if case.state == CaseState.CLOSED:
            raise MoveNotAllowed(case.state, case.state)
        return _write(case, open_key(by, case), by=by, kind=kind, text=text, at=at)


def set_follow_up(*, by: PersonActor, case: HelpCase, day: date, at: datetime) -> HelpCase:
    """Choose the next day on which the case is reviewed.

    Raises DayIsOver, MoveNotAllowed when closed.
    """
    require(by, Permission.KEEP_CASE, case)
    _check_day(day, at)
    with transaction.atomic():
        case = lock(case)
        if case.state == CaseState.CLOSED:
            raise MoveNotAllowed(case.state, case.state)
        case.follow_up_date, case.follow_up_told_date = day, None
        case.save(update_fields=["follow_up_date", "follow_up_told_date"])
        audit.record(by, Trail.CASE_MOVED, case, zone=ZONE, at=at, facts={"to": "FOLLOW_UP"})
        return case


def wait_for_others(*, by: PersonActor, case: HelpCase, at: datetime) -> HelpCase:
    """The next step belongs to others: a service, a school."""
    return _step(by, case, CaseState.WAITING_EXTERNAL, at)


def go_on(*, by: PersonActor, case: HelpCase, at: datetime) -> HelpCase:
    """They answered; or the second person found that the case should stay open."""
    return _step(by, case, CaseState.IN_PROGRESS, at)


def propose_close(*, by: PersonActor, case: HelpCase, note: str, at: datetime) -> HelpCase:
    """Say why the case can end. Another case worker decides. Raises TextMissing, VaultLocked."""
    require(by, Permission.KEEP_CASE, case)
    with transaction.atomic():
        case = lock(case)
        _write(case, open_key(by, case), by=by, kind="CLOSING", text=note, at=at)
        _go(case, CaseState.CLOSE_PROPOSED, by=by, at=at)
        case.close_proposed_by_id = by.person_id
        case.save(update_fields=["close_proposed_by"])
        link = f"/desk/helpline/cases/{case.ref}/"
        notifications.notify(
            to="SAFEGUARDING_LEAD",
            template="helpline.case_close",
            context={"ref": case.ref},
            link=link,
            at=at,
        )
        return case


def close_case(*, by: PersonActor, case: HelpCase, at: datetime) -> HelpCase:
    """The second person closes. Raises OwnClosing for the person who proposed it."""
    require(by, Permission.KEEP_CASE, case)
    with transaction.atomic():
        case = lock(case)
        if case.state != CaseState.CLOSE_PROPOSED:
            raise MoveNotAllowed(case.state, CaseState.CLOSED)
        if case.close_proposed_by_id == by.person_id:
            raise OwnClosing
        case.closed_by_id, case.closed_at, case.follow_up_date = by.person_id, at, None
        case.save(update_fields=["closed_by", "closed_at", "follow_up_date"])
        _go(case, CaseState.CLOSED, by=by, at=at)
        return case


def reopen_case(*, by: PersonActor, case: HelpCase, reason: str, at: datetime) -> HelpCase:
    """A lead takes a closed case up again, with a reason of `case_reopening`, and keeps it.
    Raises ReasonMissing.
    """
    require(by, Permission.KEEP_CASE)
    if not by.can(Permission.APPROVE_BREAK):
        require(by, Permission.LEAD_SHIFT)
    if not vocab.has_term(CASE_REOPENING, reason):
        raise ReasonMissing
    with transaction.atomic():
        case = lock(case)
        if case.state != CaseState.CLOSED:
            raise MoveNotAllowed(case.state, CaseState.IN_PROGRESS)
        _go(case, CaseState.IN_PROGRESS, by=by, at=at, why=reason)
        case.case_worker_id, case.closed_by, case.close_proposed_by, case.closed_at = (
            by.person_id,
            None,
            None,
            None,
        )
        case.save(update_fields=["case_worker", "closed_by", "close_proposed_by", "closed_at"])
        return case


def read_case(*, by: PersonActor, case: HelpCase, reason: str = "", at: datetime) -> None:
    """Leave a line in the trail that the case was read; a closed one needs a reason of `case_reading`.

    Raises ReasonMissing.
    """
    require(by, Permission.KEEP_CASE)
    if case.state == CaseState.CLOSED and not vocab.has_term(CASE_READING, reason):
        raise ReasonMissing
    why = reason or ("CASE_WORKER" if case.case_worker_id == by.person_id else "COLLEAGUE")
    audit.record(by, Trail.CASE_READ, case, zone=ZONE, at=at, facts={"reason": why})


def open_key(by: PersonActor, case: HelpCase) -> sealed.DataKey:
    """The case's key. Raises VaultLocked, KeyNotAvailable."""
    if by.vault is None:
        raise VaultLocked
    return sealed.open_data_key(zone=ZONE, holder=case.holder, opener=by.vault)


def _step(by: PersonActor, case: HelpCase, to: CaseState, at: datetime) -> HelpCase:
    require(by, Permission.KEEP_CASE, case)
    with transaction.atomic():
        case = lock(case)
        if case.state == CaseState.CLOSED:  # only `reopen_case` leads out of it, with a reason
            raise MoveNotAllowed(case.state, to)
        _go(case, to, by=by, at=at)
        if case.close_proposed_by_id is not None:
            case.close_proposed_by = None
            case.save(update_fields=["close_proposed_by"])
        return case


def _go(case: HelpCase, to: CaseState, *, by: PersonActor, at: datetime, why: str = "") -> None:
    move(case, to=to, by=by, at=at, why=why)
    audit.record(by, Trail.CASE_MOVED, case, zone=ZONE, at=at, facts={"to": case.state})
    live.signal("helpline.safety")


def _write(
    case: HelpCase, key: sealed.DataKey, *, by: PersonActor, kind: str, text: str, at: datetime
) -> CaseNote:
    if not text.strip():
        raise TextMissing
    note = CaseNote(case=case, kind=kind, author_id=by.person_id, at=at)
    note.body = sealed.seal(key, table=TABLE, row=note.ref, field="body", text=text.strip())
    note.save(force_insert=True)
    return note


def _check_day(day: date, at: datetime) -> None:
    if day < at.astimezone(VILNIUS).date():
        raise DayIsOver
