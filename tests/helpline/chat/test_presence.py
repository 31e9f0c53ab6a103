"""Handing over, being there, and what time alone decides."""

from datetime import timedelta

import pytest

from sauga.helpline.chat.actions import conversation_events, presence, queue, timeouts, transfers
from sauga.helpline.chat.actions import conversations as talk
from sauga.helpline.chat.actions.messages import NothingToSay, TooLong
from sauga.helpline.chat.models import Conversation, Message
from sauga.helpline.chat.queries.conversations import card_of, conversation_for, open_transfer
from sauga.helpline.line.models import Window
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.actions import duty as duties
from sauga.helpline.rota.models import Duty
from sauga.kernel.notifications.models import Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.states import MoveNotAllowed
from tests.centre import centre  # noqa: F401  a fixture
from tests.factories.line import on_duty, open_line, volunteer
from tests.factories.talks import AT, CHILD, MINUTE, QUEUE, SECOND, active, begun, nonce, queued

CARD = {
    "why": "Baigiasi mano budėjimas",
    "story": "Kalbam apie mokyklą",
    "risk": "",
    "done": "Išklausiau",
    "next": "",
}


def events(made):
    return list(
        Message.objects.filter(conversation=made.conversation, author="LINE")
        .order_by("number")
        .values_list("event", flat=True)
    )


def offered(centre, made, to=None, at=AT + MINUTE):
    by = centre.actor("COUNSELLOR")
    return transfers.offer_transfer(
        by=by, conversation=made.conversation, desk_key=made.desk_key(by), card=CARD, to=to, at=at
    )


def alive(made, at, *, child=True, staff=True):
    """Both pages are open at `at`."""
    changes = ({"child_seen_at": at} if child else {}) | ({"staff_seen_at": at} if staff else {})
    Conversation.objects.filter(pk=made.conversation.pk).update(**changes)
    if staff:
        Duty.objects.present().update(seen_at=at)


# Handing over
# ------------------------------------------------------------------------------------------------------------
def test_a_colleague_takes_it_with_its_card_and_the_child_is_told(centre):
    made = active(centre)
    on_duty(centre.people["COUNSELLOR_2"], AT)
    moved, other = offered(centre, made), centre.actor("COUNSELLOR_2")
    assert made.state == "TRANSFER_OFFERED" and made.conversation.owner == centre.people["COUNSELLOR"]
    conversation_events.send_message(
        by=centre.actor("COUNSELLOR"),
        conversation=made.conversation,
        key=made.key,
        text="Tuoj",
        nonce=nonce(),
        at=AT + MINUTE,
    )
    assert '"Baigiasi mano budėjimas"' in card_of(
        open_transfer(conversation_for(other, made.conversation.ref)), made.desk_key(other)
    )
    transfers.answer_for_child(by=CHILD, conversation=made.conversation, agrees=True, at=AT + MINUTE)
    transfers.take_transfer(by=other, transfer=moved, at=AT + MINUTE)
    moved.refresh_from_db()
    assert (made.state, made.conversation.owner_id, moved.outcome, moved.consent) == (
        "ACTIVE",
        other.person_id,
        "TAKEN",
        "GIVEN",
    )
    assert events(made) == ["JOINED", "TRANSFER_ASKED", "TRANSFERRED"]
    for act in (
        lambda: transfers.take_transfer(by=other, transfer=moved, at=AT + MINUTE),
        lambda: transfers.answer_for_child(by=CHILD, conversation=made.conversation, agrees=False, at=AT),
    ):
        with pytest.raises(transfers.TransferOver):
            act()
    assert open_transfer(made.conversation) is None


