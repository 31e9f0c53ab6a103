"""Tries of a quiz: begin, save answers, send. The questions are drawn once and kept. Only one try is open at
a time (the database refuses a second), and a try counts when it is sent, so two windows never have more than
there are.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import lock
from sauga.training.courses.models import Activity, Item
from sauga.training.courses.queries.versions import content_of
from sauga.training.courses.rules import items
from sauga.training.learning.actions.activities import NotByYourself, activity_of, own
from sauga.training.learning.actions.progress import lock_learning, progress_of, settle, touch
from sauga.training.learning.models import Attempt, Enrolment
from sauga.training.learning.queries.progress import record_of
from sauga.training.learning.rules.progress import Kind, Piece, attempts_left
from sauga.training.states import LEARNING

GRACE = timedelta(seconds=30)
"""How long after the end of the time an answer may arrive."""


class NoTriesLeft(ActionRefused):
    """The tries are used."""

    message = _("You have no try left. Write to the tutor: they can give you another one.")


class TryOver(ActionRefused):
    """The try was sent already, or its time is over."""

    message = _("This try is over. What was saved before counts.")


def begin(*, by: MemberActor, enrolment: Enrolment, activity: str, at: datetime) -> Attempt:
    """Begin a try, or go on with the one that is open. Raises NotLearning, NotByYourself, NoTriesLeft."""
    own(by, enrolment)
    with transaction.atomic():
        row = lock_learning(enrolment)
        part = activity_of(row, activity)
        if part.kind != Kind.QUIZ:
            raise NotByYourself
        open_one = row.attempts.filter(activity=activity, sent_at__isnull=True).first()
        if open_one is not None:
            if open_one.due_at is None or at <= open_one.due_at + GRACE:
                return open_one
            _grade(open_one, part, at)
            _count_result(row, open_one, part, at)
            settle(by, row, at)
        record = progress_of(row, activity, at)
        allowed = int(part.content.get("attempts") or 0)
        if row.state not in LEARNING:
            raise NoTriesLeft
        if attempts_left(Piece(activity, part.kind, part.minutes, allowed), record_of(record)) == 0:
            raise NoTriesLeft
        content = content_of(row.version)
        seed, limit = secrets.randbelow(2**31), part.content.get("limit")
        made = Attempt.objects.create(
            enrolment=row,
            activity=activity,
            number=row.attempts.filter(activity=activity).count() + 1,
            seed=seed,
            items=items.drawn(part.content["bank"], content.tagged, seed),
            started_at=at,
            due_at=at + timedelta(minutes=int(limit)) if limit else None,
        )
        touch(by, row, at, here=activity)
        return made


def save(
    *,
    by: MemberActor,
    attempt: Attempt,
    answers: Mapping[str, Sequence[int]],
    at: datetime,
    given_at: datetime | None = None,
) -> Attempt:
    """Save answers of an open try, without sending it. Those that a device kept for a while (`given_at`) fill
    in only what was not answered since. Raises NotYours, TryOver."""
    own(by, attempt.enrolment)
    with transaction.atomic():
        row = lock(attempt)
        _check_open(row, at)
        known, when = _known(row, answers), given_at or at
        is_late = row.saved_at is not None and when < row.saved_at
        row.answers = {**known, **row.answers} if is_late else {**row.answers, **known}
        row.saved_at = row.saved_at if is_late else when
        row.save(update_fields=["answers", "saved_at"])
        return row


def send(*, by: MemberActor, attempt: Attempt, answers: Mapping[str, Sequence[int]], at: datetime) -> Attempt:
    """Send a try: it is graded at once, and what follows from it happens at once.

    Raises NotYours, NotLearning, TryOver.
    """
    own(by, attempt.enrolment)
    with transaction.atomic():
        enrolment = lock_learning(attempt.enrolment)
        row = lock(attempt)
        if row.sent_at is not None:
            raise TryOver
        if row.due_at is None or at <= row.due_at + GRACE:
            row.answers = {**row.answers, **_known(row, answers)}
        part = activity_of(enrolment, row.activity)
        _grade(row, part, at)
        _count_result(enrolment, row, part, at)
        touch(by, enrolment, at, here=row.activity)
        settle(by, enrolment, at)
        return row


def _check_open(row: Attempt, at: datetime) -> None:
    if row.sent_at is not None or (row.due_at and at > row.due_at + GRACE):
        raise TryOver


def _known(row: Attempt, answers: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    return {code: list(answer) for code, answer in answers.items() if code in row.items}


def _grade(row: Attempt, part: Activity, at: datetime) -> None:
    held = {one.code: one for one in Item.objects.filter(version=part.version_id, code__in=row.items)}
    asked = [items.question(code, held[code].kind, held[code].options) for code in row.items if code in held]
    row.score = items.score(asked, row.answers)
    row.shares = {one.code: round(items.share(one, row.answers.get(one.code, ())), 4) for one in asked}
    row.sent_at = at
    row.save(update_fields=["answers", "score", "shares", "sent_at"])


def _count_result(enrolment: Enrolment, row: Attempt, part: Activity, at: datetime) -> None:
    """The best result counts; passed is passed."""
    record = progress_of(enrolment, row.activity, at)
    record.used += 1
    record.score = max(record.score or 0, row.score or 0)
    if record.done_at is None and record.score >= int(part.content.get("pass") or 0):
        record.done_at = at
    record.save(update_fields=["used", "score", "done_at"])
