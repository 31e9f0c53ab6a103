"""The lead beside a conversation: listening is seen and written down, taking over has a reason, a call for
the lead is answered.
"""

import pytest

from sauga.helpline.chat.actions import conversations as talk
from sauga.helpline.chat.actions import supervision
from sauga.helpline.chat.actions.supervision import ListenedAlready, ListeningOff
from sauga.helpline.chat.queries.supervision import lead_view
from sauga.helpline.chat.rules.messages import ConversationOver, NotYours
from sauga.helpline.overview.queries import board as queries
from sauga.helpline.states import ChatState
from sauga.kernel import audit, vocab
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.refusals import ReasonMissing
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.talks import AT, CHILD, MINUTE, QUEUE, SECOND, active, queued

pytestmark = pytest.mark.django_db


def listened(ref: str) -> list[dict]:
    return [line.facts for line in audit.timeline(ref) if line.action == "chat:listened"]


def test_listening_is_seen_and_written_down_with_its_seconds(centre: Centre):
    made, lead = active(centre), centre.actor("SHIFT_LEAD", AT)
    heard = supervision.listen_in(by=lead, conversation=made.conversation, at=AT + MINUTE)
    assert (heard.monitored_by_id, heard.monitored_since) == (lead.person_id, AT + MINUTE)
    again = supervision.listen_in(by=lead, conversation=heard, at=AT + 2 * MINUTE)
    assert again.monitored_since == AT + MINUTE
    assert [line.listener for line in queries.board(by=lead, at=AT + MINUTE).talks] != [""]
    supervision.stop_listening(by=lead, conversation=heard, at=AT + MINUTE + 42 * SECOND)
    supervision.stop_listening(by=lead, conversation=heard, at=AT + 5 * MINUTE)
    assert listened(made.conversation.ref) == [{"part": "BEGIN"}, {"part": "END", "seconds": 42}]
    assert made.fresh().monitored_by_id is None


def test_words_are_shown_only_while_listening(centre: Centre):
    made, lead = active(centre), centre.actor("SHIFT_LEAD", AT)
    assert lead_view(by=lead, conversation=made.fresh()).said is None
    supervision.listen_in(by=lead, conversation=made.conversation, at=AT)
    assert "Labas, ar galiu paklausti?" in [
        one.text for one in lead_view(by=lead, conversation=made.fresh()).said or ()
    ]
    assert lead_view(by=centre.actor("SHIFT_LEAD_2", AT), conversation=made.fresh()).said is None
    locked = lead_view(by=centre.actor("SHIFT_LEAD", AT, unlocked=False), conversation=made.fresh())
    assert (locked.said, locked.beside) == (None, None)


def test_one_lead_listens_at_a_time_and_ends_only_the_own_listening(centre: Centre):
    made, other = active(centre), centre.actor("SHIFT_LEAD_2", AT)
    supervision.listen_in(by=centre.actor("SHIFT_LEAD", AT), conversation=made.conversation, at=AT)
    with pytest.raises(ListenedAlready):
        supervision.listen_in(by=other, conversation=made.conversation, at=AT)
    assert (
        supervision.stop_listening(by=other, conversation=made.conversation, at=AT).monitored_by_id
        is not None
    )


def test_who_may_not_listen(centre: Centre):
    made = active(centre)
    for by in (
        centre.actor("COUNSELLOR_2", AT),
        centre.actor("SAFEGUARDING_LEAD", AT),
        SystemActor("nobody"),
    ):
        with pytest.raises(PermissionRefused):
            supervision.listen_in(by=by, conversation=made.conversation, at=AT)
        with pytest.raises(PermissionRefused):
            supervision.stop_listening(by=by, conversation=made.conversation, at=AT)


def test_nothing_to_listen_to(centre: Centre):
    waits, lead = queued(centre), centre.actor("SHIFT_LEAD", AT)
    with pytest.raises(ConversationOver):
        supervision.listen_in(by=lead, conversation=waits.conversation, at=AT)
    mine = supervision.take_over(by=lead, conversation=waits.conversation, reason="TO_WAITING", at=AT)
    with pytest.raises(ConversationOver):
        supervision.listen_in(by=lead, conversation=mine, at=AT)


def test_the_policy_can_switch_listening_off(centre: Centre):
    made = active(centre)
    vocab.set_policy(by=QUEUE, name="policy.listening", value={"allowed": False, "most_minutes": 10}, at=AT)
    with pytest.raises(ListeningOff):
        supervision.listen_in(by=centre.actor("SHIFT_LEAD", AT), conversation=made.conversation, at=AT)


def test_forgotten_listening_ends_by_itself(centre: Centre):
    made = active(centre)
    supervision.listen_in(by=centre.actor("SHIFT_LEAD", AT), conversation=made.conversation, at=AT)
    supervision.still_listening(
        by=centre.actor("SHIFT_LEAD", AT), ref=made.conversation.ref, at=AT + 9 * MINUTE + 30 * SECOND
    )
    assert supervision.sweep_listening(at=AT + 9 * MINUTE + 50 * SECOND) == 0
    assert supervision.sweep_listening(at=AT + 10 * MINUTE) == 1
    assert listened(made.conversation.ref)[-1] == {"part": "END", "seconds": 600}
    supervision.listen_in(
        by=centre.actor("SHIFT_LEAD", AT), conversation=made.conversation, at=AT + 11 * MINUTE
    )
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=AT + 12 * MINUTE)
    assert supervision.sweep_listening(at=AT + 12 * MINUTE) == 0
    assert listened(made.conversation.ref)[-1] == {"part": "END", "seconds": 60}