def test_the_child_says_no_and_the_counsellor_stays(centre):
    made = active(centre)
    on_duty(centre.people["COUNSELLOR_2"], AT)
    moved = offered(centre, made)
    transfers.answer_for_child(by=CHILD, conversation=made.conversation, agrees=False, at=AT + MINUTE)
    with pytest.raises(transfers.TransferOver):
        transfers.take_transfer(by=centre.actor("COUNSELLOR_2"), transfer=moved, at=AT + MINUTE)
    assert made.state == "ACTIVE" and made.conversation.owner == centre.people["COUNSELLOR"]
    assert events(made)[-1] == "TRANSFER_REFUSED"


def test_a_transfer_is_withdrawn(centre):
    made = active(centre)
    offered(centre, made)
    with pytest.raises(conversation_events.NotYours):
        transfers.withdraw_transfer(by=centre.actor("COUNSELLOR_2"), conversation=made.conversation, at=AT)
    assert (
        transfers.withdraw_transfer(
            by=centre.actor("COUNSELLOR"), conversation=made.conversation, at=AT
        ).outcome
        == "WITHDRAWN"
    )
    with pytest.raises(transfers.TransferOver):
        transfers.withdraw_transfer(by=centre.actor("COUNSELLOR"), conversation=made.conversation, at=AT)


def test_who_cannot_offer_or_take_one(centre):
    made, by = active(centre), centre.actor("COUNSELLOR")
    key = made.desk_key(by)

    def offer(who, card):
        return transfers.offer_transfer(
            by=who, conversation=made.conversation, desk_key=key, card=card, at=AT
        )

    for who, card, refusal in (
        (by, {"why": "  "}, NothingToSay),
        (by, {"why": "a" * 4001}, TooLong),
        (centre.actor("COUNSELLOR_2"), CARD, conversation_events.NotYours),
        (centre.actor("LETTER_REVIEWER"), CARD, PermissionRefused),
    ):
        with pytest.raises(refusal):
            offer(who, card)
    moved = offered(centre, made, to=centre.people["SHIFT_LEAD"].pk)
    with pytest.raises(MoveNotAllowed):
        offer(by, CARD)
    for role in ("COUNSELLOR", "COUNSELLOR_2"):  # the owner, and one who was not asked
        with pytest.raises(transfers.TransferOver):
            transfers.take_transfer(by=centre.actor(role), transfer=moved, at=AT + MINUTE)
    with pytest.raises(duties.NotOnDuty):  # the lead of this shift takes no chats
        transfers.take_transfer(by=centre.actor("SHIFT_LEAD"), transfer=moved, at=AT + MINUTE)
    Duty.objects.filter(person=centre.people["SHIFT_LEAD"]).update(channels=["CHAT"])
    other = active(centre, by=centre.actor("SHIFT_LEAD"), open_first=False)
    with pytest.raises(queue.AtCapacity):
        transfers.take_transfer(by=centre.actor("SHIFT_LEAD"), transfer=moved, at=AT + MINUTE)
    talk.end_conversation(by=CHILD, conversation=other.conversation, how="END_CHILD", at=AT)
    with pytest.raises(transfers.TransferOver):
        transfers.take_transfer(by=centre.actor("SHIFT_LEAD"), transfer=moved, at=AT + 2 * MINUTE)
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=AT)
    with pytest.raises(conversation_events.ConversationOver):
        offer(by, CARD)


def test_the_child_asks_for_another_counsellor_and_the_lead_is_told(centre):
    made = active(centre)
    transfers.ask_for_another(by=CHILD, conversation=made.conversation, at=AT)
    assert (
        events(made)[-1] == "WANTS_ANOTHER"
        and Notification.objects.get().template == "helpline.wants_another"
    )
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=AT)
    with pytest.raises(conversation_events.ConversationOver):
        transfers.ask_for_another(by=CHILD, conversation=made.conversation, at=AT)


