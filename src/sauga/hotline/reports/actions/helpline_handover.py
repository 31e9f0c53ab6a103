"""From and back to the helpline: an address becomes a report, outcomes go back as codes. Passes for own
pictures are accepted and used in `own_pictures`."""

from datetime import date, datetime

from django.db import transaction

from sauga.hotline.addresses.rules.addresses import (
    AddressRefused,
    clean,
    read_location,
    split_locations,
)
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.actions.intake import receive_report
from sauga.hotline.reports.models import Handover, OwnPass, Report
from sauga.hotline.reports.queries.reporter import Place, Stage, fate_of, stage_of
from sauga.kernel import integration, sealed, vocab
from sauga.kernel.clock import to_hour
from sauga.kernel.identity import require
from sauga.kernel.integration import Received, ReferralState
from sauga.kernel.states import Actor, SystemActor

ZONE = sealed.Zone.HOTLINE
HANDOVER = SystemActor("handover")
HOTLINE = "hotline"
LONGEST_NAME = 2000
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


def receive_address(*, received: Received, at: datetime) -> Report:
    """Make a report of an address that the helpline passed on. It has no receipt.

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
