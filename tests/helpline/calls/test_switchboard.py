"""The switchboard's port: signed, fresh, once; a caller's number goes no further than the edge."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from sauga.helpline.calls.models import Call, HeardEvent
from sauga.helpline.calls.rules import switchboard as rules
from sauga.helpline.records.models import Attempt
from sauga.helpline.states import CallState
from sauga.kernel import clock

pytestmark = pytest.mark.django_db
SECRET = "a-secret-of-the-tests-with-more-than-32-characters"
ADDRESS = "/api/v1/helpline/switchboard/"
NUMBER = "+37060012345"


@pytest.fixture(autouse=True)
def connected(settings):
    settings.SWITCHBOARD_SECRET = SECRET


def send(
    body, *, secret=SECRET, seconds=None, signature=None, kind="application/json", method="POST", **headers
):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    seconds = int(clock.now().timestamp()) if seconds is None else seconds
    signed = {
        "X-Sauga-Time": str(seconds),
        "X-Sauga-Signature": rules.sign(secret, seconds, raw) if signature is None else signature,
    }
    return Client().generic(method, ADDRESS, raw, content_type=kind, headers={**signed, **headers})


def tell(event, call="pbx-call-1", **more):
    answer = send({"event": event, "call": call, **more})
    assert answer.status_code == 204, answer.content
    return Call.objects.get(pk=Call.objects.latest("pk").pk)


def test_a_call_through_the_switchboard(db):
    assert tell("ring").state == CallState.RINGING
    assert tell("wait").state == CallState.WAITING
    assert tell("answer").state == CallState.CONNECTED
    assert tell("hold").state == CallState.HELD
    assert tell("resume").state == CallState.CONNECTED
    assert tell("end").state == CallState.WRAP_UP
    assert Attempt.objects.get().outcome == ""


@pytest.mark.parametrize(
    ("event", "outcome", "reason"),
    [
        ("abandon", "ABANDONED", "LEFT_SHORT"),
        ("busy", "DEFLECTED", "BUSY"),
        ("closed", "DEFLECTED", "OUT_OF_HOURS"),
    ],
)
def test_calls_that_nobody_took(db, event, outcome, reason):
    tell("ring")
    tell(event)
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.reason) == (outcome, reason)


def test_the_callers_number_is_nowhere(db, caplog):
    sent = {
        "event": "ring",
        "call": "pbx-call-9",
        "from": NUMBER,
        "caller": {"number": NUMBER, "name": NUMBER},
        "digits": 37060012345,
    }
    assert send(sent).status_code == 204
    assert send({**sent, "event": "nonsense"}).status_code == 422
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("helpline_", "audit_")):
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                kept += [row[0] for row in cursor.fetchall()]
    assert kept
    for needle in (NUMBER, NUMBER.removeprefix("+"), "60012345", "pbx-call-9"):
        assert not [line for line in kept if needle in line]
        assert needle not in caplog.text


def test_without_a_secret_there_is_no_port(settings):
    settings.SWITCHBOARD_SECRET = ""
    assert send({"event": "ring", "call": "pbx-call-1"}, secret="").status_code == 404


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"secret": SECRET + "x"}, 401),
        ({"signature": ""}, 401),
        ({"signature": "v1=" + "0" * 64}, 401),
        ({"signature": "v1=" + "0" * 63}, 401),
        ({"X-Sauga-Time": "now"}, 401),
        ({"X-Sauga-Time": "١٢٣"}, 401),
        ({"X-Sauga-Time": "9" * 40}, 401),
        ({"seconds": 1}, 401),
        ({"seconds": 99999999999}, 401),
        ({"kind": "text/plain"}, 415),
        ({"method": "GET"}, 405),
        ({"method": "PUT"}, 405),
    ],
)
def test_what_is_not_ours_is_refused(options, status):
    if "X-Sauga-Time" in options and not options["X-Sauga-Time"].isascii():
        options = {"X-Sauga-Time": options["X-Sauga-Time"].encode().decode("latin-1")}
    assert send({"event": "ring", "call": "pbx-call-1"}, **options).status_code == status
    assert not Call.objects.exists() and not HeardEvent.objects.exists()


def test_six_minutes_is_too_old_and_four_is_not(db):
    now = clock.now()
    for minutes, status in ((-6, 401), (-4, 204), (4, 204), (6, 401)):
        seconds = int((now + timedelta(minutes=minutes)).timestamp())
        assert (
            send({"event": "ring", "call": f"pbx-call-{minutes + 10}"}, seconds=seconds).status_code == status
        )


def test_the_same_message_does_nothing_twice(db):
    tell("ring")
    tell("answer")
    seconds = int(clock.now().timestamp())
    hold = {"event": "hold", "call": "pbx-call-1"}
    assert send(hold, seconds=seconds).status_code == 204
    tell("resume")
    again = send(hold, seconds=seconds)
    assert (again.status_code, again.json()["error"]) == (409, "this message came already")
    assert Call.objects.get().state == CallState.CONNECTED


def test_a_changed_body_does_not_fit_its_signature():
    body = json.dumps({"event": "ring", "call": "pbx-call-1"}).encode()
    seconds = int(clock.now().timestamp())
    signature = rules.sign(SECRET, seconds, body)
    for place in range(len(body)):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert send(changed, seconds=seconds, signature=signature).status_code == 401
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{",
        b'{"event": "ring", "event": "ring", "call": "pbx-call-1"}',
        b'{"event": "ring", "call": NaN}',
        b'{"event": "ring", "call": ' + b"[" * 2000,
        b'{"event": "ring", "call": ' + b"9" * 3900 + b"}",
        b'{"event": "ring"}',
        b'{"event": ["ring"], "call": "pbx-call-1"}',
        b'{"event": "RING", "call": "pbx-call-1"}',
        b'{"event": "ring", "call": "short"}',
        b'{"event": "ring", "call": "with space 1"}',
        b'{"event": "ring", "call": "' + b"a" * 129 + b'"}',
        b'{"event": "ring", "call": "pbx-call-1\\u0000"}',
        b'{"event": "ring", "call": "+37060012345"}',
        b'{"event": "ring", "call": "37060012345"}',
        b'{"event": "ring", "call": "37060012345@pbx.example"}',
        b'{"event": "ring", "call": "pbx-call-1", "language": "xx"}',
        b'{"event": "ring", "call": "pbx-call-1", "language": ["lt"]}',
    ],
)
def test_bad_input_meets_a_clear_answer(body):
    answer = send(body)
    assert answer.status_code == 422 and answer.json()["error"]
    assert "37060012345" not in answer.content.decode()
    assert not Call.objects.exists() and not HeardEvent.objects.exists()


def test_a_large_body_is_refused():
    assert send(b'{"a": "' + b"x" * 5000 + b'"}').status_code == 413
    with pytest.raises(rules.NotUnderstood):
        rules.read(b" " * 5000)


def test_events_out_of_order_change_nothing(db):
    assert send({"event": "answer", "call": "pbx-never-rang"}).status_code == 404
    tell("ring")
    wrong = send({"event": "hold", "call": "pbx-call-1"})
    assert (wrong.status_code, wrong.json()["error"]) == (409, "a call in state RINGING cannot become HELD")
    assert Call.objects.get().state == CallState.RINGING
    assert HeardEvent.objects.count() == 1
    tell("wait")
    assert send({"event": "wait", "call": "pbx-call-1", "again": True}).status_code == 409


def test_a_message_does_not_show_its_call():
    assert "pbx-call-1" not in repr(rules.read(b'{"event": "ring", "call": "pbx-call-1"}'))