def test_taking_over_needs_a_reason_of_the_list_and_ends_listening(centre: Centre):
    made, lead = active(centre), centre.actor("SHIFT_LEAD", AT)
    supervision.listen_in(by=lead, conversation=made.conversation, at=AT)
    for reason in ("", "BECAUSE"):
        with pytest.raises(ReasonMissing):
            supervision.take_over(by=lead, conversation=made.conversation, reason=reason, at=AT + MINUTE)
    taken = supervision.take_over(by=lead, conversation=made.conversation, reason="TO_ASKED", at=AT + MINUTE)
    assert (taken.owner_id, taken.state, taken.monitored_by_id) == (lead.person_id, ChatState.ACTIVE, None)
    assert listened(made.conversation.ref)[-1] == {"part": "END", "seconds": 60}


def test_a_refused_taking_over_leaves_the_listening_as_it_was(centre: Centre):
    made = active(centre)
    supervision.listen_in(by=centre.actor("SHIFT_LEAD", AT), conversation=made.conversation, at=AT)
    with pytest.raises(PermissionRefused):
        supervision.take_over(
            by=centre.actor("COUNSELLOR_2", AT), conversation=made.conversation, reason="TO_ASKED", at=AT
        )
    assert made.fresh().monitored_by_id == centre.people["SHIFT_LEAD"].pk


def test_another_order_needs_a_reason_of_the_list(centre: Centre):
    first, second = queued(centre), queued(centre, AT + SECOND, open_first=False)
    lead = centre.actor("SHIFT_LEAD", AT)
    with pytest.raises(ReasonMissing):
        supervision.change_order(
            by=lead, conversation=second.conversation, band="HIGH", reason="BECAUSE", at=AT
        )
    supervision.change_order(by=lead, conversation=second.conversation, band="HIGH", reason="OR_YOUNG", at=AT)
    assert [line.conversation for line in queries.board(by=lead, at=AT + MINUTE).waiting] == [
        second.conversation,
        first.conversation,
    ]


def test_my_supervisor_please_and_the_lead_comes(centre: Centre):
    made, by, lead = active(centre), centre.actor("COUNSELLOR", AT), centre.actor("SHIFT_LEAD", AT)
    called = supervision.call_lead(by=by, conversation=made.conversation, at=AT)
    supervision.call_lead(by=by, conversation=made.conversation, at=AT)
    assert called.is_escalated and Notification.objects.filter(template="helpline.lead_called").count() == 1
    assert queries.board(by=lead, at=AT).talks[0].calls_lead
    for _ in range(2):
        assert not supervision.answer_call(by=lead, conversation=made.conversation, at=AT).is_escalated
    assert not queries.board(by=lead, at=AT).talks[0].calls_lead


def test_who_may_not_call_the_lead_and_who_may_not_answer(centre: Centre):
    made = active(centre)
    with pytest.raises(NotYours):
        supervision.call_lead(by=centre.actor("COUNSELLOR_2", AT), conversation=made.conversation, at=AT)
    with pytest.raises(PermissionRefused):
        supervision.call_lead(by=centre.actor("LETTER_REVIEWER", AT), conversation=made.conversation, at=AT)
    with pytest.raises(PermissionRefused):
        supervision.answer_call(by=centre.actor("COUNSELLOR", AT), conversation=made.conversation, at=AT)
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=AT)
    with pytest.raises(ConversationOver):
        supervision.call_lead(by=centre.actor("COUNSELLOR", AT), conversation=made.conversation, at=AT)


def test_listening_ends_when_the_leads_page_is_gone(centre: Centre):
    made, lead = active(centre), centre.actor("SHIFT_LEAD", AT)
    supervision.listen_in(by=lead, conversation=made.conversation, at=AT)
    supervision.still_listening(by=lead, ref=made.conversation.ref, at=AT + 20 * SECOND)
    assert supervision.sweep_listening(at=AT + 60 * SECOND) == 0, "the page was heard of 40 seconds ago"
    supervision.still_listening(
        by=centre.actor("SHIFT_LEAD_2", AT), ref=made.conversation.ref, at=AT + 60 * SECOND
    )
    assert supervision.sweep_listening(at=AT + 70 * SECOND) == 1, (
        "a colleague's page is no sign of the listener"
    )
    assert made.fresh().monitored_by_id is None
    assert listened(made.conversation.ref) == [{"part": "BEGIN"}, {"part": "END", "seconds": 70}]


def test_the_page_of_a_listening_lead_says_that_it_is_there(centre: Centre):
    from sauga.kernel import clock
    from tests.centre import sign_in

    now = clock.now()
    made, client = active(centre, now), sign_in(centre, "SHIFT_LEAD")
    address = f"/desk/helpline/board/{made.conversation.ref}/"
    assert "data-stop-listening" not in client.get(address).content.decode()
    supervision.listen_in(by=centre.actor("SHIFT_LEAD", now), conversation=made.conversation, at=now - MINUTE)
    page = client.get(address).content.decode()
    assert (
        f'data-stop-listening="/desk/helpline/present/?listening={made.conversation.ref}"' in page
        and "listening.js" in page
    )
    assert made.fresh().monitor_seen_at >= now, "looking at the page is a sign"
    made.conversation.__class__.objects.filter(pk=made.conversation.pk).update(monitor_seen_at=now - MINUTE)
    assert client.get("/desk/helpline/present/", {"listening": made.conversation.ref}).status_code == 204
    assert made.fresh().monitor_seen_at >= now
