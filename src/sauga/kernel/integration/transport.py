"""Delivers messages to another installation and accepts its messages. Both are safe to repeat."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from sauga.kernel import audit
from sauga.kernel.clock import to_hour
from sauga.kernel.integration import signed_messages
from sauga.kernel.integration.kinds import (
    CODE,
    KindUnknown,
    PayloadRefused,
    kind_named,
    receiver_of,
    watcher_of,
)
from sauga.kernel.integration.models import HouseNonce, Referral
from sauga.kernel.integration.peers import Peer, peers, signer
from sauga.kernel.integration.receiver import JOB, OUTCOME
from sauga.kernel.integration.states import REFERRAL, ReferralState
from sauga.kernel.integration.trail import Trail
from sauga.kernel.outbound import peers as connection
from sauga.kernel.outbound import sync
from sauga.kernel.sealed import KeyNotAvailable, parcels
from sauga.kernel.states import lock, move

REFERRAL_MESSAGE, STATE_MESSAGE, HEADS_MESSAGE = "referral", "referral.state", "audit.heads"
MOST_HEADS = 100
"""Signed heads in one message: each takes less than 500 bytes of the 64 KB."""
WAY = {
    ReferralState.RECEIVED: [ReferralState.RECEIVED],
    ReferralState.IN_WORK: [ReferralState.RECEIVED, ReferralState.IN_WORK],
    ReferralState.SETTLED: [ReferralState.RECEIVED, ReferralState.SETTLED],
    ReferralState.DECLINED: [ReferralState.RECEIVED, ReferralState.DECLINED],
}


class NotTaken(Exception):
    """The other installation refused the message; the job tries again later. The text is its code."""


class Unfit(ValueError):
    """A genuine message that cannot be used here: an unknown kind, a field that is none, a state that is no
    code."""


def carry(*, referral_id: int, at: datetime) -> bool:
    """Deliver one referral to the installation that receives it; False when there is nothing to deliver any
    more.

    The row is locked meanwhile, so that it cannot be withdrawn during delivery. Raises NotTaken,
    PeerUnreachable.
    """
    with transaction.atomic():
        row = (
            Referral.objects.select_for_update()
            .filter(pk=referral_id, state=ReferralState.SENT)
            .exclude(parcel=b"")
            .first()
        )
        if row is None:
            return False
        body = {
            "ref": row.ref,
            "kind": row.kind,
            "plain": row.plain,
            "payload": bytes(row.payload).hex(),
            "wraps": json.loads(bytes(row.parcel)),
            "sent_at": row.sent_at.isoformat(),
        }
        _post(peers().get(row.installation), REFERRAL_MESSAGE, body, at)
        row.parcel, row.payload = b"", b""
        row.save(update_fields=["parcel", "payload"])
    return True


def carry_waiting(at: datetime) -> int:
    """Deliver whatever waits, oldest first; an installation that does not answer is left for the next round.
    Returns how many were delivered."""
    waiting = Referral.objects.filter(state=ReferralState.SENT).exclude(parcel=b"").order_by("sent_at")
    silent: set[str] = set()
    done = 0
    for pk, installation in waiting.values_list("pk", "installation"):
        if installation in silent:
            continue
        try:
            done += carry(referral_id=pk, at=at)
        except (NotTaken, connection.PeerUnreachable):
            silent.add(installation)
    return done


def carry_state(*, ref: str, state: str, outcome: str, at: datetime) -> None:
    """Report the state of a referral to the installation that sent it. Raises NotTaken, PeerUnreachable."""
    row = Referral.objects.filter(ref=ref).first()
    if row is not None:
        _post(
            peers().get(row.installation), STATE_MESSAGE, {"ref": ref, "state": state, "outcome": outcome}, at
        )


def carry_heads(heads: Sequence[audit.OutsideHead], at: datetime) -> None:
    """Ask the installation of SAUGA_WITNESS_INSTALLATION to remember signed heads of ours.

    Raises NotTaken, PeerUnreachable, CardUnfit.
    """
    there = peers().get(settings.ENV.witness_installation)
    _post(there, HEADS_MESSAGE, {"heads": [head.fields() for head in heads]}, at)


def _post(there: Peer | None, kind: str, body: dict[str, Any], at: datetime) -> None:
    if there is None:
        raise NotTaken("UNKNOWN_HOUSE")
    message = signed_messages.sign(
        body, kind=kind, sender=settings.ENV.installation, receiver=there.name, signer=signer(), at=at
    )
    status, answer = sync.run(connection.post(there.url, message))
    if status != 200:
        raise NotTaken(f"{status} {answer[:60].decode('ascii', 'replace')}")


def take_in(message: bytes, at: datetime) -> None:
    """Accept one message of another installation, completely or not at all. Raises MessageRefused, Unfit,
    CardUnfit."""
    known = peers()
    with transaction.atomic():
        found = signed_messages.verify(
            message,
            keys={name: one.keys for name, one in known.items()},
            receiver=settings.ENV.installation,
            at=at,
            seen=lambda sender, nonce: _seen(sender, nonce, at),
        )
        try:
            {REFERRAL_MESSAGE: _take_referral, STATE_MESSAGE: _take_state, HEADS_MESSAGE: _take_heads}[
                found.kind
            ](known[found.sender], found.body, at)
        except (
            AttributeError,
            KeyError,
            TypeError,
            ValueError,
            KindUnknown,
            KeyNotAvailable,
            PayloadRefused,
        ) as error:
            raise Unfit(type(error).__name__) from error


def _seen(sender: str, nonce: str, at: datetime) -> bool:
    """Remember a nonce; True when it was known.

    Kept for a day, the window is minutes (`signed_messages.WINDOW`).
    """
    try:
        with transaction.atomic():
            HouseNonce.objects.create(sender=sender, nonce=nonce, at=at)
    except IntegrityError:
        return True
    return False


def _take_referral(there: Peer, body: Any, at: datetime) -> None:
    if held := Referral.objects.filter(ref=body["ref"]).first():
        if held.installation != there.name:
            raise Unfit("ref")
        return  # its answer was lost, and it came again
    kind = kind_named(body["kind"])
    plain = {str(name): str(value) for name, value in body["plain"].items()}
    codes = {name for name, one in kind.fields.items() if not one.sealed}
    if kind.sender not in there.services or receiver_of(kind.name) is None or not CODE.fullmatch(body["ref"]):
        raise Unfit("kind")
    if plain.keys() - codes or not all(CODE.fullmatch(value) for value in plain.values()):
        raise Unfit("plain")
    row = Referral(
        ref=body["ref"],
        kind=kind.name,
        sender=kind.sender,
        receiver=kind.receiver,
        plain=plain,
        installation=there.name,
    )
    row.payload, row.sent_at = (
        bytes.fromhex(body["payload"]),
        to_hour(datetime.fromisoformat(body["sent_at"])),
    )
    row.save(force_insert=True)
    parcels.unpack(kind.zone, row.holder, body["wraps"])
    app.configure_task("referrals.deliver").defer(referral_id=row.pk)


def _take_heads(there: Peer, body: Any, at: datetime) -> None:
    """Remember another installation's signed heads.

    Whether its audit key signed them is for it to check; the message itself is its own.
    """
    heads = [audit.OutsideHead.read(fields) for fields in body["heads"]]
    if len(heads) > MOST_HEADS or not all(head.is_signed_by({head.public}) for head in heads):
        raise Unfit("heads")
    audit.keep_witnessed(installation=there.name, heads=heads, at=at)


def _take_state(there: Peer, body: Any, at: datetime) -> None:
    """Follow the receiver's state.

    Messages may come twice or out of order: what is behind already is passed over.
    """
    state, outcome = ReferralState(body["state"]), str(body["outcome"])
    found = Referral.objects.filter(ref=body["ref"], installation=there.name).first()
    if (
        found is None
        or found.receiver not in there.services
        or state not in WAY
        or not OUTCOME.fullmatch(outcome)
    ):
        raise Unfit("state")
    row, moved = lock(found), False
    for step in WAY[state]:
        if REFERRAL.allows(row.state, step):
            move(row, to=step, by=JOB, at=to_hour(at), why=outcome if step == state else "")
            moved = True
    if not moved or row.state != state:
        return
    row.outcome, row.settled_at = outcome, to_hour(at) if state in REFERRAL.ends() else None
    row.save(update_fields=["outcome", "settled_at"])
    audit.record(
        JOB, Trail.REFERRAL_MOVED, row, zone=row.sender, at=at, facts={"state": row.state, "outcome": outcome}
    )
    if watcher_of(row.kind) is not None:
        app.configure_task("referrals.tell_sender").defer(ref=row.ref, state=row.state, outcome=outcome)
