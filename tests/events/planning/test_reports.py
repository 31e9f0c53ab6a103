"""Budget and report of an event: amounts, sums, numbers with their evidence, closing, and the figures."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from factories.registrations import NOW, STARTS, WORKER, a_ticket, an_event, registered

from sauga.events.planning.actions import budget, reports
from sauga.events.planning.models import BudgetLine, EventCount
from sauga.events.planning.queries import counts as queries
from sauga.events.planning.rules.amounts import cents_of, typed_of
from sauga.events.planning.rules.counts import EVIDENCE, SINGLE, What, cost_each
from sauga.events.planning.tasks import store_counts
from sauga.events.programme.actions.publication import close_events
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.states import ReportState
from sauga.events.trail import ZONE
from sauga.kernel import audit
from sauga.kernel.figures import Evidence, Period, computed, measure
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ReasonMissing
from sauga.kernel.states import MoveNotAllowed
from tests.centre import Centre, centre, sign_in

__all__ = ["centre"]
db = pytest.mark.django_db
AFTER = STARTS + timedelta(hours=3)
LINE = {
    "category": "venue",
    "text": "Salė",
    "planned": 100_00,
    "actual": None,
    "payer": "programme",
    "receipt": "",
    "note": "",
}


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("0", 0),
        ("12", 1200),
        ("12,5", 1250),
        ("1 234,50 €", 123450),
        ("1\u00a0234.05", 123405),
        ("1234567.89", 123456789),
        ("-5", None),
        ("1,234", None),
        ("12.345", None),
        ("1 23", None),
        ("=1+1", None),
        ("", None),
        ("1e3", None),
        ("9" * 12, None),
    ],
)
def test_amounts_are_read_exactly_or_refused(typed: str, cents: int | None):
    assert cents_of(typed) == cents
    assert cents is None or cents_of(typed_of(cents)) == cents


@pytest.mark.parametrize(
    ("cents", "heads", "each"), [(1000, 3, 333), (1001, 2, 501), (0, 4, 0), (500, 0, None), (1, 3, 0)]
)
def test_cost_for_each(cents: int, heads: int, each: int | None):
    assert cost_each(cents, heads) == each


def test_every_number_has_its_evidence_and_what_organisers_count_is_their_report():
    assert set(EVIDENCE) == set(What)
    assert EVIDENCE[What.REPORTED] == Evidence.SELF_REPORTED
    assert EVIDENCE[What.ATTENDED] == Evidence.CONFIRMED


def held(centre: Centre) -> Event:
    """Two people and a class of nine with a teacher registered; five seats for people, one of them waits and
    gets a seat by an offer; who came is set as check-in does."""
    event = an_event(centre)
    people, classes = a_ticket(centre, event, 2), a_ticket(centre, event, 30, classes=True)
    rows = [registered(people, name, at=NOW) for name in ("Ona", "Ieva", "Rita", "Lina")]
    group = registered(classes, "a", pupils=9, at=NOW)
    from sauga.events.registration.actions import own, waiting_list
    from sauga.events.registration.actions.registrations import REGISTRANT

    own.cancel(by=REGISTRANT, registration=rows[0], at=NOW)
    waiting_list.advance(by=WORKER, event=event, at=NOW)
    rows[2].refresh_from_db()
    own.accept(by=REGISTRANT, registration=rows[2], at=NOW)
    states = ((rows[1], "ATTENDED", None), (rows[2], "NO_SHOW", None), (group, "ATTENDED", 8))
    for row, state, heads in states:
        Registration.objects.filter(pk=row.pk).update(state=state, attended_heads=heads)
    return event


WANTED = {
    What.SIGNED_UP: 5,
    What.REGISTERED: 12,
    What.ATTENDED: 9,
    What.MISSED: 3,
    What.SERVED: 1,
    What.LEFT_WAITING: 1,
}


@db
def test_numbers_are_stored_when_the_event_is_over_and_stay_when_registrations_go(centre: Centre):
    event = held(centre)
    assert queries.stored(event) == {}
    close_events(by=WORKER, at=AFTER)
    found = queries.counts_of(event, AFTER)
    assert {what: queries.total(found, what) for what in WANTED} == WANTED
    groups = {group: n for (what, group), n in found.items() if what == What.REGISTERED}
    assert groups[SINGLE] == 2 and groups["educators"] == 1 and sum(groups.values()) == 12
    Registration.objects.all().delete()
    assert not reports.store_counts(by=WORKER, event=event, at=AFTER + timedelta(days=1))
    assert queries.counts_of(event, AFTER) == found
    with pytest.raises(PermissionRefused):
        reports.store_counts(by=centre.actor("ORGANISER"), event=event, at=AFTER)


@db
def test_the_nightly_job_follows_corrections_for_two_weeks_and_not_closed_reports(centre: Centre):
    event = held(centre)
    close_events(by=WORKER, at=AFTER)
    assert queries.to_count(AFTER) == [event]
    assert queries.to_count(AFTER + timedelta(days=15)) == []
    Registration.objects.filter(state="NO_SHOW").update(state="ATTENDED")
    reports.store_counts(by=WORKER, event=event, at=AFTER)
    assert queries.total(queries.stored(event), What.ATTENDED) == 10
    reports.close_report(by=centre.actor("ORGANISER"), event=event, at=AFTER)
    assert queries.to_count(AFTER) == []
    Registration.objects.filter(state="ATTENDED").update(state="NO_SHOW")
    assert not reports.store_counts(by=WORKER, event=event, at=AFTER)
    store_counts(timestamp=0)
    assert queries.total(queries.stored(event), What.ATTENDED) == 10


@db
def test_the_budget_adds_up_and_what_a_participant_cost_names_its_basis(centre: Centre):
    event, by = held(centre), centre.actor("ORGANISER")
    first = budget.save_line(by=by, event=event, line=None, given=LINE, at=NOW)
    more = {**LINE, "category": "catering", "text": "Pietūs", "planned": None, "actual": 45_50}
    budget.save_line(by=by, event=event, line=None, given={**more, "payer": "partner"}, at=NOW)
    budget.save_line(by=by, event=event, line=first, given={**LINE, "actual": 90_00}, at=NOW)

    def costs():
        return queries.costs_of(event, queries.counts_of(event, AFTER))

    assert (costs().planned, costs().actual, costs().difference) == (100_00, 135_50, 35_50)
    assert (costs().basis, costs().heads, costs().each) == (What.ATTENDED, 9, 15_06)
    Registration.objects.all().delete()
    assert costs().each is None
    reports.report_heads(by=by, event=event, heads={"parents": 20, "seniors": 0}, at=AFTER)
    assert (costs().basis, costs().each) == (What.REPORTED, 6_78)
    for given, why in (
        ({**LINE, "text": " "}, "text"),
        ({**LINE, "category": "bribes"}, "code"),
        ({**LINE, "payer": ""}, "code"),
        ({**LINE, "planned": None}, "amount"),
        ({**LINE, "actual": -1}, "amount"),
    ):
        with pytest.raises(budget.BudgetRefused) as refused:
            budget.save_line(by=by, event=event, line=None, given=given, at=NOW)
        assert refused.value.why == why
    assert BudgetLine.objects.count() == 2


@db
def test_a_closed_report_changes_no_more_until_it_is_opened_with_a_reason(centre: Centre):
    event, by = held(centre), centre.actor("ORGANISER")
    line = budget.save_line(by=by, event=event, line=None, given=LINE, at=NOW)
    with pytest.raises(reports.ReportRefused) as refused:
        reports.close_report(by=by, event=event, at=NOW)
    assert refused.value.why == "early"
    reports.close_report(by=by, event=event, at=AFTER)
    for act in (
        lambda: budget.save_line(by=by, event=event, line=None, given=LINE, at=AFTER),
        lambda: budget.save_line(by=by, event=event, line=line, given=LINE, at=AFTER),
        lambda: budget.remove_line(by=by, line=line, at=AFTER),
        lambda: reports.report_heads(by=by, event=event, heads={"parents": 1}, at=AFTER),
    ):
        with pytest.raises(reports.ReportRefused) as refused:
            act()
        assert refused.value.why == "closed"
    with pytest.raises(MoveNotAllowed):
        reports.close_report(by=by, event=event, at=AFTER)
    for reason in ("", "whim"):
        with pytest.raises(ReasonMissing):
            reports.reopen_report(by=by, event=event, reason=reason, at=AFTER)
    row = reports.reopen_report(by=by, event=event, reason="late_cost", at=AFTER)
    assert row.state == ReportState.OPEN and [step.why for step in row.steps.order_by("pk")] == [
        "",
        "late_cost",
    ]
    budget.remove_line(by=by, line=line, at=AFTER)
    last = [entry.action for entry in audit.zone_lines(ZONE, limit=2)]
    assert last == ["event_budget:changed", "event_report:moved"]
    for role in ("PUBLISHER", "DOOR_STAFF", "AWARENESS_STATISTICIAN", "EDITOR"):
        same = {"by": centre.actor(role), "event": event, "at": AFTER}
        for act, more in (
            (budget.save_line, {"line": None, "given": LINE}),
            (reports.close_report, {}),
            (reports.reopen_report, {"reason": "late_cost"}),
            (reports.report_heads, {"heads": {}}),
        ):
            with pytest.raises(PermissionRefused):
                act(**same, **more)
    for heads in ({"nobody": 1}, {"parents": -1}, {"parents": 10**6}):
        with pytest.raises(reports.ReportRefused):
            reports.report_heads(by=by, event=event, heads=heads, at=AFTER)


@db
def test_figures_stand_side_by_side_with_their_evidence(centre: Centre):
    event = held(centre)
    close_events(by=WORKER, at=AFTER)
    reports.report_heads(by=centre.actor("ORGANISER"), event=event, heads={"parents": 20}, at=AFTER)
    period = Period.parse("2027-Q1")
    found = {
        code: {tuple(row.dims.values()): row.value for row in computed(measure(f"events.{code}"), period)}
        for code in (
            "registrations",
            "registered_heads",
            "attended_heads",
            "missed_heads",
            "waiting_served",
            "reported_heads",
        )
    }
    assert found["registrations"] == {(): 5, ("seminar",): 5}
    assert found["attended_heads"][()] == 9 and found["missed_heads"][()] == 3
    assert found["registered_heads"][()] == 12 and found["registered_heads"][(SINGLE,)] == 2
    assert found["reported_heads"] == {(): 20, ("parents",): 20} and found["waiting_served"][()] == 1
    evidence = {code: measure(f"events.{code}").evidence for code in found}
    assert evidence["attended_heads"] == Evidence.CONFIRMED
    assert evidence["reported_heads"] == Evidence.SELF_REPORTED
    assert computed(measure("events.attended_heads"), Period.parse("2027-Q2")) == []


@db
def test_pages_of_budget_and_report_by_role(centre: Centre):
    event = held(centre)
    base = f"/desk/events/{event.ref}/"
    desk = sign_in(centre, "ORGANISER")
    typed = {"category": "venue", "text": "=Salė", "planned": "1 200,50", "payer": "programme"}
    assert desk.post(f"{base}budget/new/", {**typed, "planned": "x"}).status_code == 422
    assert desk.post(f"{base}budget/new/", {**typed, "planned": ""}).status_code == 422
    assert desk.post(f"{base}budget/new/", typed).status_code == 302
    line = BudgetLine.objects.get()
    assert line.planned == 120050
    page = BeautifulSoup(desk.get(f"{base}budget/").text, "html.parser")
    assert [cell.text.replace("\u00a0", " ") for cell in page.select("tfoot td")] == [
        "1 200,50",
        "0,00",
        "−1 200,50",
    ]
    csv = desk.get(f"{base}budget/file/csv/").content.decode()
    assert "'=Salė" in csv and "1200.5" in csv
    assert desk.get(f"{base}budget/file/xlsx/").content.startswith(b"PK")
    assert desk.get(f"{base}budget/file/pdf/").status_code == 404
    shown = desk.get(f"{base}budget/{line.ref}/").text
    assert "1200.50" in shown
    report = BeautifulSoup(desk.get(f"{base}report/").text, "html.parser")
    rows = {row.th.text.strip(): row.td.text for row in report.select("#report tbody tr")}
    assert rows["Užsiregistravę žmonės"] == "12"
    Event.objects.filter(pk=event.pk).update(
        starts=event.starts - timedelta(days=120), ends=event.ends - timedelta(days=120)
    )
    assert desk.post(f"{base}report/heads/", {"parents": "x"}).status_code == 422
    assert desk.post(f"{base}report/heads/", {"parents": "12"}).status_code == 302
    assert EventCount.objects.get(what=What.REPORTED).n == 12
    assert desk.post(f"{base}report/reopen/", {"reason": ""}).status_code == 422
    assert desk.post(f"{base}report/close/").status_code == 302
    assert desk.post(f"{base}report/burn/").status_code == 404
    closed = desk.get(f"{base}budget/").text
    assert f"{base}budget/{line.ref}/" not in closed
    assert desk.post(f"{base}budget/{line.ref}/remove/", follow=True).status_code == 200
    assert BudgetLine.objects.exists()
    assert desk.get(f"{base}report/pdf/").content.startswith(b"%PDF")
    assert str(event) in desk.get("/desk/events/reports/?view=closed").text
    statistician = sign_in(centre, "AWARENESS_STATISTICIAN")
    assert statistician.get(f"{base}report/").status_code == 200
    assert str(event) in statistician.get("/desk/events/reports/?view=closed").text
    assert statistician.get(f"{base}budget/").status_code == 404
    assert statistician.post(f"{base}report/reopen/", {"reason": "late_cost"}).status_code == 404
    for role in ("DOOR_STAFF", "EDITOR"):
        other = sign_in(centre, role)
        for path in ("budget/", "report/", "report/pdf/", "budget/file/csv/", f"budget/{line.ref}/"):
            assert other.get(base + path).status_code == 404, (role, path)
        assert other.post(f"{base}budget/new/", typed).status_code == 404
    assert desk.post(f"{base}report/reopen/", {"reason": "late_cost"}).status_code == 302
    assert desk.post(f"{base}budget/{line.ref}/remove/").status_code == 302
    assert not BudgetLine.objects.exists()
