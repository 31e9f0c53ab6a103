"""Claiming items, opening an address with a reason, and the daily exposure limit of analysts."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.models import Exposure
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import Address, open_address
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.models import Report
from sauga.hotline.states import TO_ASSESS, Handling, ReportState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import lock, move

ZONE = sealed.Zone.HOTLINE
HELD = timedelta(minutes=20)
REVEAL_LASTS = timedelta(minutes=2)
"""How long an address stays open after it was revealed; other actions on the item do not end it, and it
is counted once.
"""
UNASSESSED = {Handling.NEW, Handling.AWAITING_ASSESSMENT}
SEVERE = {"P1", "P2"}


class ClaimedByAnother(ActionRefused):
    """A colleague has claimed this item."""

    message = _("A colleague has claimed this item.")


class ExposureReached(ActionRefused):
    """The day's limit is reached; the welfare lead can lift the stop."""

    message = _("You have done enough for today. The welfare lead can lift the stop after talking with you.")


class NothingToAssess(ActionRefused):
    """The item already has a verdict: there is nothing to claim."""

    message = _("This item already has a verdict; there is nothing to claim.")


class NotClaimedByYou(ActionRefused):
    """Only the person who claimed the item, or who assigned it, can do this."""

    message = _("You no longer hold the claim on this item.")


class NotAnAnalyst(ActionRefused):
    """The colleague may not assess."""

    message = _("This colleague may not assess.")


class NothingToLift(ActionRefused):
    """This person has viewed nothing today."""

    message = _("This person has viewed nothing today.")


def claim_item(*, by: PersonActor, item: ContentItem, at: datetime) -> ContentItem:
    """Claim an item for 20 minutes; assessment of its reports begins.

    Raises ClaimedByAnother, ExposureReached, NothingToAssess.
    """
    require(by, Permission.ASSESS, item)
    with transaction.atomic():
        item = _give(item, by=by, to_id=by.person_id, at=at)
        audit.record(by, Trail.ITEM_TAKEN, item, zone=ZONE, at=at)
        live.signal("hotline.worklist")
        return item


def assign_item(*, by: PersonActor, item: ContentItem, to: PersonActor, at: datetime) -> ContentItem:
    """Assign an item to a colleague for 20 minutes; the colleague must be below the daily limit.

    Raises NotAnAnalyst, ClaimedByAnother, ExposureReached, NothingToAssess.
    """
    require(by, Permission.ASSESS, item)
    if not to.can(Permission.ASSESS):
        raise NotAnAnalyst
    with transaction.atomic():
        item = _give(item, by=by, to_id=to.person_id, at=at)
        audit.record(by, Trail.ITEM_HANDED, item, zone=ZONE, at=at, facts={"to": to.pseudonym})
        live.signal("hotline.worklist")
        return item


def withdraw_assignment(*, by: PersonActor, item: ContentItem, keep: bool, at: datetime) -> ContentItem:
    """Undo assign_item while the colleague has not assessed it: claimed by oneself again (`keep`) or free.

    Raises NotClaimedByYou.
    """
    require(by, Permission.ASSESS, item)
    with transaction.atomic():
        item = lock(item)
        if item.handed_by != by.pseudonym or item.taken_by_id is None or item.handling not in TO_ASSESS:
            raise NotClaimedByYou
        holder = by.person_id if keep else None
        _reports(item).filter(held_by_id=item.taken_by_id, state=ReportState.IN_ASSESSMENT).update(
            held_by=by.person_id
        )
        item.taken_by_id, item.taken_until, item.handed_by = holder, at + HELD if keep else None, ""
        item.save(update_fields=["taken_by", "taken_until", "handed_by"])
        audit.record(by, Trail.ITEM_WITHDRAWN, item, zone=ZONE, at=at)
        live.signal("hotline.worklist")
        return item


def _give(item: ContentItem, *, by: PersonActor, to_id: int, at: datetime) -> ContentItem:
    item = lock(item)
    if item.handling not in UNASSESSED and (item.handling != Handling.ASSESSED or item.verdict):
        raise NothingToAssess
    if (
        item.taken_by_id not in {None, by.person_id}
        and item.taken_until is not None
        and item.taken_until > at
    ):
        raise ClaimedByAnother
    _check_exposure(to_id, item, at)
    for report in _reports(item).select_for_update(of=("self",)).order_by("pk"):
        _begin_assessment(by, report, to_id, at)
    item.taken_by_id, item.taken_until = to_id, at + HELD
    item.handed_by = "" if to_id == by.person_id else by.pseudonym
    item.save(update_fields=["taken_by", "taken_until", "handed_by"])
    return item


