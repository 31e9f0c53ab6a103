"""Feedback about the site: it reaches a person and is answered within ten working days."""

from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction

from sauga.kernel import audit, live, notifications, sealed
from sauga.kernel.clock import VILNIUS, add_working_days
from sauga.kernel.identity import require
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import Actor, lock, move
from sauga.portal.models.feedback import Feedback, FeedbackStep
from sauga.portal.permissions import Permission
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.states import FeedbackState
from sauga.portal.trail import Trail

WORKING_DAYS = 10
QUIET = timedelta(days=30)
LONGEST = 4000
CHANNEL = "portal.feedback"
TELL = "EDITOR"


def due_at(at: datetime) -> datetime:
    """The end of the tenth working day after."""
    day = add_working_days(at.astimezone(VILNIUS).date(), WORKING_DAYS)
    return datetime.combine(day, time(23, 59), VILNIUS)


def receive_feedback(
    *,
    by: Actor,
    receipt: sealed.ReceiptKeys,
    kind: str,
    text: str,
    page: str,
    language: str,
    email: str,
    at: datetime,
) -> Feedback:
    """Store feedback and notify the editors; with a known receipt, return what is stored. Raises
    TextMissing.
    """
    require(by, Permission.VISIT)
    said = text.strip()[:LONGEST]
    if not said:
        raise TextMissing
    try:
        with transaction.atomic():
            row = Feedback.objects.create(
                receipt=receipt.lookup,
                kind=kind,
                text=said,
                page=page[:200],
                language=language,
                email=email,
                received_at=at,
                due_at=due_at(at),
            )
            FeedbackStep.objects.create(
                subject=row, track="state", before="", after=row.state, at=at, by=by.pseudonym
            )
            notifications.notify(
                to=TELL,
                template="portal.feedback_received",
                context={"ref": row.ref},
                link=f"/desk/portal/feedback/{row.ref}/",
                at=at,
            )
            audit.record(by, Trail.FEEDBACK_RECEIVED, row, zone=ZONE, at=at, facts={"kind": kind})
            live.signal(CHANNEL)
            return row
    except IntegrityError:
        return Feedback.objects.get(receipt=receipt.lookup)


def answer_feedback(*, by: Actor, feedback: Feedback, text: str, at: datetime) -> Feedback:
    """Answer. If an address was left, the answer is mailed and the address deleted. Raises TextMissing,
    MoveNotAllowed.
    """
    require(by, Permission.ANSWER_FEEDBACK)
    said = text.strip()[:LONGEST]
    if not said:
        raise TextMissing
    with transaction.atomic():
        feedback = lock(feedback)
        move(feedback, to=FeedbackState.ANSWERED, by=by, at=at)
        feedback.answer, feedback.answered_at = said, at
        feedback.save(update_fields=["answer", "answered_at"])
        _note(by, feedback, at)
        return feedback


def mail_answer(*, by: Actor, feedback: Feedback, letter: notifications.OutgoingMail, at: datetime) -> bool:
    """Send the answer and delete the address; if the mail server refuses, the address is kept for the next
    try.
    """
    require(by, Permission.ANSWER_FEEDBACK)
    handed = notifications.deliver(letter)
    if not handed.accepted:
        return False
    feedback.email = ""
    feedback.save(update_fields=["email"])
    return True


def close_feedback(*, by: Actor, feedback: Feedback, at: datetime) -> Feedback:
    """Close it without further answer. Raises MoveNotAllowed."""
    require(by, Permission.ANSWER_FEEDBACK)
    return _close(by, feedback, at)


def close_quiet(*, by: Actor, at: datetime) -> int:
    """Close what was answered thirty days ago."""
    require(by, Permission.SWEEP)
    rows = list(Feedback.objects.filter(state=FeedbackState.ANSWERED, answered_at__lt=at - QUIET))
    for row in rows:
        _close(by, row, at)
    return len(rows)


def _close(by: Actor, feedback: Feedback, at: datetime) -> Feedback:
    with transaction.atomic():
        feedback = lock(feedback)
        move(feedback, to=FeedbackState.CLOSED, by=by, at=at)
        feedback.closed_at, feedback.email = at, ""
        feedback.save(update_fields=["closed_at", "email"])
        _note(by, feedback, at)
        return feedback


def _note(by: Actor, feedback: Feedback, at: datetime) -> None:
    audit.record(by, Trail.FEEDBACK_MOVED, feedback, zone=ZONE, at=at, facts={"to": str(feedback.state)})
    live.signal(CHANNEL)
