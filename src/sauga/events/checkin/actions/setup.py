"""Entrances and lists of an event; a conflict that staff have looked into."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.checkin.actions.scans import CHANNEL
from sauga.events.checkin.models import CheckIn, CheckList, Entrance
from sauga.events.checkin.rules import EARLIEST_OPENING, Outcome, Resolution
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event, Session
from sauga.events.registration.models import Ticket
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, lock

MOST_ENTRANCES = 30


class ListRefused(ActionRefused):
    """A list or an entrance that cannot be."""

    messages = {
        "minutes": _("A list opens between 0 minutes and 2 days before the beginning."),
        "tickets": _("Choose tickets of this event."),
        "session": _("Choose a session of this event that has no list yet."),
        "main": _("The list of the whole event stays."),
        "used": _("People were checked in by this list: it stays."),
        "many": _("An event has at most 30 entrances."),
    }
    fields = {"minutes": "opens_before", "tickets": "tickets", "session": "session"}


def add_main_list(*, by: Actor, event: Event, at: datetime) -> int:
    """The reaction to a published event: it has a list. How many were made."""
    _row, made = CheckList.objects.get_or_create(event=event, is_main=True)
    return int(made)


def copy_setup(*, by: Actor, event: Event, copy: Event, at: datetime) -> int:
    """The copy of an event has the same entrances, and its list opens as early. Lists of sessions are made
    anew, because their tickets are others. The number of rows made."""
    rows = [
        Entrance.objects.create(event=copy, name=one.name, place=one.place)
        for one in Entrance.objects.filter(event=event)
    ]
    main = CheckList.objects.filter(event=event, is_main=True).first()
    if main is not None:
        CheckList.objects.create(event=copy, is_main=True, opens_before=main.opens_before)
    return len(rows) + (main is not None)


def put_entrance(
    *, by: Actor, event: Event, name: Mapping[str, str], at: datetime, entrance: Entrance | None = None
) -> Entrance:
    """Add an entrance, or rename one. Raises PermissionRefused, ListRefused."""
    require(by, Permission.EDIT_CHECK_IN, event)
    with transaction.atomic():
        count = Entrance.objects.filter(event=event).count()
        if entrance is None and count >= MOST_ENTRANCES:
            raise ListRefused("many")
        row = lock(entrance) if entrance is not None else Entrance(event=event, place=count)
        row.name = dict(name)
        row.save()
        _record(by, row, "entrance", at)
        return row


def remove_entrance(*, by: Actor, entrance: Entrance, at: datetime) -> None:
    """Remove an entrance; what was scanned there stays, without it. Raises PermissionRefused."""
    require(by, Permission.EDIT_CHECK_IN, entrance)
    with transaction.atomic():
        _record(by, entrance, "entrance_removed", at)
        entrance.delete()


def put_list(
    *,
    by: Actor,
    event: Event,
    tickets: Collection[Ticket],
    opens_before: int,
    at: datetime,
    session: Session | None = None,
    check_list: CheckList | None = None,
) -> CheckList:
    """Add a list for a session, or change one: which tickets may enter, and how many minutes before the
    beginning it opens. Raises PermissionRefused, ListRefused."""
    require(by, Permission.EDIT_CHECK_IN, event)
    if not 0 <= opens_before <= EARLIEST_OPENING.total_seconds() // 60:
        raise ListRefused("minutes")
    if any(ticket.event_id != event.pk for ticket in tickets):
        raise ListRefused("tickets")
    with transaction.atomic():
        row = lock(check_list) if check_list is not None else CheckList(event=event, session=session)
        if check_list is None and not _is_free(event, session):
            raise ListRefused("session")
        row.opens_before = opens_before
        row.save()
        row.tickets.set(tickets)
        facts: dict[str, str | int] = {"what": "list", "minutes": opens_before}
        audit.record(by, Trail.CHECK_IN_SET_UP, row, zone=ZONE, at=at, facts=facts)
        live.signal(CHANNEL)
        return row


def _is_free(event: Event, session: Session | None) -> bool:
    if session is None or session.event_id != event.pk:
        return False
    return not CheckList.objects.filter(event=event, session=session).exists()


def remove_list(*, by: Actor, check_list: CheckList, at: datetime) -> None:
    """Remove the list of a session without check-ins. Raises PermissionRefused, ListRefused."""
    require(by, Permission.EDIT_CHECK_IN, check_list)
    with transaction.atomic():
        row = lock(check_list)
        if row.is_main:
            raise ListRefused("main")
        if CheckIn.objects.filter(check_list=row).exists():
            raise ListRefused("used")
        _record(by, row, "list_removed", at)
        row.delete()


def resolve(*, by: Actor, check_in: CheckIn, resolution: str, at: datetime) -> CheckIn:
    """Note what a conflict was: the same person once more, or another visitor, who was sent to the desk. It
    changes no count. Raises PermissionRefused, ReasonMissing."""
    require(by, Permission.CHECK_IN, check_in.check_list)
    if resolution not in set(Resolution):
        raise ReasonMissing
    with transaction.atomic():
        row = lock(check_in)
        if row.outcome == Outcome.CONFLICT and not row.resolution:
            row.resolution, row.resolved_at, row.resolved_by = resolution, at, by.pseudonym
            row.save(update_fields=["resolution", "resolved_at", "resolved_by"])
            audit.record(
                by,
                Trail.CONFLICT_RESOLVED,
                row.registration,
                zone=ZONE,
                at=at,
                facts={"what": resolution},
            )
            live.signal(CHANNEL)
        return row


def note_print(*, by: Actor, event: Event, what: str, rows: int, at: datetime) -> None:
    """Note that badges or a list of names were printed. Raises PermissionRefused."""
    require(by, Permission.EXPORT_REGISTRATIONS, event)
    with transaction.atomic():
        facts: dict[str, str | int] = {"what": what, "rows": rows}
        audit.record(by, Trail.BADGES_PRINTED, event, zone=ZONE, at=at, facts=facts)


def _record(by: Actor, row: Entrance | CheckList, what: str, at: datetime) -> None:
    audit.record(by, Trail.CHECK_IN_SET_UP, row, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)
