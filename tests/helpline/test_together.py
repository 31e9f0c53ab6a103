"""Words stored together on the event loop: the same rules as one by one, nothing lost or doubled, and the long way where in doubt."""

import asyncio
import json
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import RequestFactory

from sauga.helpline.actions import conversation as talk
from sauga.helpline.actions import talking, together
from sauga.helpline.actions.messages import NothingToSay, TooLong
from sauga.helpline.models import Conversation, Message
from sauga.helpline.queries.conversation import messages_after
from sauga.kernel import clock, live
from sauga.kernel.identity import PermissionRefused, proof, vaults
from sauga.kernel.identity.models import Person
from sauga.kernel.states import SystemActor, lock
from tests.factories.line import on_duty
from tests.factories.talks import CHILD, active, nonce, queued
from tests.house import house  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def line(house, monkeypatch):
    """The chat takes people in at whatever hour the test runs."""
    monkeypatch.setattr(talk, "closed_for", lambda at: "")
    return house


@pytest.fixture
def made(line, now):
    return active(line, now - timedelta(seconds=30))


def another(line, now):
    """A second conversation, with another counsellor."""
    on_duty(line.people["COUNSELLOR_2"], now)
    return active(line, now - timedelta(seconds=20), by=line.actor("COUNSELLOR_2"))


def run(*coroutines):
    """All at the same moment."""

    async def play():
        return await asyncio.gather(*coroutines, return_exceptions=True)

    return asyncio.run(play())


def says(made, text, now, *, by=CHILD, mark=None, held=None):
    return together.say(by=by, conversation=made.conversation, key=made.key, text=text, nonce=mark or nonce(), held=held, at=now)


def said(made):
    return [(one.number, one.author, one.text) for one in messages_after(made.conversation, made.key, 2)]


def test_words_of_one_moment_are_numbered_in_the_order_in_which_they_came(made, now):
    assert run(*(says(made, f"žodis {number}", now) for number in range(30))) == list(range(3, 33))
    assert said(made) == [(number + 3, "CHILD", f"žodis {number}") for number in range(30)]
    row = made.fresh()
    assert (row.last_number, row.last_word_at, row.prompts) == (32, now, 0)


def test_they_are_one_transaction_and_two_conversations_do_not_meet(line, made, now):
    other = another(line, now)
    assert run(says(made, "vienas", now), says(other, "kitas", now), says(made, "du", now)) == [3, 3, 4]
    assert [text for *_, text in said(made)] == ["vienas", "du"] and [text for *_, text in said(other)] == ["kitas"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM helpline_message WHERE number > 2")
        assert cursor.fetchone() == (1,)


def test_the_same_nonce_is_stored_once_whichever_way_it_comes(made, now):
    mark, other = nonce(), nonce()
    assert run(says(made, "vieną", now, mark=mark), says(made, "kartą", now, mark=mark)) == [3, 3]
    assert run(says(made, "dar", now, mark=mark)) == [3]
    assert talking.say(by=CHILD, conversation=made.conversation, key=made.key, text="dar", nonce=mark, at=now).number == 3
    talking.say(by=CHILD, conversation=made.conversation, key=made.key, text="kitas", nonce=other, at=now)
    assert run(says(made, "kitas", now, mark=other)) == [4]
    assert [text for *_, text in said(made)] == ["vieną", "kitas"]


def test_what_may_not_be_said_is_refused_and_the_others_are_stored(made, now):
    refusals = run(
        says(made, "geras", now), says(made, " ", now), says(made, "a" * 4001, now), says(made, "a", now, by=SystemActor("nobody"))
    )
    assert refusals[0] == 3 and [type(one) for one in refusals[1:]] == [NothingToSay, TooLong, PermissionRefused]
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=now)
    (over,) = run(says(made, "dar", now))
    assert isinstance(over, talking.ConversationOver) and [text for *_, text in said(made)] == ["geras"]


def test_more_than_a_word_goes_the_long_way(line, made, now):
    """A child that comes back from a pause, or waits, is more than a word."""
    Conversation.objects.filter(pk=made.conversation.pk).update(**{"state": "PAUSED"})
    assert run(says(made, "grįžau", now)) == [None]
    waits = queued(line, now)
    assert run(says(waits, "dar laukiu", now)) == [None]
    assert Message.objects.filter(conversation=waits.conversation).count() == 1
    assert run(together.look(by=CHILD, conversation=waits.conversation, held=None, at=now)) == [None]
    assert run(together.look(by=CHILD, conversation=made.conversation, held=None, at=now)) == [None]


