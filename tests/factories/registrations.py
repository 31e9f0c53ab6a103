"""Events that one can register for, and registrations, by the product's own actions."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sauga.events.programme.actions.events import EventGiven, EventWords, create_event
from sauga.events.programme.actions.publication import publish_event
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import local_time
from sauga.events.registration.actions import own, registrations, setup, waiting_list
from sauga.events.registration.actions.registrations import REGISTRANT, RegistrationData
from sauga.events.registration.models import Registration, Ticket
from sauga.events.registration.queries.details import Details
from sauga.events.states import UNPROVEN
from sauga.kernel import clock
from sauga.kernel.i18n import fold
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from tests.centre import Centre

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
STARTS = datetime(2027, 2, 9, 8, tzinfo=UTC)
WORKER = SystemActor("events")


def an_event(
    centre: Centre,
    *,
    starts: datetime = STARTS,
    audiences: tuple[str, ...] = ("teachers",),
    photo_policy: str = "none",
    at: datetime = NOW,
) -> Event:
    """A published event of two hours, online."""
    by = centre.actor("ORGANISER")
    both = {"lt": "Saugus internetas klasėje", "en": "A safe internet in class"}
    words = EventWords(title=both, summary=both, description=both)
    given = EventGiven(
        words=words,
        kind="seminar",
        format="online",
        starts=local_time(starts),
        ends=local_time(starts + timedelta(hours=2)),
        organiser=Organisation.objects.order_by("pk")[0],
        audiences=audiences,
        languages=("lt",),
        access=("captions",),
        photo_policy=photo_policy,
    )
    event = create_event(by=by, given=given, at=at)
    return publish_event(by=by, event=event, at=at)


PRESENT = clock.now()
"""For tests of pages, which ask the clock."""
SOON = (PRESENT + timedelta(days=60)).replace(minute=0, second=0, microsecond=0)


def coming(centre: Centre, **more: Any) -> Event:
    """A published event in two months from now."""
    return an_event(centre, starts=SOON, at=PRESENT, **more)


def a_ticket(
    centre: Centre,
    event: Event,
    *sizes: int,
    classes: bool = False,
    approval: bool = False,
    at: datetime = NOW,
    quotas: Any = (),
) -> Ticket:
    """A ticket that draws on new quotas of these sizes, or on the given ones."""
    by, name = centre.actor("ORGANISER"), {"lt": "Salėje", "en": "In the hall"}
    held = [setup.add_quota(by=by, event=event, name=name, size=size, at=at) for size in sizes]
    given = {
        "name": {"lt": "Klasei", "en": "For a class"} if classes else {"lt": "Vieta", "en": "A seat"},
        "quotas": [*held, *quotas],
        "is_for_classes": classes,
        "wants_approval": approval,
        "opens_at": at - timedelta(days=1),
        "closes_at": max(event.starts - timedelta(hours=1), min(event.starts, at + timedelta(minutes=1))),
    }
    return setup.put_ticket(by=by, event=event, given=given, at=at)


def registration_data(name: str = "Ona", *, pupils: int = 0, **more: Any) -> RegistrationData:
    """What somebody fills in; with `pupils`, for a class with one teacher."""
    address = more.pop("address", f"{fold(name)}@mokykla.example")
    guardian = more.pop("guardian", "")
    answers = more.pop("answers", {})
    groups = {"grades_5_8": pupils, "educators": 1} if pupils else {}
    details = Details(
        name,
        address,
        school="Beržyno progimnazija" if pupils else "",
        class_name=f"5{name}" if pupils else "",
        guardian=guardian,
        answers=answers,
    )
    given: dict[str, Any] = {"language": "lt", "sending": secrets.token_hex(16), "groups": groups, **more}
    return RegistrationData(details=details, **given)


def registered(ticket: Ticket, name: str = "Ona", *, at: datetime = NOW, **more: Any) -> Registration:
    """Somebody registers, and opens the mailed link where one was sent."""
    row = unconfirmed(ticket, name, at=at, **more)
    return own.confirm(by=REGISTRANT, registration=row, at=at) if row.state in UNPROVEN else row


def unconfirmed(ticket: Ticket, name: str = "Ona", *, at: datetime = NOW, **more: Any) -> Registration:
    """Somebody sends the form, and no more."""
    return registrations.register(by=REGISTRANT, ticket=ticket, data=registration_data(name, **more), at=at)


def advanced(event: Event, at: datetime = NOW) -> int:
    """What the job does."""
    return waiting_list.advance(by=WORKER, event=event, at=at)
