"""What certification does when something happens elsewhere: a course of Sauga was completed."""

from datetime import datetime
from typing import Any

from sauga.certification.applications.actions.evidence import course_completed as count_course
from sauga.certification.applications.rules.courses import counted
from sauga.kernel.clock import local_day
from sauga.training.effects import course_completed


def course_done(*, enrolment: Any, at: datetime, **_more: object) -> int:
    """The course counts for what it is worth in every application of the learner. Returns how many pieces of
    evidence that made."""
    if enrolment.member_id is None:
        return 0
    version = enrolment.version
    scores = {one.activity: one.score for one in enrolment.progress.all() if one.score is not None}
    worth = counted(version.course.code, float(version.hours), enrolment.tree, scores)
    return sum(
        count_course(member_id=enrolment.member_id, code=code, amount=amount, on=local_day(at), at=at)
        for code, amount in worth.items()
    )


def register() -> None:
    """Called when the service starts."""
    course_completed.connect("certification", course_done)
