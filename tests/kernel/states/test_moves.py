"""A row that is not stored yet goes the same ways as one that is, and leaves the same steps."""

import pytest
from django.utils import timezone

from sauga.hotline.models import Report, ReportStep
from sauga.hotline.states import ReportState
from sauga.kernel.states import MoveNotAllowed, SystemActor, move, moved

BY = SystemActor("public")


def told(steps):
    return [(step.track, step.before, step.after, step.by, step.why) for step in steps]


def report(number: int) -> Report:
    now = timezone.now()
    return Report(receipt=bytes([number]) * 32, language="lt", category="HATE", priority="P3", received_hour=now, due_at=now)


@pytest.mark.django_db
def test_steps_before_storing_are_those_of_moves_after_it():
    at = timezone.now()
    stored, drafted = report(1), report(2)
    stored.save()
    for to in (ReportState.TRIAGED, ReportState.DUPLICATE):
        move(stored, to=to, by=BY, at=at, why="EXACT_KEY")
    steps = moved(drafted, ReportState.TRIAGED, ReportState.DUPLICATE, by=BY, at=at, why="EXACT_KEY")
    drafted.save()
    for step in steps:
        step.subject = drafted
    ReportStep.objects.bulk_create(steps)
    assert drafted.state == stored.state == ReportState.DUPLICATE
    assert told(drafted.steps.order_by("pk")) == told(stored.steps.order_by("pk"))


def test_a_way_the_table_does_not_know_is_refused():
    drafted = report(1)
    with pytest.raises(MoveNotAllowed):
        moved(drafted, ReportState.TRIAGED, ReportState.CLOSED, by=BY, at=timezone.now())
