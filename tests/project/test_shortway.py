"""The short way: the same answer as the long one, for those who took that a moment ago; everybody else is sent there."""

import asyncio
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.urls import reverse

from sauga.helpline.actions import conversation as talk
from sauga.helpline.models import Message
from sauga.kernel import clock, sealed
from sauga.project.limits import Limits
from sauga.project.shortway import ShortWay
from tests.factories.talks import active, nonce
from tests.house import house, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db(transaction=True)
VISIT = f"{settings.SESSION_COOKIE_NAME}-visit"
LONG = 299


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def made(house, monkeypatch, now):
    monkeypatch.setattr(talk, "closed_for", lambda at: "")
    return active(house, now - timedelta(seconds=30))


@pytest.fixture
def child(client, made, now):
    client.cookies[VISIT] = sealed.new_visit(sealed.new_receipt(None, "lt"), made.receipt, now)
    return client


@pytest.fixture
def desk(house, made):
    client = sign_in(house, "COUNSELLOR")
    client.cookies[settings.CSRF_COOKIE_NAME] = _get_new_csrf_string()
    return client


async def long_way(scope, receive, send):
    await send({"type": "http.response.start", "status": LONG, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


async def ask(client, method, path, body=b"", *, until=b"", **headers):
    """One request through the limits and the short way; where that says nothing, the long one answers 299."""
    sent, heard = [], asyncio.Event()
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        if waiting:
            return waiting.pop()
        await heard.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)
        if until and until in b"".join(one.get("body", b"") for one in sent):
            heard.set()

    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    given = {"host": "testserver", "cookie": cookies, "content-length": str(len(body))} | headers
    given |= {"content-type": "application/x-www-form-urlencoded"} if body else {}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": raw, "scheme": "http", "root_path": ""}
    await asyncio.wait_for(Limits(long_way, quick=ShortWay())(scope, receive, send), 20)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent)


def say(client, path, text="Labas", mark=None, **headers):
    body = f"text={text}&nonce={mark or nonce().hex()}".encode()
    return asyncio.run(ask(client, "POST", path, body, **headers))


def test_the_short_way_answers_what_the_long_one_would(child, made):
    path = reverse("helpline-chat-say")
    assert say(child, path)[0] == LONG, "nobody is known who has not come the long way"
    long = child.post(path, {"text": "Labas", "nonce": nonce().hex()})
    status, headers, body = say(child, path)
    assert (status, json.loads(body)) == (200, {"number": 4}) and json.loads(long.content) == {"number": 3}
    wanted = {name.lower(): value for name, value in long.items() if name not in {"Content-Language", "Vary"}}
    assert headers == wanted | {"content-length": str(len(body))}
    assert say(child, path, text="")[0] == 422 and json.loads(say(child, path, text="+")[2]) == {"error": "empty"}
    assert say(child, path, mark="short")[0] == LONG and say(child, path, sec_fetch_site="cross-site")[0] == LONG
    assert Message.objects.count() == 4


def test_another_cookie_is_somebody_else(child):
    path = reverse("helpline-chat-say")
    child.post(path, {"text": "Labas", "nonce": nonce().hex()})
    child.cookies[VISIT] = child.cookies[VISIT].value[:-2] + "xx"
    assert say(child, path)[0] == LONG
    del child.cookies[VISIT]
    assert say(child, path)[0] == LONG


def test_the_desk_needs_its_token_its_origin_and_its_session(desk, made):
    path = reverse("helpline-desk-say", args=[made.conversation.ref])
    token = {"x_csrftoken": desk.cookies[settings.CSRF_COOKIE_NAME].value}
    assert say(desk, path, **token)[0] == LONG
    assert desk.post(path, {"text": "Sveika", "nonce": nonce().hex()}).status_code == 200
    status, headers, body = say(desk, path, **token)
    assert (status, json.loads(body)) == (200, {"number": 4})
    assert headers["cache-control"] == "no-store" and headers["referrer-policy"] == "same-origin" and "set-cookie" not in headers
    assert say(desk, path)[0] == LONG and say(desk, path, x_csrftoken=_get_new_csrf_string())[0] == LONG
    assert say(desk, path, **token, origin="https://elsewhere.example")[0] == LONG
    assert say(desk, path, **token, origin="http://testserver")[0] == 200
    assert desk.post("/desk/vault/lock/").status_code == 302
    assert say(desk, path, **token)[0] == LONG
    assert Message.objects.count() == 5


def test_marks_and_pages_take_it_too(child, made):
    child.get(reverse("helpline-chat-after"))
    assert asyncio.run(ask(child, "POST", reverse("helpline-chat-read"), b"up_to=2"))[::2] == (200, b'{"news":true}')
    assert asyncio.run(ask(child, "POST", reverse("helpline-chat-read"), b"up_to=x"))[0] == LONG
    assert asyncio.run(ask(child, "POST", reverse("helpline-chat-typing")))[::2] == (200, b"{}")
    status, headers, body = asyncio.run(ask(child, "GET", reverse("helpline-chat-stream"), until=b"event: state", last_event_id="1"))
    assert status == 200 and headers["content-type"] == "text/event-stream" and "content-length" not in headers
    assert body.startswith(b"retry: 100\n\n") and b'"event":"JOINED"' in body and b"Labas" not in body


def test_other_addresses_have_no_short_way(child):
    child.get(reverse("helpline-chat-after"))
    for path in ("/chat/none/", reverse("helpline-chat-after"), "/lt/"):
        assert asyncio.run(ask(child, "GET", path))[0] == LONG
    for method, name in (("GET", "say"), ("HEAD", "stream"), ("POST", "stream"), ("PUT", "read"), ("GET", "typing")):
        assert asyncio.run(ask(child, method, reverse(f"helpline-chat-{name}"), b"up_to=2"))[0] == LONG, "the long way names the methods"


def test_a_fault_on_the_short_way_is_met_again_on_the_long_one(child, monkeypatch, caplog):
    from sauga.helpline.views import stream

    async def broken(**given):
        raise RuntimeError("broken")

    path = reverse("helpline-chat-say")
    child.post(path, {"text": "Labas", "nonce": nonce().hex()})
    monkeypatch.setattr(stream.together, "say", broken)
    assert say(child, path)[0] == LONG and "short way left" in caplog.text


def test_plain_http_is_sent_on_as_ever(child, settings):
    path = reverse("helpline-chat-say")
    child.post(path, {"text": "Labas", "nonce": nonce().hex()})
    settings.SECURE_SSL_REDIRECT = True
    assert say(child, path)[0] == LONG and say(child, path, x_forwarded_proto="https")[0] == 200
