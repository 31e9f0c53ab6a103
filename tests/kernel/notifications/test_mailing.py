"""Many letters over one connection, letters with HTML, and headers that hold addresses."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from sauga.kernel.notifications import MailRefused, compose, delivering

AT = datetime(2027, 2, 9, 12, tzinfo=UTC)
LONG = f"https://sauga.example/newsletter/leave/{'a' * 120}:{'b' * 43}/"


def letter(to="ona@a.example", **more):
    return compose(subject="Naujienos", body_text="Žodžiai", to=to, language="lt", at=AT, **more)


def test_many_letters_go_over_one_connection_and_a_refusal_stops_none(post):
    peers = set()
    honest = post.handle_DATA

    async def noted(server, session, envelope):
        peers.add(session.peer)
        if envelope.rcpt_tos == ["second@a.example"]:
            return "550 5.1.1 no such user"
        return await honest(server, session, envelope)

    async def handle_RCPT(server, session, envelope, address, options):
        if address.startswith("fourth"):
            return "450 4.2.1 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    post.handle_DATA, post.handle_RCPT = noted, handle_RCPT
    with delivering() as hand_over:
        results = [hand_over(letter(f"{name}@a.example")) for name in ("first", "second", "third")]
        put_off = hand_over(letter("fourth@a.example"))
        results.append(hand_over(letter("fifth@a.example")))
    assert [(one.accepted, one.temporary) for one in results] == [
        (True, False),
        (False, False),
        (True, False),
        (True, False),
    ]
    assert (put_off.accepted, put_off.temporary, put_off.code) == (False, True, 450)
    assert len(peers) == 1 and [one.rcpt_tos[0] for one in post.mails] == [
        "first@a.example",
        "third@a.example",
        "fifth@a.example",
    ]


def test_a_server_that_closes_gets_the_next_letter_over_a_new_connection(post):
    honest = post.handle_DATA

    async def closing(server, session, envelope):
        post.handle_DATA = honest
        server.transport.close()
        return "421 closing"

    post.handle_DATA = closing
    with delivering() as hand_over:
        first, second = hand_over(letter()), hand_over(letter())
    assert first.temporary and second.accepted and len(post.mails) == 1


def test_a_letter_says_the_same_as_text_and_as_html(post):
    with delivering() as hand_over:
        assert hand_over(letter(body_html="<p>Žodžiai</p>")).accepted
    read = message_from_bytes(post.mails[0].content, policy=policy.default)
    assert read.get_content_type() == "multipart/alternative"
    assert read.get_body(("plain",)).get_content().strip() == "Žodžiai"
    assert read.get_body(("html",)).get_content().strip() == "<p>Žodžiai</p>"


def test_a_long_address_in_a_header_is_written_as_it_is(post):
    with delivering() as hand_over:
        hand_over(letter(headers={"List-Unsubscribe": f"<{LONG}>"}))
    assert f"\r\nList-Unsubscribe: <{LONG}>\r\n".encode() in post.mails[0].content


@pytest.mark.unit
@pytest.mark.parametrize(
    "value", ["no", "<a b>", "<a>\r\nBcc: x@y.example", "<ž>", "<a>, b", f"<{'a' * 999}>"]
)
def test_what_is_no_address_is_refused(value):
    with pytest.raises(MailRefused):
        letter(headers={"List-Unsubscribe": value})
