"""Takes what devices send. Each scan is stored once, whatever becomes of it, and the scans of its
registration are merged anew (`rules.merge`): the result does not depend on who sent first or how often.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.checkin.models import CheckIn, CheckList, Device, Entrance
from sauga.events.checkin.queries.people import by_code, by_token
from sauga.events.checkin.rules import (
    LONGEST_DEVICE,
    MOST_SCANS,
    Kind,
    Merged,
    Method,
    Outcome,
    Scan,
    Why,
    estimated,
    merge,
    refusal,
)
from sauga.events.permissions import Permission
from sauga.events.planning.actions.reports import keep_counts
from sauga.events.programme.models import Event
from sauga.events.registration.actions.seats import apply_effects
from sauga.events.registration.models import Registration
from sauga.events.registration.rules import Command, Situation, decide
from sauga.events.states import EventState, RegistrationState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

CHANNEL = "events.checkin"


class ScanRefused(ActionRefused):
    """A message that no device of ours makes."""

    message = _("This message cannot be read. Load the page again; what is waiting on this device stays.")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One scan as a device sends it; `scanned` is what its clock showed. The person is named by the short
    code, or by what the QR code held (`token`)."""

    nonce: str
    check_list: CheckList
    scanned: datetime
    method: Method
    kind: Kind = Kind.IN
    code: str = ""
    token: str = ""
    groups: Mapping[str, int] = field(default_factory=dict)
    undoes: str = ""


@dataclass(frozen=True, kw_only=True)
class Message:
    """What a device sends at once; `sent` is what its clock shows meanwhile."""

    device: str
    sent: datetime
    entrance: Entrance | None = None
    scans: Sequence[Sent] = ()
    unsent: int = 0


def take(*, by: Actor, event: Event, message: Message, at: datetime) -> list[CheckIn]:
    """Store and merge the scans of a message, each in a transaction of its own; the rows in the order in
    which they were sent, those that were known already too. Raises PermissionRefused, ScanRefused."""
    require(by, Permission.CHECK_IN, event)
    if not 0 < len(message.device) <= LONGEST_DEVICE or len(message.scans) > MOST_SCANS:
        raise ScanRefused
    if any(scan.check_list.event_id != event.pk for scan in message.scans):
        raise ScanRefused
    rows = [_take_one(by, event, message, scan, at) for scan in message.scans]
    with transaction.atomic():
        _note_device(event, message, at)
        if rows:
            live.signal(CHANNEL)
    return rows


def _note_device(event: Event, message: Message, at: datetime) -> None:
    """Where the device stands, how much it has not sent, how slow its clock is."""
    slow = round((at - message.sent).total_seconds() * 1000)
    Device.objects.update_or_create(
        event=event,
        code=message.device,
        defaults={
            "entrance": message.entrance,
            "seen_at": at,
            "unsent": min(max(message.unsent, 0), 100_000),
            "slow_by": min(max(slow, -(2**31)), 2**31 - 1),
        },
    )


def _take_one(by: Actor, event: Event, message: Message, scan: Sent, at: datetime) -> CheckIn:
    if (known := _known(event, scan.nonce)) is not None:
        return known
    registration = by_token(scan.token) if scan.token else by_code(event, scan.code)
    why = Why.UNKNOWN if registration is None else None
    if registration is not None and registration.event_id != event.pk:
        registration, why = None, Why.OTHER_EVENT
    when = estimated(at, message.sent, scan.scanned)
    try:
        with transaction.atomic():
            row = CheckIn(
                nonce=scan.nonce,
                check_list=scan.check_list,
                registration=registration,
                entrance=message.entrance,
                device=message.device,
                kind=scan.kind,
                method=scan.method,
                undoes=scan.undoes,
                heads=sum(scan.groups.values()) if scan.groups else 1,
                groups=dict(scan.groups),
                scanned_at=when,
                received_at=at,
                by=by.pseudonym,
            )
            if registration is None or why is not None:
                return _refused(by, row, why or Why.UNKNOWN, at)
            return _merged(by, row, lock(registration), event, at)
    except IntegrityError:  # the same scan at the same moment
        if (known := _known(event, scan.nonce)) is None:
            raise
        return known


