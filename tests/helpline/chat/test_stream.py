"""The live side over Django's own client: who may, what is answered, and that a page is never told
less than it lacks.
"""

import asyncio
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.urls import reverse

from sauga.helpline.chat.actions import conversation_events
from sauga.helpline.chat.actions import conversations as talk
from sauga.helpline.chat.models import Conversation, Message
from sauga.helpline.chat.queries.stream_state import Standing
from sauga.helpline.chat.views import stream, stream_hub, subscribers
from sauga.helpline.chat.views.ttl_cache import TtlCache
from sauga.kernel import clock, live, retention, sealed
from sauga.kernel.identity.actions.people import end_membership
from sauga.kernel.identity.desk_access import session_recheck
from sauga.kernel.identity.models import Membership, Person
from sauga.kernel.identity.signin import vaults
from tests.centre import CLI, centre, sign_in  # noqa: F401  a fixture
from tests.factories.talks import CHILD, Talk, active, nonce, queued

COOKIE = f"{settings.SESSION_COOKIE_NAME}-visit"


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def line(centre, monkeypatch):
    """The chat takes people in at whatever hour the test runs."""
    monkeypatch.setattr(talk, "closed_for", lambda at: "")
    return centre


@pytest.fixture
def made(line, now):
    return active(line, now - timedelta(seconds=30))


@pytest.fixture
def child(client, made, now):
    receipt = sealed.new_receipt(None, "lt")
    client.cookies[COOKIE] = sealed.new_visit(receipt, made.receipt, now)
    return client


def post(client, name, *args, **given):
    answer = client.post(reverse(name, args=args), given)
    return answer.status_code, json.loads(answer.content)


def test_a_child_says_and_is_told(child, made):
    mark = nonce().hex()
    for _ in range(2):
        assert post(child, "helpline-chat-say", text="Labas", nonce=mark) == (200, {"number": 3})
    answer = child.get(reverse("helpline-chat-after"), {"after": "1"})
    told = json.loads(answer.content)
    assert [(one["number"], one["author"], one["event"], one["text"]) for one in told["said"]] == [
        (2, "LINE", "JOINED", ""),
        (3, "CHILD", "", "Labas"),
    ]
    assert (
        told["said"][1]["nonce"] == mark
        and told["state"]["state"] == "ACTIVE"
        and "band" not in told["state"]
    )
    assert answer["Cache-Control"] == "no-store" and not answer.cookies
    assert post(child, "helpline-chat-read", up_to="3") == (200, {"news": True})
    assert post(child, "helpline-chat-read", up_to="x") == (200, {"news": False})
    assert post(child, "helpline-chat-typing") == (200, {})


@pytest.mark.parametrize(
    ("given", "error", "status"),
    [
        ({"text": " ", "nonce": "0" * 32}, "empty", 422),
        ({"text": "a" * 4001, "nonce": "0" * 32}, "too_long", 422),
        ({"text": "a", "nonce": "0" * 30}, "nonce", 422),
        ({"text": "a", "nonce": "x" * 32}, "nonce", 422),
        ({"text": "a"}, "nonce", 422),
    ],
)
def test_what_cannot_be_said_is_named(child, given, error, status):
    assert post(child, "helpline-chat-say", **given) == (status, {"error": error})
    assert Message.objects.count() == 2


def test_after_the_end_nothing_is_stored(child, made, now):
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=now)
    assert post(child, "helpline-chat-say", text="Dar", nonce="0" * 32) == (409, {"error": "over"})
    assert json.loads(child.get(reverse("helpline-chat-after")).content)["state"]["is_over"]


def test_a_page_that_is_still_open_when_its_talk_is_purged_is_told_that_it_is_over(child, made, now):
    assert post(child, "helpline-chat-say", text="Ačiū", nonce="1" * 32)[0] == 200
    talk.end_conversation(by=CHILD, conversation=made.conversation, how="END_CHILD", at=now)
    Conversation.objects.update(closed_at=now)
    retention.run(now + timedelta(days=31))
    assert not Conversation.objects.exists()
    assert post(child, "helpline-chat-say", text="Dar", nonce="2" * 32) == (409, {"error": "over"})
    for name in ("helpline-chat-read", "helpline-chat-typing"):
        assert child.post(reverse(name), {"up_to": "3"}).status_code < 500


