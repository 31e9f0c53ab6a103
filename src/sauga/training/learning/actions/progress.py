"""After every change of an enrolment's records, at once and in the same transaction: what follows from them.

`settle` is the only way to COMPLETED and to FAILED; it asks `rules.progress.path`, which answers COMPLETED
exactly if the frozen tree is true.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, live
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move
from sauga.training.effects import course_completed
from sauga.training.learning.models import Enrolment, PeerReview, Progress
from sauga.training.learning.queries.progress import pieces_of, record_of
from sauga.training.learning.rules import progress
from sauga.training.states import LEARNING, EnrolmentState
from sauga.training.trail import ZONE, Trail

CHANNEL = "training.learners"
MAIL = "training.enrolment_mail"
MAILED = (
    EnrolmentState.ACTIVE,
    EnrolmentState.WAITLISTED,
    EnrolmentState.COMPLETED,
    EnrolmentState.FAILED,
    EnrolmentState.STALLED,
    EnrolmentState.WITHDRAWN,
)
"""The moves that a learner is written about."""


class NotLearning(ActionRefused):
    """Nothing can be done in a course in which one does not learn now."""

    message = _("This is not possible: you are not learning in this course now.")


class NoSuchActivity(ActionRefused):
    """The version of the enrolment has no such activity."""

    message = _("Your version of the course does not have this part.")


def lock_learning(enrolment: Enrolment) -> Enrolment:
    """The enrolment, locked and read fresh, but for its version, which never changes. Raises NotLearning."""
    row = lock(enrolment)
    if row.state not in LEARNING:
        raise NotLearning
    row.version = enrolment.version
    return row


def progress_of(row: Enrolment, activity: str, at: datetime) -> Progress:
    """The record of an activity, made where it is missing; the enrolment is locked. Raises NoSuchActivity."""
    if all(piece.code != activity for piece in pieces_of(row.version)):
        raise NoSuchActivity
    found, _made = Progress.objects.get_or_create(
        enrolment=row, activity=activity, defaults={"started_at": at}
    )
    return found


def touch(by: Actor, row: Enrolment, at: datetime, here: str = "") -> None:
    """The learner did something: the stall is over, and the place where one stopped is kept."""
    if row.state == EnrolmentState.STALLED:
        enter(by, row, EnrolmentState.ACTIVE, at, is_mailed=False)
    row.seen_at = at
    row.here = here or row.here
    row.save(update_fields=["seen_at", "here"])


def drop_draft(row: Enrolment, activity: str, review: PeerReview | None = None) -> None:
    """The text is sent, or no longer wanted: its draft goes."""
    row.drafts.filter(activity=activity, review=review).delete()


def settle(by: Actor, row: Enrolment, at: datetime) -> Enrolment:
    """Let follow what follows from the records of a locked enrolment."""
    pieces = pieces_of(row.version)
    records = {one.activity: record_of(one) for one in Progress.objects.filter(enrolment=row)}
    minutes = progress.facts_of(pieces, records).minutes
    if minutes != row.minutes:
        row.minutes = minutes
        row.save(update_fields=["minutes"])
    for to in progress.path(row.state, row.tree, pieces, records):
        enter(by, row, to, at, is_mailed=to != EnrolmentState.ACTIVE or row.state == EnrolmentState.FAILED)
    if row.state == EnrolmentState.COMPLETED:
        row.completed_at = row.ended_at = at
        row.save(update_fields=["completed_at", "ended_at"])
        course_completed(by=by, enrolment=row, at=at)
    return row


def enter(
    by: Actor, row: Enrolment, to: EnrolmentState, at: datetime, *, is_mailed: bool = True, why: str = ""
) -> None:
    """Move, with the audit entry, the mail and the signal that belong to a move."""
    move(row, to=to, by=by, at=at, why=why)
    audit.record(by, Trail.ENROLMENT_MOVED, row, zone=ZONE, at=at, facts={"to": str(to)})
    if is_mailed and to in MAILED:
        step = row.steps.order_by("-pk").first()
        app.configure_task(MAIL, queue="training").defer(step_id=step.pk)
    live.signal(CHANNEL)