# Duty
# ------------------------------------------------------------------------------------------------------------
def test_a_duty_from_beginning_to_end(centre):
    by = centre.actor("SHIFT_LEAD")
    volunteer(centre.people["SHIFT_LEAD"], trained=["CHAT", "LEAD"])
    for channels in ([], ["CHAT", "SMOKE"]):
        with pytest.raises(ValueError):
            duties.go_on_duty(by=by, channels=channels, at=AT)
    with pytest.raises(PermissionRefused):
        duties.go_on_duty(by=centre.actor("VOLUNTEER_COORDINATOR"), channels=["CHAT"], at=AT)
    duty = duties.go_on_duty(by=by, channels=["CHAT"], at=AT, capacity=2)
    assert duty.is_lead and duty.languages == ["lt"] and duty.capacity == 2
    with pytest.raises(duties.AlreadyOnDuty):
        duties.go_on_duty(by=by, channels=["CHAT"], at=AT)
    assert duties.take_break(by=by, at=AT).is_on_break and not duties.come_back(by=by, at=AT).is_on_break
    assert duties.go_off_duty(by=by, at=AT + MINUTE).ended_at == AT + MINUTE
    for act in (duties.take_break, duties.come_back, duties.go_off_duty):
        with pytest.raises(duties.NotOnDuty):
            act(by=by, at=AT)
    assert not duties.go_on_duty(by=by, channels=["CHAT"], at=AT, lead=False).is_lead


def test_nobody_goes_off_duty_in_the_middle_of_a_talk(centre):
    made, by = active(centre), centre.actor("COUNSELLOR")
    with pytest.raises(duties.StillTalking):
        duties.go_off_duty(by=by, at=AT)
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=AT)
    assert duties.go_off_duty(by=by, at=AT).ended_at == AT


def test_signs_of_life_are_written_now_and_then_only(centre):
    made, by = active(centre), centre.actor("COUNSELLOR")
    start = AT + 10 * SECOND
    for seconds, seen in ((5, start), (10, start + 10 * SECOND)):
        at = start + seconds * SECOND
        presence.staff_seen(by=by, conversation=made.conversation, at=at)
        presence.child_seen(by=CHILD, conversation=made.conversation, at=at)
        assert made.fresh().staff_seen_at == seen
    presence.staff_seen(by=centre.actor("COUNSELLOR_2"), conversation=made.conversation, at=AT + MINUTE)
    assert made.fresh().staff_seen_at == start + 10 * SECOND
    presence.staff_seen(by=by, at=AT + MINUTE)
    assert Duty.objects.get(person_id=by.person_id).seen_at == AT + MINUTE


def test_open_pages_are_signs_of_life_of_their_own_side(centre):
    made, waits = active(centre), queued(centre)
    by, later = centre.people["COUNSELLOR"], AT + 30 * SECOND
    both = [made.conversation.pk, waits.conversation.pk]
    presence.pages_open(
        by=QUEUE,
        children=both,
        staff=[(made.conversation.pk, by.pk), (waits.conversation.pk, by.pk)],
        at=later,
    )
    assert (
        made.fresh().child_seen_at == made.conversation.staff_seen_at == waits.fresh().child_seen_at == later
    )
    assert waits.conversation.staff_seen_at is None and Duty.objects.get(person=by).seen_at == later
    with pytest.raises(PermissionRefused):
        presence.pages_open(by=CHILD, children=both, staff=[], at=later)


