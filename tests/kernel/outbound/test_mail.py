"""Mail handed over a real SMTP line."""

import asyncio
import socket
from dataclasses import replace
from email.message import EmailMessage, Message

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from sauga.kernel.outbound import UnsafeMessage, send_mail, sync
from sauga.kernel.outbound.mail import _smarthost, _xtext
from sauga.world import mailbox

SENDER = "b+hotline-abc@sauga.example"


def letter(**headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "Sauga <noreply@sauga.example>",
        "x@person.example",
        "Sveiki, žąsys",
    )
    message.set_content("Laba diena.\n.\nTaškas eilutės pradžioje.\n")
    for name, value in headers.items():
        message[name] = value
    return message


def send(recipient, message=None, **given):
    return asyncio.run(
        send_mail(message or letter(), sender=given.pop("sender", SENDER), recipient=recipient, **given)
    )


def test_accepted_mail_lies_in_the_mailbox_whole(world):
    found = send("ona@person.example", dsn=True)
    assert found.accepted and found.code == 250
    (kept,) = mailbox.messages(world.mail, recipient="ona@person.example")
    assert (kept.subject, kept.return_path) == ("Sveiki, žąsys", SENDER) and kept.text.splitlines()[1] == "."


def test_unknown_mailbox_is_final_and_a_full_one_is_not(world):
    refused, full = send("nobody@greita-talpykla.example"), send("full@person.example")
    assert (refused.accepted, refused.code, refused.temporary) == (False, 550, False)
    assert (full.accepted, full.code, full.temporary) == (False, 452, True)


def test_greylisting_lets_the_second_try_in(world):
    first, second = send("abuse@slow-hosting.example"), send("abuse@slow-hosting.example")
    assert (first.code, first.temporary, second.accepted) == (451, True, True)


def test_mail_without_return_path(world):
    assert send("jonas@person.example", sender="").accepted
    assert mailbox.messages(world.mail, recipient="jonas@person.example")[0].return_path == ""


def test_blocking_call(world):
    assert sync.send_mail(letter(), sender=SENDER, recipient="petras@person.example").accepted


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@b",
        "a@b.example\r\nRCPT TO:<x@y.example>",
        "a b@c.example",
        "<a@b.example>",
        "a@b.example,c@d.example",
        "a@" + "b" * 300 + ".example",
        "ą@b.example",
    ],
)
def test_address_that_could_smuggle_commands_is_refused(world, address):
    with pytest.raises(UnsafeMessage):
        send(address)
    if address:
        with pytest.raises(UnsafeMessage):
            send("ok@person.example", sender=address)


@pytest.mark.parametrize("value", ["x\r\nBcc: y@z.example", "x\nBcc: y@z.example", "x\rBcc: y", "x\x00y"])
def test_header_with_a_line_break_is_refused(world, value):
    message = letter()
    message._headers.append(("X-Note", value))
    with pytest.raises(UnsafeMessage):
        send("ok@person.example", message)
    old = Message()
    old["Subject"] = value
    with pytest.raises(UnsafeMessage):
        send("ok@person.example", old)


def test_folded_header_is_fine(world):
    assert send("ok@person.example", letter(**{"X-Long": "word " * 60})).accepted


def test_nobody_listening_is_temporary(settings):
    settings.ENV = replace(settings.ENV, smtp_url="smtp://127.0.0.1:9")
    found = send("ok@person.example")
    assert (found.accepted, found.code, found.temporary) == (False, 0, True)


class Keeper:
    """A smarthost that wants to know who is there."""

    def __init__(self):
        self.taken = []

    def __call__(self, server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"us@er", b"p/w"), handled=False)

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope.rcpt_tos)
        return "250 OK"


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_smarthost_with_a_password(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keeper = Keeper()
    server = Controller(
        keeper, "127.0.0.1", port, authenticator=keeper, auth_required=True, auth_require_tls=False
    )
    server.start()
    try:
        settings.ENV = replace(settings.ENV, smtp_url=f"smtp://us%40er:p%2Fw@127.0.0.1:{port}")
        assert send("ok@person.example", dsn=True).accepted and keeper.taken == [["ok@person.example"]]
        settings.ENV = replace(settings.ENV, smtp_url=f"smtp://us%40er:wrong@127.0.0.1:{port}")
        refused = send("ok@person.example")
        assert (refused.accepted, refused.code) == (False, 535)
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://localhost:2525", ("localhost", 2525, "", "", False, False)),
        ("smtp://[::1]", ("::1", 25, "", "", False, False)),
        ("smtp://mail.example", ("mail.example", 25, "", "", False, True)),
        ("smtp://mail.example?tls=no", ("mail.example", 25, "", "", False, False)),
        ("smtps://us%40er:p%2Fw@mail.example", ("mail.example", 465, "us@er", "p/w", True, False)),
    ],
)
def test_smarthost_is_read_from_its_url(settings, url, expected):
    settings.ENV = replace(settings.ENV, smtp_url=url)
    smarthost = _smarthost()
    assert (
        smarthost.host,
        smarthost.port,
        smarthost.user,
        smarthost.password,
        smarthost.implicit_tls,
        smarthost.start_tls,
    ) == expected


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example"])
def test_wrong_smarthost_is_told(settings, url):
    settings.ENV = replace(settings.ENV, smtp_url=url)
    with pytest.raises(ValueError, match="SAUGA_SMTP_URL"):
        _smarthost()


def test_xtext():
    assert _xtext("a+b=c@d.example") == "a+2Bb+3Dc@d.example"
