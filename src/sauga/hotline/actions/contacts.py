"""Opening a reporter's contact: the custodian alone, because an answer was asked for, and written down."""

from datetime import datetime

from django.db import transaction

from sauga.hotline.models import Report
from sauga.hotline.rules.permissions import Permission
from sauga.hotline.trail import Trail
from sauga.kernel import audit, sealed
from sauga.kernel.identity import PersonActor, require

ZONE = sealed.Zone.HOTLINE


def open_contact(*, by: PersonActor, report: Report, at: datetime) -> str:
    """The contact a reporter left. Raises sealed.KeyNotAvailable without the custodian's key or when its term is over."""
    require(by, Permission.OPEN_CONTACT)
    if by.vault is None or not hasattr(report, "contact"):
        raise sealed.KeyNotAvailable("no contact to open")
    contact = report.contact
    key = sealed.open_data_key(zone=ZONE, holder=contact.holder, opener=by.vault)
    value = sealed.unseal(key, table="hotline.contact", row=report.ref, field="value", envelope=bytes(contact.value))
    with transaction.atomic():
        audit.record(by, Trail.CONTACT_OPENED, report, zone=ZONE, at=at)
    return value
