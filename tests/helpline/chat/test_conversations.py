"""The life of a conversation: start, queue, talk, end; what is refused; what each leaves in the
statistics row.
"""

import pytest
from django.http import Http404

from sauga.helpline.chat.actions import conversation_events, queue
from sauga.helpline.chat.actions import conversations as talk
from sauga.helpline.chat.actions.messages import NothingToSay, TooLong, clean
from sauga.helpline.chat.models import Conversation, Message, Whisper
from sauga.helpline.chat.queries.conversations import (
    closed_conversation_for,
    conversation_for,
    messages_after,
    whispers,
)
from sauga.helpline.records.models import Attempt
from sauga.helpline.states import ChatState
from sauga.kernel import sealed
from sauga.kernel.clock import to_day
from sauga.kernel.notifications.models import Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.sealed.models import WrappedKey
from sauga.kernel.states import MoveNotAllowed
from tests.centre import centre  # noqa: F401  a fixture
from tests.factories.line import on_duty, open_line
from tests.factories.talks import AT, CHILD, MINUTE, QUEUE, SECOND, active, begun, fake_receipt, nonce, queued


def outcome(made):
    row = Attempt.objects.get(conversation=made.conversation)
    return row.outcome, row.reason


def say(made, by, text="Labas", at=AT + 20 * SECOND, mark=None):
    return conversation_events.send_message(
        by=by, conversation=made.conversation, key=made.key, text=text, nonce=mark or nonce(), at=at
    )


def test_a_whole_conversation(centre):
    made = active(centre)
    say(made, CHILD, "Man sunku.")
    say(made, centre.actor("COUNSELLOR"), "Papasakok.", AT + 30 * SECOND)
    said = messages_after(made.conversation, made.key, 0)
    assert [(one.number, one.author, one.event, one.text) for one in said] == [
        (1, "CHILD", "", "Labas, ar galiu paklausti?"),
        (2, "LINE", "JOINED", ""),
        (3, "CHILD", "", "Man sunku."),
        (4, "COUNSELLOR", "", "Papasakok."),
    ]
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=AT + 15 * MINUTE)
    assert made.state == "ENDED" and made.conversation.ended_by == "END_CHILD"
    row = Attempt.objects.get(conversation=made.conversation)
    assert (row.wait_seconds, row.talk_seconds, row.outcome) == (10, 890, "")
    assert [step.after for step in made.conversation.steps.order_by("pk")] == [
        "PRECHAT",
        "QUEUED",
        "OFFERED",
        "ACTIVE",
        "ENDED",
    ]


# Start
# ------------------------------------------------------------------------------------------------------------
def test_outside_the_hours_the_attempt_is_deflected_at_once(centre):
    made = begun(centre, open_first=False)
    assert made.state == "OUT_OF_HOURS" and outcome(made) == ("DEFLECTED", "OUT_OF_HOURS")
    assert made.conversation.closed_at == made.conversation.started_at == to_day(AT)


def test_a_long_queue_turns_away_as_busy(centre):
    active(centre)
    for _ in range(40):
        made = begun(centre, open_first=False)
        if made.state != "PRECHAT":
            break
        talk.enqueue(
            by=CHILD, conversation=made.conversation, key=made.key, text="Labas", nonce=nonce(), at=AT
        )
    assert made.state == "OUT_OF_HOURS" and outcome(made) == ("DEFLECTED", "BUSY")


def test_the_same_receipt_leads_to_the_same_conversation(centre):
    open_line(centre, AT)
    receipt = fake_receipt()
    first, second = (
        talk.start_conversation(by=CHILD, receipt=receipt, language="lt", audience="CHILD", at=AT)
        for _ in range(2)
    )
    assert first == second and Attempt.objects.count() == 1
    assert set(WrappedKey.objects.values_list("holder", "recipient")) == {
        (first.holder, "TEAM"),
        (first.holder, "RECEIPT"),
        (first.desk_holder, "TEAM"),
    }


