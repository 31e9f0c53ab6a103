"""Everything around a talk, with the same marks: concern, case, referral, address, own picture, calls,
quality, rota, exports.
"""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rig.desk import Desk
from rig.installation import Installation
from rig.visitor import Visitor, cut

COUNSELLOR, LEAD, REVIEWER, SAFETY, ROTA, FIGURES = PEOPLE = tuple(
    f"{name}@helpline.example"
    for name in ("counsellor", "lead", "reviewer", "safety", "volunteers", "figures")
)
DESK, CHAT = "/desk/helpline/", "/lt/pagalba/pokalbis/"
SWITCHBOARD, PORT = "switchboard-of-this-test-0001-and-nowhere-else", "/api/v1/helpline/switchboard/"
OUTSIDE = "opaque-call-of-this-test-77"
ENVIRON = {
    "SAUGA_SWITCHBOARD_SECRET": SWITCHBOARD,
    "SAUGA_TURN_URLS": "turn:127.0.0.1:3478",
    "SAUGA_TURN_SECRET": "relay-of-this-test-0001-and-nowhere-else",
}
NUMBER = "+37067712345"
RECORD = {
    "caller_role": "CHILD_SELF",
    "age_band": "AGE_12",
    "gender": "GIRL",
    "topic": "PEE_FRIENDS",
    "internet": "NO",
}
RECORD |= {"language": "lt", "actions": "ACT_LISTENED", "ended_by": "END_CHILD"}
DRAW = """
from sauga.project import cli
cli.prepare()
from sauga.helpline.quality.actions import draw_reviews
from sauga.kernel import clock
from sauga.kernel.states import SystemActor
print(draw_reviews(by=SystemActor("queue"), at=clock.now()))
"""


def one(installation: Installation, sql: str) -> Any:
    """The first value of the first row."""
    with installation.connect() as connection:
        row = connection.execute(sql).fetchone()
    assert row is not None, sql
    return row[0]


def went(answer: Any, *where: Any) -> None:
    """The post was taken: back to a page, and no form came again."""
    assert answer.status in {302, 303}, (
        answer.status,
        where,
        re.sub(rb"<[^>]*>|\s+", b" ", answer.page)[-2500:].decode(),
    )


@contextmanager
def listening(installation: Installation) -> Iterator[None]:
    """Write down whatever passes by on the channel between processes: it must hold no content, and is
    searched with the rest.
    """
    over = threading.Event()

    def hear() -> None:
        with installation.connect() as connection, (installation.folder / "heard").open("ab") as heard:
            connection.execute("LISTEN sauga_live")
            ready.set()
            while not over.is_set():
                for news in connection.notifies(timeout=0.5, stop_after=50):
                    heard.write(news.payload.encode() + b"\n")

    ready = threading.Event()
    ear = threading.Thread(target=hear, daemon=True)
    ear.start()
    assert ready.wait(30)
    try:
        yield
    finally:
        over.set()
        ear.join(10)


# Beside a conversation that goes on
# ---------------------------------------------------------------------------------------------
def beside_the_talk(
    installation: Installation, port: int, child: Any, desks: tuple[Desk, Desk], ref: str, marked: str
) -> list[str]:
    """A concern that two people decide, a case, a referral the child agrees to, an address, a pass.

    Returns what was shown once.
    """
    counsellor, lead = desks
    safety = Desk(port, installation.accounts()[SAFETY])
    _concern(installation, ref, counsellor, lead, safety, marked)
    _case(installation, ref, lead, safety, marked)
    _referral(installation, ref, child, counsellor, marked)
    plain = marked.rsplit(maxsplit=1)[-1]
    form = counsellor.get(f"{DESK}referrals/addresses/new/?conversation={ref}")
    once = cut(form.page, b'name="once" value="', b'"').decode()
    url = f"https://{plain}.example/{plain}?vardas={plain}"
    went(
        counsellor.post(
            f"{DESK}referrals/addresses/new/?conversation={ref}",
            url=url,
            suspected="CHILD_EXPLOITATION",
            once=once,
        ),
        "address",
    )
    issued = counsellor.post(f"{DESK}referrals/own-picture/?conversation={ref}")
    code = cut(issued.page, b"data-code>", b"<").decode()
    assert code, issued.page[-2000:]
    safety.close()
    return [code, code.replace("-", "")]