def _reports(item: ContentItem) -> QuerySet[Report]:
    return Report.objects.filter(pk__in=item.locations.values("report_id"))


def _begin_assessment(by: PersonActor, report: Report, to_id: int, at: datetime) -> None:
    if report.state == ReportState.RECEIVED:
        move(report, to=ReportState.TRIAGED, by=by, at=at)
    begins = report.state == ReportState.TRIAGED
    if begins or (report.state == ReportState.IN_ASSESSMENT and report.held_by_id == by.person_id):
        report.held_by_id = to_id
        report.save(update_fields=["held_by"])
    if begins:
        move(report, to=ReportState.IN_ASSESSMENT, by=by, at=at)


def release_item(*, by: PersonActor, item: ContentItem, at: datetime) -> ContentItem:
    """Release a claimed item. Raises NotClaimedByYou when another person or no person has claimed it."""
    require(by, Permission.ASSESS, item)
    with transaction.atomic():
        item = lock(item)
        if item.taken_by_id != by.person_id:
            raise NotClaimedByYou
        item.taken_by_id, item.taken_until, item.handed_by = None, None, ""
        item.save(update_fields=["taken_by", "taken_until", "handed_by"])
        audit.record(by, Trail.ITEM_RELEASED, item, zone=ZONE, at=at)
        live.signal("hotline.worklist")
        return item


def reveal_address(*, by: PersonActor, item: ContentItem, reason: str, at: datetime) -> Address:
    """Open the address for a stated reason (vocabulary reveal.reason); counted and recorded.

    Raises VaultLocked, KeyNotAvailable.
    """
    require(by, Permission.REVEAL_ADDRESS, item)
    if by.vault is None:
        raise VaultLocked
    vocab.term("reveal.reason", reason)
    address = open_address(item, by.vault)
    with transaction.atomic():
        ledger = _ledger(by.person_id, at)
        Exposure.objects.filter(pk=ledger.pk).update(reveals=F("reveals") + 1)
        audit.record(by, Trail.ITEM_REVEALED, item, zone=ZONE, at=at, facts={"reason": reason})
    return address


def address_still_open(*, by: PersonActor, item: ContentItem) -> Address:
    """The address that is still open since it was revealed; it was counted then.

    Raises VaultLocked, KeyNotAvailable.
    """
    require(by, Permission.REVEAL_ADDRESS, item)
    if by.vault is None:
        raise VaultLocked
    return open_address(item, by.vault)


def count_assessment(by: PersonActor, item: ContentItem, at: datetime) -> None:
    """Add one assessed item to the analyst's day. Called inside the assessment's transaction."""
    severe = item.priority in SEVERE
    ledger = _ledger(by.person_id, at)
    Exposure.objects.filter(pk=ledger.pk).update(
        items=F("items") + 1,
        severe_items=F("severe_items") + int(severe),
        last_severe_at=at if severe else F("last_severe_at"),
    )


def _ledger(person_id: int, at: datetime) -> Exposure:
    ledger, _ = Exposure.objects.get_or_create(person_id=person_id, day=at.astimezone(VILNIUS).date())
    return ledger


def _check_exposure(person_id: int, item: ContentItem, at: datetime) -> None:
    policy = vocab.policy("policy.exposure")
    ledger = _ledger(person_id, at)
    over = ledger.items >= policy["items"] or (
        item.priority in SEVERE and ledger.severe_items >= policy["severe_items"]
    )
    if over and not ledger.lifted_by:
        raise ExposureReached


def lift_stop(*, by: PersonActor, person_id: int, at: datetime) -> None:
    """The welfare lead lifts the day's stop for one person, after talking with them. Raises NothingToLift."""
    require(by, Permission.LIFT_STOP)
    with transaction.atomic():
        ledger = (
            Exposure.objects.select_for_update()
            .filter(person_id=person_id, day=at.astimezone(VILNIUS).date())
            .first()
        )
        if ledger is None:
            raise NothingToLift
        ledger.lifted_by = by.pseudonym
        ledger.save(update_fields=["lifted_by"])
        audit.record(by, Trail.STOP_LIFTED, ledger, zone=ZONE, at=at)