def test_a_reference_that_is_taken_is_drawn_again_and_given_up_at_last(centre, monkeypatch):
    made = begun(centre)
    drawn = iter([made.conversation.ref, "7777-7777"])
    monkeypatch.setattr("sauga.kernel.ids.new_reference", lambda: next(drawn))
    assert (
        talk.start_conversation(by=CHILD, receipt=fake_receipt(), language="lt", audience="CHILD", at=AT).ref
        == "7777-7777"
    )
    monkeypatch.setattr("sauga.kernel.ids.new_reference", lambda: made.conversation.ref)
    with pytest.raises(talk.IntegrityError):
        talk.start_conversation(by=CHILD, receipt=fake_receipt(), language="lt", audience="CHILD", at=AT)


def test_what_was_ticked_before_is_kept_until_the_queue(centre):
    made = begun(centre)
    ticks = {"mood": "MOOD_2", "self_urgency": "NOW_YES", "age_band": "AGE_TEEN", "chip": "CHIP_TALK"}
    talk.save_prechat(by=CHILD, conversation=made.conversation, **ticks, at=AT)
    kept = made.fresh()
    assert (kept.mood_before, kept.self_urgency, kept.age_band, kept.chip) == tuple(ticks.values())
    talk.enqueue(by=CHILD, conversation=kept, key=made.key, text="Labas", nonce=nonce(), at=AT)
    assert made.state == "QUEUED" and made.conversation.band == "IMMEDIATE" and made.conversation.band_rules
    with pytest.raises(talk.ConversationOver):
        talk.save_prechat(by=CHILD, conversation=made.conversation, mood="MOOD_1", at=AT)


def test_the_first_message_is_stored_once(centre):
    made, mark = begun(centre), nonce()
    for _ in range(2):
        talk.enqueue(by=CHILD, conversation=made.conversation, key=made.key, text="Labas", nonce=mark, at=AT)
    assert Message.objects.count() == 1 and made.state == "QUEUED" and made.conversation.since == AT
    with pytest.raises(talk.ConversationOver):
        talk.enqueue(
            by=CHILD, conversation=made.conversation, key=made.key, text="Labas", nonce=nonce(), at=AT
        )


# Leaving before anybody came
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("seconds", "reason"), [(14, "LEFT_SHORT"), (15, "LEFT_QUEUE")])
def test_who_leaves_the_queue_soon_is_counted_apart(centre, seconds, reason):
    made = queued(centre)
    talk.leave_queue(by=CHILD, conversation=made.conversation, how="ABANDONED", at=AT + seconds * SECOND)
    assert made.state == "ABANDONED" and outcome(made) == ("ABANDONED", reason)
    assert made.conversation.since == made.conversation.closed_at == to_day(AT)
    assert (
        set(made.conversation.steps.values_list("at", flat=True))
        == {to_day(AT)}
        == {one.at for one in Message.objects.all()}
    )
    talk.leave_queue(by=CHILD, conversation=made.conversation, how="LETTER_INSTEAD", at=AT + MINUTE)
    assert made.state == "ABANDONED" and outcome(made) == ("ABANDONED", reason)


def test_who_leaves_before_the_first_message(centre):
    made = begun(centre)
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_QUICK_EXIT", at=AT + MINUTE)
    assert made.state == "ABANDONED" and outcome(made) == ("ABANDONED", "LEFT_PRECHAT")


@pytest.mark.parametrize("offered", [False, True])
def test_a_letter_instead(centre, offered):
    made = queued(centre)
    offer = queue.next_contact(by=centre.actor("COUNSELLOR"), at=AT + SECOND) if offered else None
    talk.leave_queue(by=CHILD, conversation=made.conversation, how="LETTER_INSTEAD", at=AT + MINUTE)
    assert made.state == "LETTER_INSTEAD" and outcome(made) == ("DEFLECTED", "LETTER_INSTEAD")
    if offer:
        offer.refresh_from_db()
        assert offer.answer == "GONE" and made.conversation.offered_to is None and offer.until == to_day(AT)
        with pytest.raises(queue.OfferOver):
            queue.accept_offer(by=centre.actor("COUNSELLOR"), offer=offer, at=AT + MINUTE)


