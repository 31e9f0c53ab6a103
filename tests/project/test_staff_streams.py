"""Streams of staff end soon after whatever admitted them has ended, also when another process
was told of it.
"""

import asyncio
import http.client
import os
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from django.urls import reverse
from factories.people import SETUP, hire, sign_in

from sauga.helpline.chat.actions import conversation_events
from sauga.helpline.chat.actions import conversations as life
from sauga.kernel import clock
from sauga.kernel.identity.actions import operators, people
from sauga.kernel.identity.models import Grant, Membership, Role
from sauga.kernel.organisations.models import Organisation
from sauga.project.requests import staff_streams
from sauga.project.requests.limits import Limits
from sauga.project.requests.sites import SiteHandler
from tests.centre import centre  # noqa: F401  a fixture
from tests.centre import sign_in as desk_of
from tests.factories.talks import CHILD, active, nonce
from tests.kernel.live.conftest import database_url

WORKLIST = "/desk/live/"
SERVER = Path(__file__).with_name("streams_server.py")


class Stream:
    """One open page: asks the application for a stream and keeps what it is sent."""

    def __init__(self, app, client, path, query=b""):
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        headers = [(b"host", b"testserver"), (b"cookie", cookies.encode()), (b"accept", b"text/event-stream")]
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query,
            "headers": headers,
            "scheme": "http",
            "root_path": "",
        }
        self.sent, self._asked, self._gone = [], False, asyncio.Event()
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self):
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        self.sent.append(message)

    @property
    def status(self):
        return self.sent[0]["status"] if self.sent else None

    @property
    def text(self):
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    @property
    def is_ended(self):
        return (
            bool(self.sent)
            and self.sent[-1]["type"] == "http.response.body"
            and not self.sent[-1].get("more_body")
        )

    async def until(self, what, within=10.0):
        async with asyncio.timeout(within):
            while not what(self):
                await asyncio.sleep(0.01)

    async def leave(self):
        self._gone.set()
        await asyncio.wait_for(self.task, 5)


async def in_thread(act, *given):
    """Run it in a thread, as requests of other browsers would be, and leave no connection behind."""

    def work():
        try:
            act(*given)
        finally:
            connections.close_all()

    await asyncio.to_thread(work)


def ends_of_admission():
    """What ends a stream: name → what happens to a person whose browser it is."""
    return {
        "signed out": lambda hired, client: client.post("/desk/signout/"),
        "vault locked": lambda hired, client: client.post("/desk/vault/lock/"),
        "membership ended": lambda hired, client: people.end_membership(
            by=SETUP, membership=hired.membership, at=clock.now()
        ),
        "role changed": lambda hired, client: people.change_role(
            by=SETUP,
            membership=hired.membership,
            role=Role.objects.get(code="STATISTICIAN"),
            zones=(),
            at=clock.now(),
        ),
        "membership over by its date": lambda hired, client: Membership.objects.filter(
            person=hired.person
        ).update(valid_to=clock.now()),
        "account closed": lambda hired, client: people.deactivate_person(
            by=SETUP, person=hired.person, at=clock.now()
        ),
        "sessions ended": lambda hired, client: people.end_sessions(hired.person),
        "permission taken from the role": lambda hired, client: Grant.objects.filter(
            role__code="SECOND_REVIEWER"
        ).update(allowed=False),
    }


@pytest.mark.django_db(transaction=True)
def test_a_stream_ends_with_whatever_admitted_it_and_no_other_stream_does(settings, monkeypatch):
    settings.STREAM_CHECK_SECONDS = 0.25
    ends = ends_of_admission()
    hire("Statistikė Pavyzdė", "STATISTICIAN")
    hired, clients = {}, {}
    for number, name in enumerate([*ends, "control"]):
        role = "SECOND_REVIEWER" if name.startswith("permission") else "ANALYST"
        hired[name] = hire(f"Vardenis{number} Pavyzdys", role, zones=("hotline",))
        clients[name] = Client()
        assert sign_in(clients[name], hired[name]).status_code == 302

    async def play():
        app = SiteHandler()
        streams = {
            name: Stream(app, client, WORKLIST, b"c=hotline.worklist") for name, client in clients.items()
        }
        for stream in streams.values():
            await stream.until(lambda one: "hotline.worklist" in one.text)
        await asyncio.sleep(0.5)
        assert not [name for name, stream in streams.items() if stream.is_ended], "nothing has happened yet"
        for name, act in ends.items():
            await in_thread(act, hired[name], clients[name])
        for name in ends:
            await streams[name].until(lambda one: one.is_ended)
        assert not streams["control"].is_ended
        late = clock.now() + timedelta(minutes=16)
        monkeypatch.setattr(clock, "now", lambda: late)
        await streams["control"].until(lambda one: one.is_ended)
        for stream in streams.values():
            await stream.leave()

    asyncio.run(play())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "ends",
    [
        lambda: Organisation.objects.filter(code="partner").update(valid_to=clock.now()),
        lambda: operators.name_operator(by=SETUP, service="hotline", organisation=None, at=clock.now()),
    ],
    ids=["organisation over", "operator no longer"],
)
def test_streams_end_with_the_organisation_and_with_its_operating_of_the_service(settings, ends):
    settings.STREAM_CHECK_SECONDS = 0.15
    client = Client()
    assert sign_in(client, hire("Tomas Pavyzdys", "ANALYST", zones=("hotline",))).status_code == 302

    async def play():
        stream = Stream(SiteHandler(), client, WORKLIST, b"c=hotline.worklist")
        await stream.until(lambda one: "hotline.worklist" in one.text)
        await in_thread(ends)
        await stream.until(lambda one: one.is_ended)
        await stream.leave()

    asyncio.run(play())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hours", [9, 13], ids=["session", "second factor"])
