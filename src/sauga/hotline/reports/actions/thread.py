"""The thread of a report: messages between the reporter, who holds the receipt, and the analyst, whose vault
is open; the reporter's contact."""

from datetime import datetime, timedelta

from django.db import transaction

from sauga.hotline.addresses.rules import addresses
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.actions.intake import ZONE
from sauga.hotline.reports.models import Message, Report
from sauga.hotline.states import REPORT, ReportState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, ids, live, sealed
from sauga.kernel.clock import to_hour
from sauga.kernel.identity import PersonActor, person_actor, require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import Actor, lock, move

TABLE = "hotline.message"
LONGEST = 4000
ANSWERS = "ANALYST"


def _message(report: Report, key: sealed.DataKey, text: str, *, from_reporter: bool, at: datetime) -> Message:
    text = addresses.clean_text(text)[:LONGEST]
    if not text:
        raise TextMissing
    ref = ids.new_reference()
    body = sealed.seal(key, table=TABLE, row=ref, field="body", text=text)
    return Message.objects.create(ref=ref, report=report, from_reporter=from_reporter, body=body, at=at)


def reporter_writes(*, by: Actor, report: Report, key: sealed.DataKey, text: str, at: datetime) -> Message:
    """Add the reporter's message, open report or closed, and notify the person who holds the report, or all
    who may answer.

    If an answer was awaited, the report goes on. Raises TextMissing.
    """
    require(by, Permission.RECEIVE)
    with transaction.atomic():
        report = lock(report)
        message = _message(report, key, text, from_reporter=True, at=to_hour(at))
        if report.state == ReportState.WAITING_REPORTER:
            report.answer_by = None
            report.save(update_fields=["answer_by"])
            move(report, to=ReportState.IN_ASSESSMENT, by=by, at=to_hour(at), why="ANSWERED")
        audit.record(by, Trail.MESSAGE_SENT, report, zone=ZONE, at=at, facts={"from": "reporter"})
        _notify(report, at)
        live.signal("hotline.worklist")
        return message


def _notify(report: Report, at: datetime) -> None:
    """Someone must read it: the holder of an open report, otherwise every analyst."""
    holder = report.held_by if report.state != ReportState.CLOSED else None
    is_there = holder is not None and person_actor(holder, at).can(Permission.WRITE_TO_REPORTER)
    notify(
        to=holder if holder is not None and is_there else ANSWERS,
        template="hotline.reporter_wrote",
        context={"ref": report.ref},
        link=f"/desk/hotline/reports/{report.ref}/",
        urgent=report.priority == "P1",
        at=to_hour(at),
    )


def read_messages(*, by: PersonActor, report: Report, up_to: int, at: datetime) -> int:
    """A person who may answer has opened the thread: the reporter's messages up to this one (its number) are
    read, with name and time. Returns how many were unread.

    What arrives later, while the page is open, stays unread.
    """
    require(by, Permission.WRITE_TO_REPORTER, report)
    with transaction.atomic():
        unread = Message.objects.filter(report=report, from_reporter=True, read_at=None, pk__lte=up_to)
        count = unread.update(read_at=at, read_by=by.person_id)
        if count:
            audit.record(by, Trail.MESSAGE_READ, report, zone=ZONE, at=at, facts={"messages": count})
            live.signal("hotline.worklist")
        return count


def may_wait(report: Report) -> bool:
    """Whether a message may ask the reporter for an answer that the report waits for; a message alone can be
    left in every open state."""
    return REPORT.allows(report.state, ReportState.WAITING_REPORTER)


def analyst_writes(
    *, by: Actor, report: Report, key: sealed.DataKey, text: str, at: datetime, wait_days: int = 0
) -> Message:
    """Add the analyst's message; with `wait_days` the report waits that long for an answer.

    Raises TextMissing, MoveNotAllowed.
    """
    require(by, Permission.WRITE_TO_REPORTER, report)
    with transaction.atomic():
        report = lock(report)
        message = _message(report, key, text, from_reporter=False, at=at)
        if wait_days:
            report.answer_by = at + timedelta(days=wait_days)
            report.save(update_fields=["answer_by"])
            move(report, to=ReportState.WAITING_REPORTER, by=by, at=at, why="ASKED")
        audit.record(by, Trail.MESSAGE_SENT, report, zone=ZONE, at=at, facts={"from": "analyst"})
        live.signal("hotline.worklist")
        return message


def stop_waiting(*, by: Actor, report: Report, at: datetime) -> Report:
    """The term for an answer has passed: the report goes on without it. Does nothing twice."""
    require(by, Permission.SETTLE)
    with transaction.atomic():
        report = lock(report)
        if (
            report.state == ReportState.WAITING_REPORTER
            and report.answer_by is not None
            and report.answer_by <= at
        ):
            move(report, to=ReportState.IN_ASSESSMENT, by=by, at=at, why="TERM_OVER")
            report.answer_by = None
            report.save(update_fields=["answer_by"])
        return report


def open_contact(*, by: PersonActor, report: Report, at: datetime) -> str:
    """The contact a reporter left.

    Raises sealed.KeyNotAvailable without the custodian's key or when its term is over.
    """
    require(by, Permission.OPEN_CONTACT)
    if by.vault is None or not hasattr(report, "contact"):
        raise sealed.KeyNotAvailable("no contact to open")
    contact = report.contact
    key = sealed.open_data_key(zone=ZONE, holder=contact.holder, opener=by.vault)
    value = sealed.unseal(
        key, table="hotline.contact", row=report.ref, field="value", envelope=bytes(contact.value)
    )
    with transaction.atomic():
        audit.record(by, Trail.CONTACT_OPENED, report, zone=ZONE, at=at)
    return value
