"""Assignments: handed in, read by other learners where the activity asks for it, graded by the tutor with the
rubric. Handing in again after a grade replaces the text and asks for a new grade.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, notifications
from sauga.kernel.identity import require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.training.courses.models import Activity
from sauga.training.learning.actions.activities import NotByYourself, activity_of, own
from sauga.training.learning.actions.progress import (
    CHANNEL,
    drop_draft,
    lock_learning,
    progress_of,
    settle,
    touch,
)
from sauga.training.learning.models import Enrolment, PeerReview, Submission
from sauga.training.learning.queries import texts
from sauga.training.learning.rules import grades
from sauga.training.learning.rules.progress import Kind
from sauga.training.permissions import Permission
from sauga.training.states import LEARNING
from sauga.training.trail import ZONE, Trail

LONGEST, LONGEST_COMMENT = 20_000, 4_000


class TextUnfit(ActionRefused):
    """Nothing was written, or too much."""

    messages = {
        "empty": _("Write something first."),
        "long": _("This is longer than 20,000 characters. Please shorten it."),
    }
    fields = {"empty": "text", "long": "text"}


class DoneAlready(ActionRefused):
    """An accepted assignment stays as it is; a review is written once."""

    message = _("This is done already.")


class PointsUnfit(ActionRefused):
    """A criterion without a level, or with one that it does not have."""

    message = _("Choose a level for every criterion.")


def check_text(text: str, most: int = LONGEST) -> str:
    """A text that can be kept. Raises TextUnfit."""
    held = text.strip()
    if not held:
        raise TextUnfit("empty")
    if len(held) > most:
        raise TextUnfit("long")
    return held


def hand_in(*, by: MemberActor, enrolment: Enrolment, activity: str, text: str, at: datetime) -> Submission:
    """Hand an assignment in, or again. Raises NotLearning, NotByYourself, TextUnfit, DoneAlready."""
    own(by, enrolment)
    held = check_text(text)
    with transaction.atomic():
        row = lock_learning(enrolment)
        part = activity_of(row, activity)
        if part.kind != Kind.ASSIGNMENT:
            raise NotByYourself
        record = progress_of(row, activity, at)
        if record.done_at is not None:
            raise DoneAlready
        made = Submission.objects.filter(enrolment=row, activity=activity).first() or Submission(
            enrolment=row, activity=activity
        )
        made.text = texts.seal(texts.key_of(row.holder), made, "text", held)
        made.sent_at, made.graded_at = at, None
        made.save()
        drop_draft(row, activity)
        record.is_waiting = True
        record.save(update_fields=["is_waiting"])
        _ask_reviews(row, part, at)
        touch(by, row, at, here=activity)
        _tell_tutor(row, at)
        live.signal(CHANNEL)
        return made


HANDED_IN = "training.handed_in"


def _tell_tutor(row: Enrolment, at: datetime) -> None:
    """The tutor of the group hears that work waits, once until it is read; every tutor where it has none."""
    if row.cohort is not None:
        context: dict[str, str | int] = {"ref": row.cohort.ref}
        link = reverse("training-cohort", args=[row.cohort.ref])
        whom = row.cohort.tutor or "TUTOR"
        notifications.notify(to=whom, template=HANDED_IN, context=context, link=link, once=True, at=at)


def _ask_reviews(row: Enrolment, part: Activity, at: datetime) -> None:
    """Give who hands in the work of others to read, and who lacks work the one that has just come."""
    wanted = int(part.content.get("peers") or 0)
    if not wanted:
        return
    rows = Submission.objects.filter(enrolment__cohort=row.cohort_id, activity=part.code)
    handed = [
        (one.pk, one.enrolment_id, one.asked)
        for one in rows.annotate(asked=Count("reviews")).select_related("enrolment")
    ]
    for author in sorted({author for _key, author, _asked in handed}):
        mine = PeerReview.objects.filter(reviewer=author, submission__activity=part.code)
        have = set(mine.values_list("submission", flat=True))
        left = [one for one in handed if one[0] not in have]
        for key in grades.assigned(author, left, max(0, wanted - len(have))):
            PeerReview.objects.create(submission_id=key, reviewer_id=author, asked_at=at)


def review(
    *, by: MemberActor, review: PeerReview, points: Mapping[str, int], comment: str, at: datetime
) -> PeerReview:
    """Write the review that was asked for. Raises NotYours, DoneAlready, PointsUnfit, TextUnfit."""
    own(by, review.reviewer)
    held = check_text(comment, LONGEST_COMMENT)
    with transaction.atomic():
        reviewer = lock_learning(review.reviewer)
        row = lock(review)
        if row.sent_at is not None:
            raise DoneAlready
        part = activity_of(reviewer, row.submission.activity)
        if grades.problems(part.content["rubric"], points):
            raise PointsUnfit
        author = row.submission.enrolment
        row.points, row.sent_at = _chosen(part, points), at
        row.comment = texts.seal(texts.key_of(author.holder), row, "comment", held)
        row.save(update_fields=["points", "sent_at", "comment"])
        drop_draft(reviewer, part.code, row)
        _accept_if_fit(by, reviewer, part, at)
        touch(by, reviewer, at, here=part.code)
        settle(by, reviewer, at)
        return row


def grade(
    *, by: Actor, submission: Submission, points: Mapping[str, int], feedback: str, at: datetime
) -> Submission:
    """The tutor's grade. From the pass mark on the assignment is done, once the reviews that were asked for
    are written too. Raises PointsUnfit, NotLearning."""
    require(by, Permission.TUTOR, submission.enrolment)
    with transaction.atomic():
        enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=submission.enrolment_id)
        row = lock(submission)
        part = activity_of(enrolment, row.activity)
        if grades.problems(part.content["rubric"], points):
            raise PointsUnfit
        row.points, row.graded_at = _chosen(part, points), at
        row.percent = grades.percent(part.content["rubric"], row.points)
        row.graded_by_id = getattr(by, "person_id", None)
        row.feedback = texts.seal(
            texts.key_of(enrolment.holder), row, "feedback", feedback.strip()[:LONGEST_COMMENT]
        )
        row.save()
        record = progress_of(enrolment, row.activity, at)
        record.score, record.is_waiting = max(record.score or 0, row.percent), False
        record.save(update_fields=["score", "is_waiting"])
        facts: dict[str, str | int | bool] = {"activity": row.activity, "percent": row.percent}
        audit.record(by, Trail.ENROLMENT_GRADED, enrolment, zone=ZONE, at=at, facts=facts)
        _accept_if_fit(by, enrolment, part, at)
        if enrolment.state in LEARNING:
            settle(by, enrolment, at)
        live.signal(CHANNEL)
        return row


def _accept_if_fit(by: Actor, row: Enrolment, part: Activity, at: datetime) -> None:
    """Graded high enough, and every review that was asked for is written: the assignment is done."""
    record = progress_of(row, part.code, at)
    passes = int(part.content.get("pass") or grades.PASSES)
    owed = PeerReview.objects.filter(reviewer=row, submission__activity=part.code, sent_at__isnull=True)
    if record.done_at is None and (record.score or 0) >= passes and not owed.exists():
        record.done_at = at
        record.save(update_fields=["done_at"])


def _chosen(part: Activity, points: Mapping[str, int]) -> dict[str, int]:
    return {row["code"]: points[row["code"]] for row in part.content["rubric"]}
