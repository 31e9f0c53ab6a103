"""The receiver's side: delivery by a job, opening with a member's key, and sending the state back."""

import json
import re
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from sauga.kernel import audit
from sauga.kernel.clock import to_hour
from sauga.kernel.integration.kinds import Progress, Received, kind_named, receiver_of, watcher_of
from sauga.kernel.integration.models import Referral
from sauga.kernel.integration.sender import FIELD, TABLE, ReferralNotFound
from sauga.kernel.integration.states import REFERRAL, ReferralState
from sauga.kernel.integration.trail import Trail
from sauga.kernel.sealed import Opener, open_data_key, unseal
from sauga.kernel.states import Actor, SystemActor, lock, move

JOB = SystemActor("referrals")
OUTCOME = re.compile(r"[A-Z][A-Z0-9_]{0,63}|")


class ReceiverMissing(Exception):
    """No service of this installation receives the kind; the job tries again later."""


class OutcomeRefused(ValueError):
    """An outcome is an upper-case code of at most 64 characters, never words."""


def deliver(*, referral_id: int, at: datetime) -> bool:
    """Hand a referral to its receiver's handler; what the handler writes and the new state are one
    transaction.

    Returns False when it was delivered or withdrawn before. Raises ReceiverMissing, and whatever the handler
    raises.
    """
    with transaction.atomic():
        row = Referral.objects.select_for_update().filter(pk=referral_id, state=ReferralState.SENT).first()
        if row is None:
            return False
        handler = receiver_of(row.kind)
        if handler is None:
            raise ReceiverMissing(row.kind)
        handler(Received(row.ref, row.kind, row.sender, dict(row.plain), row.sent_at), at)
        move(row, to=ReferralState.RECEIVED, by=JOB, at=to_hour(at))
        audit.record(
            JOB,
            Trail.REFERRAL_RECEIVED,
            row,
            zone=row.receiver,
            at=at,
            facts={"kind": row.kind, "sender": row.sender},
        )
        _tell_sender(row)
    return True


def deliver_waiting(at: datetime) -> int:
    """Deliver whatever is still waiting, for instance because its job was lost.

    Returns how many were delivered.
    """
    waiting = (
        Referral.objects.filter(state=ReferralState.SENT)
        .filter(parcel=b"")
        .order_by("sent_at")
        .values_list("pk", "kind")
    )
    return sum(deliver(referral_id=pk, at=at) for pk, kind in waiting if receiver_of(kind) is not None)


def open_payload(*, ref: str, receiver: str, opener: Opener, by: Actor, at: datetime) -> dict[str, str]:
    """The sealed fields, for a member with an unlocked vault or a machine that may read them; leaves an audit
    entry.

    The calling action has checked that `by` may read. Raises ReferralNotFound, KeyNotAvailable,
    EnvelopeError.
    """
    row = _received(ref, receiver)
    key = open_data_key(zone=kind_named(row.kind).zone, holder=row.holder, opener=opener)
    fields: dict[str, str] = json.loads(
        unseal(key, table=TABLE, row=row.ref, field=FIELD, envelope=bytes(row.payload))
    )
    audit.record(by, Trail.REFERRAL_OPENED, row, zone=row.receiver, at=at)
    return fields


def report_back(
    *, ref: str, receiver: str, to: ReferralState, by: Actor, at: datetime, outcome: str = ""
) -> Referral:
    """The receiver says how it stands; the sender sees the state and the outcome code, nothing else.

    The calling action has checked that `by` may. Raises ReferralNotFound, MoveNotAllowed, OutcomeRefused.
    """
    if not OUTCOME.fullmatch(outcome):
        raise OutcomeRefused
    with transaction.atomic():
        row = lock(_received(ref, receiver))
        move(row, to=to, by=by, at=to_hour(at), why=outcome)
        row.outcome = outcome
        row.settled_at = to_hour(at) if to in REFERRAL.ends() else None
        row.save(update_fields=["outcome", "settled_at"])
        audit.record(
            by,
            Trail.REFERRAL_MOVED,
            row,
            zone=row.receiver,
            at=at,
            facts={"state": row.state, "outcome": outcome},
        )
        _tell_sender(row)
    return row


def tell_sender(*, ref: str, state: str, outcome: str, at: datetime) -> None:
    """Call the sender's watcher with one move, if it has one.

    The job may repeat; the watcher compares states.
    """
    row = Referral.objects.filter(ref=ref).first()
    watcher = watcher_of(row.kind) if row else None
    if row is not None and watcher is not None:
        watcher(Progress(ref, row.kind, state, outcome), at)


def _received(ref: str, receiver: str) -> Referral:
    """A referral of this receiver that has not been taken back."""
    row = Referral.objects.filter(ref=ref, receiver=receiver).exclude(state=ReferralState.WITHDRAWN).first()
    if row is None:
        raise ReferralNotFound(ref)
    return row


def _tell_sender(row: Referral) -> None:
    if row.installation:
        app.configure_task("referrals.carry_state").defer(ref=row.ref, state=row.state, outcome=row.outcome)
    elif watcher_of(row.kind) is not None:
        app.configure_task("referrals.tell_sender").defer(ref=row.ref, state=row.state, outcome=row.outcome)
