"""People to tell, a real mail server to hand letters to, and a template to tell them with."""

import socket
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller

from sauga.kernel.identity.models import Membership, Person, Role
from sauga.kernel.notifications import message_templates
from sauga.kernel.notifications.bounces import dispatch
from sauga.kernel.organisations.models import Organisation

AT = datetime(2027, 2, 9, 12, tzinfo=UTC)


class Post:
    """A mail server that keeps what it gets, or answers as told."""

    def __init__(self):
        self.mails, self.answer = [], "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return self.answer


@pytest.fixture
def post(settings):
    held = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(held, hostname="127.0.0.1", port=port)
    controller.start()
    settings.ENV = replace(
        settings.ENV,
        smtp_url=f"smtp://127.0.0.1:{port}",
        mail_domain="sauga.example",
        base_url="https://sauga.example",
    )
    yield held
    controller.stop()


@pytest.fixture
def ona(db):
    return Person.objects.create(email="ona@sic.example", name="Ona", language="lt")


@pytest.fixture
def jonas(db):
    return Person.objects.create(email="jonas@sic.example", name="Jonas", language="en")


@pytest.fixture
def analysts(ona, jonas):
    role = Role.objects.create(code="analyst-of-test", labels={})
    begun = datetime(2020, 1, 1, tzinfo=UTC)
    centre = Organisation.objects.create(code="centre-of-test", valid_from=begun, changed_at=begun)
    for person in (ona, jonas):
        Membership.objects.create(
            person=person, organisation=centre, role=role, valid_from=datetime(2020, 1, 1, tzinfo=UTC)
        )
    return role.code


@pytest.fixture(autouse=True)
def templates(monkeypatch):
    monkeypatch.setattr(
        message_templates,
        "_registered",
        {"test.given": "Item %(ref)s was given to you", "test.plain": "Work waits"},
    )
    monkeypatch.setattr(dispatch, "_handlers", {})
