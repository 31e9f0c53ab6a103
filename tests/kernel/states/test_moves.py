"""A move writes the state and one step; what the table does not allow writes nothing."""

import pytest
from django.utils import timezone

from sauga.hotline.reports.models import Report
from sauga.hotline.states import ReportState
from sauga.kernel.states import MoveNotAllowed, SystemActor, move

BY = SystemActor("public")
pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    now = timezone.now()
    return Report.objects.create(
        receipt=bytes(32), language="lt", category="HATE", priority="P3", received_hour=now, due_at=now
    )


def steps_of(report: Report):
    return list(report.steps.order_by("pk").values_list("track", "before", "after", "by", "why"))


def test_each_move_writes_the_state_and_one_step(report: Report):
    for to in (ReportState.TRIAGED, ReportState.DUPLICATE):
        move(report, to=to, by=BY, at=timezone.now(), why="EXACT_KEY")
    report.refresh_from_db()
    assert report.state == ReportState.DUPLICATE
    assert steps_of(report) == [
        ("state", "RECEIVED", "TRIAGED", BY.pseudonym, "EXACT_KEY"),
        ("state", "TRIAGED", "DUPLICATE", BY.pseudonym, "EXACT_KEY"),
    ]


def test_a_move_that_the_table_does_not_allow_writes_nothing(report: Report):
    with pytest.raises(MoveNotAllowed):
        move(report, to=ReportState.DUPLICATE, by=BY, at=timezone.now())
    report.refresh_from_db()
    assert report.state == ReportState.RECEIVED and steps_of(report) == []
