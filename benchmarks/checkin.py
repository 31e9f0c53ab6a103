"""Check-in: 2,000 people, four entrances, two of them offline for ten minutes, beside the bare table.

    python benchmarks/checkin.py [--people 2000] [--offline-minutes 10]

The server is the one that ships: `sauga serve --workers 2`, production settings, embedded PostgreSQL that
waits for the disk. Each entrance is a phone with a session of its own that sends what `sync.js` sends. Two
send each scan at once; two send what they scanned within the (simulated) ten minutes in batches of 200, each
batch twice, as after a lost answer. Every twentieth ticket is shown at a second entrance. Afterwards the
books are read: every scan is stored once, everybody is in, and each second use is a conflict; the first scan
counts by its own time, whichever phone sent it.

The bare table of the same run: one insert with a unique nonce and one update in a transaction, from as many
threads. Wanted: nothing lost, nobody counted twice, p95 of a scan under 300 ms, at least 30 scans a second.
"""

import argparse
import json
import os
import random
import secrets
import threading
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import psycopg
from rig.desk import Desk
from rig.figures import Aims, cpu_seconds, machine, percentile
from rig.installation import Installation, new_installation
from rig.visitor import Refused, Visitor

ORGANISER, DOOR = "events@awareness.example", "entrance@awareness.example"
BATCH, TWICE = 200, 20
SETUP = """
import json, sys
from datetime import timedelta
from sauga.project import cli
cli.prepare()
from sauga.events.checkin.actions import setup as checkin
from sauga.events.checkin.models import CheckList
from sauga.events.planning.actions.team import add_member
from sauga.events.programme.actions.events import EventGiven, EventWords, create_event
from sauga.events.programme.actions.publication import publish_event
from sauga.events.programme.rules.local_times import local_time
from sauga.events.registration.actions import own, registrations, setup
from sauga.events.registration.actions.registrations import REGISTRANT, RegistrationData
from sauga.events.registration.queries.details import Details
from sauga.kernel import clock
from sauga.kernel.identity import person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.organisations.models import Organisation
now = clock.now()
at = now - timedelta(minutes=1)
by = person_actor(Person.objects.get(email=sys.argv[1]), now)
starts = (now + timedelta(minutes=90)).replace(second=0, microsecond=0)
both = {"lt": "Konferencija", "en": "Conference"}
given = EventGiven(
    words=EventWords(title=both, summary=both, description=both), kind="conference", format="online",
    starts=local_time(starts), ends=local_time(starts + timedelta(hours=6)),
    organiser=Organisation.objects.order_by("pk")[0], audiences=("teachers",), languages=("lt",),
    access=("captions",), photo_policy="none",
)
event = publish_event(by=by, event=create_event(by=by, given=given, at=at), at=at)
count = int(sys.argv[2])
quota = setup.add_quota(by=by, event=event, name=both, size=count, at=at)
ticket = setup.put_ticket(by=by, event=event, at=at, given={
    "name": both, "quotas": [quota], "is_for_classes": False, "wants_approval": False,
    "opens_at": at - timedelta(days=1), "closes_at": starts})
codes = []
for n in range(count):
    details = Details(f"Vardas {n}", f"p{n}@mokykla.example")
    data = RegistrationData(details=details, language="lt", sending=f"{n:032x}")
    row = registrations.register(by=REGISTRANT, ticket=ticket, data=data, at=at)
    codes.append(own.confirm(by=REGISTRANT, registration=row, at=at).entry_code)
door = Person.objects.get(email=sys.argv[3])
add_member(by=by, event=event, person=door, role="DOOR_STAFF", at=at)
entrances = [checkin.put_entrance(by=by, event=event, name={"lt": c, "en": c}, at=at).ref for c in "ABCD"]
print(json.dumps({"event": event.ref, "key": event.pk, "codes": codes, "entrances": entrances,
    "list": CheckList.objects.get(event=event).ref}))
"""
TABLE = """
CREATE TABLE bare_person (id int PRIMARY KEY, inside boolean DEFAULT false);
CREATE TABLE bare_scan (nonce text UNIQUE, person int, at timestamptz);
INSERT INTO bare_person SELECT n FROM generate_series(0, 1999) n;
"""


