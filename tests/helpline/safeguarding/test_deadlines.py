"""The arithmetic of clocks: minutes, whole working days, nothing where no clock runs."""

from datetime import UTC, datetime, timedelta

import pytest

from sauga.helpline.safeguarding.presenters import left
from sauga.helpline.safeguarding.rules.deadlines import concern_due, legal_due, working_days_after
from sauga.helpline.states import ConcernState
from sauga.kernel.clock import VILNIUS

pytestmark = pytest.mark.unit
FRIDAY = datetime(2026, 12, 18, 15, 0, tzinfo=UTC)
POLICY = {
    "consult_minutes": 5,
    "approve_minutes": 15,
    "pass_on_minutes": 15,
    "acknowledge_minutes": 60,
    "tell_child_hours": 24,
}


def test_working_days_pass_over_weekends_and_holidays():
    assert working_days_after(FRIDAY, 3) == datetime(
        2026, 12, 24, tzinfo=VILNIUS
    )  # Monday, Tuesday, Wednesday: until midnight
    assert working_days_after(FRIDAY, 4) == datetime(
        2026, 12, 29, tzinfo=VILNIUS
    )  # 24–26 December are holidays


def test_legal_clock_runs_in_minutes_or_working_days_or_not_at_all():
    assert legal_due({"minutes": 60}, FRIDAY) == FRIDAY + timedelta(hours=1)
    assert legal_due({"working_days": 3}, FRIDAY) == working_days_after(FRIDAY, 3)
    assert legal_due({}, FRIDAY) is None


@pytest.mark.parametrize(
    ("state", "hours"),
    [
        (ConcernState.NOTIFIED, 1),
        (ConcernState.ACKNOWLEDGED, 24),
        (ConcernState.CONSULT, 1 / 12),
        (ConcernState.APPROVED, 0.25),
    ],
)
def test_each_step_has_its_limit(state: ConcernState, hours: float):
    assert concern_due(state, FRIDAY, POLICY, clock={}, review_by=None) == FRIDAY + timedelta(hours=hours)


def test_review_is_the_limit_of_what_only_waits_and_nothing_else_has_one():
    assert concern_due(ConcernState.WATCH, FRIDAY, POLICY, clock={}, review_by=FRIDAY) == FRIDAY
    for state in (ConcernState.CONCERN, ConcernState.REVIEWED):
        assert concern_due(state, FRIDAY, POLICY, clock={"minutes": 60}, review_by=FRIDAY) is None
    assert concern_due(
        ConcernState.NOTIFIED, FRIDAY, POLICY, clock={"minutes": 360}, review_by=None
    ) == FRIDAY + timedelta(hours=6)


@pytest.mark.parametrize(
    ("minutes", "text", "tone"),
    [
        (59, "59 min", ""),
        (20, "20 min", "wait"),
        (-3, "3 min", "late"),
        (130, "2 h 10 min", ""),
        (4000, "2 days", ""),
    ],
)
def test_time_left_in_words(minutes: int, text: str, tone: str):
    from django.utils import translation

    with translation.override("en"):
        since = FRIDAY - timedelta(minutes=60 if minutes < 60 else 10)
        found = left(since, FRIDAY + timedelta(minutes=minutes), FRIDAY)
    assert found is not None and text in found.text and found.tone == tone
    assert left(None, None, FRIDAY) is None