def _concern(
    installation: Installation, ref: str, counsellor: Desk, lead: Desk, safety: Desk, marked: str
) -> None:
    went(counsellor.post(f"{DESK}concerns/new/conversation/{ref}/"), "raise")
    page = f"{DESK}concerns/{one(installation, 'SELECT ref FROM helpline_concern')}/"
    went(counsellor.post(f"{page}do/note/", note=f"Pastaba {marked}"))
    went(counsellor.post(f"{page}do/consult/"))
    proposal = {
        "decision": "SG_WITHOUT_CONSENT",
        "ground": "CG_LIFE",
        "target": "RT_VVTAIT",
        "clock": "LC_6H",
    }
    went(
        lead.post(
            f"{page}propose/",
            **proposal,
            facts=f"Vardas {marked}, telefonas {NUMBER}",
            told_plan=f"Planas {marked}",
        ),
        "propose",
    )
    shown = safety.get(f"{page}decide/")
    assert marked.encode() in shown.page
    went(
        safety.post(
            f"{page}decide/", approve="1", seen=cut(shown.page, b'name="seen" value="', b'"').decode()
        ),
        "decide",
    )
    assert marked.encode() in lead.get(f"{page}letter/").page
    went(lead.post(f"{page}do/pass-on/"))
    went(lead.post(f"{page}do/acknowledge/", note=f"Skyrius {marked}"))
    went(counsellor.post(f"{page}do/told/", how="IN_CHAT", note=f"Pasakyta {marked}"), "told")
    went(safety.post(f"{page}do/review/", note=f"Išvada {marked}"), "review")


def _case(installation: Installation, ref: str, lead: Desk, safety: Desk, marked: str) -> None:
    day = one(installation, "SELECT (now() + interval '3 days')::date::text")
    went(
        lead.post(
            f"{DESK}cases/new/?conversation={ref}",
            urgency="URG_URGENT",
            follow_up_date=day,
            plan=f"Planas {marked}",
        ),
        "case",
    )
    page = f"{DESK}cases/{one(installation, 'SELECT ref FROM helpline_helpcase')}/"
    if one(installation, "SELECT state FROM helpline_helpcase") == "OPEN":
        went(lead.post(f"{page}do/take/"))
    went(lead.post(f"{page}do/note/", kind="NOTE", note=f"Įrašas {marked}"))
    assert marked.encode() in lead.get(page).page
    went(lead.post(f"{page}do/propose-close/", note=f"Priežastis {marked}"), "propose-close")
    went(safety.post(f"{page}do/close/"), "close")
    assert safety.post(f"{page}read/", reason=marked).status == 422
    safety.post(f"{page}read/", reason="CAME_BACK")


def _referral(installation: Installation, ref: str, child: Any, counsellor: Desk, marked: str) -> None:
    given = {"target": "RT_SCHOOL", "words": f"Prašau padėti {marked}, {NUMBER}"}
    went(counsellor.post(f"{DESK}referrals/new/?conversation={ref}", **given), "referral")
    number = one(installation, "SELECT ref FROM helpline_referral")
    page = f"{DESK}referrals/{number}/"
    went(counsellor.post(f"{page}do/ask/"))
    assert one(installation, "SELECT state FROM helpline_referral") == "CONSENT_ASKED"
    assert marked.encode() in child.get(CHAT).page
    child.post(CHAT, act="share", ref=number, agrees="yes")
    assert marked.encode() in counsellor.get(f"{page}send/").page
    went(counsellor.post(f"{page}send/"))
    went(counsellor.post(f"{page}do/acknowledge/"))
    went(counsellor.post(f"{page}do/outcome/", outcome="RO_HELPED"))
    assert one(installation, "SELECT state FROM helpline_referral") == "OUTCOME"


