"""A call from the ring to the record: who may do what when, what is counted, what is forgotten."""

from datetime import timedelta

import pytest

from sauga.helpline.calls import queries
from sauga.helpline.calls.actions import calls
from sauga.helpline.calls.actions.calls import NobodyThere, NotYourCall, RangTooLongAgo, TooLateToUndo
from sauga.helpline.calls.models import Call
from sauga.helpline.records import actions as records
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.models import Duty
from sauga.helpline.states import CallState
from sauga.kernel import audit, clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import NotFound, PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture
from tests.factories.line import open_line
from tests.helpline.contacts import CODES

pytestmark = pytest.mark.django_db
SWITCHBOARD, CHILD, NOBODY = SystemActor("switchboard"), SystemActor("child"), SystemActor("nobody")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
NOW = timedelta()


def opened(
    centre: Centre, *, answered: bool = True, before: timedelta = NOW, role: str = "COUNSELLOR"
) -> Call:
    return calls.open_call(by=centre.actor(role), language="lt", rang_before=before, answered=answered, at=AT)


def on_duty(centre: Centre, role: str, channels: tuple[str, ...] = ("PHONE",), **more) -> Duty:
    return Duty.objects.create(
        person=centre.people[role], channels=list(channels), began_at=AT, seen_at=AT, **more
    )


def state_of(call: Call) -> str:
    return Call.objects.get(pk=call.pk).state


def test_one_key_opens_a_record_with_its_attempt(centre: Centre):
    call = opened(centre, before=20 * SECOND)
    attempt = Attempt.objects.get(call=call)
    assert (call.state, call.line, call.answered_by_id) == (
        CallState.CONNECTED,
        "DESK",
        centre.people["COUNSELLOR"].pk,
    )
    assert (attempt.channel, attempt.day, attempt.hour, attempt.wait_seconds) == (
        "PHONE",
        AT.astimezone(VILNIUS).date(),
        AT.astimezone(VILNIUS).hour,
        20,
    )
    assert attempt.outcome == ""
    assert [line.facts for line in audit.timeline(call)] == [{"outcome": "RINGING"}]


def test_it_may_ring_first(centre: Centre):
    call = opened(centre, answered=False)
    assert call.state == CallState.RINGING and call.answered_by_id is None
    calls.connect(by=centre.actor("COUNSELLOR_2"), call=call, at=AT + 9 * SECOND)
    assert Attempt.objects.get(call=call).wait_seconds == 9


@pytest.mark.parametrize("before", [-SECOND, timedelta(minutes=10, seconds=1)])
def test_a_ring_longer_ago_than_ten_minutes_is_refused(centre: Centre, before: timedelta):
    with pytest.raises(RangTooLongAgo):
        opened(centre, before=before)
    assert not Call.objects.exists()


def test_an_unknown_language_opens_nothing(centre: Centre):
    with pytest.raises(Exception, match="language"):
        calls.open_call(by=centre.actor("COUNSELLOR"), language="xx", rang_before=NOW, answered=True, at=AT)
    assert not Call.objects.exists()


def test_a_whole_call_with_hold_and_consultation(centre: Centre):
    by, call = centre.actor("COUNSELLOR"), opened(centre)
    calls.hold(by=by, call=call, at=AT + MINUTE)
    calls.resume(by=by, call=call, at=AT + 2 * MINUTE)
    calls.consult(by=by, call=call, at=AT + 3 * MINUTE)
    calls.resume(by=by, call=call, at=AT + 4 * MINUTE)
    ended = calls.end(by=by, call=call, at=AT + 5 * MINUTE)
    assert (ended.state, ended.ended_at) == (CallState.WRAP_UP, AT + 5 * MINUTE)
    assert Attempt.objects.get(call=call).talk_seconds == 300
    way = [step.after for step in call.steps.order_by("pk")]
    assert way == ["CONNECTED", "HELD", "CONNECTED", "CONSULT", "CONNECTED", "ENDED", "WRAP_UP"]


@pytest.mark.parametrize("act", [calls.hold, calls.consult, calls.end, calls.flag_risk])
def test_a_colleague_cannot_act_on_my_call(centre: Centre, act):
    call = opened(centre)
    with pytest.raises(NotYourCall):
        act(by=centre.actor("COUNSELLOR_2"), call=call, at=AT)
    assert state_of(call) == CallState.CONNECTED


@pytest.mark.parametrize(
    "act",
    [calls.hold, calls.resume, calls.end, calls.abandon, calls.flag_risk, calls.connect, calls.undo_call],
)
def test_nobody_else_may_touch_a_call(centre: Centre, act):
    call = opened(centre)
    with pytest.raises(PermissionRefused):
        act(by=centre.actor("LETTER_REVIEWER"), call=call, at=AT)
    with pytest.raises(PermissionRefused):
        act(by=NOBODY, call=call, at=AT)


