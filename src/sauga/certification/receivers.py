"""What certification does when something happens elsewhere: a course of Sauga was completed."""

from datetime import datetime
from typing import Any

from sauga.training.effects import course_completed


def course_done(*, enrolment: Any, at: datetime, **_more: object) -> int:
    """The course counts for the criterion that its code names. Returns for how many applications."""
    return 0


def register() -> None:
    """Called when the service starts."""
    course_completed.connect("certification", course_done)
