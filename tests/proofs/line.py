"""A child at the helpline whose every word, name and number is marked: writes, waits, talks, ends, sends a
letter, comes back, errs.
"""

import re

from proofs import around
from proofs.around import COUNSELLOR, LEAD, REVIEWER
from rig.desk import Desk
from rig.installation import Installation
from rig.visitor import Visitor, cut

HELP, CHAT, LETTER, READ, BACK = (
    f"/lt/pagalba/{place}" for place in ("", "pokalbis/", "laiskas/", "laiskas/skaityti/", "grizti/")
)
COOKIE = re.compile(rb"(?im)^set-cookie: ([^=;\r\n]+)=([^;\r\n]*)")
DESK = "/desk/helpline/"

# The line is open at every hour of this installation, with a counsellor and a lead who may work
# on all channels.
OPEN = """
import json, sys
from datetime import date, time
from sauga.project import cli
cli.prepare()
from datetime import timedelta
from sauga.helpline.models import BackgroundCheck, Shift, Training, Volunteer, Window
from sauga.kernel import clock, vocab
from sauga.kernel.identity.models import Person
from sauga.kernel.states import SystemActor
at, began = clock.now(), date(2020, 1, 1)
for channel in ("CHAT", "PHONE", "BROWSER_CALL"):
    Window.objects.filter(channel=channel).delete()
    for weekday in range(7):
        Window.objects.create(channel=channel, weekday=weekday, opens=time(0), closes=time(0), minimum=1,
          valid_from=began)
hours = json.loads(json.dumps({**vocab.policy("policy.helpline_hours", at=at), "last_start_minutes": {}},
  default=dict))
vocab.set_policy(by=SystemActor("setup"), name="policy.helpline_hours", value=hours, at=at)
for number, email in enumerate(sys.argv[1:], 1):
    row = Volunteer.objects.create(
        person=Person.objects.get(email=email), alias=f"Savanorė {number}", began_date=began, languages=["lt"]
    )
    for kind in ("PHONE", "CHAT", "LETTER", "LEAD"):
        Training.objects.create(volunteer=row, kind=kind, passed_date=began)
    BackgroundCheck.objects.create(volunteer=row, seen_date=began, valid_to=date(2099, 1, 1), by="setup")
first, second = Volunteer.objects.order_by("pk").first().person, timedelta(minutes=1)
Shift.objects.create(state="CONFIRMED", begins_at=at - second, ends_at=at + 120 * second, channels=["CHAT",
  "PHONE"], person=first)
"""


