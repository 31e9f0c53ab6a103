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


def test_other_fields_are_stored_with_the_state_when_they_are_named(
    report: Report, django_assert_num_queries
):
    report.priority, report.category = "P1", "OTHER"
    with django_assert_num_queries(2):  # the row and the step
        move(report, to=ReportState.TRIAGED, by=BY, at=timezone.now(), also=("priority",))
    report.refresh_from_db()
    assert (report.state, report.priority, report.category) == (ReportState.TRIAGED, "P1", "HATE")


def test_a_move_that_the_table_does_not_allow_writes_nothing(report: Report):
    report.priority = "P1"
    with pytest.raises(MoveNotAllowed):
        move(report, to=ReportState.DUPLICATE, by=BY, at=timezone.now(), also=("priority",))
    report.refresh_from_db()
    assert (report.state, report.priority) == (ReportState.RECEIVED, "P3") and steps_of(report) == []