# Calls
# ------------------------------------------------------------------------------------------------------------
def calls(
    installation: Installation, child: Visitor, counsellor: Desk, marked: str, traces: dict[str, str]
) -> list[str]:
    """A call from the browser with both descriptions, one from the switchboard, one by hand; each written up.
    Returns the token.
    """
    page = child.get("/lt/pagalba/skambutis/").page
    ticket = re.search(rb'ticket[^>]*?value="([^"]+)"|data-ticket="([^"]+)"', page)
    assert ticket, page[-3000:]
    rung = json.loads(child.post("/call/ring/", ticket=(ticket[1] or ticket[2]).decode(), language="lt").page)
    ref, token = rung["ref"], rung["token"]
    went(counsellor.post(f"{DESK}calls/{ref}/answer/"), "answer")
    assert child.post("/call/relay/", ref=ref, token=token).status == 200
    for say in (
        lambda sdp: counsellor.post(f"{DESK}line/{ref}/say/", sdp=sdp),
        lambda sdp: child.post("/call/say/", ref=ref, token=token, sdp=sdp),
    ):
        assert say(description(marked, traces)).status == 200
        assert say(marked).status == 422
    went(counsellor.post(f"{DESK}calls/{ref}/risk/"))
    assert child.post("/call/end/", ref=ref, token=token).status == 200
    _tell(installation, child, marked, traces)
    went(counsellor.post(f"{DESK}calls/open/", now="talk", language="lt", before="20"), "by hand")
    by_hand = one(installation, "SELECT ref FROM helpline_call WHERE line = 'DESK'")
    went(counsellor.post(f"{DESK}calls/{by_hand}/consult/"))
    went(counsellor.post(f"{DESK}calls/{by_hand}/resume/"))
    went(counsellor.post(f"{DESK}calls/{by_hand}/end/"))
    outside = one(installation, "SELECT ref FROM helpline_call WHERE line = 'SWITCHBOARD'")
    went(counsellor.post(f"{DESK}calls/{outside}/answer/"))
    for call in (ref, by_hand, outside):
        found = (
            f"SELECT a.ref FROM helpline_attempt a JOIN helpline_call c ON a.call_id = c.id WHERE c.ref = "
            f"'{call}'"
        )
        attempt = one(installation, found)
        went(counsellor.post(f"{DESK}records/{attempt}/", **RECORD, risk="SOME", note=marked), call)
        assert one(installation, f"SELECT state FROM helpline_call WHERE ref = '{call}'") == "CLOSED"
    return [token]


def description(marked: str, traces: dict[str, str]) -> str:
    """What a careless browser might say of itself: addresses and names in every line that may hold one."""
    word, number = marked.rsplit(maxsplit=1)[-1], NUMBER
    own = traces["X-Real-IP"]
    candidate = "a=candidate:1 1 udp 1"
    lines = [
        "v=0",
        f"o={word} 46117 2 IN IP4 {own}",
        f"s={word}",
        f"i={word}",
        f"u=https://{word}.example/",
        f"e={word}@pastas.example",
    ]
    lines += [
        f"p={number}",
        f"c=IN IP4 {own}",
        "t=0 0",
        f"a=tool:{word}",
        f"m=audio 54609 UDP/TLS/RTP/SAVPF 111 {word}",
        f"i={word}",
    ]
    lines += [
        f"c=IN IP6 {traces['X-Forwarded-For'].split(',', maxsplit=1)[0]}",
        f"a=rtcp:9 IN IP4 {own}",
        f"a=x-{word}:{number}",
    ]
    lines += [
        f"{candidate} {own} 5 typ host",
        f"{candidate} {word}.local 5 typ host",
        f"{candidate} {own} 5 typ srflx raddr {own} rport 9",
    ]
    lines += [
        f"{candidate} 127.0.0.1 7 typ relay raddr {own} rport 9",
        "a=ice-ufrag:abcd",
        "a=ice-pwd:0123456789abcdefghijkl",
    ]
    lines += [
        "a=fingerprint:sha-256 " + ":".join(["AA"] * 32),
        "a=setup:actpass",
        "a=mid:0",
        "a=sendrecv",
        "a=rtpmap:111 opus/48000/2",
    ]
    lines += [
        f"a=msid:{word} {word}",
        f"a=ssrc:1 cname:{word}",
        f"a=ssrc:1 msid:{word} {word}",
        f"a=identity:{word}",
    ]
    assert all(line.isascii() for line in lines)
    return "\r\n".join([*lines, ""])


