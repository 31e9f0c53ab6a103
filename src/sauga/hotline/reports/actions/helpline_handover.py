"""From and back to the helpline: an address becomes a report, a pass lets a child in once, outcomes go back
as codes."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.addresses.rules.addresses import (
    AddressRefused,
    Location,
    clean,
    read_location,
    split_locations,
)
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.actions.intake import receive_report
from sauga.hotline.reports.models import Handover, OwnPass, Report
from sauga.hotline.reports.queries.reporter import Place, Stage, fate_of, stage_of
from sauga.kernel import integration, sealed, vocab
from sauga.kernel.clock import VILNIUS, to_hour
from sauga.kernel.identity import require
from sauga.kernel.integration import Received, ReferralState
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor

ZONE = sealed.Zone.HOTLINE
HANDOVER = SystemActor("handover")
HOTLINE = "hotline"
LONGEST_NAME = 2000
CATEGORY = "CSAM"  # a child's own picture is treated as the gravest kind first; an analyst decides what it is
ENDED: dict[Stage, str] = {
    Stage.REMOVED: "REMOVED",
    Stage.KNOWN_ALREADY: "KNOWN_ALREADY",
    Stage.NOT_ILLEGAL: "NOT_ILLEGAL",
    Stage.LAWFUL_WHERE_HOSTED: "LAWFUL_WHERE_HOSTED",
    Stage.COULD_NOT_SEE: "COULD_NOT_SEE",
    Stage.NOT_ENOUGH: "NOT_ENOUGH",
    Stage.HANDED_ON: "HANDED_ON",
    Stage.ANSWERED: "ANSWERED",
}
"""Stages of a report that end the matter for whoever handed it over, and the code that goes back."""


class PassNotGood(ActionRefused):
    """No such pass, used already, or its day is over: which of them is not disclosed."""

    message = _("This code cannot be used: it was already used, or it has expired.")


def receive_address(*, received: Received, at: datetime) -> Report:
    """Make a report of an address that the helpline passed on. Its receipt is held by nobody.

    Runs in the delivery's transaction.
    """
    require(HANDOVER, Permission.RECEIVE)
    fields = integration.open_payload(
        ref=received.ref, receiver=HOTLINE, opener=sealed.ServiceOpener(ZONE), by=HANDOVER, at=at
    )
    try:
        locations = split_locations(fields["url"])
    except AddressRefused:
        locations = [read_location(clean(fields["url"])[:LONGEST_NAME])]
    report = receive_report(
        by=HANDOVER,
        locations=locations,
        category=_category(received.plain["suspected"]),
        receipt=sealed.receipt_keys(sealed.new_receipt(None, "lt"), ZONE),
        language="lt",
        channel="HELPLINE",
        at=at,
    )
    report.seen_date = date.fromisoformat(received.plain["day"])
    report.save(update_fields=["seen_date"])
    Handover.objects.create(referral=received.ref, report=report)
    return report


def accept_pass(*, received: Received, at: datetime) -> OwnPass:
    """Accept a pass until the end of its day. Only a blind index of it is kept."""
    require(HANDOVER, Permission.RECEIVE)
    day = date.fromisoformat(received.plain["until"]) + timedelta(days=1)
    return OwnPass.objects.create(
        referral=received.ref,
        index=_index(received.plain["pass"]),
        expires_at=datetime.combine(day, time(), VILNIUS),
    )


def use_pass(
    *,
    by: Actor,
    known_by: bytes,
    locations: Sequence[Location],
    receipt: sealed.ReceiptKeys,
    language: str,
    at: datetime,
) -> Report:
    """A child's report of own pictures: urgency P1, and the pass is spent.

    The same receipt again returns the same report.

    Raises PassNotGood for a pass that is unknown, spent or over.
    """
    require(by, Permission.RECEIVE)
    stored = Report.objects.filter(receipt=receipt.lookup).first()
    if stored is not None:
        return stored
    with transaction.atomic():
        held = (
            OwnPass.objects.select_for_update()
            .filter(index=_index(known_by.hex()), used_at=None, expires_at__gt=at)
            .first()
        )
        if held is None:
            raise PassNotGood
        report = receive_report(
            by=by,
            locations=locations,
            category=CATEGORY,
            receipt=receipt,
            language=language,
            channel="OWN_PICTURE",
            urgent=True,
            at=at,
        )
        held.used_at, held.told = to_hour(at), True
        held.save(update_fields=["used_at", "told"])
        integration.report_back(
            ref=held.referral, receiver=HOTLINE, to=ReferralState.SETTLED, outcome="USED", by=HANDOVER, at=at
        )
    return report


def report_back(*, by: Actor = HANDOVER, at: datetime) -> int:
    """Send back what has changed since the last report: reports that were acted on or ended, passes whose day
    is over. Safe to repeat."""
    require(by, Permission.SETTLE)
    open_ones = Handover.objects.filter(settled_at=None).select_related("report").order_by("pk")
    told = sum(_report_outcome(by, handover, at) for handover in open_ones.iterator())
    for held in OwnPass.objects.filter(used_at=None, told=False, expires_at__lte=at).order_by("pk"):
        with transaction.atomic():
            integration.report_back(
                ref=held.referral, receiver=HOTLINE, to=ReferralState.SETTLED, outcome="EXPIRED", by=by, at=at
            )
            OwnPass.objects.filter(pk=held.pk).update(told=True)
        told += 1
    return told


def _report_outcome(by: Actor, handover: Handover, at: datetime) -> bool:
    report = handover.report
    places = [
        Place(row.position, "", fate_of(row), "", "") for row in report.locations.select_related("item")
    ]
    stage = stage_of(report, places)
    ended = ENDED.get(stage)
    outcome = ended or (Stage.ACTED.name if stage is Stage.ACTED else "")
    if not outcome or outcome == handover.told:
        return False
    with transaction.atomic():
        to = ReferralState.SETTLED if ended else ReferralState.IN_WORK
        integration.report_back(ref=handover.referral, receiver=HOTLINE, to=to, outcome=outcome, by=by, at=at)
        handover.told, handover.settled_at = outcome, to_hour(at) if ended else None
        handover.save(update_fields=["told", "settled_at"])
    return True


def _category(suspected: str) -> str:
    """The category of rrt.category behind an answer of the public form; an unknown answer gives the category
    UNKNOWN."""
    if not vocab.has_term("report.choice", suspected):
        return "UNKNOWN"
    category: str = vocab.term("report.choice", suspected).extra["category"]
    return category


def _index(known_by: str) -> bytes:
    return sealed.blind(ZONE, "own-pass", known_by)
