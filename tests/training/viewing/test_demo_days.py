"""The demo plans a webinar on a day on which people come."""

from datetime import date, datetime, timedelta

import pytest

from sauga.kernel.clock import VILNIUS, is_holiday
from sauga.training.viewing.demo import _evening


@pytest.mark.unit
def test_no_webinar_of_the_demo_falls_on_a_holiday_or_a_weekend():
    for day in range(400):
        about = datetime(2026, 12, 2, 9, tzinfo=VILNIUS) + timedelta(days=day)
        found = _evening(about)
        assert found >= about.replace(hour=0) and found.weekday() < 5 and not is_holiday(found.date())
    assert _evening(datetime(2027, 1, 1, 9, tzinfo=VILNIUS)).date() == date(2027, 1, 4)
