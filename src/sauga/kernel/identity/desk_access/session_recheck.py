"""Rechecks open sessions in bulk: whether session, open vault, person and rights are still as they were when
a request was admitted.

Open streams of staff end when they are not (`project/requests/staff_streams.py`).
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection as database
from django.http import HttpRequest

from sauga.kernel.identity.actors import SECOND, PersonActor, actor, person_actor
from sauga.kernel.identity.desk_access.access import LONGEST
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.signin import vaults

ROWS = """
    SELECT given.session, given.person, s.session_data, s.expire_date, p.session_epoch, p.password,
      p.is_active
    FROM unnest(%s::text[], %s::bigint[]) AS given (session, person)
    JOIN django_session s ON s.session_key = given.session
    JOIN identity_person p ON p.id = given.person
"""


@dataclass(frozen=True)
class Admission:
    """What admitted one request. `mark` is a digest of the session without the time of the vault's last use,
    `rights` a digest of what the person's memberships gave. A request admitted with an open vault needs it
    open (`is_unlocked`)."""

    session: str
    person: int
    mark: bytes = field(repr=False)
    epoch: int
    password: str = field(repr=False)
    rights: bytes = field(repr=False)
    is_unlocked: bool


def admission_of(request: HttpRequest) -> Admission | None:
    """The proof of a request that passed the gate; None without a second factor."""
    session: Any = request.session
    person: Any = request.user
    if not session.session_key or not person.is_authenticated or not session.get(SECOND):
        return None
    rights, is_unlocked = _rights(actor(request)), bool(session.get(vaults.KEY))
    return Admission(
        session.session_key,
        person.pk,
        _mark(dict(session.items())),
        person.session_epoch,
        person.password,
        rights,
        is_unlocked,
    )


def still_valid(proofs: Collection[Admission], at: datetime) -> set[Admission]:
    """Those of the proofs that are still valid, rights included. Two statements, and two for each person."""
    with database.cursor() as cursor:
        cursor.execute(ROWS, _asked(proofs))
        found = _valid(cursor.fetchall(), proofs, at)
    people = Person.objects.filter(pk__in={one.person for one in found})
    rights = {person.pk: _rights(person_actor(person, at)) for person in people}
    return {one for one in found if rights.get(one.person) == one.rights}


def _asked(proofs: Collection[Admission]) -> list[list[str] | list[int]]:
    return [[one.session for one in proofs], [one.person for one in proofs]]


def _valid(rows: Iterable[tuple[Any, ...]], proofs: Collection[Admission], at: datetime) -> set[Admission]:
    """Those of the proofs that are still valid."""
    found = {(row[0], row[1]): row[2:] for row in rows}
    return {
        one
        for one in proofs
        if (row := found.get((one.session, one.person))) is not None and _is_valid(one, row, at)
    }


def _is_valid(one: Admission, row: tuple[Any, ...], at: datetime) -> bool:
    data, expires, epoch, password, is_active = row
    if expires <= at or not is_active or (epoch, password) != (one.epoch, one.password):
        return False
    mark, second, used, opened = _content(data)
    fresh = not one.is_unlocked or vaults.is_fresh({"used": used, "opened": opened}, at)
    return mark == one.mark and fresh and at.timestamp() - second <= LONGEST.total_seconds()


_known: dict[bytes, tuple[bytes, float, float, float]] = {}
MOST_KNOWN = 2000


def _content(data: str) -> tuple[bytes, float, float, float]:
    """Mark, second factor's hour, vault's last use and opening of a stored session (zeros, never fresh, for
    what is missing).

    Remembered by the digest of what is stored, so that a session is taken apart once and none stays in
    memory.
    """
    name = sha256(data.encode()).digest()
    if (known := _known.get(name)) is None:
        content = SessionStore().decode(data)
        held = content.get(vaults.KEY) or {}
        known = _mark(content), content.get(SECOND) or 0.0, held.get("used", 0.0), held.get("opened", 0.0)
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[name] = known
    return known


def _rights(by: PersonActor) -> bytes:
    """The digest of what the person's memberships give at this moment."""
    grants = {permission: sorted(places) for permission, places in by.grants.items()}
    given = [sorted(by.organisations), sorted(by.roles), sorted(by.zones), grants]
    return sha256(json.dumps(given, sort_keys=True).encode()).digest()


def _mark(content: dict[str, Any]) -> bytes:
    """The digest of everything in a session but the hour of the vault's last use."""
    held = {name: value for name, value in (content.get(vaults.KEY) or {}).items() if name != "used"}
    return sha256(json.dumps(content | {vaults.KEY: held}, sort_keys=True, default=str).encode()).digest()
