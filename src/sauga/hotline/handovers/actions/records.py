"""Handing items over to INHOPE, the police and other authorities: records, undo, corrections.

Only what is recorded here is counted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.models import Route
from sauga.hotline.content.models import ContentItem
from sauga.hotline.handovers.models import HandoverCorrection, HandoverExport, HandoverRecord
from sauga.hotline.handovers.queries import records as queries
from sauga.hotline.handovers.rules import Method, can_undo, is_possible_time, permission_for, read_reference
from sauga.hotline.permissions import Permission
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, lock

ZONE = sealed.Zone.HOTLINE
UNDONE = "UNDONE"
REASONS = "handover.reason"
PAGE_ADDRESS = "/desk/hotline/handovers/"


class NotWaiting(ActionRefused):
    """An item is not in the recipient's queue: no rule sends it there, or it was recorded or put
    into a file already."""

    message = _("An item is not waiting any more: somebody recorded it or prepared a file a moment ago.")


class TimeNotPossible(ActionRefused):
    """An item cannot have been handed over before it was reported, or in the future."""

    message = _("The time cannot be right: it lies in the future, or before the item was reported.")


class UndoTooLate(ActionRefused):
    """The time for undoing without a reason is over; the record can be corrected, or
    cancelled with a reason.
    """

    message = _("The time for undoing is over. Correct the record, or cancel it and say why.")


class RecordOver(ActionRefused):
    """The record was undone or cancelled already."""

    message = _("This record was already cancelled.")


def record_handover(
    *,
    by: PersonActor,
    items: Sequence[ContentItem],
    recipient: str,
    references: Mapping[str, str],
    handed_over_at: datetime,
    at: datetime,
) -> list[HandoverRecord]:
    """Record that a person entered these items in the recipient's system.

    `references`: their numbers by item, as far as known.

    All or none. Raises NotWaiting, TimeNotPossible, ReferenceUnreadable, PermissionRefused.
    """
    require(by, permission_for(recipient))
    with transaction.atomic():
        locked = lock_waiting(items, recipient)
        return write_records(
            by=by,
            items=locked,
            recipient=recipient,
            method=Method.MANUAL,
            references=references,
            handed_over_at=handed_over_at,
            at=at,
        )


def lock_waiting(items: Sequence[ContentItem], recipient: str) -> list[ContentItem]:
    """The items, locked, in one order everywhere.

    Raises NotWaiting unless every one waits for the recipient.
    """
    locked = [lock(item) for item in sorted(items, key=lambda item: item.pk)]
    found = {item.ref for item in queries.queued(recipient, [item.ref for item in locked])}
    if not locked or any(item.ref not in found for item in locked):
        raise NotWaiting
    return locked


def write_records(
    *,
    by: PersonActor,
    items: Sequence[ContentItem],
    recipient: str,
    method: Method,
    references: Mapping[str, str],
    handed_over_at: datetime,
    at: datetime,
    export: HandoverExport | None = None,
) -> list[HandoverRecord]:
    """One record for each locked item, inside the caller's transaction.

    Raises TimeNotPossible, ReferenceUnreadable, NotWaiting.
    """
    written = []
    for item in items:
        if not is_possible_time(handed_over_at, item.received_hour, at):
            raise TimeNotPossible
        record = HandoverRecord(
            item=item,
            occurrence=item.occurrence,
            recipient=recipient,
            method=method,
            export=export,
            reference=read_reference(references.get(item.ref, "")),
            handed_over_at=handed_over_at,
            recorded_at=at,
            recorded_by=by.pseudonym,
        )
        try:
            with transaction.atomic():
                record.save(force_insert=True)
        except IntegrityError:
            raise NotWaiting from None
        _mark_route(record, at)
        _note(by, Trail.ITEM_HANDED_OVER, record, at, method=str(method))
        written.append(record)
    live.signal("hotline.worklist")
    return written


def undo_handover(*, by: PersonActor, record: HandoverRecord, at: datetime) -> HandoverRecord:
    """Take a record back shortly after it was written, without a reason; the item waits again.

    Raises UndoTooLate, RecordOver.
    """
    require(by, permission_for(record.recipient))
    with transaction.atomic():
        record = _lock_valid(record)
        if not can_undo(record.recorded_at, at, vocab.policy("policy.handover")["undo_minutes"]):
            raise UndoTooLate
        return _end(by, record, UNDONE, Trail.ITEM_HANDOVER_UNDONE, at)


def cancel_handover(*, by: PersonActor, record: HandoverRecord, reason: str, at: datetime) -> HandoverRecord:
    """Take a record back at any time, for a reason of handover.reason; the item waits again.

    Raises ReasonMissing, RecordOver.
    """
    require(by, permission_for(record.recipient))
    _check_reason(reason)
    with transaction.atomic():
        return _end(by, _lock_valid(record), reason, Trail.ITEM_HANDOVER_CANCELLED, at)


def correct_handover(
    *,
    by: PersonActor,
    record: HandoverRecord,
    reference: str,
    handed_over_at: datetime,
    reason: str,
    at: datetime,
) -> HandoverRecord:
    """Change the recipient's number or the time. The previous values are kept.

    Adding a number that was not known needs no reason.

    Raises ReasonMissing, TimeNotPossible, ReferenceUnreadable, RecordOver.
    """
    require(by, permission_for(record.recipient))
    reference = read_reference(reference)
    with transaction.atomic():
        record = _lock_valid(record)
        if not is_possible_time(handed_over_at, record.item.received_hour, at):
            raise TimeNotPossible
        if (record.reference, record.handed_over_at) == (reference, handed_over_at):
            return record
        only_adds = not record.reference and record.handed_over_at == handed_over_at
        if not only_adds or reason:
            _check_reason(reason)
        HandoverCorrection.objects.create(
            record=record,
            at=at,
            by=by.pseudonym,
            reason=reason,
            reference_before=record.reference,
            handed_over_before=record.handed_over_at,
        )
        record.reference, record.handed_over_at = reference, handed_over_at
        record.save(update_fields=["reference", "handed_over_at"])
        _note(by, Trail.ITEM_HANDOVER_CORRECTED, record, at, reason=reason)
        return record


def remind_of_references(*, at: datetime) -> int:
    """Remind once a day of records that still have no number of the recipient; returns for how many
    recipients."""
    missing = queries.without_reference(at)
    for recipient, n in missing.items():
        to = "POLICE_LIAISON" if recipient == "POLICE" else "NOTICE_OFFICER"
        notify(
            to=to,
            template="hotline.no_reference",
            context={"n": n},
            link=f"{PAGE_ADDRESS}?to=done&from={recipient}",
            at=at,
        )
    return len(missing)


def list_handovers(*, by: PersonActor, recipient: str, records: int, at: datetime) -> None:
    """Note who takes away the list of records. Raises PermissionRefused."""
    require(by, Permission.SEE_HANDOVERS)
    facts: dict[str, audit.Fact] = {"recipient": recipient or "ALL", "records": records}
    audit.record(by, Trail.HANDOVERS_LISTED, "handovers", zone=ZONE, at=at, facts=facts)


def _lock_valid(record: HandoverRecord) -> HandoverRecord:
    lock(record.item)
    record = lock(record)
    if record.undone_at is not None:
        raise RecordOver
    return record


def _end(by: PersonActor, record: HandoverRecord, reason: str, act: Trail, at: datetime) -> HandoverRecord:
    record.undone_at, record.undone_by, record.undo_reason = at, by.pseudonym, reason
    record.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    _mark_route(record, None)
    _note(by, act, record, at, **({} if reason == UNDONE else {"reason": reason}))
    live.signal("hotline.worklist")
    return record


def _mark_route(record: HandoverRecord, done_at: datetime | None) -> None:
    Route.objects.filter(item=record.item, occurrence=record.occurrence, route=record.recipient).update(
        done_at=done_at
    )


def _check_reason(reason: str) -> None:
    if not vocab.has_term(REASONS, reason):
        raise ReasonMissing


def _note(by: Actor, act: Trail, record: HandoverRecord, at: datetime, **more: str) -> None:
    facts: dict[str, audit.Fact] = {"recipient": record.recipient, "record": record.ref, **more}
    audit.record(by, act, record.item, zone=ZONE, at=at, facts=facts)
    live.signal(f"hotline.item.{record.item.ref}")
