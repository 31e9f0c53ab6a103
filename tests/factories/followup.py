"""People who came to an event or did not, and letters to them."""

from datetime import datetime, timedelta
from typing import Any

from sauga.events.followup.actions import mailings
from sauga.events.followup.models import Mailing
from sauga.events.followup.rules.mailings import Kind, Words
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.states import RegistrationState
from sauga.kernel.states import SystemActor, lock, move
from tests.centre import Centre

WORKER = SystemActor("events")
WORDS = Words(
    subject={"lt": "Žinia: {event}", "en": "News: {event}"},
    body={"lt": "Sveiki, {name}. {time}. {place}. {seat}. {link}", "en": "Hello {name}. {link}"},
)


def moved(
    row: Registration, *path: RegistrationState, at: datetime, heads: int | None = None
) -> Registration:
    """A registration after these moves, as check-in makes them."""
    row = lock(row)
    for state in path:
        move(row, to=state, by=WORKER, at=at)
    row.attended_heads = heads
    row.save(update_fields=["attended_heads"])
    return row


def came(row: Registration, *, at: datetime, heads: int | None = None) -> Registration:
    """Somebody was there."""
    return moved(
        row, RegistrationState.CHECKED_IN, RegistrationState.ATTENDED, at=at, heads=heads or row.heads
    )


def missed(row: Registration, *, at: datetime) -> Registration:
    """Somebody was not."""
    return moved(row, RegistrationState.NO_SHOW, at=at, heads=0)


def after(event: Event) -> datetime:
    """An hour after it."""
    return event.ends + timedelta(hours=1)


def a_mailing(centre: Centre, event: Event, *, at: datetime, **more: Any) -> Mailing:
    """A draft to everybody who is confirmed."""
    given: dict[str, Any] = {"kind": Kind.OWN, "groups": ["CONFIRMED"], "words": WORDS, **more}
    return mailings.write_mailing(by=centre.actor("ORGANISER"), event=event, at=at, **given)