def test_after_the_queue_closed_a_letter_is_still_possible_and_the_outcome_stays(centre):
    made = queued(centre)
    talk.leave_queue(by=QUEUE, conversation=made.conversation, how="QUEUE_CLOSED", at=AT + MINUTE)
    assert made.state == "QUEUE_CLOSED"
    talk.leave_queue(by=CHILD, conversation=made.conversation, how="LETTER_INSTEAD", at=AT + MINUTE)
    assert made.state == "LETTER_INSTEAD" and outcome(made) == ("DEFLECTED", "QUEUE_CLOSED")


def test_a_child_cannot_close_the_queue(centre):
    made = queued(centre)
    with pytest.raises(PermissionRefused):
        talk.leave_queue(by=CHILD, conversation=made.conversation, how="QUEUE_CLOSED", at=AT)
    with pytest.raises(PermissionRefused):
        talk.leave_queue(by=QUEUE, conversation=made.conversation, how="ABANDONED", at=AT)
    assert made.state == "QUEUED"


def test_from_a_talk_nobody_leaves_by_the_queue(centre):
    made = active(centre)
    with pytest.raises(MoveNotAllowed):
        talk.leave_queue(by=CHILD, conversation=made.conversation, how="LETTER_INSTEAD", at=AT + MINUTE)
    assert made.state == "ACTIVE"


# The end
# ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["END_CHILD", "END_QUICK_EXIT"])
def test_the_child_ends_and_ending_again_changes_nothing(centre, how):
    made = active(centre)
    for minutes in (1, 2):
        talk.end_conversation(by=CHILD, conversation=made.conversation, how=how, at=AT + minutes * MINUTE)
    assert (
        made.state == "ENDED"
        and made.conversation.ended_at == AT + MINUTE
        and made.conversation.ended_by == how
    )


def test_the_counsellor_ends_their_own_and_a_lead_anybodys(centre):
    made = active(centre)
    with pytest.raises(talk.NotYours):
        talk.end_conversation(
            by=centre.actor("COUNSELLOR_2"),
            conversation=made.conversation,
            how="END_COUNSELLOR",
            at=AT + MINUTE,
        )
    talk.end_conversation(
        by=centre.actor("COUNSELLOR"), conversation=made.conversation, how="END_COUNSELLOR", at=AT + MINUTE
    )
    assert made.state == "ENDED"
    with pytest.raises(talk.ConversationOver):
        talk.end_conversation(
            by=centre.actor("COUNSELLOR"),
            conversation=made.conversation,
            how="END_COUNSELLOR",
            at=AT + MINUTE,
        )
    other = active(centre, AT + 2 * MINUTE)
    talk.end_conversation(
        by=centre.actor("SHIFT_LEAD"),
        conversation=other.conversation,
        how="END_COUNSELLOR",
        at=AT + 3 * MINUTE,
    )
    assert other.state == "ENDED"


def test_nobody_ends_in_another_s_name(centre):
    made = active(centre)
    for by, how in (
        (CHILD, "END_COUNSELLOR"),
        (CHILD, "END_IDLE"),
        (centre.actor("COUNSELLOR"), "END_CHILD"),
        (QUEUE, "END_CHILD"),
    ):
        with pytest.raises(PermissionRefused):
            talk.end_conversation(by=by, conversation=made.conversation, how=how, at=AT)
    with pytest.raises(ValueError):
        talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_SOMEHOW", at=AT)
    assert made.state == "ACTIVE"


def test_staff_end_no_conversation_that_nobody_has_taken(centre):
    made = queued(centre)
    with pytest.raises(MoveNotAllowed):
        talk.end_conversation(
            by=centre.actor("SHIFT_LEAD"), conversation=made.conversation, how="END_COUNSELLOR", at=AT
        )


