"""A report that says a child is in danger now is an alert for every analyst; it goes on to the second reviewers."""

from datetime import timedelta

import pytest
from factories.hotline import AT, PUBLIC, reported

from sauga.hotline.reports.actions import follow_ups
from sauga.hotline.reports.rules import ChildInDanger
from sauga.kernel import notices
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.notices import alert_actions, alert_queries
from sauga.kernel.notices.models import Alert
from tests.house import House, house  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def bars(house: House, role: str) -> list[str]:
    return [bar.alert.link for bar in alert_queries.bars(house.actor(role, AT), AT)]


def test_every_analyst_is_alerted_and_the_first_to_answer_is_named(house: House):
    report, _keys = reported("https://pavyzdys.example/a/1", category="HATE")
    follow_ups.add_danger(by=PUBLIC, report=report, child_in_danger=ChildInDanger.NO, at=AT)
    assert not Alert.objects.exists()
    for _ in range(2):
        follow_ups.add_danger(by=PUBLIC, report=report, child_in_danger=ChildInDanger.YES, at=AT)
    alert = Alert.objects.get()
    assert bars(house, "ANALYST") == bars(house, "ANALYST_2") == [f"/desk/hotline/reports/{report.ref}/"]
    assert bars(house, "SECOND_REVIEWER") == bars(house, "SHIFT_LEAD") == []
    notices.escalate_alerts(at=AT + timedelta(minutes=5))
    assert len(bars(house, "SECOND_REVIEWER")) == 1
    alert_actions.acknowledge_alert(by=house.actor("ANALYST_2", AT), ref=alert.ref, at=AT)
    assert alert_queries.bars(house.actor("ANALYST", AT), AT)[0].alert.acknowledged_by == house.people["ANALYST_2"]
    assert list(TrailLine.objects.filter(action__startswith="alert:").values_list("zone", flat=True).distinct()) == ["hotline"]
