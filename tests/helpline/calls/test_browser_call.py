"""Calls from the browser without a browser: tokens, credentials, descriptions without addresses, and the wire
that keeps nothing.
"""

import asyncio
import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.test import Client

from sauga.helpline.calls.actions import calls
from sauga.helpline.calls.models import Call
from sauga.helpline.calls.rules import turn_credentials
from sauga.helpline.calls.views import browser_call
from sauga.helpline.records.models import Attempt
from sauga.helpline.states import CallState
from sauga.kernel import clock, live, sealed
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.line import open_line

CHILD, NOBODY = SystemActor("child"), SystemActor("nobody")
SECRET = "a-secret-of-the-relay-in-tests-only-0123456789"
HOME = "192.0.2.77"
SDP = "\r\n".join(
    [
        "v=0",
        f"o=- 46117327 2 IN IP4 {HOME}",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0",
        "m=audio 51234 UDP/TLS/RTP/SAVPF 111",
        f"c=IN IP4 {HOME}",
        f"a=rtcp:51235 IN IP4 {HOME}",
        f"a=candidate:1 1 udp 2122260223 {HOME} 51234 typ host generation 0",
        f"a=candidate:2 1 udp 1686052607 198.51.100.9 51234 typ srflx raddr {HOME} rport 51234 generation 0",
        f"a=candidate:3 1 udp 41885439 203.0.113.5 49160 typ relay raddr {HOME} rport 51234 generation 0",
        "a=ice-ufrag:EsAw",
        "a=fingerprint:sha-256 4A:AD",
        "a=mid:0",
        "a=sendrecv",
        "",
    ]
)


@pytest.fixture
def offered(settings):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.example:3478"], SECRET


def by_phone(centre: Centre) -> Call:
    by = centre.actor("COUNSELLOR", clock.now())
    return calls.open_call(by=by, language="lt", rang_before=timedelta(), answered=True, at=clock.now())


# Rules
# ------------------------------------------------------------------------------------------------------------
def test_a_description_loses_every_address_but_the_relays():
    left = turn_credentials.stripped(SDP)
    assert HOME not in left and "198.51.100.9" not in left
    assert (
        "a=candidate:3 1 udp 41885439 203.0.113.5 49160 typ relay raddr 0.0.0.0 rport 0 generation 0" in left
    )
    assert "m=audio 9 UDP/TLS/RTP/SAVPF 111" in left and "a=ice-ufrag:EsAw" in left
    assert turn_credentials.stripped(left) == left


def test_a_description_loses_every_line_that_may_name_somebody():
    named = [
        "i=vardas",
        "u=https://vardas.example/",
        "e=vardas@pastas.example",
        "p=+37067712345",
        "a=tool:vardas",
        "a=identity:vardas",
    ]
    named += ["a=msid:vardas vardas", "a=ssrc:1 cname:vardas", "a=x-vardas:1", "a=rtpmap:112 vardas/48000"]
    given = SDP.replace("o=- ", "o=vardas ").replace("s=-", "s=vardas") + "\r\n".join([*named, ""])
    left = turn_credentials.stripped(given)
    assert "vardas" not in left and "67712345" not in left
    assert "o=- 46117327 2 IN IP4 0.0.0.0" in left and "s=-" in left and left.count("m=audio") == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "v=0\r\ns=-\r\n",
        SDP.replace("m=audio", "m=video"),
        SDP + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n",
        SDP + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
        SDP + "a=x:\u0105\r\n",
        SDP + "a=x:\x00\r\n",
        SDP + "a=x:" + "y" * turn_credentials.LONGEST,
    ],
)
def test_what_is_no_description_of_one_sound_stream_is_refused(text: str):
    with pytest.raises(turn_credentials.NotADescription):
        turn_credentials.stripped(text)


def test_credentials_are_the_relays_and_last_ten_minutes():
    at = clock.now()
    given = turn_credentials.credentials(["turn:turn.example:3478"], SECRET, at)
    (server,) = given["iceServers"]
    until, _colon, _random = server["username"].partition(":")
    assert int(until) - int(at.timestamp()) == 600
    assert (
        base64.b64decode(server["credential"])
        == hmac.new(SECRET.encode(), server["username"].encode(), hashlib.sha1).digest()
    )
    assert given["iceTransportPolicy"] == "relay"
    assert turn_credentials.credentials([], SECRET, at)["iceServers"][0]["username"] != server["username"]