# The talk
# ------------------------------------------------------------------------------------------------------------
def test_a_nonce_stores_a_message_once_even_after_the_end(centre):
    made, mark = active(centre), nonce()
    first = say(made, CHILD, "Labas", mark=mark)
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=AT + MINUTE)
    assert say(made, CHILD, "Labas", mark=mark) == first
    for by in (CHILD, centre.actor("COUNSELLOR")):
        with pytest.raises(conversation_events.ConversationOver):
            say(made, by)
    assert Message.objects.filter(author="CHILD").count() == 2


def test_only_the_owner_writes_for_the_line_and_only_while_talking(centre):
    made = active(centre)
    for role in ("COUNSELLOR_2", "SHIFT_LEAD"):
        with pytest.raises(conversation_events.NotYours):
            say(made, centre.actor(role))
    with pytest.raises(PermissionRefused):
        say(made, centre.actor("VOLUNTEER_COORDINATOR"))
    with pytest.raises(PermissionRefused):
        say(made, QUEUE)


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x07", "\u202e\u200b"])
def test_nothing_is_no_message(centre, text):
    with pytest.raises(NothingToSay):
        say(active(centre), CHILD, text)


def test_long_messages_are_refused_whole_and_odd_ones_kept(centre):
    made = active(centre)
    with pytest.raises(TooLong):
        say(made, CHILD, "ą" * 4001)
    for text in ("ą" * 4000, "Ką\ntu", "👩‍👩‍👧", "ėėė < & ' \" |"):
        say(made, CHILD, text)
    assert [one.text for one in messages_after(made.conversation, made.key, 2)] == [
        "ą" * 4000,
        "Ką\ntu",
        "👩‍👩‍👧",
        "ėėė < & ' \" |",
    ]
    assert clean("a\r\nb\rc\ud800") == "a\nb\nc"


def test_a_child_may_write_while_it_waits_and_be_judged_again(centre):
    made = queued(centre)
    say(made, CHILD, "Dar norėjau pasakyti, kad šiandien buvo graži diena.")
    assert made.fresh().last_number == 2 and made.conversation.band == "NONE"
    say(made, CHILD, "Man labai blogai, kažkas mane dabar muša, padėkite.")
    assert made.fresh().band in {"HIGH", "IMMEDIATE"} and made.conversation.band_rules
    high = made.conversation.band
    say(made, CHILD, "Labas")
    assert made.fresh().band == high


def test_a_person_s_judgement_is_not_overruled_by_a_rule(centre):
    made = queued(centre)
    queue.change_order(
        by=centre.actor("SHIFT_LEAD"), conversation=made.conversation, band="SOME", reason="KNOWN", at=AT
    )
    say(made, CHILD, "Man labai blogai, kažkas mane dabar muša, padėkite.")
    assert made.fresh().band == "SOME"


def test_read_marks_go_forward_and_never_past_the_last(centre):
    made, by = active(centre), centre.actor("COUNSELLOR")

    def mark(who, up_to):
        return conversation_events.mark_read(by=who, conversation=made.conversation, up_to=up_to, at=AT)

    assert mark(CHILD, 1) and made.fresh().child_read == 1
    assert not mark(CHILD, 1) and not mark(CHILD, 0)
    assert mark(CHILD, 99) and made.fresh().child_read == 2
    assert mark(by, 2) and made.fresh().staff_read == 2
    assert not mark(centre.actor("COUNSELLOR_2"), 2)


