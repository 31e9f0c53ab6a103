"""Announcements to the shift, for those on duty and for leads."""

from dataclasses import dataclass
from datetime import datetime

from sauga.helpline.rota.models import Duty, ShiftWord
from sauga.helpline.volunteers.queries.volunteers import aliases
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor

ZONE = sealed.Zone.HELPLINE
TABLE = "helpline.shiftword"
MOST = 5


@dataclass(frozen=True)
class Announcement:
    """One announcement; `text` is None while the vault is locked. `seen` of `present` have dismissed it."""

    ref: str
    author: str
    at: datetime
    until: datetime
    text: str | None
    seen: int = 0
    present: int = 0


def announcements_for(by: PersonActor, at: datetime) -> list[Announcement]:
    """Announcements that the person on duty has not dismissed yet, the newest first."""
    if not Duty.objects.present().filter(person=by.person_id).exists():
        return []
    return _shown([row for row in _living(at) if by.person_id not in row.seen], by, [])


def current_announcements(by: PersonActor, at: datetime) -> list[Announcement]:
    """All current announcements with how many have read them, for the leads."""
    present = list(Duty.objects.present().values_list("person_id", flat=True))
    return _shown(_living(at), by, present)


def _living(at: datetime) -> list[ShiftWord]:
    return list(ShiftWord.objects.filter(until__gt=at).order_by("-at", "-pk")[:MOST])


def _shown(rows: list[ShiftWord], by: PersonActor, present: list[int]) -> list[Announcement]:
    names = aliases(row.author_id for row in rows if row.author_id)
    keys = (
        sealed.open_data_keys(ZONE, [row.holder for row in rows], by.vault)
        if by.vault is not None and rows
        else {}
    )
    found = []
    for row in rows:
        key = keys.get(row.holder)
        text = (
            sealed.unseal(key, table=TABLE, row=row.ref, field="body", envelope=bytes(row.body))
            if key
            else None
        )
        listeners = [person for person in present if person != row.author_id]
        seen = sum(person in row.seen for person in listeners)
        found.append(
            Announcement(
                row.ref, names.get(row.author_id or 0, ""), row.at, row.until, text, seen, len(listeners)
            )
        )
    return found
