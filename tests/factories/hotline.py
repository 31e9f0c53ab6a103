"""Things the hotline's tests begin with, made by real actions."""

from datetime import UTC, datetime

from sauga.hotline.addresses.rules.addresses import split_locations
from sauga.hotline.reports.actions import intake
from sauga.hotline.reports.models import Report
from sauga.kernel import sealed
from sauga.kernel.states import SystemActor

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PUBLIC = SystemActor("public")
ZONE = sealed.Zone.HOTLINE


def reported(
    address: str = "https://pavyzdys.example/a/1", *, category: str = "CSAM", at: datetime = AT
) -> tuple[Report, sealed.ReceiptKeys]:
    """A report of one or more addresses, and the keys of its receipt."""
    keys = sealed.receipt_keys(sealed.new_receipt(None, "lt"), ZONE)
    report = intake.receive_report(
        by=PUBLIC, locations=split_locations(address), category=category, receipt=keys, language="lt", at=at
    )
    return report, keys