# What time decides
# ------------------------------------------------------------------------------------------------------------
def test_a_child_who_lost_the_line_pauses_comes_back_or_is_dropped_after_two_minutes(centre):
    made = active(centre)
    begin = made.fresh().child_seen_at
    alive(made, begin + 29 * SECOND, child=False)
    assert timeouts.sweep(begin + 29 * SECOND) == 0
    alive(made, begin + 30 * SECOND, child=False)
    assert timeouts.sweep(begin + 30 * SECOND) == 1 and made.state == "PAUSED"
    presence.child_seen(by=CHILD, conversation=made.conversation, at=begin + 40 * SECOND)
    assert made.state == "ACTIVE" and made.conversation.child_seen_at == begin + 40 * SECOND
    stale = Conversation.objects.get(pk=made.conversation.pk)
    alive(made, begin + 80 * SECOND, child=False)
    timeouts.sweep(begin + 80 * SECOND)
    presence.pages_open(by=QUEUE, children=[made.conversation.pk], staff=[], at=begin + 81 * SECOND)
    assert made.state == "ACTIVE"
    stale.state = "PAUSED"
    presence.child_seen(by=CHILD, conversation=stale, at=begin + 82 * SECOND)
    assert made.state == "ACTIVE" and made.conversation.child_seen_at == begin + 82 * SECOND
    lost = begin + 82 * SECOND
    for seconds, state in ((30, "PAUSED"), (149, "PAUSED"), (150, "DROPPED")):
        alive(made, lost + seconds * SECOND, child=False)
        timeouts.sweep(lost + seconds * SECOND)
        assert made.state == state
    assert (
        made.conversation.ended_by == "END_LOST"
        and Attempt.objects.get(conversation=made.conversation).talk_seconds
    )
    assert timeouts.sweep(lost + 151 * SECOND) == 0


def test_who_writes_without_scripts_is_waited_for_and_is_not_asked_meanwhile(centre):
    made = active(centre)
    begin = made.fresh().child_seen_at
    presence.child_writes(by=CHILD, conversation=made.conversation, at=begin)
    assert presence.writes_unseen(made.fresh(), begin)
    for minutes, seconds, state in (
        (5, 0, "ACTIVE"),
        (10, 0, "ACTIVE"),
        (10, 30, "PAUSED"),
        (12, 29, "PAUSED"),
        (12, 30, "DROPPED"),
    ):
        at = begin + minutes * MINUTE + seconds * SECOND
        alive(made, at, child=False)
        timeouts.sweep(at)
        assert (at, made.state) == (at, state)
        assert (minutes > 5) or events(made).count("STILL_THERE") == 0


def test_a_page_with_scripts_is_believed_only_while_its_stream_is_open(centre):
    made = active(centre)
    begin = made.fresh().child_seen_at
    presence.child_writes(by=CHILD, conversation=made.conversation, at=begin)
    presence.child_seen(by=CHILD, conversation=made.fresh(), at=begin + SECOND)  # its stream opens
    assert made.fresh().child_seen_at == begin + SECOND and not presence.writes_unseen(
        made.conversation, begin + SECOND
    )
    alive(made, begin + 31 * SECOND, child=False)
    timeouts.sweep(begin + 31 * SECOND)
    assert made.state == "PAUSED"


def test_a_place_in_the_queue_is_kept_for_who_writes_without_scripts(centre):
    made = queued(centre)
    begin = made.fresh().child_seen_at
    presence.child_writes(by=CHILD, conversation=made.conversation, at=begin)
    for minutes, state in ((9, "QUEUED"), (12, "QUEUED"), (13, "ABANDONED")):
        timeouts.sweep(begin + minutes * MINUTE)
        assert (minutes, made.state) == (minutes, state)


def test_a_word_brings_a_paused_conversation_back(centre):
    made = active(centre)
    alive(made, AT + MINUTE, child=False)
    timeouts.sweep(AT + MINUTE)
    assert made.state == "PAUSED"
    conversation_events.send_message(
        by=CHILD, conversation=made.conversation, key=made.key, text="Vėl čia", nonce=nonce(), at=AT + MINUTE
    )
    assert made.state == "ACTIVE"