# The child's side
# ------------------------------------------------------------------------------------------------------------
def ring(client: Client, ticket: str = "") -> dict:
    answer = client.post(
        "/call/ring/", {"ticket": ticket or sealed.new_ticket("helpline.call", clock.now()), "language": "lt"}
    )
    assert answer.status_code == 200, answer.content
    return answer.json()


def talking(centre: Centre) -> tuple[Client, dict, Call]:
    """A child's call that the COUNSELLOR has picked up."""
    open_line(centre, clock.now())
    client = Client()
    given = ring(client)
    call = Call.objects.get(ref=given["ref"])
    return client, given, calls.connect(by=centre.actor("COUNSELLOR", clock.now()), call=call, at=clock.now())


@pytest.mark.django_db
def test_pressed_twice_it_rings_once(centre: Centre, offered):
    open_line(centre, clock.now())
    ticket = sealed.new_ticket("helpline.call", clock.now())
    first, again = ring(Client(), ticket), ring(Client(), ticket)
    assert first["ref"] == again["ref"] and Attempt.objects.get().channel == "BROWSER_CALL"


@pytest.mark.django_db
def test_the_microphone_is_allowed_on_two_pages_only(centre: Centre, offered):
    client, _given, call = talking(centre)
    desk = sign_in(centre, "COUNSELLOR")
    pages = {
        "/lt/pagalba/skambutis/": client,
        f"/desk/helpline/calls/{call.ref}/talk/": desk,
        "/lt/": client,
        "/desk/helpline/calls/": desk,
    }
    allowed = [
        address
        for address, who in pages.items()
        if "microphone=(self)" in who.get(address).headers["Permissions-Policy"]
    ]
    assert allowed == ["/lt/pagalba/skambutis/", f"/desk/helpline/calls/{call.ref}/talk/"]


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "reason"), [("closed", "OUT_OF_HOURS"), ("full", "BUSY")])
def test_a_ring_that_nobody_can_take_is_deflected_and_counted(
    centre: Centre, offered, state: str, reason: str
):
    if state == "full":
        talking(centre)
        for number in range(12):
            calls.ring_browser(by=CHILD, nonce=bytes([number]) * 16, language="lt", at=clock.now())
    answer = Client().post("/call/ring/", {"ticket": sealed.new_ticket("helpline.call", clock.now())})
    assert (answer.status_code, answer.json()) == (409, {"error": "closed"})
    assert Attempt.objects.order_by("pk").last().reason == reason


