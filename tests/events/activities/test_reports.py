"""After the day: when numbers are taken, corrections, what did not take place, reminders, the certificate."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from factories.activities import AFTER, AT, DAY, ORGANISER, asked, organisation, registered
from kernel.notifications.conftest import post
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.events.activities.actions import mail, registrations, reports
from sauga.events.activities.actions.activity_changes import HeadsRefused
from sauga.events.activities.models import Activity, HeadsKind
from sauga.events.activities.queries import figures, links
from sauga.events.activities.rules.editions import reminders_due
from sauga.kernel import clock
from sauga.kernel.figures import Evidence, Period, PeriodKind, computed, measure
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre

__all__ = ["centre", "post"]
pytestmark = pytest.mark.django_db
WORKER = SystemActor("events")


def report(row: Activity, at: datetime = AFTER, by=ORGANISER, **heads: int) -> Activity:
    return reports.report(by=by, activity=row, heads=heads or {"grades_1_4": 20}, at=at)


@pytest.mark.parametrize(
    ("at", "is_time"),
    [
        (datetime(2027, 2, 8, 21, 59, tzinfo=UTC), False),
        (datetime(2027, 2, 8, 22, 0, tzinfo=UTC), True),  # midnight in winter: two hours ahead
        (
            datetime(2027, 6, 9, 20, 59, tzinfo=UTC),
            True,
        ),  # the last day ends in summer time: three hours ahead
        (datetime(2027, 6, 9, 21, 0, tzinfo=UTC), False),
    ],
)
def test_numbers_are_taken_from_the_day_on_for_four_months(at, is_time):
    row = registered()
    if is_time:
        assert report(row, at).state == "HELD"
        return
    with pytest.raises((reports.NotYet, reports.ReportOver)):
        report(row, at)
    with pytest.raises((reports.NotYet, reports.ReportOver)):
        reports.say_not_held(by=ORGANISER, activity=row, at=at)
    assert not row.heads.filter(kind=HeadsKind.REPORTED).exists()


@pytest.mark.parametrize(
    ("heads", "why"), [({"adults": -1}, "negative"), ({"adults": 9999}, "absurd"), ({"adults": 0}, "none")]
)
def test_numbers_that_cannot_be_are_refused(heads, why):
    row = registered()
    with pytest.raises(HeadsRefused) as refused:
        report(row, **heads)
    row.refresh_from_db()
    assert refused.value.why == why and row.state == "REGISTERED"


def test_a_second_report_corrects_the_first_and_expected_numbers_stay_apart():
    row = registered(expected={"grades_1_4": 30, "adults": 5})
    report(row, grades_1_4=28, adults=4)
    row = report(row, grades_1_4=27)
    held = {(one.kind, one.group): one.n for one in row.heads.all()}
    assert held == {("expected", "grades_1_4"): 30, ("expected", "adults"): 5, ("reported", "grades_1_4"): 27}
    totals = figures.totals(2027)
    assert (totals.expected, totals.reported, totals.held) == (35, 27, 1)
    with pytest.raises(MoveNotAllowed):
        registrations.withdraw(by=ORGANISER, activity=row, at=AFTER)


def test_what_did_not_take_place_counts_no_more_and_can_be_corrected():
    row = registered()
    report(row, adults=3)
    reports.say_not_held(by=ORGANISER, activity=row, at=AFTER)
    assert (figures.totals(2027).activities, figures.totals(2027).reported) == (0, 0)
    report(row, adults=2)
    assert (figures.totals(2027).activities, figures.totals(2027).reported) == (1, 2)


@pytest.mark.parametrize("state", ["unconfirmed", "withdrawn"])
def test_what_does_not_count_is_not_reported(state):
    row = (
        asked()
        if state == "unconfirmed"
        else registrations.withdraw(by=ORGANISER, activity=registered(), at=AT)
    )
    with pytest.raises(MoveNotAllowed):
        report(row)


def test_staff_report_for_an_organiser_and_after_the_time_too(centre: Centre):
    row, late = registered(), AFTER + timedelta(days=200)
    for role in ("COUNSELLOR", "ANALYST", "AWARENESS_STATISTICIAN"):
        with pytest.raises(PermissionRefused):
            report(row, late, centre.actor(role))
    assert report(row, late, centre.actor("PUBLISHER")).state == "HELD"
    with pytest.raises(reports.NotYet):
        report(registered(), AT, centre.actor("PUBLISHER"))


@pytest.mark.unit
@pytest.mark.parametrize(("days", "due"), [(0, 0), (1, 1), (7, 1), (8, 2), (90, 2)])
def test_reminders_are_due_the_day_after_and_a_week_later(days, due):
    assert reminders_due(DAY, DAY + timedelta(days=days)) == due


def test_reminders_go_out_twice_and_a_second_run_sends_none(post):
    row = registered()
    done = registered(title="Kita")
    report(done)
    sent = []
    for day in (9, 10, 10, 11, 16, 17, 17, 18, 25):
        at = datetime(2027, 2, day, 7, 10, tzinfo=UTC)
        sent.append(reports.remind_all(by=WORKER, at=at))
    assert sent == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    jobs = ProcrastinateJob.objects.filter(task_name="events.send_activity_mail", args__what="remind")
    assert {job.args["activity_id"] for job in jobs} == {row.pk} and jobs.count() == 2
    assert mail.send_mail(by=WORKER, activity_id=row.pk, what="remind", at=AFTER)
    text = message_from_bytes(post.mails[-1].content, policy=policy.default).get_content()
    assert links.own_address(row) in text
    report(row)
    assert not mail.send_mail(by=WORKER, activity_id=row.pk, what="remind", at=AFTER)
    with pytest.raises(PermissionRefused):
        reports.remind_all(by=ORGANISER, at=AFTER)


def test_a_missed_morning_is_caught_up_with_one_mail():
    registered()
    assert reports.remind_all(by=WORKER, at=AFTER + timedelta(days=12)) == 1
    assert Activity.objects.get().reminders == 2
    assert reports.remind_all(by=WORKER, at=AFTER + timedelta(days=13)) == 0


def test_the_page_behind_the_link_reports_corrects_and_gives_the_certificate(monkeypatch):
    row = registered(organisation())
    browser, own, page = Client(), links.own_path(row), links.own_path(row, "report")
    monkeypatch.setattr(clock, "now", lambda: AT)
    assert "data-main" not in browser.get(page).text
    assert browser.post(page, {"heads_adults": "3"}).status_code == 422
    assert browser.post(own, {"not_held": "1"}).status_code == 422
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    assert browser.get(links.own_path(row, "certificate")).status_code == 404
    assert browser.post(page, {"heads_adults": "-3"}).status_code == 422
    assert browser.post(page, {"heads_adults": "3"}).status_code == 302
    assert 'value="3"' in browser.get(page).text
    assert browser.post(page, {"heads_adults": "4"}).status_code == 302
    assert figures.totals(2027).reported == 4
    assert browser.get(links.own_path(row, "certificate")).headers["Content-Type"] == "application/pdf"
    assert browser.get(own).status_code == 200


def test_figures_say_how_each_number_came_about():
    report(registered(expected={"grades_1_4": 30}), grades_1_4=25)
    registered(expected={"seniors": 12}, day=date(2027, 2, 11))
    period = Period.of(PeriodKind.YEAR, AFTER)
    found = {
        code: {row.dims.get(name): row.value for row in computed(measure(code), period)}
        for code, name in (
            ("events.sid_activities", "activity_kind"),
            ("events.sid_expected_heads", "age_group"),
            ("events.sid_reported_heads", "age_group"),
        )
    }
    assert found["events.sid_activities"] == {"lesson": 2, None: 2}
    assert found["events.sid_expected_heads"] == {"grades_1_4": 30, "seniors": 12, None: 42}
    assert found["events.sid_reported_heads"] == {"grades_1_4": 25, None: 25}
    assert measure("events.sid_expected_heads").evidence is Evidence.ESTIMATED
    assert measure("events.sid_reported_heads").evidence is Evidence.SELF_REPORTED
