"""The sender's side: send, withdraw, ask how it stands."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from sauga.kernel import audit
from sauga.kernel.clock import to_hour
from sauga.kernel.ids import new_reference
from sauga.kernel.integration.kinds import Kind, Progress, register_kind
from sauga.kernel.integration.models import Referral
from sauga.kernel.integration.peers import Peer, peer_of
from sauga.kernel.integration.states import ReferralState
from sauga.kernel.integration.trail import Trail
from sauga.kernel.sealed import Recipient, ZoneMissing, parcels, prepare_data_key, seal
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move

TABLE, FIELD = "referrals_referral", "payload"


class ReferralNotFound(LookupError):
    """There is no such referral of this sender or receiver."""


def send(*, kind: Kind, payload: Mapping[str, str], by: Actor, at: datetime, key: str = "") -> Referral:
    """Send a message to another service, in the caller's transaction; it is delivered after commit, or never
    if that rolls back.

    The calling action has checked that `by` may send. The same `key` sends once: a repetition returns the
    first referral. Raises PayloadRefused; KindConflict; ZoneMissing when the receiver's zone has no keys.
    """
    plain, secret = register_kind(kind).split(payload)
    if key and (earlier := Referral.objects.filter(kind=kind.name, key=key).first()):
        return earlier
    row = Referral(
        ref=new_reference(12),
        kind=kind.name,
        sender=kind.sender,
        receiver=kind.receiver,
        key=key,
        plain=plain,
        sent_at=to_hour(at),
    )
    recipients = [Recipient.TEAM, Recipient.SERVICE] if kind.machine_reads else [Recipient.TEAM]
    if there := peer_of(kind.receiver):
        return _send_far(
            row, kind, secret=json.dumps(secret), there=there, recipients=recipients, by=by, at=at
        )
    prepared = prepare_data_key(zone=kind.zone, holder=row.holder, recipients=recipients)
    row.payload = seal(prepared.key, table=TABLE, row=row.ref, field=FIELD, text=json.dumps(secret))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            prepared.store()
            audit.record(
                by,
                Trail.REFERRAL_SENT,
                row,
                zone=kind.sender,
                at=at,
                facts={"kind": kind.name, "receiver": kind.receiver},
            )
            app.configure_task("referrals.deliver").defer(referral_id=row.pk)
    except IntegrityError:
        if not key:
            raise
        return Referral.objects.get(kind=kind.name, key=key)  # the same was sent at the same moment
    return row


def _send_far(
    row: Referral,
    kind: Kind,
    *,
    secret: str,
    there: Peer,
    recipients: Sequence[Recipient],
    by: Actor,
    at: datetime,
) -> Referral:
    """The same to a service of another installation: sealed to its keys, and carried there by a job.

    Raises ZoneMissing without its keys.
    """
    if str(kind.zone) not in there.zones:
        raise ZoneMissing(f"the card of {there.name} has no keys of {kind.zone}")
    key, wraps = parcels.pack(kind.zone, row.holder, recipients, there.zones[str(kind.zone)])
    row.installation, row.parcel = there.name, json.dumps(wraps).encode()
    row.payload = seal(key, table=TABLE, row=row.ref, field=FIELD, text=secret)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            audit.record(
                by,
                Trail.REFERRAL_SENT,
                row,
                zone=kind.sender,
                at=at,
                facts={"kind": kind.name, "receiver": kind.receiver},
            )
            app.configure_task("referrals.carry").defer(referral_id=row.pk)
    except IntegrityError:
        if not row.key:
            raise
        return Referral.objects.get(kind=kind.name, key=row.key)
    return row


def withdraw(*, ref: str, sender: str, by: Actor, at: datetime) -> Referral:
    """Take a referral back before it was received, or before it left for another installation.

    Raises ReferralNotFound, MoveNotAllowed.
    """
    with transaction.atomic():
        row = lock(_of(ref, sender=sender))
        if row.installation and not row.parcel:
            raise MoveNotAllowed(row.state, ReferralState.WITHDRAWN)
        move(row, to=ReferralState.WITHDRAWN, by=by, at=to_hour(at))
        row.settled_at = to_hour(at)
        row.save(update_fields=["settled_at"])
        audit.record(
            by, Trail.REFERRAL_MOVED, row, zone=row.sender, at=at, facts={"state": row.state, "outcome": ""}
        )
    return row


def state_of(ref: str, *, sender: str) -> Progress:
    """How a referral of this sender stands. Raises ReferralNotFound."""
    row = _of(ref, sender=sender)
    return Progress(row.ref, row.kind, row.state, row.outcome)


def _of(ref: str, **side: str) -> Referral:
    row = Referral.objects.filter(ref=ref, **side).first()
    if row is None:
        raise ReferralNotFound(ref)
    return row
