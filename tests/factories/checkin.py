"""The day of an event: one that is about to begin, phones that scan, what they send."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from factories.events import on_team
from factories.registrations import a_ticket, an_event
from sauga.events.checkin.actions import scans as checkin_scans
from sauga.events.checkin.actions import setup
from sauga.events.checkin.actions.scans import Message, Sent
from sauga.events.checkin.models import CheckIn, CheckList, Entrance
from sauga.events.checkin.rules import Kind, Method
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration, Ticket
from tests.centre import Centre

BEFORE, HOUR, MINUTE = timedelta(days=30), timedelta(hours=1), timedelta(minutes=1)


def a_day(centre: Centre, starts: datetime, *sizes: int, **more: Any) -> tuple[Event, Ticket]:
    """An event with one ticket, registered for a month before; the check-in staff is on its team."""
    event = an_event(centre, starts=starts, at=starts - BEFORE, **more)
    on_team(centre, event, "DOOR_STAFF")
    return event, a_ticket(centre, event, *(sizes or (50,)), at=starts - BEFORE)


def main_list(event: Event) -> CheckList:
    """The list of the whole event, with what it needs."""
    return CheckList.objects.select_related("event", "session").get(event=event, is_main=True)


def an_entrance(centre: Centre, event: Event, name: str = "A") -> Entrance:
    """An entrance."""
    names = {"lt": f"{name} įėjimas", "en": f"{name} entrance"}
    return setup.put_entrance(by=centre.actor("ORGANISER"), event=event, name=names, at=event.starts)


def scan(row: Registration, scanned: datetime, **more: Any) -> Sent:
    """What a device scans."""
    check_list = more.pop("check_list", None) or main_list(row.event)
    nonce = more.pop("nonce", "") or secrets.token_hex(16)
    code = "" if "token" in more else row.entry_code
    return Sent(nonce=nonce, check_list=check_list, scanned=scanned, method=Method.SCAN, code=code, **more)


def undo(of: Sent, row: Registration, scanned: datetime) -> Sent:
    """Taking a check-in back."""
    return scan(row, scanned, kind=Kind.UNDO, undoes=of.nonce, check_list=of.check_list)


def sent(
    centre: Centre,
    event: Event,
    *scans: Sent,
    at: datetime,
    device: str = "phone-a",
    entrance: Entrance | None = None,
    clock: datetime | None = None,
    role: str = "DOOR_STAFF",
) -> list[CheckIn]:
    """A device sends; its own clock shows `clock`."""
    message = Message(device=device, sent=clock or at, entrance=entrance, scans=scans)
    return checkin_scans.take(by=centre.actor(role), event=event, message=message, at=at)


def came(rows: list[CheckIn]) -> list[tuple[str, str]]:
    """What became of each."""
    return [(row.outcome, row.why) for row in rows]


def posted(
    device: str, check_list: CheckList, /, *scans: Mapping[str, Any], now: datetime, **more: Any
) -> Any:
    """The message of a browser, as JSON."""
    return {
        "device": device,
        "list": check_list.ref,
        "since": 0,
        "sent": int(now.timestamp() * 1000),
        "unsent": 0,
        "scans": list(scans),
    } | more