def test_a_counsellor_who_is_gone_leaves_the_child_on_top_of_the_queue(centre):
    urgent, made = queued(centre, text="Labas", band="IMMEDIATE"), None
    talk.leave_queue(by=CHILD, conversation=urgent.conversation, how="ABANDONED", at=AT)
    made = active(centre)
    urgent = queued(centre, band="IMMEDIATE")
    seen = made.fresh().staff_seen_at
    Duty.objects.filter(person=centre.people["COUNSELLOR"]).update(seen_at=seen)
    for seconds, state in ((47, "ACTIVE"), (48, "REQUEUED_TOP")):
        alive(made, seen + seconds * SECOND, staff=False)
        timeouts.sweep(seen + seconds * SECOND)
        assert made.state == state
    assert events(made)[-1] == "COUNSELLOR_GONE" and Notification.objects.get().template == "helpline.orphan"
    on_duty(centre.people["COUNSELLOR_2"], seen)
    offer = queue.next_contact(by=centre.actor("COUNSELLOR_2"), at=seen + MINUTE)
    assert offer.conversation_id == made.conversation.pk, "before immediate danger"
    queue.time_out(by=QUEUE, offer=offer, at=seen + 2 * MINUTE)
    assert made.state == "REQUEUED_TOP"
    conversation_events.send_message(
        by=CHILD,
        conversation=made.conversation,
        key=made.key,
        text="Aš čia",
        nonce=nonce(),
        at=seen + 2 * MINUTE,
    )
    offer = queue.next_contact(by=centre.actor("COUNSELLOR_2"), at=seen + 2 * MINUTE)
    first = made.conversation.taken_at
    queue.accept_offer(by=centre.actor("COUNSELLOR_2"), offer=offer, at=seen + 2 * MINUTE)
    assert made.state == "ACTIVE" and made.conversation.taken_at == first


def test_another_page_of_the_counsellor_counts_as_being_there(centre):
    made = active(centre)
    later = AT + 5 * MINUTE
    alive(made, later, staff=False)
    Duty.objects.filter(person=centre.people["COUNSELLOR"]).update(seen_at=later)
    timeouts.sweep(later)
    assert made.state == "ACTIVE"


@pytest.mark.parametrize("offered_again", [False, True])
@pytest.mark.parametrize("leaves", ["END_CHILD", "ABANDONED", "LETTER_INSTEAD"])
def test_a_child_without_counsellor_may_still_leave(centre, leaves, offered_again):
    made = active(centre)
    later = AT + 2 * MINUTE
    alive(made, later, staff=False)
    timeouts.sweep(later)
    assert made.state == "REQUEUED_TOP"
    if offered_again:
        on_duty(centre.people["COUNSELLOR_2"], later)
        queue.next_contact(by=centre.actor("COUNSELLOR_2"), at=later)
    if leaves == "END_CHILD":
        talk.end_conversation(by=CHILD, conversation=made.conversation, how=leaves, at=later)
    else:
        talk.leave_queue(by=CHILD, conversation=made.conversation, how=leaves, at=later)
    assert made.state == ("LETTER_INSTEAD" if leaves == "LETTER_INSTEAD" else "ENDED")


def test_a_requeued_child_who_is_lost_is_dropped(centre):
    made = active(centre)
    alive(made, AT + 2 * MINUTE, staff=False)
    timeouts.sweep(AT + 2 * MINUTE)
    timeouts.sweep(AT + 2 * MINUTE + 150 * SECOND)
    assert made.state == "DROPPED" and made.conversation.owner is not None


def test_a_transfer_nobody_takes_runs_out(centre):
    made = active(centre)
    moved = offered(centre, made)
    for seconds, state in ((59, "TRANSFER_OFFERED"), (60, "ACTIVE")):
        alive(made, moved.at + seconds * SECOND)
        timeouts.sweep(moved.at + seconds * SECOND)
        assert made.state == state
    moved.refresh_from_db()
    assert moved.outcome == "TIMED_OUT" and events(made)[-1] == "TRANSFER_OVER"
    assert not transfers.time_out(by=QUEUE, conversation=made.conversation, at=moved.at + 2 * MINUTE)


def test_offers_run_out_by_themselves(centre):
    made = queued(centre)
    queue.next_contact(by=centre.actor("COUNSELLOR"), at=AT)
    assert timeouts.sweep(AT + 30 * SECOND) == 1 and made.state == "QUEUED"