@pytest.mark.parametrize("cookie", ["", "x", "A" * 220])
def test_nobody_without_a_visit(client, line, cookie):
    client.cookies[COOKIE] = cookie
    assert client.get(reverse("helpline-chat-stream")).status_code == 404
    assert client.post(reverse("helpline-chat-say"), {"text": "a", "nonce": "0" * 32}).status_code == 404


def test_no_old_visit_no_destroyed_key_and_no_other_site(client, made, now):
    receipt = sealed.new_receipt(None, "lt")
    address = reverse("helpline-chat-after")
    client.cookies[COOKIE] = sealed.new_visit(receipt, made.receipt, now - timedelta(hours=48))
    assert client.get(address).status_code == 404
    client.cookies[COOKIE] = sealed.new_visit(receipt, made.receipt, now)
    assert client.get(address).status_code == 200
    assert client.get(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404
    sealed.destroy_keys([made.conversation.holder])
    assert client.get(address).status_code == 404


def test_a_waiting_child_hears_its_place(client, line, now):
    waits = queued(line, now)
    client.cookies[COOKIE] = sealed.new_visit(sealed.new_receipt(None, "lt"), waits.receipt, now)
    state = json.loads(client.get(reverse("helpline-chat-after")).content)["state"]
    assert state["place"] == {"ahead": 0, "low": None, "high": None} and not state["is_taken"]


def test_the_counsellor_says_and_is_told_and_a_colleague_finds_nothing(line, made):
    desk, ref = sign_in(line, "COUNSELLOR"), made.conversation.ref
    assert post(desk, "helpline-desk-say", ref, text="Sveika", nonce=nonce().hex()) == (200, {"number": 3})
    told = json.loads(desk.get(reverse("helpline-desk-after", args=[ref])).content)
    assert [one["number"] for one in told["said"]] == [1, 2, 3] and told["state"]["band"] == "NONE"
    assert post(desk, "helpline-desk-read", ref, up_to="1") == (200, {"news": True})
    assert post(desk, "helpline-desk-typing", ref) == (200, {})
    colleague, lead = sign_in(line, "COUNSELLOR_2"), sign_in(line, "SHIFT_LEAD")
    for name in ("stream", "after"):
        assert colleague.get(reverse(f"helpline-desk-{name}", args=[ref])).status_code == 404
    assert post(lead, "helpline-desk-say", ref, text="Aš", nonce=nonce().hex()) == (
        409,
        {"error": "not_yours"},
    )
    assert lead.get(reverse("helpline-desk-after", args=[ref])).status_code == 200


def test_a_locked_vault_is_said(line, made):
    desk, ref = sign_in(line, "COUNSELLOR"), made.conversation.ref
    assert post(desk, "helpline-desk-say", ref, text="Sveika", nonce=nonce().hex()) == (200, {"number": 3})
    assert desk.post("/desk/vault/lock/").status_code == 302
    answer = desk.get(reverse("helpline-desk-after", args=[made.conversation.ref]))
    assert (answer.status_code, json.loads(answer.content)) == (409, {"error": "locked"})
    assert post(desk, "helpline-desk-say", ref, text="Sveika", nonce=nonce().hex()) == (
        409,
        {"error": "locked"},
    )


def test_who_lost_the_role_a_moment_ago_says_nothing_more(line, made):
    desk, ref, person = sign_in(line, "COUNSELLOR"), made.conversation.ref, line.people["COUNSELLOR"]
    assert post(desk, "helpline-desk-say", ref, text="Sveika", nonce=nonce().hex()) == (200, {"number": 3})
    end_membership(by=CLI, membership=Membership.objects.get(person=person), at=clock.now())
    answer = desk.post(reverse("helpline-desk-say", args=[ref]), {"text": "Dar", "nonce": nonce().hex()})
    assert answer.status_code in {302, 404} and Message.objects.count() == 3


def lock_vault(session, person):
    del session[vaults.KEY]


def other_vault(session, person):
    session[vaults.KEY] |= {"box": "another"}


def idle(session, person):
    session[vaults.KEY] |= {"used": clock.now().timestamp() - 901}


def no_second_factor(session, person):
    del session[session_recheck.SECOND]


def sign_out(session, person):
    Session.objects.filter(pk=session.session_key).delete()


def expire(session, person):
    Session.objects.filter(pk=session.session_key).update(expire_date=clock.now() - timedelta(seconds=1))


def new_epoch(session, person):
    Person.objects.filter(pk=person.pk).update(session_epoch=person.session_epoch + 1)


def new_password(session, person):
    Person.objects.filter(pk=person.pk).update(password="another")


def stop(session, person):
    Person.objects.filter(pk=person.pk).update(is_active=False)


def garbage(session, person):
    Session.objects.filter(pk=session.session_key).update(session_data="garbage")


INSIDE = [lock_vault, other_vault, idle, no_second_factor]
OUTSIDE = [sign_out, expire, new_epoch, new_password, stop, garbage]


@pytest.mark.parametrize("change", [*INSIDE, *OUTSIDE])
def test_who_is_not_signed_in_as_before_says_reads_types_and_hears_nothing(line, made, change):
    """However well a conversation is remembered: whoever asks is looked at each time."""
    desk, ref = sign_in(line, "COUNSELLOR"), made.conversation.ref
    assert post(desk, "helpline-desk-say", ref, text="Sveika", nonce=nonce().hex()) == (200, {"number": 3})
    session = desk.session
    change(session, line.people["COUNSELLOR"])
    if change in INSIDE:
        session.save()
    for name in ("say", "read", "typing"):
        given = {"text": "Dar", "nonce": nonce().hex(), "up_to": "2"}
        assert desk.post(reverse(f"helpline-desk-{name}", args=[ref]), given).status_code in {302, 404, 409}
    assert desk.get(reverse("helpline-desk-stream", args=[ref])).status_code in {302, 404, 409}
    assert Message.objects.count() == 3 and made.fresh().staff_read == 0


def test_the_desk_needs_its_token_and_its_origin(line, made, settings):
    desk, ref = sign_in(line, "COUNSELLOR"), made.conversation.ref
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    strict.cookies[settings.CSRF_COOKIE_NAME] = _get_new_csrf_string()
    token = strict.cookies[settings.CSRF_COOKIE_NAME].value

    def say(**headers):
        given = {"text": "Sveika", "nonce": nonce().hex()}
        return strict.post(reverse("helpline-desk-say", args=[ref]), given, headers=headers).status_code

    assert say() == 403 and say(x_csrftoken=_get_new_csrf_string()) == 403
    assert say(x_csrftoken=token, origin="https://elsewhere.example") == 403
    assert Message.objects.count() == 2
    assert say(x_csrftoken=token, origin="http://testserver") == 200


def test_plain_http_is_sent_on(child, settings):
    settings.SECURE_SSL_REDIRECT = True
    sent = {"text": "Labas", "nonce": nonce().hex()}
    assert child.post(reverse("helpline-chat-say"), sent).status_code == 301 and Message.objects.count() == 2
    assert (
        child.post(reverse("helpline-chat-say"), sent, headers={"x-forwarded-proto": "https"}).status_code
        == 200
    )


# Rooms
# ------------------------------------------------------------------------------------------------------------
def standing(made: Talk, **changes):
    values = {"state": "ACTIVE", "owner_id": 7, "last": 9, "child_read": 0, "staff_read": 0, "band": "NONE"}
    values |= {"is_listened": False, "is_taken": True, "ended_by": ""} | changes
    return Standing(pk=made.conversation.pk, **values)


def rows(room, *numbers):
    def body(number):
        return sealed.seal(
            room.key, table="helpline.message", row=f"{room.ref}-{number}", field="body", text=f"{number}"
        )

    return [(number, "CHILD", "", body(number), None, clock.now()) for number in numbers]


def heard(seat):
    return [
        json.loads(part.partition("data: ")[2])["number"]
        for part in seat.take().decode().split("\n\n")
        if "event: said" in part
    ]


@pytest.fixture
def opened(made):
    """Nobody sits in it yet."""
    row = made.conversation
    return subscribers.OpenConversation(stream_hub.StreamHub(), row.pk, row.ref, row.channel, made.key)


def test_a_page_that_sat_down_during_a_reading_is_not_told_the_later_words_first(made, opened):
    async def play():
        early, late = subscribers.Subscriber(4), subscribers.Subscriber(2)
        opened.subscribers = [early]
        wanted = opened.after()
        opened.subscribers.append(late)
        opened.hub._deliver(opened, standing(made), rows(opened, 5, 6), wanted)
        assert heard(early) == [5, 6] and heard(late) == []
        opened.hub._deliver(opened, standing(made), rows(opened, 3, 4, 5, 6), opened.after())
        assert heard(early) == [] and heard(late) == [3, 4, 5, 6]

    asyncio.run(play())


def test_who_handed_over_reads_no_further_and_a_lead_and_the_child_do(made, opened):
    async def play():
        places = child, former, owner, lead = (
            subscribers.Subscriber(0),
            subscribers.Subscriber(0, 6),
            subscribers.Subscriber(0, 7),
            subscribers.Subscriber(0, 8, is_listener=True),
        )
        opened.subscribers = list(places)
        opened.hub._deliver(opened, standing(made), rows(opened, 1), 0)
        assert [heard(subscriber) for subscriber in places] == [[1], [], [1], [1]]
        assert [subscriber.ended for subscriber in places] == [False, True, False, False]
        opened.hub._deliver(opened, standing(made, state="ENDED", ended_by="END_CHILD"), [], 1)
        assert b"event: over" in child.take() and child.ended and owner.ended and lead.ended and former.ended

    asyncio.run(play())


def test_typing_is_told_to_the_other_side_and_notes_to_the_desk_alone(made, opened):
    async def play():
        opened.subscribers = [subscribers.Subscriber(0), subscribers.Subscriber(0, 7)]
        opened.notify(opened.channel, "typing.CHILD")
        assert [subscriber.take() for subscriber in opened.subscribers] == [
            b"",
            b'event: typing\ndata: {"author":"CHILD"}\n\n',
        ]
        opened.notify(opened.channel, "typing.COUNSELLOR")
        assert [subscriber.take() for subscriber in opened.subscribers] == [
            b'event: typing\ndata: {"author":"COUNSELLOR"}\n\n',
            b"",
        ]
        opened.notify(f"{opened.channel}.desk", "12")
        assert [subscriber.take() for subscriber in opened.subscribers] == [
            b"",
            b"event: beside\ndata: {}\n\n",
        ]

    asyncio.run(play())


class Heard:
    """Takes what a page is sent."""

    def __init__(self):
        self.sent = []

    async def send(self, message):
        self.sent.append(message)


def test_what_comes_in_one_turn_goes_out_together_and_the_end_after_it(opened):
    async def play():
        line, left = Heard(), []
        subscriber = subscribers.Subscriber(0).on_open(lambda subscriber: lambda: left.append(subscriber))
        subscriber.opened(live.EventWriter(line.send))
        for number in range(3):
            subscriber.put(b"%d " % number)
        subscriber.end()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert [message["body"] for message in line.sent] == [b"retry: 100\n\n0 1 2 ", b""] and not line.sent[
            -1
        ]["more_body"]
        subscriber.closed()
        assert left == [subscriber]

    asyncio.run(play())


def test_a_full_house_asks_to_come_later():
    async def play():
        line = Heard()
        subscriber = subscribers.Subscriber(0).on_open(lambda subscriber: None)
        subscriber.opened(live.EventWriter(line.send))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert (
            b"".join(message["body"] for message in line.sent) == b"retry: 30000\n\n"
            and not line.sent[-1]["more_body"]
        )
        subscriber.closed()

    asyncio.run(play())


def test_a_process_that_goes_down_spreads_those_who_come_again(opened):
    async def play():
        opened.subscribers = [subscribers.Subscriber(0) for _ in range(40)]
        opened.end()
        pauses = [int(subscriber.take().split()[1]) for subscriber in opened.subscribers]
        assert min(pauses) >= 500 and max(pauses) <= 3000 and len(set(pauses)) > 5

    asyncio.run(play())


def test_what_is_remembered_is_forgotten_also_when_nobody_comes_any_more():
    known = TtlCache((0.04, 0.05))
    side = stream.Participant(CHILD, Conversation(), None)
    known.keep("a", side)
    assert known.get("a") is side and known.get("b") is None
    known._clock.join(10)
    while known._held:
        known._clock.join(10)
    assert known._clock is None and known.get("a") is None


def test_of_too_many_the_oldest_are_forgotten(monkeypatch):
    monkeypatch.setattr(TtlCache, "MOST", 3)
    known = TtlCache((30, 60))
    for name in "abcde":
        known.keep(name, stream.Participant(CHILD, Conversation(), None))
    assert [name for name in "abcde" if known.get(name)] == ["c", "d", "e"]


def test_signals_of_a_conversation_are_no_rows(made):
    conversation_events.mark_read(by=CHILD, conversation=made.conversation, up_to=1, at=clock.now())
    assert Message.objects.count() == 2 and Conversation.objects.get().child_read == 1
