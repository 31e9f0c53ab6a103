"""A line that is open, with conversations under way: made inside an installation by real actions, so that
both sides can be simulated over HTTP."""

import json
from dataclasses import dataclass
from typing import Any

from rig.installation import Installation

COUNSELLOR, LEAD, SAFETY = "counsellor@helpline.example", "lead@helpline.example", "safety@helpline.example"
PEOPLE = (SAFETY, COUNSELLOR, LEAD)

OPEN = """
import json, secrets, sys
from datetime import time
from sauga.project import cli
cli.prepare()
from sauga.helpline.chat.actions import conversations, queue
from sauga.helpline.chat.queries.conversations import ZONE, key_for_receipt
from sauga.helpline.line.models import Window
from sauga.helpline.rota.actions.duty import go_on_duty
from sauga.helpline.rota.models import Duty
from sauga.helpline.volunteers.models import BackgroundCheck, Training, Volunteer
from sauga.kernel import clock, sealed
from sauga.kernel.identity import person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.states import SystemActor
CHILD, at = SystemActor("child"), clock.now()
day = at.date().replace(month=1, day=1)
for weekday in range(7):
    Window.objects.get_or_create(channel="CHAT", weekday=weekday, valid_from=day, opens=time(0),
      closes=time(0), minimum=1)
staff = {}
for email, alias in (("counsellor@helpline.example", "Ramune"), ("lead@helpline.example", "Liepa")):
    person = Person.objects.get(email=email)
    known, _ = Volunteer.objects.get_or_create(person=person, defaults={"alias": alias, "began_date": day,
      "languages": ["lt"]})
    Training.objects.get_or_create(volunteer=known, kind="CHAT", defaults={"passed_date": day})
    Training.objects.get_or_create(volunteer=known, kind="LEAD", defaults={"passed_date": day})
    BackgroundCheck.objects.get_or_create(volunteer=known, seen_date=day,
      valid_to=day.replace(year=day.year + 9), by="setup")
    staff[email] = person_actor(person, at)
    if not Duty.objects.present().filter(person=person).exists():
        go_on_duty(by=staff[email], channels=["CHAT"], at=at, capacity=10000)
by, made = staff["counsellor@helpline.example"], []
for _ in range(int(sys.argv[1])):
    receipt = sealed.new_receipt(None, "lt")
    keys = sealed.receipt_keys(receipt, ZONE)
    one = conversations.start_conversation(by=CHILD, receipt=keys, language="lt", audience="CHILD",
      at=clock.now())
    assert one.state == "PRECHAT", one.state
    key = key_for_receipt(one, keys)
    conversations.enqueue(by=CHILD, conversation=one, key=key, text="Labas", nonce=secrets.token_bytes(16),
      at=clock.now())
    one = queue.accept_offer(by=by, offer=queue.next_contact(by=by, at=clock.now()), at=clock.now())
    made.append({"ref": one.ref, "pk": one.pk, "visit": sealed.new_visit(receipt, keys, clock.now()),
      "last": one.last_number})
print(json.dumps(made))
"""


SIGN_IN = """
import json, sys
from sauga.project import cli
cli.prepare()
from rig.desk import Desk
desk = Desk(int(sys.argv[1]), json.loads(sys.argv[2]))
desk.get("/desk/")
print(json.dumps([desk.cookies, desk.guard]))
"""


@dataclass(frozen=True)
class Pair:
    """What the two sides of one conversation need to talk."""

    ref: str
    pk: int
    child: dict[str, str]
    desk: dict[str, str]
    last: int

    @property
    def child_paths(self) -> dict[str, str]:
        return {what: f"/chat/{what}/" for what in ("stream", "say", "after", "read", "typing")}

    @property
    def desk_paths(self) -> dict[str, str]:
        return {
            what: f"/desk/helpline/chat/{self.ref}/{what}/"
            for what in ("stream", "say", "after", "read", "typing")
        }


def begin_talks(installation: Installation, count: int) -> list[dict[str, Any]]:
    """Open the line and bring so many conversations to ACTIVE with one counsellor."""
    made: list[dict[str, Any]] = json.loads(installation.python("-c", OPEN, str(count)).splitlines()[-1])
    return made


def sides(installation: Installation, port: int, made: list[dict[str, Any]]) -> list[Pair]:
    """Sign the counsellor in and give each side its headers."""
    told = installation.python("-c", SIGN_IN, str(port), json.dumps(installation.accounts()[COUNSELLOR]))
    given, guard = json.loads(told.splitlines()[-1])
    cookies = "; ".join(f"{name}={value}" for name, value in given.items())
    staff = {
        "X-Forwarded-Proto": "https",
        "Cookie": cookies,
        "X-CSRFToken": guard,
        "Referer": "https://localhost/desk/",
    }
    return [
        Pair(
            one["ref"],
            one["pk"],
            {"X-Forwarded-Proto": "https", "Cookie": f"__Host-sauga-visit={one['visit']}"},
            staff,
            one["last"],
        )
        for one in made
    ]
