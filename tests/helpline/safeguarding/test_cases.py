"""Cases: help beyond one contact, with a case worker, a plan and a second person at the end."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from sauga.helpline.safeguarding.actions import cases, escalations
from sauga.helpline.safeguarding.models import CaseNote, HelpCase
from sauga.helpline.safeguarding.queries import cases as queries
from sauga.helpline.states import CaseState
from sauga.kernel import sealed
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.refusals import ReasonMissing, TextMissing
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import MoveNotAllowed
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.safety import AT, talking

DAY = date(2026, 12, 1)


def opened(centre: Centre, role: str = "SHIFT_LEAD", **more) -> HelpCase:
    given = {"plan": "Planas", "urgency": "URG_URGENT", "follow_up_date": DAY} | more
    return cases.open_case(
        by=centre.actor(role), conversation=talking(centre.actor("COUNSELLOR"))[0], at=AT, **given
    )


def at_work(centre: Centre) -> HelpCase:
    return cases.take_case(by=centre.actor("SHIFT_LEAD"), case=opened(centre), at=AT)


def test_case_opens_with_a_sealed_plan_and_a_day(centre: Centre):
    case = opened(centre, plan="PLANTED-PLAN")
    assert (case.state, case.follow_up_date, case.case_worker) == (CaseState.OPEN, DAY, None)
    assert b"PLANTED" not in bytes(CaseNote.objects.get().body)
    assert [step.after for step in case.steps.order_by("pk")] == [CaseState.DRAFT, CaseState.OPEN]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"plan": " "}, TextMissing),
        ({"urgency": "X"}, ReasonMissing),
        ({"follow_up_date": date(2026, 11, 23)}, cases.DayIsOver),
    ],
)
def test_case_needs_plan_urgency_and_a_day_ahead(centre: Centre, change, error):
    with pytest.raises(error):
        opened(centre, **change)
    assert not HelpCase.objects.exists()


def test_counsellor_keeps_no_case_and_a_locked_vault_writes_none(centre: Centre):
    with pytest.raises(PermissionRefused):
        opened(centre, "COUNSELLOR")
    with pytest.raises(VaultLocked):
        cases.open_case(
            by=centre.actor("SHIFT_LEAD", unlocked=False),
            plan="x",
            urgency="URG_URGENT",
            follow_up_date=DAY,
            at=AT,
        )
    case = at_work(centre)
    with pytest.raises(VaultLocked):
        cases.add_note(by=centre.actor("SHIFT_LEAD", unlocked=False), case=case, text="x", at=AT)


def test_work_waits_goes_on_and_changes_hands(centre: Centre):
    case, lead, guard = at_work(centre), centre.actor("SHIFT_LEAD"), centre.actor("SAFEGUARDING_LEAD")
    assert case.state == CaseState.IN_PROGRESS and case.case_worker == centre.people["SHIFT_LEAD"]
    case = cases.wait_for_others(by=lead, case=case, at=AT)
    with pytest.raises(PermissionRefused):
        cases.take_case(by=centre.actor("SHIFT_LEAD_2"), case=case, at=AT)
    case = cases.take_case(by=guard, case=case, at=AT)
    assert case.state == CaseState.WAITING_EXTERNAL and case.case_worker == centre.people["SAFEGUARDING_LEAD"]
    case = cases.go_on(by=guard, case=case, at=AT)
    cases.add_note(by=guard, case=case, text="Kalbėta", at=AT)
    case = cases.set_follow_up(by=guard, case=case, day=DAY + timedelta(days=7), at=AT)
    page = queries.case_page(guard, case)
    assert [(note.kind, note.text) for note in page.notes] == [("PLAN", "Planas"), ("NOTE", "Kalbėta")]
    assert queries.case_page(centre.actor("SAFEGUARDING_LEAD", unlocked=False), case).notes[0].text is None
    sealed.destroy_keys([case.holder])
    assert queries.case_page(guard, case).notes[0].text is None


def test_closing_takes_a_second_person_by_action_and_by_row(centre: Centre):
    case, lead, second = at_work(centre), centre.actor("SHIFT_LEAD"), centre.actor("SHIFT_LEAD_2")
    with pytest.raises(MoveNotAllowed):
        cases.close_case(by=lead, case=case, at=AT)
    case = cases.propose_close(by=lead, case=case, note="Sutvarkyta", at=AT)
    with pytest.raises(cases.OwnClosing):
        cases.close_case(by=lead, case=case, at=AT)
    for columns in ({"state": "CLOSED"}, {"state": "CLOSED", "closed_by": lead.person_id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpCase.objects.filter(pk=case.pk).update(**columns)
    assert queries.case_for(second, case.ref) == case  # a colleague may see what waits for a second person
    case = cases.close_case(by=second, case=case, at=AT)
    assert (case.state, case.closed_at, case.follow_up_date) == (CaseState.CLOSED, AT, None)
    assert Notification.objects.get().template == "helpline.case_close"
    for refuse in (cases.go_on, cases.take_case, cases.wait_for_others, cases.close_case):
        with pytest.raises(MoveNotAllowed):
            refuse(by=lead, case=case, at=AT)
    with pytest.raises(MoveNotAllowed):
        cases.add_note(by=lead, case=case, text="x", at=AT)
    with pytest.raises(MoveNotAllowed):
        cases.set_follow_up(by=lead, case=case, day=DAY, at=AT)


def test_second_person_may_keep_it_open(centre: Centre):
    case = cases.propose_close(by=centre.actor("SHIFT_LEAD"), case=at_work(centre), note="x", at=AT)
    case = cases.go_on(by=centre.actor("SHIFT_LEAD_2"), case=case, at=AT)
    assert case.state == CaseState.IN_PROGRESS and case.close_proposed_by is None


def closed(centre: Centre) -> HelpCase:
    case = cases.propose_close(by=centre.actor("SHIFT_LEAD"), case=at_work(centre), note="x", at=AT)
    return cases.close_case(by=centre.actor("SAFEGUARDING_LEAD"), case=case, at=AT)


def test_lead_takes_a_closed_case_up_again_with_a_reason(centre: Centre):
    case = closed(centre)
    with pytest.raises(ReasonMissing):
        cases.reopen_case(by=centre.actor("SHIFT_LEAD"), case=case, reason="BECAUSE", at=AT)
    with pytest.raises(PermissionRefused):
        cases.reopen_case(by=centre.actor("COUNSELLOR"), case=case, reason="CAME_BACK", at=AT)
    again = cases.reopen_case(by=centre.actor("SAFEGUARDING_LEAD"), case=case, reason="CAME_BACK", at=AT)
    assert (again.state, again.case_worker, again.closed_at) == (
        CaseState.IN_PROGRESS,
        centre.people["SAFEGUARDING_LEAD"],
        None,
    )
    with pytest.raises(MoveNotAllowed):
        cases.reopen_case(by=centre.actor("SHIFT_LEAD"), case=case, reason="CAME_BACK", at=AT)


def test_reading_is_written_down_and_a_closed_case_needs_a_reason(centre: Centre):
    case, lead = at_work(centre), centre.actor("SHIFT_LEAD")
    cases.read_case(by=lead, case=case, at=AT)
    cases.read_case(by=centre.actor("SAFEGUARDING_LEAD"), case=case, at=AT)
    case = closed(centre)
    with pytest.raises(ReasonMissing):
        cases.read_case(by=lead, case=case, at=AT)
    cases.read_case(by=lead, case=case, reason="COMPLAINT", at=AT)
    lines = TrailLine.objects.filter(action="case:read").order_by("pk")
    assert [line.facts["reason"] for line in lines] == ["CASE_WORKER", "COLLEAGUE", "COMPLAINT"]


def test_who_sees_which_case(centre: Centre):
    case = at_work(centre)
    for role in ("SHIFT_LEAD_2", "COUNSELLOR", "LETTER_REVIEWER", "VOLUNTEER_COORDINATOR"):
        with pytest.raises(Http404):
            queries.case_for(centre.actor(role), case.ref)
        assert not queries.cases(centre.actor(role), "open", AT)
    assert queries.cases(centre.actor("SAFEGUARDING_LEAD"), "open", AT).count() == 1
    assert queries.counts(centre.actor("SHIFT_LEAD"), AT) == {"open": 1, "due": 0, "closing": 0}
    assert queries.cases(centre.actor("SHIFT_LEAD"), "due", AT + timedelta(days=9)).count() == 1
    assert queries.cases(centre.actor("SHIFT_LEAD"), "closed", AT).count() == 0


def test_keeper_hears_of_the_day_once(centre: Centre):
    at_work(centre)
    opened(centre)  # nobody keeps this one: the safeguarding lead hears of it
    assert escalations.remind_cases(at=AT) == 0
    later = AT + timedelta(days=7)
    assert escalations.remind_cases(at=later) == 2
    assert escalations.remind_cases(at=later) == 0
    people = {row.person for row in Notification.objects.all()}
    assert people == {centre.people["SHIFT_LEAD"], centre.people["SAFEGUARDING_LEAD"]}