def test_strangers_do_not_ring(centre: Centre):
    for ring in (
        lambda by: calls.ring_outside(by=by, outside="abc-12345", language="lt", at=AT),
        lambda by: calls.ring_browser(by=by, nonce=b"n" * 16, language="lt", at=AT),
        lambda by: calls.connected_outside(by=by, call=opened(centre), at=AT),
        lambda by: calls.open_call(by=by, language="lt", rang_before=NOW, answered=True, at=AT),
    ):
        for by in (NOBODY, centre.actor("VOLUNTEER_COORDINATOR")):
            with pytest.raises(PermissionRefused):
                ring(by)


def test_risk_is_a_mark_that_can_be_taken_away(centre: Centre):
    by, call = centre.actor("COUNSELLOR"), opened(centre)
    assert calls.flag_risk(by=by, call=call, at=AT).is_at_risk
    assert Attempt.objects.get(call=call).band == "HIGH"
    assert not calls.flag_risk(by=by, call=call, at=AT).is_at_risk
    assert Attempt.objects.get(call=call).band == ""


def test_a_call_is_handed_to_a_colleague_on_duty(centre: Centre):
    by, call = centre.actor("COUNSELLOR"), opened(centre)
    to = centre.people["COUNSELLOR_2"].pk
    calls.consult(by=by, call=call, at=AT)
    for reason in ("not on duty", "chat only", "on a break"):
        if reason == "chat only":
            on_duty(centre, "COUNSELLOR_2", ("CHAT",))
        if reason == "on a break":
            Duty.objects.update(channels=["PHONE"], is_on_break=True)
        with pytest.raises(NobodyThere):
            calls.hand_over(by=by, call=call, to=to, at=AT)
    Duty.objects.update(is_on_break=False)
    with pytest.raises(NobodyThere):
        calls.hand_over(by=by, call=call, to=by.person_id, at=AT)
    handed = calls.hand_over(by=by, call=call, to=to, at=AT)
    assert (handed.state, handed.answered_by_id) == (CallState.TRANSFERRED, to)
    with pytest.raises(NotYourCall):
        calls.end(by=by, call=call, at=AT)
    assert calls.end(by=centre.actor("COUNSELLOR_2"), call=call, at=AT).state == CallState.WRAP_UP


def test_handing_over_without_consulting_changes_nothing(centre: Centre):
    call = opened(centre)
    on_duty(centre, "COUNSELLOR_2")
    with pytest.raises(MoveNotAllowed):
        calls.hand_over(by=centre.actor("COUNSELLOR"), call=call, to=centre.people["COUNSELLOR_2"].pk, at=AT)
    call.refresh_from_db()
    assert (call.state, call.answered_by_id) == (CallState.CONNECTED, centre.people["COUNSELLOR"].pk)


def test_a_call_is_picked_up_once(centre: Centre):
    call = opened(centre, answered=False)
    calls.connect(by=centre.actor("COUNSELLOR"), call=call, at=AT)
    with pytest.raises(NotYourCall):
        calls.connect(by=centre.actor("COUNSELLOR_2"), call=call, at=AT)
    with pytest.raises(MoveNotAllowed):
        calls.connect(by=centre.actor("COUNSELLOR"), call=call, at=AT)


# The switchboard
# ------------------------------------------------------------------------------------------------------------
def test_ringing_twice_is_one_call_and_its_name_is_not_kept(centre: Centre):
    first = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0001-secret", language="ru", at=AT)
    again = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0001-secret", language="ru", at=AT + SECOND)
    assert first == again and Attempt.objects.count() == 1
    assert (
        b"pbx-0001" not in bytes(first.outside_key) and first.line == "SWITCHBOARD" and first.language == "ru"
    )


def test_what_the_switchboard_connected_is_claimed_by_whoever_talks(centre: Centre):
    call = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0002", language="lt", at=AT)
    calls.connected_outside(by=SWITCHBOARD, call=call, at=AT + 4 * SECOND)
    assert (
        calls.connected_outside(by=SWITCHBOARD, call=call, at=AT + 9 * SECOND).answered_at == AT + 4 * SECOND
    )
    claimed = calls.connect(by=centre.actor("COUNSELLOR"), call=call, at=AT + 30 * SECOND)
    assert (claimed.answered_by_id, claimed.answered_at) == (centre.people["COUNSELLOR"].pk, AT + 4 * SECOND)
    assert calls.end(by=SWITCHBOARD, call=call, at=AT + MINUTE).state == CallState.WRAP_UP


