"""Who is expected, as lists and devices need it: a name or a class, a short code, no address and no need."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.registration.queries.details import GONE, Details, details_by
from sauga.events.states import CAME, EventState, RegistrationState
from sauga.kernel.i18n import fold
from sauga.kernel.identity import PersonActor
from sauga.kernel.ids import normalise_reference

EXPECTED = (RegistrationState.CONFIRMED, *CAME, RegistrationState.NO_SHOW)
"""On a device before and during the event; afterwards those who did not come were still expected."""
MOST_FOUND = 30
PREFIX = "SAUGA:"
"""What a QR code of ours begins with."""


def check_in_event(by: PersonActor, ref: str, permission: Permission = Permission.CHECK_IN) -> Event:
    """An event at which this person checks people in, or may do what `permission` says. Raises Http404."""
    rows = Event.objects.visible_to(by, permission).exclude(state=EventState.DRAFT)
    found = rows.filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def by_code(event: Event, code: str) -> Registration | None:
    """The registration of an event with a short code, as people type it."""
    wanted = normalise_reference(code.replace("\x00", ""))
    rows = Registration.objects.select_related("event", "ticket").filter(event=event, entry_code=wanted)
    return rows.first() if len(wanted) == 8 else None


def by_token(text: str) -> Registration | None:
    """The registration that a QR code stands for, of whatever event."""
    token = text.replace("\x00", "").strip().upper().removeprefix(PREFIX)[:40]
    return Registration.objects.select_related("event", "ticket").filter(entry_token=token).first()


def token_digest(token: str) -> str:
    """By what a device recognises a QR code; the code itself cannot be made from it."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]


def shown_name(details: Details) -> str:
    """A person's name, or a class with its school."""
    if details == GONE:
        return "–"
    return f"{details.class_name}, {details.school}" if details.class_name else details.name


def expected(event: Event) -> QuerySet[Registration]:
    """Everybody who has a seat, by registration."""
    rows = Registration.objects.filter(event=event, state__in=EXPECTED)
    return rows.select_related("ticket").order_by("pk")


def edition(event: Event) -> str:
    """Names what is on the list of people now: another one means that it has to be loaded again."""
    rows = Registration.objects.filter(event=event, state__in=EXPECTED)
    found = rows.aggregate(n=Count("pk"), keys=Sum("pk"), heads=Sum("heads"))
    return f"{found['n']}-{found['keys'] or 0}-{found['heads'] or 0}"


@dataclass(frozen=True)
class Person:
    """One line of a list."""

    row: Registration
    name: str

    @property
    def letter(self) -> str:
        """By what lists are sorted."""
        return fold(self.name)


def people(rows: Collection[Registration]) -> list[Person]:
    """Names of registrations, in the order of the alphabet."""
    held = details_by(rows)
    found = [Person(row, shown_name(held[row.pk])) for row in rows]
    return sorted(found, key=lambda one: one.letter)


def search(event: Event, words: str) -> list[Person]:
    """Those whose name, class or school has the words, or who have this short code."""
    wanted = fold(words).strip()
    if not wanted:
        return []
    coded = by_code(event, words)
    if coded is not None and coded.state in EXPECTED:
        return people([coded])
    return [one for one in people(list(expected(event))) if wanted in one.letter][:MOST_FOUND]


def for_device(event: Event) -> list[dict[str, Any]]:
    """What a device keeps of each: short code, digest of the QR code, name or class, seats (of a class by
    group), answer about photographs, ticket."""
    return [_kept(one) for one in people(list(expected(event)))]


def _kept(one: Person) -> dict[str, Any]:
    row = one.row
    kept: Mapping[str, Any] = {
        "c": row.entry_code,
        "k": token_digest(row.entry_token),
        "n": one.name,
        "h": row.heads,
        "g": row.groups,
        "p": row.photo,
        "t": row.ticket_id,
    }
    return {name: value for name, value in kept.items() if value or name in {"c", "k", "n"}}