@pytest.mark.django_db
def test_only_the_token_opens_a_call(centre: Centre, offered):
    client, given, _call = talking(centre)
    other = ring(Client())
    for wrong in (
        {},
        {"ref": given["ref"]},
        {**given, "token": other["token"]},
        {**given, "ref": "0000-0000"},
        {**given, "token": "x" * 54},
    ):
        for name in ("relay", "say", "end", "stream"):
            assert client.post(f"/call/{name}/", wrong).status_code == 404
    assert client.post("/call/relay/", given, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404
    assert client.get("/call/relay/").status_code == 404
    assert client.post("/call/ring/", {"ticket": "nothing"}).status_code == 404
    gone = Call.objects.get(ref=other["ref"])
    gone.attempt.delete()
    gone.delete()
    assert client.post("/call/relay/", other).status_code == 404


@pytest.mark.django_db
def test_the_relay_is_given_only_while_somebody_talks(centre: Centre, offered):
    open_line(centre, clock.now())
    client = Client()
    given = ring(client)
    assert client.post("/call/relay/", given).status_code == 409
    calls.connect(
        by=centre.actor("COUNSELLOR", clock.now()), call=Call.objects.get(ref=given["ref"]), at=clock.now()
    )
    assert client.post("/call/relay/", given).json()["iceTransportPolicy"] == "relay"
    for _ in range(2):
        assert client.post("/call/end/", given).status_code == 200
    assert Call.objects.get(ref=given["ref"]).state == CallState.WRAP_UP
    assert client.post("/call/relay/", given).status_code == 409
    assert client.post("/call/say/", {**given, "sdp": SDP}).status_code == 409


@pytest.mark.django_db
def test_the_desks_side_is_for_whoever_picked_up(centre: Centre, offered):
    _client, _given, call = talking(centre)
    mine, other = sign_in(centre, "COUNSELLOR"), sign_in(centre, "COUNSELLOR_2")
    assert mine.post(f"/desk/helpline/line/{call.ref}/relay/").status_code == 200
    assert mine.post(f"/desk/helpline/line/{call.ref}/say/", {"sdp": SDP}).status_code == 200
    assert mine.post(f"/desk/helpline/line/{call.ref}/say/", {"sdp": "v=0"}).status_code == 422
    assert other.get(f"/desk/helpline/calls/{call.ref}/talk/").status_code == 404
    assert other.post(f"/desk/helpline/line/{call.ref}/relay/").status_code == 404
    phone = calls.open_call(
        by=centre.actor("COUNSELLOR", clock.now()),
        language="lt",
        rang_before=timedelta(),
        answered=True,
        at=clock.now(),
    )
    assert mine.get(f"/desk/helpline/calls/{phone.ref}/talk/").status_code == 404


@pytest.mark.django_db
def test_who_may_not_pass_words_on(centre: Centre, offered):
    _client, _given, call = talking(centre)
    with pytest.raises(PermissionRefused):
        calls.say(by=NOBODY, call=call, kind="offer", sdp=SDP)
    with pytest.raises(calls.NotYourCall):
        calls.say(by=centre.actor("COUNSELLOR_2", clock.now()), call=call, kind="offer", sdp=SDP)
    phone = calls.open_call(
        by=centre.actor("COUNSELLOR", clock.now()),
        language="lt",
        rang_before=timedelta(),
        answered=True,
        at=clock.now(),
    )
    with pytest.raises(MoveNotAllowed):
        calls.say(by=centre.actor("COUNSELLOR", clock.now()), call=phone, kind="offer", sdp=SDP)


@pytest.mark.django_db
def test_the_help_page_offers_the_call_only_where_there_is_a_relay(centre: Centre, settings):
    open_line(centre, clock.now())
    assert "/lt/pagalba/skambutis/" not in Client().get("/lt/pagalba/").content.decode()
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.example:3478"], SECRET
    assert "/lt/pagalba/skambutis/" in Client().get("/lt/pagalba/").content.decode()


# The wire
# ------------------------------------------------------------------------------------------------------------
def test_words_reach_the_other_side_only():
    desk, child = browser_call.Wire("helpline.line.x", "DESK"), browser_call.Wire("helpline.line.x", "CHILD")
    for wire in (desk, child):
        wire.is_news = False
        wire.notify("helpline.line.x", json.dumps({"to": "DESK", "kind": "answer", "sdp": "v=0"}))
        wire.notify("helpline.line.x", "")
    assert (len(desk.words), len(child.words)) == (1, 0)
    assert desk.is_news and child.is_news
    desk.end()
    assert desk.ended and desk.wake.is_set()


@pytest.mark.django_db(transaction=True)
def test_a_stream_tells_states_and_words_and_ends_with_the_call(centre: Centre, offered):
    _client, _given, call = talking(centre)

    async def listen() -> list[dict]:
        heard = []
        async for part in browser_call.events(call.pk, calls.line_of(call), "CHILD"):
            if part.startswith(b"data: "):
                heard.append(json.loads(part[6:]))
                if len(heard) == 1:
                    # words are kept nowhere: the page repeats them until it is answered, this test does not
                    while not live.is_listening():
                        await asyncio.sleep(0.01)
                    await asyncio.to_thread(
                        act, lambda: calls.say(by=counsellor, call=call, kind="offer", sdp=SDP)
                    )
                if len(heard) == 2:
                    await asyncio.to_thread(act, lambda: calls.end(by=counsellor, call=call, at=clock.now()))
        return heard

    def act(what) -> None:
        from django.db import connections

        what()
        connections.close_all()

    counsellor = centre.actor("COUNSELLOR", clock.now())
    state, words, over = asyncio.run(asyncio.wait_for(listen(), 20))
    assert (state, over) == ({"state": "CONNECTED"}, {"state": "WRAP_UP"})
    assert words == {"kind": "offer", "sdp": turn_credentials.stripped(SDP)}


@pytest.mark.django_db
def test_only_so_much_can_be_passed_on():
    live.pass_on("helpline.line.x", "x" * 7000)
    for wrong in ("x" * 7001, "\u0105"):
        with pytest.raises(ValueError, match="7,000"):
            live.pass_on("helpline.line.x", wrong)