@dataclass
class Phone:
    """One entrance: what it scans, and what its messages took."""

    number: int
    scans: list[dict[str, Any]]
    is_offline: bool
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def main() -> int:
    """Measure, print, and say by the exit code whether every aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--offline-minutes", type=int, default=10)
    options = parser.parse_args()
    aims = Aims()
    with new_installation((ORGANISER, DOOR)) as installation:
        os.environ.update(
            {name: value for name, value in installation.environ.items() if name.startswith("SAUGA_")}
        )
        from sauga.project import cli

        cli.prepare()
        made = json.loads(installation.python("-c", SETUP, ORGANISER, str(options.people), DOOR))
        with installation.connect() as connection:
            connection.execute(TABLE)
        port = installation.serve(workers=2)
        phones = four_phones(made, options)
        desks = signed_in(port, installation.accounts()[DOOR], len(phones))
        for desk in desks:
            desk.get("/desk/")
        bare = [bare_rate(installation, len(phones))]
        before = (cpu_seconds(installation.children[-1].pid), cpu_seconds(installation.postmaster()))
        whole = at_once([work_of(*pair, made) for pair in zip(desks, phones, strict=True)])
        web = cpu_seconds(installation.children[-1].pid) - before[0]
        database = cpu_seconds(installation.postmaster()) - before[1]
        bare.append(bare_rate(installation, len(phones)))
        figures(phones, whole, (web, database), sum(bare) / 2, aims)
        books(installation, made, phones, aims)
    return aims.verdict()


def signed_in(port: int, account: dict[str, Any], count: int) -> list[Desk]:
    """So many browsers with one session: a code of the second factor is good for one sign-in."""
    first = Desk(port, account)
    others = [copy(first) for _other in range(count - 1)]
    for other in others:
        other.visitor = Visitor(port)
    return [first, *others]


def four_phones(made: dict[str, Any], options: argparse.Namespace) -> list[Phone]:
    """Everybody at one entrance within the last minutes, every twentieth at a second one a little later."""
    draw = random.Random(20270209)
    now, span = int(time.time() * 1000), options.offline_minutes * 60_000
    phones = [Phone(number, [], is_offline=number >= 2) for number in range(4)]
    for n, code in enumerate(made["codes"]):
        places = draw.sample(range(4), 2 if n % TWICE == 0 else 1)
        first = now - draw.randrange(5000, span)
        for later, place in enumerate(places):
            nonce = secrets.token_hex(16)
            scan = {"nonce": nonce, "list": made["list"], "kind": "IN", "method": "SCAN", "code": code}
            scan |= {"groups": {}, "undoes": "", "at": first + later * 2000}
            phones[place].scans.append(scan)
    for phone in phones:
        phone.scans.sort(key=lambda scan: scan["at"])
    return phones


def work_of(desk: Desk, phone: Phone, made: dict[str, Any]) -> Callable[[], None]:
    """What one phone does: with a network scan by scan, without one in batches, each of them twice."""
    size = BATCH if phone.is_offline else 1
    batches = [phone.scans[n : n + size] for n in range(0, len(phone.scans), size)]

    def work() -> None:
        newest = 0
        for batch in batches:
            for _again in range(2 if phone.is_offline else 1):
                began = time.monotonic()
                try:
                    newest = sent(desk, phone, batch, made, newest)
                except (Refused, OSError, ValueError, KeyError) as error:
                    phone.wrong.append(f"{type(error).__name__}: {error}")
                else:
                    phone.seconds.append((time.monotonic() - began) / len(batch))

    return work


def sent(desk: Desk, phone: Phone, batch: list[dict[str, Any]], made: dict[str, Any], since: int) -> int:
    """One message; the number of the newest scan that the phone knows now. Raises Refused."""
    body = json.dumps(
        {
            "device": f"phone-{phone.number}",
            "entrance": made["entrances"][phone.number],
            "list": made["list"],
            "since": since,
            "sent": int(time.time() * 1000),
            "unsent": 0,
            "scans": batch,
        }
    )
    cookies = "; ".join(f"{name}={value}" for name, value in desk.cookies.items())
    head = (
        f"POST /desk/events/{made['event']}/checkin/sync/ HTTP/1.1\r\nHost: localhost\r\n"
        f"X-Forwarded-Proto: https\r\nReferer: https://localhost/desk/\r\nCookie: {cookies}\r\n"
        f"X-CSRFToken: {desk.guard}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    answer = desk.visitor.send((head + body).encode())
    if answer.status != 200:
        raise Refused(answer.status, answer.page)
    news = json.loads(answer.page)
    if {scan["nonce"] for scan in batch} - news["outcomes"].keys():
        raise ValueError("a scan without an answer")
    return int(news["newest"])


def figures(
    phones: list[Phone], whole: float, processor: tuple[float, float], bare: float, aims: Aims
) -> None:
    """Print how fast it was, beside the bare table."""
    scans = sum(len(phone.scans) for phone in phones)
    single = [seconds for phone in phones if not phone.is_offline for seconds in phone.seconds]
    p50, p95 = (percentile(single, share) * 1000 for share in (0.5, 0.95))
    web, database = processor
    print(f"{scans} scans by four phones in {whole:.1f} s, two in batches sent twice ({machine()})")
    print(f"  ours {scans / whole:.0f}/s, bare table {bare:.0f}/s, ratio {scans / whole / bare:.3f}")
    print(
        f"  processor time each: web {1000 * web / scans:.1f} ms, database {1000 * database / scans:.1f} ms"
    )
    print(f"  a scan sent at once: p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    for complaint in [one for phone in phones for one in phone.wrong][:5]:
        print(f"  {complaint}")
    aims.expect("failures", sum(len(phone.wrong) for phone in phones), most=0)
    aims.expect("scans a second", scans / whole, least=30, unit="/s")
    aims.expect("p95 of a scan", p95, most=300, unit=" ms")


def books(installation: Installation, made: dict[str, Any], phones: list[Phone], aims: Aims) -> None:
    """Read what is stored: nothing lost, nobody in twice, the earlier scan counts."""
    with installation.connect() as connection:
        rows = connection.execute(
            "SELECT c.nonce, c.outcome, r.entry_code FROM events_checkin c JOIN events_registration r"
            " ON r.id = c.registration_id WHERE r.event_id = %s",
            [made["key"]],
        ).fetchall()
        inside = connection.execute(
            "SELECT count(*) FROM events_registration WHERE event_id = %s AND state = 'CHECKED_IN'"
            " AND attended_heads = 1",
            [made["key"]],
        ).fetchone()[0]
    scans = {scan["nonce"]: scan for phone in phones for scan in phone.scans}
    first: dict[str, dict[str, Any]] = {}
    for scan in scans.values():
        known = first.setdefault(scan["code"], scan)
        first[scan["code"]] = min(known, scan, key=lambda one: (one["at"], one["nonce"]))
    counted = {nonce for nonce, outcome, _code in rows if outcome == "COUNTED"}
    conflicts = sum(outcome == "CONFLICT" for _nonce, outcome, _code in rows)
    aims.expect("scans lost", len(scans.keys() - {nonce for nonce, _outcome, _code in rows}), most=0)
    aims.expect("scans stored twice", len(rows) - len(scans), most=0)
    aims.expect("people not in", len(made["codes"]) - inside, most=0)
    aims.expect("wrong scan counted", len(counted ^ {scan["nonce"] for scan in first.values()}), most=0)
    aims.expect("conflicts missing", abs(conflicts - (len(scans) - len(made["codes"]))), most=0)


def bare_rate(installation: Installation, clients: int, seconds: float = 1.5) -> float:
    """Scans a second on the bare table."""
    end, done = time.monotonic() + seconds, [0] * clients

    def work_in(slot: int) -> Callable[[], None]:
        def work() -> None:
            draw = random.Random(slot)
            with psycopg.connect(installation.url) as connection:
                while time.monotonic() < end:
                    person = draw.randrange(2000)
                    with connection.transaction():
                        connection.execute("UPDATE bare_person SET inside = true WHERE id = %s", [person])
                        connection.execute(
                            "INSERT INTO bare_scan VALUES (%s, %s, now())", [secrets.token_hex(16), person]
                        )
                    done[slot] += 1

        return work

    took = at_once([work_in(slot) for slot in range(clients)])
    return sum(done) / took


def at_once(works: list[Callable[[], None]]) -> float:
    """Run them in threads of their own; the seconds it took."""
    threads = [threading.Thread(target=work) for work in works]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


if __name__ == "__main__":
    raise SystemExit(main())
