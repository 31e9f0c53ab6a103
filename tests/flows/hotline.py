"""What the hotline's journeys share: a staffed centre with approved providers, a worker that really works,
and hurried policies.
"""

import asyncio
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection, connections
from factories.people import begin_session

from sauga.hotline.demo.policies import shorten
from sauga.hotline.demo.stage import Stage
from sauga.hotline.demo.stories import founding
from sauga.hotline.notices.actions.templates import load_templates
from sauga.kernel import clock, vocab
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.signin.mfa import totp_code
from sauga.kernel.notifications.bounces import smtp_listener
from sauga.kernel.states import SystemActor
from sauga.project.commands.work import worker_app
from sauga.world.internet import World
from tests.centre import PASSWORD, Centre

SETUP = SystemActor("setup")
HURRY = {"minutes_apart": 0.03}


class Accounts(dict[str, Any]):
    """Sign-ins of the installation by role, as the demo's stage wants them."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(
            {
                role: type("Account", (), {"user": person.email, "password": PASSWORD})
                for role, person in centre.people.items()
            }
        )


def furnish(centre: Centre) -> None:
    """Templates, known providers with approved contacts, and policies in seconds."""
    at = clock.now()
    load_templates(at)
    stage = Stage(Accounts(centre))
    stage.begin(founding(stage, at))
    stage.play(at)
    shorten(at)
    vocab.set_policy(
        by=SETUP,
        name="policy.confirm_removal",
        value={**vocab.policy("policy.confirm_removal"), **HURRY},
        at=at,
    )


def sign_in(page: Any, centre: Centre, role: str) -> None:
    """As the person of this role, with the vault open and the first page of the desk shown."""
    cookies, response = begin_session(centre.people[role], centre.actor(role).vault)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": page.site} for name, value in cookies.items()]
    )
    page.goto(response["Location"])


def fill_in_sign_in(page: Any, centre: Centre, role: str) -> None:
    """The same through the form."""
    person = centre.people[role]
    Person.objects.filter(pk=person.pk).update(totp_step=0)
    page.goto("/desk/signin/")
    page.fill("[name=email]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", totp_code(centre.totp[role], time.time()))
    page.press("[name=code]", "Enter")
    page.wait_for_url(re.compile(r"/desk/(?!signin)"))


@contextmanager
def based_at(site: str) -> Iterator[None]:
    """Letters lead to the running site."""
    held = settings.ENV
    settings.ENV = replace(held, base_url=site)
    try:
        yield
    finally:
        settings.ENV = held


@contextmanager
def taking_reports(world: World) -> Iterator[None]:
    """The installation takes delivery reports, and the world knows where."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    listener = smtp_listener.serve(port)
    world.agents.inbound = port
    try:
        yield
    finally:
        listener.stop()


@contextmanager
def working() -> Iterator[None]:
    """A real worker on this test's database, in a thread of its own.

    Jobs that earlier tests left behind are dropped first.
    """
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    ready, loop = threading.Event(), asyncio.new_event_loop()
    done: list[asyncio.Task[None]] = []

    async def work() -> None:
        app = worker_app()
        try:
            async with app.open_async():
                ready.set()
                await app.run_worker_async(
                    concurrency=2,
                    wait=True,
                    fetch_job_polling_interval=0.3,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=5,
                )
        finally:
            await sync_to_async(connections.close_all)()

    def run() -> None:
        task = loop.create_task(work())
        done.append(task)
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)

    thread = threading.Thread(target=run, name="worker", daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(done[0].cancel)
        thread.join(15)
        loop.close()


@pytest.fixture
def furnished(centre: Centre) -> Centre:
    """The installation, ready for notices."""
    furnish(centre)
    return centre