def test_a_call_that_ended_unclaimed_can_still_be_claimed(centre: Centre):
    call = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0003", language="lt", at=AT)
    calls.connected_outside(by=SWITCHBOARD, call=call, at=AT)
    calls.end(by=SWITCHBOARD, call=call, at=AT + MINUTE)
    page = queries.calls_page(by=centre.actor("COUNSELLOR"), at=AT + MINUTE)
    assert [line.ref for line in page.unclaimed] == [call.ref]
    calls.connect(by=centre.actor("COUNSELLOR"), call=call, at=AT + 2 * MINUTE)
    page = queries.calls_page(by=centre.actor("COUNSELLOR"), at=AT + 2 * MINUTE)
    assert [line.ref for line in page.to_write] == [call.ref] and not page.unclaimed


def test_a_waiting_caller_is_picked_up_through_every_state(centre: Centre):
    from sauga.helpline.calls.actions.switchboard import wait

    call = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0004", language="lt", at=AT)
    wait(by=SWITCHBOARD, call=call, at=AT)
    calls.connect(by=centre.actor("COUNSELLOR"), call=call, at=AT + SECOND)
    assert [step.after for step in call.steps.order_by("pk")] == [
        "GREETING",
        "WAITING",
        "OFFERED",
        "CONNECTED",
    ]


# Ending without talking
# -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("seconds", "reason"), [(14, "LEFT_SHORT"), (15, "LEFT_QUEUE"), (90, "LEFT_QUEUE")])
def test_a_missed_call_is_counted_and_a_short_one_apart(centre: Centre, seconds: int, reason: str):
    call = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0005", language="lt", at=AT)
    calls.abandon(by=SWITCHBOARD, call=call, at=AT + seconds * SECOND)
    attempt = Attempt.objects.get(call=call)
    assert (attempt.outcome, attempt.reason, attempt.wait_seconds) == ("ABANDONED", reason, seconds)
    counted = queries.counts(attempt.day)
    assert (counted.attempted, counted.missed, counted.short) == (
        1,
        int(reason == "LEFT_QUEUE"),
        int(reason == "LEFT_SHORT"),
    )
    assert counted.open == 0


@pytest.mark.parametrize("to", [CallState.BUSY, CallState.OUT_OF_HOURS])
def test_busy_and_closed_are_deflected(centre: Centre, to: CallState):
    call = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0006", language="lt", at=AT)
    calls.deflect(by=SWITCHBOARD, call=call, to=to, at=AT)
    attempt = Attempt.objects.get(call=call)
    assert (attempt.outcome, attempt.reason) == ("DEFLECTED", str(to))
    with pytest.raises(MoveNotAllowed):
        calls.abandon(by=SWITCHBOARD, call=call, at=AT)


def test_a_connected_call_is_not_missed(centre: Centre):
    call = opened(centre)
    with pytest.raises(MoveNotAllowed):
        calls.abandon(by=centre.actor("COUNSELLOR"), call=call, at=AT)
    assert Attempt.objects.get(call=call).outcome == ""


def test_a_browser_call_rings_and_the_child_hangs_up(centre: Centre):
    open_line(centre, AT)
    call = calls.ring_browser(by=CHILD, nonce=b"n" * 16, language="lt", at=AT)
    assert calls.ring_browser(by=CHILD, nonce=b"n" * 16, language="lt", at=AT) == call
    assert (call.channel, call.attempt.channel) == ("BROWSER_CALL", "BROWSER_CALL")
    calls.connect(by=centre.actor("COUNSELLOR"), call=call, at=AT + SECOND)
    assert calls.end(by=CHILD, call=call, at=AT + MINUTE).state == CallState.WRAP_UP


# Undo, closing, sweeping
# ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("answered", [True, False])
def test_a_slip_of_the_finger_leaves_nothing_to_count(centre: Centre, answered: bool):
    call = opened(centre, answered=answered)
    ref = call.ref
    calls.undo_call(by=centre.actor("COUNSELLOR"), call=call, at=AT + MINUTE)
    assert not Call.objects.exists() and not Attempt.objects.exists()
    assert [line.facts["outcome"] for line in audit.timeline(ref)] == ["RINGING", "TAKEN_BACK"]


def test_what_cannot_be_taken_back(centre: Centre):
    by = centre.actor("COUNSELLOR")
    late, held, colleagues = opened(centre), opened(centre), opened(centre, role="COUNSELLOR_2")
    outside = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0007", language="lt", at=AT)
    ringing = opened(centre, answered=False)
    calls.hold(by=by, call=held, at=AT)
    for call, at in (
        (late, AT + 3 * MINUTE),
        (held, AT),
        (colleagues, AT),
        (outside, AT),
        (ringing, AT + 13 * MINUTE),
    ):
        with pytest.raises(TooLateToUndo):
            calls.undo_call(by=by, call=call, at=at)
    assert Call.objects.count() == 5


