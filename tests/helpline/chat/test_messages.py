"""Sending, reading and typing in the database: numbered in order, stored once, signalled at commit, also when
many come at once.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from sauga.helpline.chat.actions import conversation_events
from sauga.helpline.chat.actions import conversations as life
from sauga.helpline.chat.actions.messages import NothingToSay, TooLong
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import messages_after
from sauga.helpline.chat.rules import messages
from sauga.kernel import clock, live
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import SystemActor, lock
from tests.centre import centre  # noqa: F401  a fixture
from tests.factories.line import on_duty
from tests.factories.talks import CHILD, active, nonce, queued

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def line(centre, monkeypatch):
    """The chat takes people in at whatever hour the test runs."""
    monkeypatch.setattr(life, "closed_for", lambda at: "")
    return centre


@pytest.fixture
def made(line, now):
    return active(line, now - timedelta(seconds=30))


def another(line, now):
    """A second conversation, with another counsellor."""
    on_duty(line.people["COUNSELLOR_2"], now)
    return active(line, now - timedelta(seconds=20), by=line.actor("COUNSELLOR_2"))


def send(made, text, now, *, by=CHILD, mark=None):
    return conversation_events.send_message(
        by=by, conversation=made.conversation, key=made.key, text=text, nonce=mark or nonce(), at=now
    ).number


def at_once(*calls):
    """What these answer or raise, each begun in a thread of its own."""

    def run(call):
        try:
            return call()
        except Exception as error:  # the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def sent(made):
    return [(one.number, one.author, one.text) for one in messages_after(made.conversation, made.key, 2)]


def test_messages_of_both_sides_at_the_same_moment_are_numbered_without_gaps_and_each_side_keeps_its_order(
    line, made, now
):
    by = line.actor("COUNSELLOR")

    def side(who, name):
        return lambda: [send(made, f"{name} {number}", now, by=who) for number in range(15)]

    child, staff = at_once(side(CHILD, "vaikas"), side(by, "konsultantė"))
    assert sorted(child + staff) == list(range(3, 33)) and child == sorted(child) and staff == sorted(staff)
    assert [number for number, _, _ in sent(made)] == list(range(3, 33))
    assert [text for _, who, text in sent(made) if who == "CHILD"] == [
        f"vaikas {number}" for number in range(15)
    ]
    assert [text for _, who, text in sent(made) if who == "COUNSELLOR"] == [
        f"konsultantė {number}" for number in range(15)
    ]
    row = made.fresh()
    assert (row.last_number, row.last_word_at, row.prompts) == (32, now, 0)


def test_the_same_message_sent_twice_at_the_same_moment_is_stored_once(made, now):
    mark = nonce()
    assert at_once(*[lambda: send(made, "kartą", now, mark=mark)] * 6) == [3] * 6
    assert send(made, "kartą", now, mark=mark) == 3 and sent(made) == [(3, "CHILD", "kartą")]


def test_two_conversations_do_not_meet_and_one_that_waits_does_not_hold_up_the_other(line, made, now):
    other = another(line, now)
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            lock(made.conversation)
            waiting = thread.submit(lambda: at_once(lambda: send(made, "laukia", now))[0])
            assert at_once(lambda: send(other, "eina", now)) == [3]
            assert not waiting.done()
        assert waiting.result(20) == 3
    assert [text for *_, text in sent(made)] == ["laukia"] and [text for *_, text in sent(other)] == ["eina"]


def test_what_may_not_be_sent_is_refused_and_the_others_are_stored(made, now):
    answers = at_once(
        lambda: send(made, "geras", now),
        lambda: send(made, " ", now),
        lambda: send(made, "a" * 4001, now),
        lambda: send(made, "a", now, by=SystemActor("nobody")),
    )
    assert answers[0] == 3 and [type(one) for one in answers[1:]] == [
        NothingToSay,
        TooLong,
        PermissionRefused,
    ]
    life.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=now)
    with pytest.raises(messages.ConversationOver):
        send(made, "dar", now)
    assert [text for *_, text in sent(made)] == ["geras"]


def test_a_child_that_was_thought_lost_is_back_with_its_message(made, now):
    Conversation.objects.filter(pk=made.conversation.pk).update(**{"state": "PAUSED"})
    assert send(made, "grįžau", now) == 3
    assert made.fresh().state == "ACTIVE" and made.conversation.steps.order_by("pk").last().why == "BACK"


def test_a_message_is_refused_whole_when_the_database_goes_away_in_the_middle(made, now, monkeypatch):
    """Nothing is answered before it is stored; sent again with its nonce, it is stored once."""
    mark = nonce()

    def break_off(*_):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patched:
        patched.setattr("sauga.helpline.chat.actions.messages.live.signal", break_off)
        (broken,) = at_once(lambda: send(made, "a", now, mark=mark))
    assert isinstance(broken, Exception) and sent(made) == []
    assert send(made, "a", now, mark=mark) == 3


def listening(*calls):
    """What these answer one after the other, and what is signalled meanwhile."""

    async def whole():
        heard = []
        async with await live.connect() as listener:
            await listener.execute("LISTEN sauga_live")
            answers = [(await asyncio.to_thread(at_once, call))[0] for call in calls]
            async for notice in listener.notifies(timeout=0.3):
                heard.append(json.loads(notice.payload))
        return answers, heard

    return asyncio.run(whole())


def test_what_is_signalled(line, made, now):
    by, colleague, channel = line.actor("COUNSELLOR"), line.actor("SHIFT_LEAD"), made.conversation.channel
    row = Conversation.objects.values().get()
    answers, heard = listening(
        lambda: conversation_events.signal_typing(by=CHILD, conversation=made.conversation),
        lambda: conversation_events.signal_typing(by=by, conversation=made.conversation),
        lambda: conversation_events.signal_typing(by=colleague, conversation=made.conversation),
    )
    assert answers == [True, True, False] and Conversation.objects.values().get() == row, (
        "who types is kept nowhere"
    )
    assert heard == [[channel, "typing.CHILD"], [channel, "typing.COUNSELLOR"]]
    answers, heard = listening(
        lambda: send(made, "a", now),
        lambda: conversation_events.mark_read(by=by, conversation=made.conversation, up_to=3, at=now),
        lambda: conversation_events.mark_read(by=by, conversation=made.conversation, up_to=3, at=now),
        lambda: conversation_events.mark_read(by=colleague, conversation=made.conversation, up_to=3, at=now),
    )
    assert answers == [3, True, False, False] and heard == [[channel, "2"], [channel, "read"]]


def test_who_handed_over_a_moment_ago_is_not_shown_typing(line, made):
    """What is at hand of the conversation may be minutes old."""
    by = line.actor("COUNSELLOR")
    Conversation.objects.filter(pk=made.conversation.pk).update(owner=line.people["SHIFT_LEAD"])
    assert conversation_events.signal_typing(by=by, conversation=made.conversation) is False


@pytest.mark.parametrize("state", ["QUEUED", "ACTIVE"])
def test_every_action_asks_the_one_decision_and_repeats_none_of_it(line, made, now, monkeypatch, state):
    asked, one = [], made if state == "ACTIVE" else queued(line, now)

    def decide(row, event):
        asked.append((row.state, type(event).__name__))
        raise messages.NotYours

    monkeypatch.setattr(conversation_events, "decide", decide)
    for act in (
        lambda: send(one, "a", now),
        lambda: conversation_events.mark_read(by=CHILD, conversation=one.conversation, up_to=1, at=now),
        lambda: conversation_events.signal_typing(by=CHILD, conversation=one.conversation),
    ):
        with pytest.raises(messages.NotYours):
            act()
    assert asked == [(state, "Send"), (state, "Read"), (state, "Typing")]