class Child(Visitor):
    """A visitor whose browser keeps the one cookie of a conversation."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        super().__init__(port, headers=headers)
        self.headers, self.cookies = headers, {}

    def post(self, path: str, **given: str | tuple[str, ...]):
        answer = super().post(path, **given)
        self.cookies |= {name.decode(): value.decode() for name, value in COOKIE.findall(answer.head)}
        held = "; ".join(
            [self.headers.get("Cookie", "a=b"), *(f"{name}={value}" for name, value in self.cookies.items())]
        )
        self.say({**self.headers, "Cookie": held})
        return answer

    def field(self, path: str, name: str, **given: str) -> str:
        """A hidden field of a page."""
        page = (self.post(path, **given) if given else self.get(path)).page
        found = cut(page, f'name="{name}" value="'.encode(), b'"').decode()
        assert found, (path, name, page[-3000:])
        return found


def receipt_of(page: bytes) -> list[str]:
    """The words and the code that a page shows, in each form in which they might be kept."""
    words = re.findall(r"<li><span>(\w+)</span>", cut(page, b"data-receipt", b"</ol>").decode())
    assert len(words) == 9, words
    code = re.search(rb"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}", page)[0].decode()
    return [code, code.replace("-", ""), " ".join(words)]


def live_at_the_line(
    installation: Installation, port: int, traces: dict[str, str], words: tuple[str, str]
) -> list[str]:
    """Everything that a child and the line do with each other.

    Returns the secrets that were shown on the way.
    """
    installation.python("-c", OPEN, COUNSELLOR, LEAD)
    accounts = installation.accounts()
    counsellor, lead = Desk(port, accounts[COUNSELLOR]), Desk(port, accounts[LEAD])
    for desk in (lead, counsellor):
        assert desk.get(DESK).status == 200
        assert desk.post(f"{DESK}duty/begin/", channels=("CHAT", "PHONE"), is_lead="on").status in {302, 303}
    marked = f"{words[1]}: {words[0]}"
    secrets = [
        *_talk(installation, port, traces, marked, (counsellor, lead)),
        *_letter(installation, port, traces, marked, counsellor),
    ]
    with Child(port, traces) as child:
        secrets += around.calls(installation, child, counsellor, marked, traces)
    around.afterwards(installation, port, counsellor, lead, marked)
    for desk in (counsellor, lead):
        desk.close()
    return secrets


def _talk(
    installation: Installation, port: int, traces: dict[str, str], marked: str, desks: tuple[Desk, Desk]
) -> list[str]:
    counsellor, lead = desks
    with Child(port, traces) as child:
        assert child.get(HELP).status == 200
        assert (
            child.post(CHAT, act="start", ticket=child.field(CHAT, "ticket"), audience=marked).status == 303
        )
        child.post(CHAT, act="danger", danger="NOW_AFRAID")
        child.post(CHAT, act="about", mood="MOOD_2", age_band="AGE_12", chip=marked)
        child.post(CHAT, act="first", text=f"Labas, {marked}", nonce="0" * 32)
        assert counsellor.post(f"{DESK}next/").status == 302
        assert counsellor.post(f"{DESK}offer/accept/").status == 302
        with installation.connect() as connection:
            ref = connection.execute(
                "SELECT ref FROM helpline_conversation WHERE state = 'ACTIVE'"
            ).fetchone()[0]
        talk = f"{DESK}chat/{ref}/"
        assert marked.split(maxsplit=1)[0].encode() in counsellor.get(talk).page
        counsellor.post(f"{talk}write/", text=f"Girdžiu: {marked}", nonce="1" * 32)
        counsellor.post(f"{talk}note/", **{"note-text": f"Pastaba {marked}"})
        assert marked.split(maxsplit=1)[0].encode() in lead.get(talk).page
        lead.post(f"{talk}note/", **{"note-text": f"Vadovės pastaba {marked}"})
        counsellor.post(
            f"{talk}hand-over/", **dict.fromkeys(("why", "story", "risk", "done", "next"), marked)
        )
        counsellor.post(f"{talk}keep/")
        child.post(CHAT, act="say", text=f"Mano vardas {marked}, numeris 861234567", nonce="2" * 32)
        child.post(CHAT, act="look", text=f"Dar nerašyta {marked}")
        child.post(CHAT, act="say", text=f"{marked} " * 2000, nonce="3" * 32)
        passed = around.beside_the_talk(installation, port, child, (counsellor, lead), ref, marked)
        shown = child.post(CHAT, act="words", ticket=child.field(CHAT, "ticket"))
        secrets = [*passed, *receipt_of(shown.page), *child.cookies.values()]
        child.post(CHAT, act="end")
        child.post(CHAT, act="after", mood=marked, FQ_HELPED="YES", FQ_AGAIN=marked)
        child.post(CHAT, act="after", mood="MOOD_4", FQ_HELPED="YES")
        child.post(CHAT, act=marked, text=marked)
        child.post(BACK, receipt=marked)
        assert (
            marked.split(maxsplit=1)[0].encode() in child.post(BACK, receipt=receipt_of(shown.page)[0]).page
        )
    with installation.connect() as connection:
        attempt = connection.execute(
            "SELECT ref FROM helpline_attempt WHERE conversation_id IS NOT NULL"
        ).fetchone()[0]
    wrote = counsellor.post(f"{DESK}records/{attempt}/", **around.RECORD, risk="IMMEDIATE", note=marked)
    assert wrote.status == 302, wrote.page[-3000:]
    return secrets


def _letter(
    installation: Installation, port: int, traces: dict[str, str], marked: str, counsellor: Desk
) -> list[str]:
    with Child(port, traces) as child:
        child.post(LETTER, carried=marked)
        child.post(LETTER, ticket=marked, text=marked)
        child.post(LETTER, ticket=child.field(LETTER, "ticket"), text=f"{marked} 861234567")
        sent = child.post(
            LETTER,
            ticket=child.field(LETTER, "ticket"),
            text=f"Aš {marked} 861234567",
            confirmed="1",
            from_chat=marked,
        )
        secrets = receipt_of(sent.page)
        pass_ = cut(sent.page, b'name="pass" value="', b'"').decode()
        _answer(installation, port, counsellor, marked)
        read = child.post(BACK, receipt=secrets[2])
        assert f"Atsakymas {marked}".encode() in read.page, read.page[-3000:]
        child.post(READ, **{"pass": pass_, "how": "1", "mood": "MOOD_4", "FQ_HELPED": marked})
        child.post(READ, **{"pass": pass_, "how": "1", "mood": "MOOD_4", "FQ_HELPED": "YES"})
        child.post(READ, **{"pass": pass_, "text": f"Ačiū {marked}", "after": "2", "confirmed": "1"})
        child.post(READ, **{"pass": marked, "text": marked, "after": marked})
        assert not child.cookies, "letters leave no cookie"
        child.post(
            f"{HELP}suaugusiesiems/laiskas/",
            ticket=child.field(LETTER, "ticket"),
            text=f"Mano sūnus {marked}",
            confirmed="1",
        )
        child.get(f"{HELP}suaugusiesiems/?vardas={marked.rsplit(maxsplit=1)[-1]}")
        child.get(f"{HELP}{marked.rsplit(maxsplit=1)[-1]}/")
    return [*secrets, pass_]


def _answer(installation: Installation, port: int, counsellor: Desk, marked: str) -> None:
    """Read for risk, drafted, returned with a remark, drafted again, approved: each with the marked words."""
    with installation.connect() as connection:
        ref = connection.execute("SELECT ref FROM helpline_letter ORDER BY id").fetchone()[0]
    page = f"{DESK}letters/{ref}/"
    reviewer = Desk(port, installation.accounts()[REVIEWER])
    assert marked.encode() in counsellor.get(page).page
    counsellor.post(f"{page}read/", band="SOME", and_take="1")
    counsellor.post(f"{page}draft/", text=f"Juodraštis {marked}", send="1")
    assert f"Juodraštis {marked}".encode() in reviewer.get(page).page
    reviewer.post(f"{page}return/", remark=f"Pataisyk {marked}")
    assert f"Pataisyk {marked}".encode() in counsellor.get(page).page
    counsellor.post(f"{page}draft/", text=f"Atsakymas {marked}", send="1")
    reviewer.post(f"{page}approve/", seen="1")
    reviewer.close()