def _known(event: Event, nonce: str) -> CheckIn | None:
    """What became of a scan that was sent before; one of another event is none of this device's."""
    row = CheckIn.objects.select_related("check_list", "entrance").filter(nonce=nonce).first()
    if row is not None and row.check_list.event_id != event.pk:
        raise ScanRefused
    return row


def _refused(by: Actor, row: CheckIn, why: Why, at: datetime) -> CheckIn:
    row.outcome, row.why = Outcome.REFUSED, why
    row.save()
    _recorded(by, row, at)
    return row


def _merged(by: Actor, row: CheckIn, registration: Registration, event: Event, at: datetime) -> CheckIn:
    """Under the lock of the registration: whether it enters, and what all its scans come to."""
    state = Event.objects.values_list("state", flat=True).get(pk=event.pk)
    if row.kind == Kind.IN:
        why = refusal(
            at=row.scanned_at,
            opening=row.check_list.opening,
            event_state=state,
            state=registration.state,
            may_enter=_may_enter(row.check_list, registration),
            heads=row.heads,
            seats=registration.heads,
        )
        if why is not None:
            return _refused(by, row, why, at)
    row.save()
    found = _merge_again(registration, row.check_list)
    row.outcome = found.outcomes[row.nonce]
    _recorded(by, row, at)
    if row.check_list.is_main:
        _settle(by, registration, found, at, is_over=state == EventState.OVER)
    return row


def _may_enter(check_list: CheckList, registration: Registration) -> bool:
    tickets = [ticket.pk for ticket in check_list.tickets.all()]
    return not tickets or registration.ticket_id in tickets


def _merge_again(registration: Registration, check_list: CheckList) -> Merged:
    """Merge all scans of a registration on a list and write what became of each."""
    rows = list(
        CheckIn.objects.filter(registration=registration, check_list=check_list).exclude(
            outcome=Outcome.REFUSED
        )
    )
    scans = [
        Scan(
            nonce=row.nonce,
            at=row.scanned_at,
            device=row.device,
            kind=Kind(row.kind),
            heads=row.heads,
            undoes=row.undoes,
        )
        for row in rows
    ]
    found = merge(scans, registration.heads)
    for row in rows:
        if row.outcome != found.outcomes[row.nonce]:
            row.outcome = found.outcomes[row.nonce]
            row.save(update_fields=["outcome"])
    return found


def _settle(by: Actor, registration: Registration, found: Merged, at: datetime, *, is_over: bool) -> None:
    """Bring a locked registration to what the main list says, and how many of it came."""
    command = _command(registration.state, is_in=found.heads > 0, is_over=is_over)
    if command is not None:
        effects = decide(registration.state, command, Situation(heads=registration.heads))
        apply_effects(by, registration, [], effects, at=at)
    registration.attended_heads = found.heads if found.heads or is_over else None
    registration.attended_groups = _groups(found)
    registration.save(update_fields=["attended_heads", "attended_groups"])
    if is_over:
        keep_counts(by=by, event=registration.event, at=at)


def _command(state: str, *, is_in: bool, is_over: bool) -> Command | None:
    if is_in:
        return {RegistrationState.CONFIRMED: Command.CHECK_IN, RegistrationState.NO_SHOW: Command.ATTEND}.get(
            RegistrationState(state)
        )
    if is_over:
        return Command.MISS if state == RegistrationState.ATTENDED else None
    return Command.UNDO_CHECK_IN if state == RegistrationState.CHECKED_IN else None


def _groups(found: Merged) -> dict[str, int]:
    groups: dict[str, int] = {}
    for held in CheckIn.objects.filter(nonce__in=found.counted).values_list("groups", flat=True):
        for code, n in held.items():
            groups[code] = groups.get(code, 0) + n
    return groups


def _recorded(by: Actor, row: CheckIn, at: datetime) -> None:
    facts: dict[str, str | int] = {
        "outcome": str(row.outcome),
        "how": str(row.method),
        "heads": row.heads,
        **({"why": str(row.why)} if row.why else {}),
    }
    about = row.registration or row.check_list
    audit.record(by, Trail.CHECKED_IN, about, zone=ZONE, at=at, facts=facts)
