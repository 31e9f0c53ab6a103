"""A child's own pictures: with a pass of the helpline, which is accepted here and used once, or without."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.addresses.rules.addresses import Location
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.actions.intake import receive_report
from sauga.hotline.reports.models import OwnPass, Report
from sauga.hotline.reports.rules import spam_score
from sauga.kernel import integration, sealed
from sauga.kernel.clock import VILNIUS, to_hour
from sauga.kernel.identity import require
from sauga.kernel.integration import Received, ReferralState
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor

ZONE = sealed.Zone.HOTLINE
HANDOVER = SystemActor("handover")
HOTLINE = "hotline"
WITH_PASS, WITHOUT_PASS = "OWN_PICTURE", "OWN_WITHOUT_PASS"
"""How such a report came: with a pass that a counsellor gave, or from the open page."""
CATEGORY = "CSAM"  # a child's own picture is treated as the gravest kind first; an analyst decides what it is


class PassNotGood(ActionRefused):
    """No such pass, used already, or its day is over: which of them is not disclosed."""

    message = _("This code cannot be used: it was already used, or it has expired.")


def accept_pass(*, received: Received, at: datetime) -> OwnPass:
    """Accept a pass until the end of its day. Only a blind index of it is kept."""
    require(HANDOVER, Permission.RECEIVE)
    day = date.fromisoformat(received.plain["until"]) + timedelta(days=1)
    return OwnPass.objects.create(
        referral=received.ref,
        index=_index(received.plain["pass"]),
        expires_at=datetime.combine(day, time(), VILNIUS),
    )


def receive_without_pass(
    *,
    by: Actor,
    locations: Sequence[Location],
    receipt: sealed.ReceiptKeys,
    language: str,
    at: datetime,
) -> Report:
    """A report of own pictures without a code from a conversation: urgent as its category (P2), one step
    lower for what looks like spam as on the report form, and marked as having come without a pass (decision
    0179).

    The same receipt again returns the same report.
    """
    require(by, Permission.RECEIVE)
    return receive_report(
        by=by,
        locations=locations,
        category=CATEGORY,
        receipt=receipt,
        language=language,
        channel=WITHOUT_PASS,
        spam_score=spam_score(locations),
        at=at,
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
            channel=WITH_PASS,
            urgent=True,
            at=at,
        )
        held.used_at, held.told = to_hour(at), True
        held.save(update_fields=["used_at", "told"])
        integration.report_back(
            ref=held.referral, receiver=HOTLINE, to=ReferralState.SETTLED, outcome="USED", by=HANDOVER, at=at
        )
    return report


def _index(known_by: str) -> bytes:
    return sealed.blind(ZONE, "own-pass", known_by)