def test_a_stream_without_a_vault_ends_with_its_session(settings, monkeypatch, hours):
    settings.STREAM_CHECK_SECONDS = 0.15
    client = Client()
    sign_in(client, hire("Tomas Pavyzdys", "ANALYST"))
    client.post("/desk/vault/lock/")
    if hours == 13:
        session = client.session
        session.set_expiry(24 * 3600)
        session.save()

    async def play():
        stream = Stream(SiteHandler(), client, WORKLIST, b"c=hotline.worklist")
        await stream.until(lambda one: "hotline.worklist" in one.text)
        now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=7))
        await asyncio.sleep(0.4)
        assert not stream.is_ended, "a locked vault ends nothing that was begun without one"
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=hours))
        await stream.until(lambda one: one.is_ended)
        await stream.leave()

    asyncio.run(play())


@pytest.mark.django_db(transaction=True)
def test_words_of_a_child_do_not_reach_a_counsellor_who_has_signed_out(centre, settings, monkeypatch):
    settings.STREAM_CHECK_SECONDS = 0.15
    monkeypatch.setattr(life, "closed_for", lambda at: "")
    made = active(centre, clock.now() - timedelta(seconds=30))
    desk = desk_of(centre, "COUNSELLOR")
    path = reverse("helpline-desk-stream", args=[made.conversation.ref])

    def say(text):
        conversation_events.send_message(
            by=CHILD, conversation=made.fresh(), key=made.key, text=text, nonce=nonce(), at=clock.now()
        )

    async def play():
        stream = Stream(Limits(SiteHandler()), desk, path)
        await in_thread(say, "Labas")
        await stream.until(lambda one: "Labas" in one.text)
        await in_thread(desk.post, "/desk/signout/")
        await stream.until(lambda one: one.is_ended)
        await in_thread(say, "Ar dar esi?")
        await asyncio.sleep(0.3)
        assert "dar" not in stream.text
        await stream.leave()

    asyncio.run(play())


@pytest.mark.django_db(transaction=True)
def test_a_sign_out_at_one_process_ends_the_stream_of_another():
    client = Client()
    sign_in(client, hire("Tomas Pavyzdys", "ANALYST"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test",
    }
    process = subprocess.Popen([sys.executable, str(SERVER), str(port)], env=environ)
    line = None
    try:
        line = _connected(process, port)
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        line.request(
            "GET",
            f"{WORKLIST}?c=hotline.worklist",
            headers={"Cookie": cookies, "Accept": "text/event-stream"},
        )
        answer = line.getresponse()
        assert answer.status == 200 and b"retry" in answer.readline()
        assert client.post("/desk/signout/").status_code == 302
        began = time.monotonic()
        answer.read()  # to the end
        answer.close()
        assert time.monotonic() - began < 3
    finally:
        if line is not None:
            line.close()
        process.kill()
        process.wait()


def _connected(process, port):
    for _ in range(400):
        assert process.poll() is None
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the second process does not answer")


@pytest.mark.unit
class TestAStream:
    def ended(self, monkeypatch, settings, answers, within, every=0.05):
        """Whether a stream has been ended after so many seconds, when the database answers as given."""
        settings.STREAM_CHECK_SECONDS = every
        monkeypatch.setattr(staff_streams, "still_valid", answers)
        monkeypatch.setattr(staff_streams, "close_old_connections", lambda: None)
        sent = []

        async def play():
            async def send(message):
                sent.append(message)

            async def receive():
                await asyncio.sleep(within)
                return {"type": "http.disconnect"}

            async def serve(receive, send):
                await send({"type": "http.response.start", "status": 200, "headers": []})
                await receive()
                await send({"type": "http.response.body", "body": b"late", "more_body": True})

            began = asyncio.get_running_loop().time()
            await staff_streams.run(object(), serve, receive, send)
            return asyncio.get_running_loop().time() - began < within

        return asyncio.run(play()), sent

    def test_goes_on_while_its_admission_holds(self, monkeypatch, settings):
        ended, sent = self.ended(monkeypatch, settings, lambda asked, at: set(asked), 2, every=0.6)
        assert not ended and sent[-1]["body"] == b"late"

    def test_is_given_nothing_after_its_end(self, monkeypatch, settings):
        ended, sent = self.ended(monkeypatch, settings, lambda asked, at: set(), 5)
        assert (
            ended and [message.get("body") for message in sent] == [None, b""] and not sent[-1]["more_body"]
        )

    def test_ends_when_the_database_does_not_answer(self, monkeypatch, settings, caplog):
        def away(asked, at):
            raise DatabaseError

        assert self.ended(monkeypatch, settings, away, 5)[0] and "streams of staff not checked" in caplog.text

    def test_outlives_one_check_that_failed(self, monkeypatch, settings):
        failed = []

        def once(asked, at):
            if not failed:
                failed.append(True)
                raise DatabaseError
            return set(asked)

        assert not self.ended(monkeypatch, settings, once, 2, every=0.6)[0] and failed

    def test_ends_when_the_database_takes_too_long(self, monkeypatch, settings):
        def slow(asked, at):
            time.sleep(0.3)
            return set(asked)

        assert self.ended(monkeypatch, settings, slow, 5)[0]


def test_the_interval_keeps_the_promise_of_fifteen_seconds(settings):
    """A change right after a check, a check that hangs until it is given up, and the end: three
    intervals at most.
    """
    assert 3 * settings.STREAM_CHECK_SECONDS <= 12  # 15 are promised