@contextmanager
def somebody_holds(made):
    """Another transaction has the row, until the block ends or sets what it is given."""
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            lock(made.conversation)
            held.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert held.wait(20)
        yield done
    finally:
        done.set()
        thread.join(20)


def test_a_row_that_somebody_holds_is_not_waited_for(line, made, now):
    other = another(line, now)
    with somebody_holds(made):
        assert run(says(made, "laukia", now), says(other, "eina", now)) == [None, 3]
    assert said(made) == []


def test_a_row_that_somebody_holds_for_a_moment_is_tried_again_and_order_is_kept(line, made, now, monkeypatch):
    """Mostly it is the other process, which stores the other side's word."""
    other, first, tries = another(line, now), together._write, []

    async def write(connection, acts):
        tries.append(len(acts))
        left = await first(connection, acts)
        done.set()
        while left and made.conversation.pk not in {row.pk for row in await asyncio.to_thread(free)}:
            await asyncio.sleep(0.01)
        return left

    def free():
        try:
            with transaction.atomic():
                return list(Conversation.objects.select_for_update(skip_locked=True).filter(pk=made.conversation.pk))
        finally:
            connection.close()

    monkeypatch.setattr(together, "_write", write)
    with somebody_holds(made) as done:
        assert run(says(made, "vienas", now), says(other, "kitas", now), says(made, "du", now)) == [3, 3, 4]
    assert [text for *_, text in said(made)] == ["vienas", "du"]
    assert tries == [3, 2]


def test_a_database_that_is_away_loses_nothing(made, now, monkeypatch, caplog):
    async def away():
        raise OSError("away")

    key = made.key
    with monkeypatch.context() as patched:
        patched.setattr(together.live, "connect", away)
        assert run(says(made, "a", now)) == [None]
    assert "words take the long way" in caplog.text
    assert run(together.say(by=CHILD, conversation=made.conversation, key=key, text="a", nonce=nonce(), held=None, at=now)) == [3]


def test_a_connection_that_breaks_in_the_middle_answers_nobody_and_stores_nothing(made, now, monkeypatch):
    first = together._write
    broken = []

    async def breaks(connection, acts):
        if not broken:
            broken.append(len(acts))
            await connection.close()
        await first(connection, acts)

    monkeypatch.setattr(together, "_write", breaks)
    assert run(says(made, "a", now), says(made, "b", now)) == [None, None] and broken == [2]
    assert run(says(made, "a", now)) == [3]


def test_marks_rise_and_never_fall_nor_pass_the_last_word(made, now):
    def marks(up_to):
        return together.mark_read(by=CHILD, conversation=made.conversation, up_to=up_to, held=None, at=now)

    assert run(marks(1), marks(1), marks(0)) == [True, False, False]
    assert run(says(made, "a", now), marks(99)) == [3, True]
    assert made.fresh().child_read == 3 and made.conversation.staff_read == 0
    assert talking.mark_read(by=CHILD, conversation=made.conversation, up_to=99, at=now) is False
    assert run(together.look(by=CHILD, conversation=made.conversation, held=None, at=now)) == [3]


def listening(*coroutines):
    """What these answer at the same moment, and what is told on channels meanwhile."""

    async def whole():
        heard = []
        async with await live.connect() as listener:
            await listener.execute("LISTEN sauga_live")
            answers = await asyncio.gather(*coroutines)
            async for notice in listener.notifies(timeout=1, stop_after=1):
                heard.append(json.loads(notice.payload))
            async for notice in listener.notifies(timeout=0.2):
                heard.append(json.loads(notice.payload))
        return answers, heard

    return asyncio.run(whole())


def test_who_types_is_told_and_nothing_is_written(made, now):
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM helpline_conversation")
        before = cursor.fetchall()
        answers, heard = listening(together.type_on(by=CHILD, conversation=made.conversation, held=None, at=now))
        cursor.execute("SELECT xmin::text FROM helpline_conversation")
        assert (answers, cursor.fetchall()) == ([True], before)
    assert heard == [[made.conversation.channel, "typing.CHILD"]]


