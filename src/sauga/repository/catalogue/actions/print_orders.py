"""What visitors send: use reports without names, and orders of printed copies whose contact is encrypted."""

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move
from sauga.repository.catalogue.actions import daily_counts
from sauga.repository.catalogue.models import PrintOrder, UseReport
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.transitions import ZONE
from sauga.repository.resources.models import Resource
from sauga.repository.states import OrderState
from sauga.repository.trail import Trail

MOST_HEADS, MOST_COPIES = 2000, 500
OLDEST_USE = timedelta(days=366)
TABLE = "repository.print_order"


class UseRefused(ActionRefused):
    """The report or order is not accepted. `why`: heads, date, copies, unknown_code, not_offered."""

    message = _("This cannot be accepted as entered. Check every field.")


def report_use(
    *,
    by: Actor,
    resource: Resource,
    heads: Mapping[str, int],
    date: Day,
    at: datetime,
    kind: str = "",
    municipality: str = "",
    nonce: bytes | None = None,
) -> UseReport | None:
    """Report that a resource was used with this many people of these groups. A nonce counts once; None: it
    was there already.
    """
    require(by, Permission.VISIT)
    given = {group: count for group, count in heads.items() if count}
    if not given or any(not 0 < count <= MOST_HEADS for count in given.values()):
        raise UseRefused("heads")
    if any(not vocab.has_term("headcount_groups", group) for group in given) or (
        kind and not vocab.has_term("organisation_kinds", kind)
    ):
        raise UseRefused("unknown_code")
    today = at.astimezone(VILNIUS).date()
    if not today - OLDEST_USE <= date <= today:
        raise UseRefused("date")
    if not resource.is_live():
        raise UseRefused("not_offered")
    try:
        with transaction.atomic():
            report = UseReport.objects.create(
                resource=resource,
                kind=kind,
                municipality=municipality,
                date=date,
                heads=given,
                total=sum(given.values()),
                reported_date=today,
                nonce=nonce,
            )
            Resource.objects.filter(pk=resource.pk).update(uses=F("uses") + 1)
            return report
    except IntegrityError:
        return None


def place_order(
    *,
    by: Actor,
    resource: Resource,
    copies: int,
    language: str,
    kind: str,
    municipality: str,
    contact: str,
    at: datetime,
    nonce: bytes | None = None,
) -> PrintOrder | None:
    """Order printed copies; the contact is encrypted for the partner manager. A nonce counts once."""
    require(by, Permission.VISIT)
    if not resource.is_live() or "print_order" not in resource.channels:
        raise UseRefused("not_offered")
    if not 0 < copies <= MOST_COPIES:
        raise UseRefused("copies")
    order = PrintOrder(
        resource=resource,
        language=language,
        copies=copies,
        kind=kind,
        municipality=municipality,
        placed_at=at,
        nonce=nonce,
    )
    try:
        with transaction.atomic():
            key = sealed.new_data_key(zone=ZONE, holder=order.holder, recipients=[sealed.Recipient.TEAM])
            order.contact = sealed.seal(key, table=TABLE, row=order.ref, field="contact", text=contact)
            order.save(force_insert=True)
            audit.record(by, Trail.ORDER_MOVED, order, zone=ZONE, at=at, facts={"to": str(OrderState.PLACED)})
            live.signal("repository.list")
            return order
    except IntegrityError:
        return None


def open_order(*, by: PersonActor, order: PrintOrder, at: datetime) -> str:
    """Read the contact of an order; this is audited. Raises KeyNotAvailable without the zone's key or after
    its retention.
    """
    require(by, Permission.HANDLE_ORDERS)
    if by.vault is None or order.contact_gone:
        raise sealed.KeyNotAvailable("no contact to open")
    key = sealed.open_data_key(zone=ZONE, holder=order.holder, opener=by.vault)
    text = sealed.unseal(key, table=TABLE, row=order.ref, field="contact", envelope=bytes(order.contact))
    with transaction.atomic():
        audit.record(by, Trail.ORDER_OPENED, order, zone=ZONE, at=at, facts={"reason": "SEND"})
    return text


def settle_order(*, by: Actor, order: PrintOrder, sent: bool, at: datetime) -> PrintOrder:
    """Mark the order as sent or refused. Raises MoveNotAllowed."""
    require(by, Permission.HANDLE_ORDERS)
    with transaction.atomic():
        order = lock(order)
        to = OrderState.SENT if sent else OrderState.REFUSED
        move(order, to=to, by=by, at=at)
        order.settled_at = at
        order.save(update_fields=["settled_at"])
        audit.record(by, Trail.ORDER_MOVED, order, zone=ZONE, at=at, facts={"to": str(to)})
        live.signal("repository.list")
        return order


def count_day(*, by: Actor, resource: Resource, kind: str, at: datetime, called: str = "") -> None:
    """Add one to a day's count; only that number is stored. `called`: the user agent; robots do not count."""
    require(by, Permission.VISIT)
    daily_counts.count("resource", resource.pk, kind, at=at, called=called)


def add_view(*, by: Actor, key: int, at: datetime, called: str) -> bool:
    """Add a view of the resource with this key, served from the page cache; returns whether to
    `daily_counts.flush`.
    """
    require(by, Permission.VISIT)
    return daily_counts.add("resource", key, "view", at=at, called=called)