@pytest.mark.parametrize("is_data", [True, False])
def test_a_closed_call_keeps_its_day_only(centre: Centre, is_data: bool):
    by, call = centre.actor("COUNSELLOR"), opened(centre)
    call = calls.end(by=by, call=call, at=AT + MINUTE)
    written_up(by, call, is_data=is_data)
    call.refresh_from_db()
    assert call.state == (CallState.CLOSED if is_data else CallState.CLOSED_NONDATA)
    assert {call.rang_at, call.answered_at, call.ended_at} == {clock.to_day(AT)}
    assert queries.counts(call.attempt.day).picked_up_share == 1
    with pytest.raises(NotFound):
        queries.call_for(by, call.ref)


def written_up(by, call: Call, *, is_data: bool = True) -> None:
    attempt = Attempt.objects.get(call=call)
    if is_data:
        records.write_record(by=by, attempt=attempt, codes=CODES, at=AT + 2 * MINUTE)
    else:
        records.close_nondata(by=by, attempt=attempt, kind="ND_SILENT", at=AT + 2 * MINUTE)


def test_ringing_that_nobody_ended_is_counted_as_lost(centre: Centre):
    old = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0008", language="lt", at=AT)
    young = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0009", language="lt", at=AT + 10 * MINUTE)
    assert calls.sweep_calls(at=AT + 13 * MINUTE) == 1
    assert (state_of(old), state_of(young)) == (CallState.ABANDONED, CallState.RINGING)
    assert Attempt.objects.get(call=old).reason == "LOST_IN_QUEUE"
    assert calls.sweep_calls(at=AT + 13 * MINUTE) == 0
    assert Call.objects.get(pk=old.pk).outside_key is not None
    calls.sweep_calls(at=AT + 80 * MINUTE)
    assert Call.objects.get(pk=old.pk).outside_key is None


# Reading
# ------------------------------------------------------------------------------------------------------------
def test_the_page_sorts_calls_for_one_person(centre: Centre):
    mine, other, ringing = opened(centre), opened(centre, role="COUNSELLOR_2"), opened(centre, answered=False)
    page = queries.calls_page(by=centre.actor("COUNSELLOR"), at=AT + MINUTE)
    assert [[line.ref for line in part] for part in (page.mine, page.others, page.ringing)] == [
        [mine.ref],
        [other.ref],
        [ringing.ref],
    ]
    assert page.counts.open == 3 and page.counts.picked_up_share is None
    assert page.others[0].who == "Vardenė"


def test_a_wrap_up_of_more_than_half_an_hour_is_late(centre: Centre):
    by, call = centre.actor("COUNSELLOR"), opened(centre)
    calls.end(by=by, call=call, at=AT)
    assert not queries.calls_page(by=by, at=AT + 30 * MINUTE).to_write[0].is_late
    assert queries.calls_page(by=by, at=AT + 31 * MINUTE).to_write[0].is_late


def test_colleagues_closed_calls_are_for_the_lead(centre: Centre):
    call = opened(centre)
    written_up(centre.actor("COUNSELLOR"), calls.end(by=centre.actor("COUNSELLOR"), call=call, at=AT))
    missed = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0010", language="lt", at=AT)
    calls.abandon(by=SWITCHBOARD, call=missed, at=AT)
    assert len(queries.calls_page(by=centre.actor("COUNSELLOR"), at=AT).done) == 2
    assert [line.outcome for line in queries.calls_page(by=centre.actor("COUNSELLOR_2"), at=AT).done] == [
        "ABANDONED"
    ]
    assert len(queries.calls_page(by=centre.actor("SHIFT_LEAD"), at=AT).done) == 2


def test_missing_permission_reads_nothing(centre: Centre):
    call = opened(centre)
    with pytest.raises(PermissionRefused):
        queries.calls_page(by=centre.actor("LETTER_REVIEWER"), at=AT)
    with pytest.raises(NotFound):
        queries.call_for(centre.actor("LETTER_REVIEWER"), call.ref)
    assert queries.call_for(centre.actor("SHIFT_LEAD"), call.ref) == call


def test_colleagues_to_hand_to_come_leads_first(centre: Centre):
    on_duty(centre, "COUNSELLOR")
    on_duty(centre, "COUNSELLOR_2")
    on_duty(centre, "SHIFT_LEAD", is_lead=True)
    on_duty(centre, "SHIFT_LEAD_2", ("CHAT",), is_lead=True)
    found = queries.colleagues_on_calls(centre.actor("COUNSELLOR"))
    assert [one.person_id for one in found] == [
        centre.people["SHIFT_LEAD"].pk,
        centre.people["COUNSELLOR_2"].pk,
    ]
