"""Who had a seat at an event that is over, and the lists of who came."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from sauga.events.checkin.queries.people import by_code, shown_name
from sauga.events.planning.queries.counts import stored, total
from sauga.events.planning.rules.counts import What
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.registration.queries.details import address_lookup, details_by
from sauga.events.states import CAME, RegistrationState
from sauga.kernel.i18n import fold
from sauga.kernel.i18n.normal import normal_address

VIEWS: Mapping[str, tuple[RegistrationState, ...]] = {
    "came": CAME,
    "missed": (RegistrationState.NO_SHOW,),
    "open": (RegistrationState.CONFIRMED,),
}


def attendance(event: Event, view: str, words: str = "") -> QuerySet[Registration]:
    """Registrations by whether they came."""
    rows = Registration.objects.filter(event=event, state__in=VIEWS[view]).select_related("ticket")
    if wanted := fold(words).strip():
        held = details_by(rows)
        rows = rows.filter(pk__in=[key for key, one in held.items() if wanted in fold(shown_name(one))])
    return rows.order_by("pk")


def counts(event: Event) -> dict[str, int]:
    """How many registrations stand in each view."""
    states = list(Registration.objects.filter(event=event).values_list("state", flat=True))
    return {view: sum(states.count(one) for one in wanted) for view, wanted in VIEWS.items()}


def seated(event: Event, ref: str) -> Registration:
    """A registration that had a seat. Raises Http404."""
    rows = Registration.objects.select_related("event", "ticket").filter(event=event, ref=ref)
    found = rows.filter(state__in=[one for states in VIEWS.values() for one in states]).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Attendance:
    """How many had a seat at an event and how many came: None where no visitor was checked in and no list was
    entered."""

    registered: int
    attended: int | None


def count_of(event: Event) -> Attendance | None:
    """How many had a seat and how many came, as it was stored when the event was over."""
    held = stored(event)
    registered = total(held, What.REGISTERED)
    if registered is None:
        return None
    came, missed = total(held, What.ATTENDED), total(held, What.MISSED)
    return Attendance(registered, came if came or missed else None)


@dataclass(frozen=True)
class ListRow:
    """A line of a list of who came, as it was found: whom it names, how many came, or what is wrong."""

    number: int
    said: str
    registration: Registration | None = None
    heads: int = 0
    problem: str = ""


def found_in(event: Event, number: int, content: Mapping[str, Any]) -> ListRow:
    """Whom a row of a list names: by the short code, else by the address."""
    code, email = str(content.get("code") or ""), str(content.get("email") or "")
    row = by_code(event, code) if code else _by_address(event, email)
    said = code or email
    if row is None:
        return ListRow(number, said, problem="unknown")
    if row.state not in [one for states in VIEWS.values() for one in states]:
        return ListRow(number, said, row, problem="state")
    heads = content.get("heads")
    heads = row.heads if heads is None else int(heads)
    return ListRow(number, said, row, heads, "" if 0 <= heads <= row.heads else "heads")


def _by_address(event: Event, email: str) -> Registration | None:
    """The one registration of an address; none where a family or a teacher has several."""
    rows = Registration.objects.filter(event=event, address_lookup=address_lookup(normal_address(email)))
    held = list(rows.filter(state__in=[one for states in VIEWS.values() for one in states])[:2])
    return held[0] if len(held) == 1 else None


def by_refs(event: Event, heads: Mapping[str, int]) -> list[tuple[Registration, int]]:
    """Registrations of an event by their references, each with its number."""
    rows = Registration.objects.select_related("event", "ticket").filter(event=event, ref__in=heads)
    return [(row, heads[row.ref]) for row in rows.order_by("pk")]