def test_words_of_one_moment_are_told_once_from_the_first_of_them(made, now):
    typing = together.type_on(by=CHILD, conversation=made.conversation, held=None, at=now)
    answers, heard = listening(says(made, "a", now), says(made, "b", now), typing)
    assert answers == [3, 4, True]
    assert heard == [[made.conversation.channel, "2"], [made.conversation.channel, "typing.CHILD"]]


# The desk ---------------------------------------------------------------------------------------------------------------------
def signed_in(line, role, at):
    """A request of somebody with a second factor and an open vault, as the gate and the first page leave it."""
    request, by = RequestFactory().post("/desk/"), line.actor(role, at)
    request.session, request.user = SessionStore(), line.people[role]
    request.session[proof.SECOND] = at.timestamp()
    vaults.hold(request, by.vault, at)
    request.session.save()
    return request


@pytest.fixture
def desk(line, made, now):
    """What the counsellor's session proves, with the actor."""
    request = signed_in(line, "COUNSELLOR", now)
    return line.actor("COUNSELLOR", now), proof.proof(request), request


def test_a_counsellor_shows_a_proof_that_holds(line, made, desk, now):
    by, held, request = desk
    assert run(says(made, "Sveika", now, by=by, held=held)) == [3]
    assert run(says(made, "Sveika", now, by=by, held=None)) == [None]
    assert run(together.look(by=by, conversation=made.conversation, held=held, at=now)) == [3]
    assert run(together.mark_read(by=by, conversation=made.conversation, up_to=2, held=held, at=now)) == [True]
    request.session[vaults.KEY] |= {"used": now.timestamp() + 40}
    request.session.save()
    assert run(says(made, "Dar", now, by=by, held=held)) == [4], "the hour of the vault's last use is all that may change"
    Conversation.objects.filter(pk=made.conversation.pk).update(owner=line.people["SHIFT_LEAD"])
    (refused,) = run(says(made, "Dar", now, by=by, held=held))
    assert isinstance(refused, talking.NotYours)
    assert run(together.look(by=by, conversation=made.conversation, held=held, at=now)) == [None]
    assert run(together.type_on(by=by, conversation=made.conversation, held=held, at=now)) == [False]


def lock_vault(request, person):
    vaults.forget(request)
    request.session.save()


def other_vault(request, person):
    request.session[vaults.KEY] |= {"box": "another"}
    request.session.save()


def idle(request, person):
    request.session[vaults.KEY] |= {"used": clock.now().timestamp() - 901}
    request.session.save()


def sign_out(request, person):
    Session.objects.filter(pk=request.session.session_key).delete()


def expire(request, person):
    Session.objects.filter(pk=request.session.session_key).update(expire_date=clock.now() - timedelta(seconds=1))


def new_epoch(request, person):
    Person.objects.filter(pk=person.pk).update(session_epoch=person.session_epoch + 1)


def new_password(request, person):
    Person.objects.filter(pk=person.pk).update(password="another")


def stop(request, person):
    Person.objects.filter(pk=person.pk).update(is_active=False)


def garbage(request, person):
    Session.objects.filter(pk=request.session.session_key).update(session_data="garbage")


@pytest.mark.parametrize("change", [lock_vault, other_vault, idle, sign_out, expire, new_epoch, new_password, stop, garbage])
def test_a_session_that_is_not_what_it_was_says_nothing(line, made, desk, now, change):
    by, held, request = desk
    change(request, line.people["COUNSELLOR"])
    assert run(says(made, "Sveika", now, by=by, held=held), says(made, "Labas", now)) == [None, 3]
    assert [author for _, author, _ in said(made)] == ["CHILD"]


def test_nobody_has_a_proof_without_session_and_second_factor_and_it_says_whether_the_vault_was_open(line, made, now):
    request = signed_in(line, "COUNSELLOR", now)
    held = proof.proof(request)
    assert held is not None and held.is_unlocked
    vaults.forget(request)
    held = proof.proof(request)
    assert held is not None and not held.is_unlocked
    request = signed_in(line, "COUNSELLOR", now)
    del request.session[proof.SECOND]
    assert proof.proof(request) is None
