"""Nothing that anybody sends to any address is a fault of ours: thousands of damaged requests, as visitor and
as each role, 0 of them 500.

`make test` sends each address one kind of damage, the next address the next kind; `make prove` 100,000 cases.
A case is known by its number: CASES=17,4711 sends just these.
"""

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import pytest
from access.hostile import Case, EveryName, addresses, case, people, who_asks
from access.test_matrix import NOBODY, objects
from asgiref.sync import async_to_sync, sync_to_async
from bounds.timing import TooSlow, alarm
from django.conf import settings
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections, transaction
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.utils.datastructures import MultiValueDict
from factories.people import hire, sign_in

from sauga.kernel import live
from sauga.project.requests import sites
from sauga.project.requests.limits import Limits
from sauga.project.requests.sites import SiteHandler
from tests.repetition import often

pytestmark = [pytest.mark.access, pytest.mark.django_db]
__all__ = ["objects"]
COUNT = often(1_300, 100_000)
CHUNKS = often(4, 40)
PATIENCE = 20.0
EVENTS = "text/event-stream"
CLOSERS = (request_started, request_finished)


def numbers(chunk: int) -> list[int]:
    """The cases of a chunk: those of some of the people, so that few have to be hired for it."""
    named = os.environ.get("CASES")
    wanted = [int(one) for one in named.split(",")] if named else range(COUNT)
    return [number for place, number in enumerate(wanted) if _chunk(number, place) == chunk]


def _chunk(number: int, place: int) -> int:
    group, groups = people().index(who_asks(number)) % 4, CHUNKS // 4
    return group * groups + place % groups


class Handler(SiteHandler):
    """The two sites in the thread and the transaction of the test."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        response, _admission = await sync_to_async(self._answer, thread_sensitive=True)(
            scope, message.get("body", b"")
        )
        if isinstance(response, live.EventStreamResponse) or response.headers.get(
            "Content-Type", ""
        ).startswith(EVENTS):
            await send({"type": "http.response.start", "status": response.status_code, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.send_response(response, send)
        await sync_to_async(response.close, thread_sensitive=True)()

    def create_request(self, scope: Any, body_file: Any) -> Any:
        request, refused = super().create_request(scope, body_file)
        for name, value in scope["answers"].items() if request is not None else ():
            if name == "GET":
                request.__dict__["GET"] = EveryName(value)
            else:
                request._post, request._files = EveryName(value), MultiValueDict()
        return request, refused


class Visits:
    """Sends cases, each in a transaction that is undone."""

    def __init__(self, objects: dict[str, str]) -> None:
        self.objects = objects
        handler = Handler()
        handler.load_middleware()
        self.app = async_to_sync(Limits(handler))
        self.cookies: dict[str, bytes] = {"": b""}
        self.faults: list[str] = []

    def send(self, case: Case) -> int:
        """The status; 599 when there was no answer at all."""
        statuses: list[int] = []
        given = [{"type": "http.request", "body": case.body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return given.pop() if given else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
                for name, value in message["headers"]:
                    assert b"\n" not in value and b"\r" not in value, f"a line break in {name!r}"

        scope = self._scope(
            case
        )  # before the transaction: whoever asks for the first time is hired now, and stays
        # nobody closes the connection in which the test's own transaction is; Django's client
        # connects them again
        for signal in CLOSERS:
            signal.disconnect(close_old_connections)
        try:
            with alarm(PATIENCE), transaction.atomic():
                self.app(scope, receive, send)
                transaction.set_rollback(True)
        except TooSlow:
            statuses.append(598)
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error}")
            statuses.append(599)
        return statuses[-1] if statuses else 599

    def _scope(self, case: Case) -> dict[str, Any]:
        named = {name for name, _value in case.headers}
        usual = {
            b"host": b"testserver",
            b"cookie": self._cookie(case.who),
            b"x-csrftoken": self.token,
            b"origin": b"http://testserver",
        }
        headers = [
            *case.headers,
            *((name, value) for name, value in usual.items() if name not in named and value),
        ]
        if case.body and b"content-length" not in named:
            headers.append((b"content-length", str(len(case.body)).encode()))
        raw = case.path.encode("utf-8", "surrogatepass")
        return {
            "type": "http",
            "method": case.method,
            "path": unquote(case.path),
            "raw_path": raw,
            "query_string": case.query,
            "headers": headers,
            "scheme": "http",
            "http_version": "1.1",
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 5),
            "root_path": "",
            "answers": case.answers,
        }

    def _cookie(self, who: str) -> bytes:
        """The cookies of a role, hired and signed in when it is asked for first."""
        if who not in self.cookies:
            client = Client()
            assert sign_in(client, hire("Asmuo Pavyzdys", "" if who == NOBODY else who)).status_code == 302
            signed = {
                name: morsel.value
                for name, morsel in client.cookies.items()
                if name != settings.CSRF_COOKIE_NAME
            }
            self.cookies[who] = "; ".join(
                f"{name}={value}"
                for name, value in [*signed.items(), (settings.CSRF_COOKIE_NAME, self.token.decode())]
            ).encode()
        return self.cookies[who]

    token = _get_new_csrf_string().encode()


@contextmanager
def noted(faults: list[str]) -> Iterator[None]:
    """Faults are written down with the last place in our code; streams close no connection."""

    def note(**_more: Any) -> None:
        lines = traceback.format_exc().strip().splitlines()
        faults.append(" < ".join([lines[-1], *[line.strip() for line in lines if "/sauga/" in line][-1:]]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sites, "close_old_connections", lambda: None)
        got_request_exception.connect(note)
        try:
            yield
        finally:
            got_request_exception.disconnect(note)
            for signal in CLOSERS:
                signal.connect(close_old_connections)


@pytest.mark.prove
@pytest.mark.slow("thousands of damaged requests, to every address and by every role")
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_request_is_a_fault_of_ours(chunk, objects):
    visits = Visits(objects)
    bad = []
    with noted(visits.faults):
        for number in numbers(chunk):
            one, so_far = case(number, objects), len(visits.faults)
            status = visits.send(one)
            if status >= 500:
                bad.append(f"{status} {one} -- {visits.faults[so_far:]}")
    assert not bad, f"{len(bad)} faults\n" + "\n".join(bad[:60])


def test_every_address_and_every_person_has_its_cases(monkeypatch):
    monkeypatch.delenv("CASES", raising=False)
    assert len(addresses()) > 500
    assert {who_asks(number) for number in range(COUNT)} == set(people())
    assert len(addresses()) <= COUNT
    assert sorted(number for chunk in range(CHUNKS) for number in numbers(chunk)) == list(range(COUNT))
