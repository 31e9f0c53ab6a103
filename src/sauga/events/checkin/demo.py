"""The demo's last conference as it was checked in: two entrances, two phones of which one was without a
network for a while, a few conflicts, walk-ins, and who came in the end. All by the product's own actions.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sauga.events.checkin.actions import attendance, setup
from sauga.events.checkin.actions.scans import Message, Sent, take
from sauga.events.checkin.actions.walk_ins import walk_in
from sauga.events.checkin.models import CheckIn, CheckList, Entrance
from sauga.events.checkin.queries import progress
from sauga.events.checkin.rules import Kind, Method
from sauga.events.programme.models import Event
from sauga.events.registration.actions import desk
from sauga.events.registration.actions.registrations import RegistrationData
from sauga.events.registration.actions.setup import add_quota, put_ticket
from sauga.events.registration.demo import register_confirmed
from sauga.events.registration.models import Registration, Ticket
from sauga.events.registration.queries.details import Details
from sauga.events.states import RegistrationState
from sauga.kernel.identity import PersonActor
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")
FIRST = ("Ona", "Jonas", "Ieva", "Petras", "Rūta", "Tomas")
LAST = ("Beržas", "Smiltė", "Kopa", "Jūra", "Klevas", "Upė", "Giria", "Rasa")
WALK_INS = ("Darius Švyturys", "Milda Nendrė")
PHOTO = ("public", "public", "faceless", "no_recording")
SIZE = 60
SECOND = timedelta(seconds=1)

type Staff = Callable[[datetime, str], PersonActor]


def play(staff: Staff, event: Event) -> None:
    """People register for the conference and come; what the phones sent is merged. The event is not closed
    here."""
    opens = event.starts - timedelta(days=35)
    by = staff(opens, "ORGANISER")
    ticket = _ticket(by, event, opens)
    rows = [_person(ticket, n, opens + timedelta(hours=n + 1)) for n in range(len(FIRST) * len(LAST))]
    desk.cancel(by=by, registration=rows[-1], at=event.starts - timedelta(days=2))
    setup.add_main_list(by=by, event=event, at=opens)
    names = ({"lt": "Pagrindinis įėjimas", "en": "Main entrance"}, {"lt": "Kiemo įėjimas", "en": "Courtyard"})
    first, second = (setup.put_entrance(by=by, event=event, name=name, at=opens) for name in names)
    check_list = progress.list_of(event, "")
    entrance_staff = staff(event.starts, "DOOR_STAFF")
    _come(entrance_staff, event, check_list, rows, (first, second))
    _guests(entrance_staff, event, check_list, rows, first)
    for n, name in enumerate(WALK_INS):
        data = RegistrationData(
            details=Details(name, ""), language="lt", sending=f"{event.pk:08x}{90_000 + n:024x}"
        )
        walk_in(
            by=entrance_staff,
            ticket=ticket,
            data=data,
            check_list=check_list,
            device="demo-a",
            entrance=first,
            at=event.starts + timedelta(minutes=5 + n),
        )


def _guests(
    by: PersonActor, event: Event, check_list: CheckList, known: list[Registration], entrance: Entrance
) -> None:
    """All others who have registered come; of a class one child stays at home."""
    sent = event.starts - timedelta(minutes=4)
    others = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED)
    scans = [
        Sent(
            nonce=f"{event.pk:08x}{80_000 + n:024x}",
            check_list=check_list,
            scanned=sent - timedelta(minutes=6) + n * 5 * SECOND,
            method=Method.SCAN,
            code=row.entry_code,
            groups={**row.groups, "grades_5_8": row.groups["grades_5_8"] - 1} if row.groups else {},
        )
        for n, row in enumerate(others.exclude(pk__in=[one.pk for one in known]).order_by("pk"))
    ]
    message = Message(device="demo-a", sent=sent, entrance=entrance, scans=scans)
    take(by=by, event=event, message=message, at=sent)


def settle(event: Event, at: datetime) -> None:
    """What the job does after the event."""
    while attendance.settle_some(by=WORKER, event=event, at=at):
        pass


def _ticket(by: PersonActor, event: Event, at: datetime) -> Ticket:
    name = {"lt": "Dalyvis salėje", "en": "In the hall"}
    given = {
        "name": name,
        "quotas": [add_quota(by=by, event=event, name=name, size=SIZE, at=at)],
        "is_for_classes": False,
        "wants_approval": False,
        "opens_at": at,
        "closes_at": event.starts - timedelta(hours=12),
    }
    return put_ticket(by=by, event=event, given=given, at=at)


def _person(ticket: Ticket, n: int, at: datetime) -> Registration:
    details = Details(f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST)]}", f"konferencija{n}@pastas.example")
    data = RegistrationData(
        details=details,
        language="en" if n % 6 == 5 else "lt",
        sending=f"{ticket.pk:08x}{n:024x}",
        photo=PHOTO[n % len(PHOTO)],
    )
    return register_confirmed(ticket=ticket, data=data, at=at)


def _come(
    by: PersonActor,
    event: Event,
    check_list: CheckList,
    rows: list[Registration],
    entrances: tuple[Entrance, Entrance],
) -> None:
    """Every second person by each entrance, some not at all; the second phone sends half an hour later. Two
    tickets are shown at both entrances, one check-in was a mistake, a cancelled ticket does not enter."""
    begin = event.starts - timedelta(minutes=50)

    def scan(n: int, seconds: int, undoes: str = "") -> Sent:
        return Sent(
            nonce=f"{event.pk:08x}{seconds:024x}",
            check_list=check_list,
            scanned=begin + seconds * SECOND,
            method=Method.SCAN if n % 3 else Method.NAME,
            kind=Kind.UNDO if undoes else Kind.IN,
            code=rows[n].entry_code,
            undoes=undoes,
        )

    came = [n for n in range(len(rows) - 1) if n % 7 != 3]
    main = [scan(n, 60 * n) for n in came if n % 2 == 0]
    yard = [scan(n, 60 * n) for n in came if n % 2]
    yard += [scan(0, 95), scan(8, 515), scan(len(rows) - 1, 1700)]
    main.append(scan(2, 2500, undoes=main[1].nonce))
    for scans, device, entrance, minutes in (
        (main, "demo-a", entrances[0], 45),
        (yard, "demo-b", entrances[1], 75),
    ):
        sent = begin + timedelta(minutes=minutes)
        take(
            by=by,
            event=event,
            message=Message(device=device, sent=sent, entrance=entrance, scans=scans),
            at=sent,
        )
    clash = CheckIn.objects.filter(check_list=check_list, outcome="CONFLICT").order_by("pk").first()
    if clash is not None:
        setup.resolve(by=by, check_in=clash, resolution="SAME", at=event.starts)