@pytest.mark.parametrize(("seconds", "state"), [(149, "QUEUED"), (150, "ABANDONED")])
def test_a_place_is_kept_for_two_minutes_over_a_lost_line(centre, seconds, state):
    made = queued(centre)
    Duty.objects.present().update(seen_at=AT + seconds * SECOND)
    timeouts.sweep(AT + seconds * SECOND)
    assert made.state == state
    if state == "ABANDONED":
        assert Attempt.objects.get(conversation=made.conversation).reason == "LOST_IN_QUEUE"


@pytest.mark.parametrize(("minutes", "state"), [(29, "PRECHAT"), (30, "ABANDONED")])
def test_questions_left_open_end_after_half_an_hour(centre, minutes, state):
    made = begun(centre)
    Duty.objects.present().update(seen_at=AT + minutes * MINUTE)
    timeouts.sweep(AT + minutes * MINUTE)
    assert made.state == state
    if state == "ABANDONED":
        assert Attempt.objects.get(conversation=made.conversation).reason == "LEFT_PRECHAT"


def test_two_prompts_and_then_the_end(centre):
    made = active(centre)
    quiet = made.fresh().last_word_at
    seen = []
    for seconds in range(0, 620, 20):
        at = quiet + seconds * SECOND
        alive(made, at)
        timeouts.sweep(at)
        seen.append((made.state, events(made).count("STILL_THERE")))
    assert seen[11:13] == [("ACTIVE", 0), ("ACTIVE", 1)]
    assert seen[20:22] == [("ACTIVE", 1), ("ACTIVE", 2)]
    assert seen[29:31] == [("ACTIVE", 2), ("ENDED", 2)]
    assert made.conversation.ended_by == "END_IDLE"


def test_a_word_begins_the_silence_anew(centre):
    made = active(centre)
    at = AT + 8 * MINUTE
    for _ in range(2):
        alive(made, at)
        timeouts.sweep(at)
    assert made.fresh().prompts == 2
    conversation_events.send_message(
        by=CHILD, conversation=made.conversation, key=made.key, text="Čia", nonce=nonce(), at=at
    )
    assert made.fresh().prompts == 0
    alive(made, at + 3 * MINUTE)
    assert timeouts.sweep(at + 3 * MINUTE) == 0


def test_when_the_hours_are_over_whoever_waits_is_offered_a_letter(centre):
    waits, before, talks = queued(centre), begun(centre), active(centre, AT - SECOND)
    Window.objects.all().update(closes="16:30")
    for minutes, states in ((29, ("QUEUED", "PRECHAT")), (31, ("QUEUE_CLOSED", "QUEUE_CLOSED"))):
        at = AT + minutes * MINUTE
        Conversation.objects.update(child_seen_at=at, last_word_at=at)
        alive(talks, at)
        timeouts.sweep(at)
        assert (waits.state, before.state, talks.state) == (*states, "ACTIVE")
    assert Attempt.objects.get(conversation=waits.conversation).reason == "QUEUE_CLOSED"


def test_a_duty_nobody_has_heard_of_is_put_on_a_break(centre):
    open_line(centre, AT)
    assert timeouts.sweep(AT + 9 * MINUTE) == 0
    assert timeouts.sweep(AT + 10 * MINUTE) == 2
    assert all(Duty.objects.values_list("is_on_break", flat=True))
    assert timeouts.sweep(AT + 11 * MINUTE) == 0


def test_a_fault_in_one_conversation_does_not_keep_the_others_waiting(centre, monkeypatch):
    bad, good = queued(centre), queued(centre)
    real = timeouts.leave_queue

    def leave(**given):
        if given["conversation"].pk == bad.conversation.pk:
            raise RuntimeError("a fault")
        return real(**given)

    monkeypatch.setattr(timeouts, "leave_queue", leave)
    with pytest.raises(RuntimeError):
        timeouts.sweep(AT + timedelta(minutes=3))
    assert (bad.state, good.state) == ("QUEUED", "ABANDONED")
    assert not Notification.objects.exists()