def _tell(installation: Installation, visitor: Visitor, marked: str, traces: dict[str, str]) -> None:
    """The switchboard tells more than it should: numbers and names beside the call."""
    from sauga.helpline.calls.rules.switchboard import sign

    more = {
        "from": NUMBER,
        "caller": marked,
        "number": NUMBER,
        "name": marked,
        "address": traces["X-Real-IP"],
    }
    sent = [
        {"event": event, "call": OUTSIDE, **more}
        for event in ("ring", "wait", "answer", "hold", "resume", "end")
    ]
    wrong = [
        {"event": marked, "call": OUTSIDE},
        {"event": "ring", "call": NUMBER, **more},
        {"event": "ring", "call": marked},
    ]
    for message in [*sent, *wrong]:
        body = json.dumps(message).encode()
        seconds = int(time.time())
        head = (
            f"POST {PORT} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nContent-Type: "
            f"application/json\r\n"
        )
        head += "".join(f"{name}: {value}\r\n" for name, value in traces.items())
        head += (
            f"X-Sauga-Time: {seconds}\r\nX-Sauga-Signature: "
            f"{sign(SWITCHBOARD, seconds, body)}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        answer = visitor.send(head.encode() + body)
        assert answer.status == (204 if message in sent else 422), (message, answer)
    assert one(installation, "SELECT state FROM helpline_call WHERE line = 'SWITCHBOARD'") == "WRAP_UP"


# Afterwards
# ------------------------------------------------------------------------------------------------------------
def afterwards(installation: Installation, port: int, counsellor: Desk, lead: Desk, marked: str) -> None:
    """A review with a remark, the words of a check-out and the talk after it, the coordinator's
    pages, both exports.
    """
    assert int(installation.python("-c", DRAW).split()[-1]) >= 1
    for desk in (
        counsellor,
        lead,
    ):  # the server has closed what was quiet for a while; the next question opens it again
        desk.close()
    review = one(installation, "SELECT ref FROM helpline_review WHERE conversation_id IS NOT NULL")
    page = f"{DESK}quality/{review}/"
    went(lead.post(f"{page}begin/"), "begin")
    shown = lead.get(page).page
    assert marked.encode() in shown or marked.rsplit(maxsplit=1)[-1].encode() in shown, shown[-3000:]
    items = set(re.findall(rb'type="radio" name="(\w+)"', shown))
    went(lead.post(page, **{item.decode(): "QA_0" for item in items}, remark=f"Pastaba {marked}"), "score")
    owed = one(
        installation, "SELECT ref FROM helpline_debrief WHERE why = 'HEAVY' AND done_at IS NULL"
    )  # no shift before that talk
    went(lead.post(f"{DESK}rota/debriefs/{owed}/held/"), "debrief")
    shift = one(installation, "SELECT ref FROM helpline_shift ORDER BY id")
    went(counsellor.post(f"{DESK}rota/shifts/{shift}/check-in/"))
    went(
        counsellor.post(
            f"{DESK}rota/shifts/{shift}/check-out/", feeling="FE_HEAVY", words=f"Sunku po {marked}"
        ),
        "check-out",
    )
    assert marked.encode() in lead.get(f"{DESK}rota/debriefs/").page
    rota, figures = Desk(port, installation.accounts()[ROTA]), Desk(port, installation.accounts()[FIGURES])
    for place in (
        "rota/",
        "volunteers/",
        f"volunteers/?find={marked.rsplit(maxsplit=1)[-1]}",
        "rota/debriefs/",
    ):
        assert rota.get(f"{DESK}{place}").status == 200, place
    exports = installation.folder / "exports"
    exports.mkdir()
    for network in ("insafe", "chi"):
        answer = figures.get(f"{DESK}figures/{network}.csv")
        (exports / network).write_bytes(answer.head + answer.page)
    (exports / "figures").write_bytes(figures.get(f"{DESK}figures/").page)
    rota.close()
    figures.close()


__all__ = ["ENVIRON", "PEOPLE", "afterwards", "beside_the_talk", "calls", "listening"]
