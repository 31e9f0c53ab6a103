"""The demo's registrations, played by the product's own actions: a seminar that is full, with a waiting line
and an open offer; a lesson for classes, one of which waits; a quiet event with free seats.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.actions import own, registrations, setup, waiting_list
from sauga.events.registration.actions.registrations import REGISTRANT, RegistrationData
from sauga.events.registration.models import Registration, Ticket
from sauga.events.registration.queries.details import Details
from sauga.events.states import EventState
from sauga.kernel.identity import PersonActor
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")
PEOPLE = (
    "Ona Pušaitė",
    "Jonas Beržas",
    "Ieva Smiltė",
    "Petras Gintaras",
    "Rūta Kopa",
    "Tomas Ąžuolas",
    "Gabija Jūra",
    "Lukas Klevas",
    "Austėja Liepa",
    "Mantas Uosis",
    "Emilija Banga",
    "Darius Švyturys",
    "Milda Nendrė",
    "Paulius Kranto",
    "Agnė Rasa",
)
CLASSES = (
    ("Pavyzdinė Beržyno progimnazija", "5b", "Rasa Pievaitė", 24),
    ("Pavyzdinė Marių gimnazija", "6a", "Vilius Vėjas", 27),
    ("Pavyzdinė Kopų pagrindinė mokykla", "7c", "Daiva Uogė", 22),
)
LUNCH = {"lt": "Ar liksite pietų?", "en": "Will you stay for lunch?"}
BY_AGE = "grades_5_8"


def play(by: PersonActor, at: datetime) -> None:
    """Open registration for the events that come, and let people and classes register."""
    coming = Event.objects.filter(state=EventState.PUBLISHED, starts__gt=at + timedelta(days=9))
    events = list(coming.order_by("starts", "pk"))
    if not by.can(Permission.KEEP_REGISTRATIONS) or not events:
        return
    full = next((event for event in events if event.has_place), events[0])
    rest = [event for event in events if event != full]
    _full(by, full, at)
    if rest:
        lesson = next((event for event in rest if event.kind == "open_lesson"), rest[0])
        _lesson(by, lesson, at)
        for event in rest:
            if event != lesson:
                _quiet(by, event, at)


def register_confirmed(*, ticket: Ticket, data: RegistrationData, at: datetime) -> Registration:
    """A visitor registers without an account and opens the mailed link at once."""
    row = registrations.register(by=REGISTRANT, ticket=ticket, data=data, at=at)
    return own.confirm(by=REGISTRANT, registration=row, at=at)


def _full(by: PersonActor, event: Event, at: datetime) -> None:
    """Twelve seats, fifteen people; one gives theirs back, and the first of the waiting has an offer."""
    ticket = _ticket(by, event, {"lt": "Salėje", "en": "In the hall"}, 12, at)
    given = {"kind": "YES_NO", "text": LUNCH, "choices": {}, "is_required": False}
    asked = setup.put_question(by=by, event=event, given=given, at=_when(event, at, 0))
    rows = [
        _person(ticket, name, number, at, {asked.ref: "yes" if number % 3 else "no"})
        for number, name in enumerate(PEOPLE)
    ]
    own.cancel(by=REGISTRANT, registration=rows[3], at=_when(event, at, 20))
    waiting_list.advance(by=WORKER, event=event, at=_when(event, at, 21))
    online = setup.add_quota(by=by, event=event, name={"lt": "Internetu", "en": "Online"}, size=300, at=at)
    _ticket_on(by, event, {"lt": "Stebėti internetu", "en": "Watch online"}, [online], at)


def _lesson(by: PersonActor, event: Event, at: datetime) -> None:
    """Sixty seats: two classes come, the third waits."""
    ticket = _ticket(by, event, {"lt": "Klasė", "en": "A class"}, 60, at, classes=True)
    for number, (school, name, teacher, pupils) in enumerate(CLASSES):
        details = Details(teacher, f"mokytoja{number}@mokykla.example", school=school, class_name=name)
        data = RegistrationData(
            details=details,
            language="lt",
            sending=f"{event.pk:08x}{number:024x}",
            groups={BY_AGE: pupils, "educators": 1},
            needs="Medžiaga stambiu šriftu" if number == 0 else "",
        )
        when = _when(event, at, number + 1)
        register_confirmed(ticket=ticket, data=data, at=when)


def _quiet(by: PersonActor, event: Event, at: datetime) -> None:
    """A few people, many seats."""
    ticket = _ticket(by, event, {"lt": "Vieta", "en": "A seat"}, 120, at)
    for number, name in enumerate(PEOPLE[:3]):
        _person(ticket, name, number, at, {})


def _when(event: Event, at: datetime, number: int) -> datetime:
    """One of the moments since the event was published, at most a week ago."""
    begin = max(event.published_at or at, at - timedelta(days=7))
    return begin + (at - begin) * number / 24


def _person(ticket: Ticket, name: str, number: int, at: datetime, answers: dict[str, str]) -> Registration:
    data = RegistrationData(
        details=Details(name, f"dalyvis{number}@pastas.example", answers=answers),
        language="en" if number % 5 == 4 else "lt",
        sending=f"{ticket.pk:08x}{number:024x}",
        needs="Vieta vežimėliui prie įėjimo" if number == 1 else "",
    )
    when = _when(ticket.event, at, number + 1)
    return register_confirmed(ticket=ticket, data=data, at=when)


def _ticket(
    by: PersonActor, event: Event, name: dict[str, str], size: int, at: datetime, *, classes: bool = False
) -> Ticket:
    quota = setup.add_quota(by=by, event=event, name=name, size=size, at=_when(event, at, 0))
    return _ticket_on(by, event, name, [quota], at, classes=classes)


def _ticket_on(
    by: PersonActor,
    event: Event,
    name: dict[str, str],
    quotas: Iterable[object],
    at: datetime,
    *,
    classes: bool = False,
) -> Ticket:
    given = {
        "name": name,
        "quotas": list(quotas),
        "is_for_classes": classes,
        "wants_approval": False,
        "opens_at": _when(event, at, 0),
        "closes_at": event.starts - timedelta(hours=12),
    }
    return setup.put_ticket(by=by, event=event, given=given, at=at)
