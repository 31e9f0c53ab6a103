"""The demo's events: in every state, at every size, readable in both languages."""

from datetime import date, timedelta

import pytest
from django.test import Client

from sauga.events import demo
from sauga.events.checkin.queries import progress
from sauga.events.checkin.queries.attendance import Attendance, count_of
from sauga.events.photos.models import Asset, WithdrawalTask
from sauga.events.programme.models import Event, Session
from sauga.events.recordings.queries.recordings import published
from sauga.events.speakers.models import Slides
from sauga.events.states import AssetState, EventState, ReportState
from sauga.kernel import clock
from sauga.kernel.kit.demo import DataPresent
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
ROLES = ("ORGANISER", "PROGRAMME_COMMITTEE", "DOOR_STAFF", "EDITOR", "PUBLISHER")


@pytest.mark.slow("a year of events by real actions: two conferences, registrations, photographs, recordings")
def test_the_demo_has_a_year_of_events(centre: Centre, monkeypatch):
    at = AT + timedelta(days=410)  # the staff of the tests has just begun
    staff = {role: type("Account", (), {"user": centre.people[role].email}) for role in ROLES}
    demo.seed(at, staff)
    states = {state: Event.objects.filter(state=state).count() for state in EventState}
    assert states == {
        EventState.DRAFT: 1,
        EventState.PUBLISHED: 7,
        EventState.CANCELLED: 1,
        EventState.OVER: 2,
    }
    conference = Event.objects.get(kind="conference", state=EventState.OVER)
    assert conference.sessions.count() == 22 and conference.speakers.count() == 6
    assert conference.report.state == ReportState.CLOSED and conference.budget.count() == 9
    assert not conference.tasks.filter(done_at=None).exists()
    planned = Event.objects.get(kind="safer_internet_day", state=EventState.PUBLISHED)
    assert planned.tasks.filter(done_at=None).count() > 1
    assert Event.objects.get(kind="conference", state=EventState.PUBLISHED).budget.count() == 9
    assert count_of(conference) == Attendance(74, 65)
    assert progress.conflict_count(conference) == 1 and len(progress.refused(conference)) == 1
    assert Session.objects.filter(starts__isnull=True, event__state=EventState.DRAFT).count() == 1
    assert [one.is_agreed for one in Slides.objects.order_by("pk")] == [True, True, False]
    assert Asset.objects.filter(kind="PHOTO", state=AssetState.SHOWN).count() == 2
    tasks = WithdrawalTask.objects.filter(done_at__isnull=True)
    assert sorted(one.asset.kind for one in tasks) == ["PHOTO", "RECORDING"]
    assert all(one.due_date > at.date() for one in tasks)
    assert [one.resource.title["en"] for one in published(conference)] == [
        "An evening for parents in the library: what worked"
    ]
    monkeypatch.setattr(clock, "now", lambda: at)
    for row in Event.objects.public():
        for path in (f"/lt/renginiai/{row.slug}/", f"/en/events/{row.slug}/programme/"):
            assert Client().get(path).status_code == 200
    with pytest.raises(DataPresent):
        demo.seed(at, staff)


def test_safer_internet_day_of_2027_is_the_ninth():
    assert demo.safer_internet_day(date(2026, 11, 28)) == date(2027, 2, 9)
    assert demo.safer_internet_day(date(2027, 2, 9)) == date(2028, 2, 8)
