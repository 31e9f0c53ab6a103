"""Retention in the demo: a period that two people have changed, one that waits, a legal hold in force and one
that waits for its second person. Made by real actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction

from sauga.kernel import retention
from sauga.kernel.kit.demo import Cast
from sauga.kernel.retention.models import Reason, TermChange

if TYPE_CHECKING:
    from sauga.project.demo.people import Account

PERIOD, WAITS = "hotline.words", "hotline.address"
RECORDS = "hotline.Report"


def settle_retention(at: datetime, accounts: "Sequence[Account]") -> int:
    """Make them in one transaction, unless a period was changed before or the service is not installed.

    Returns how many acts there were.
    """
    if not apps.is_installed("sauga.hotline") or TermChange.objects.exists():
        return 0
    cast = Cast({account.role: account for account in reversed(accounts)})
    if not {"DATA_PROTECTION_OFFICER", "LEGAL_OFFICER"} <= cast.staff.keys():
        return 0  # a demo from before there were such people
    with transaction.atomic():
        return _periods(cast, at) + _holds(cast, at)


def _periods(cast: Cast, at: datetime) -> int:
    proposed, confirmed = at - timedelta(days=40), at - timedelta(days=38)
    change = retention.propose_term(
        by=cast.actor("DATA_PROTECTION_OFFICER", proposed), code=PERIOD, days=120, at=proposed
    )
    retention.confirm_term(by=cast.actor("LEGAL_OFFICER", confirmed), change=change, at=confirmed)
    asked = at - timedelta(days=2)
    retention.propose_term(by=cast.actor("DATA_PROTECTION_OFFICER", asked), code=WAITS, days=365, at=asked)
    return 3


def _holds(cast: Cast, at: datetime) -> int:
    rows = list(apps.get_model(RECORDS)._base_manager.order_by("pk")[:2])
    if len(rows) < 2:
        return 0
    asked, confirmed = at - timedelta(days=21), at - timedelta(days=20)
    hold = retention.ask_hold(
        by=cast.actor("LEGAL_OFFICER", asked),
        obj=rows[0],
        reason=Reason.COURT_ORDER,
        until=asked + timedelta(days=180),
        at=asked,
    )
    retention.confirm_hold(by=cast.actor("DATA_PROTECTION_OFFICER", confirmed), hold=hold, at=confirmed)
    lately = at - timedelta(hours=20)
    retention.ask_hold(
        by=cast.actor("LEGAL_OFFICER", lately),
        obj=rows[1],
        reason=Reason.INVESTIGATION,
        until=lately + timedelta(days=90),
        at=lately,
    )
    return 3