def test_whispers_are_for_counsellor_and_lead_and_private_ones_for_their_author(centre):
    made, by, lead = active(centre), centre.actor("COUNSELLOR"), centre.actor("SHIFT_LEAD")
    key = made.desk_key(by)
    for who, text, private in (
        (by, "Prašau patarti.", False),
        (lead, "Klausk, ar saugu.", False),
        (by, "Sau", True),
    ):
        conversation_events.whisper(
            by=who, conversation=made.conversation, desk_key=key, text=text, private=private, at=AT
        )
    assert [one.text for one in whispers(by, made.conversation, key)] == [
        "Prašau patarti.",
        "Klausk, ar saugu.",
        "Sau",
    ]
    assert [one.text for one in whispers(lead, made.conversation, key)] == [
        "Prašau patarti.",
        "Klausk, ar saugu.",
    ]
    with pytest.raises(conversation_events.NotYours):
        conversation_events.whisper(
            by=centre.actor("COUNSELLOR_2"), conversation=made.conversation, desk_key=key, text="a", at=AT
        )
    assert Whisper.objects.count() == 3


def test_immediate_risk_calls_every_lead_on_duty_once(centre):
    made, by = active(centre), centre.actor("COUNSELLOR")
    for band in ("HIGH", "IMMEDIATE", "SOME", "IMMEDIATE"):
        row = conversation_events.set_risk(by=by, conversation=made.conversation, band=band, at=AT)
        assert (row.band, row.is_at_risk, row.band_by) == (band, band != "SOME", by.pseudonym)
    assert row.is_escalated
    called = Notification.objects.exclude(template="helpline.debrief_owed")
    assert list(called.values_list("person_id", "template")) == [
        (centre.people["SHIFT_LEAD"].pk, "helpline.immediate")
    ]


def test_who_may_judge_the_risk(centre):
    made = active(centre)
    conversation_events.set_risk(
        by=centre.actor("SHIFT_LEAD_2"), conversation=made.conversation, band="SOME", at=AT
    )
    with pytest.raises(conversation_events.NotYours):
        conversation_events.set_risk(
            by=centre.actor("COUNSELLOR_2"), conversation=made.conversation, band="HIGH", at=AT
        )
    with pytest.raises(ValueError):
        conversation_events.set_risk(
            by=centre.actor("COUNSELLOR"), conversation=made.conversation, band="DREADFUL", at=AT
        )
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=AT + MINUTE)
    with pytest.raises(conversation_events.ConversationOver):
        conversation_events.set_risk(
            by=centre.actor("COUNSELLOR"), conversation=made.conversation, band="HIGH", at=AT
        )


# Who may open it
# ------------------------------------------------------------------------------------------------------------
def test_whose_page_it_is(centre):
    made = queued(centre)
    on_duty(centre.people["COUNSELLOR_2"], AT)

    def opens(role):
        try:
            return conversation_for(centre.actor(role), made.conversation.ref).pk == made.conversation.pk
        except Http404:
            return False

    assert [
        opens(role) for role in ("COUNSELLOR", "COUNSELLOR_2", "SHIFT_LEAD", "SERVICE_ADMINISTRATOR")
    ] == [False, False, True, False]
    offer = queue.next_contact(by=centre.actor("COUNSELLOR"), at=AT)
    assert opens("COUNSELLOR") and not opens("COUNSELLOR_2")
    queue.accept_offer(by=centre.actor("COUNSELLOR"), offer=offer, at=AT)
    assert opens("COUNSELLOR") and not opens("COUNSELLOR_2") and not opens("SAFEGUARDING_LEAD")
    Conversation.objects.filter(pk=made.conversation.pk).update(**{"state": ChatState.CLOSED})
    assert not opens("COUNSELLOR") and not opens("SHIFT_LEAD")
    assert closed_conversation_for(centre.actor("COUNSELLOR"), made.conversation.ref)
    for role in ("COUNSELLOR_2", "SHIFT_LEAD", "VOLUNTEER_COORDINATOR"):
        with pytest.raises(Http404):
            closed_conversation_for(centre.actor(role), made.conversation.ref)


def test_a_vault_without_the_key_opens_nothing(centre):
    made = queued(centre)
    sealed.destroy_keys([made.conversation.desk_holder])
    with pytest.raises(sealed.KeyNotAvailable):
        made.desk_key(centre.actor("COUNSELLOR"))
