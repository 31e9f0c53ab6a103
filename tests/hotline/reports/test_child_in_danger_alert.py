"""A report that says a child is in danger now is an alert for every analyst; it goes on to the
second reviewers.
"""

from datetime import timedelta

import pytest
from factories.hotline import AT, PUBLIC, reported

from sauga.hotline.reports.actions import follow_ups
from sauga.hotline.reports.rules import ChildInDanger
from sauga.kernel import notifications
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.notifications.alerts import actions, queries
from sauga.kernel.notifications.models import Alert
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def bars(centre: Centre, role: str) -> list[str]:
    return [bar.alert.link for bar in queries.bars(centre.actor(role, AT), AT)]


def test_every_analyst_is_alerted_and_the_first_to_answer_is_named(centre: Centre):
    report, _keys = reported("https://pavyzdys.example/a/1", category="HATE")
    follow_ups.add_danger(by=PUBLIC, report=report, child_in_danger=ChildInDanger.NO, at=AT)
    assert not Alert.objects.exists()
    for _ in range(2):
        follow_ups.add_danger(by=PUBLIC, report=report, child_in_danger=ChildInDanger.YES, at=AT)
    alert = Alert.objects.get()
    assert bars(centre, "ANALYST") == bars(centre, "ANALYST_2") == [f"/desk/hotline/reports/{report.ref}/"]
    assert bars(centre, "SECOND_REVIEWER") == bars(centre, "SHIFT_LEAD") == []
    notifications.escalate_alerts(at=AT + timedelta(minutes=5))
    assert len(bars(centre, "SECOND_REVIEWER")) == 1
    actions.acknowledge_alert(by=centre.actor("ANALYST_2", AT), ref=alert.ref, at=AT)
    assert (
        queries.bars(centre.actor("ANALYST", AT), AT)[0].alert.acknowledged_by == centre.people["ANALYST_2"]
    )
    assert list(
        TrailLine.objects.filter(action__startswith="alert:").values_list("zone", flat=True).distinct()
    ) == ["hotline"]
