"""Print orders at the desk."""

from datetime import datetime

from django.db.models import Case, F, QuerySet, When
from django.http import Http404

from sauga.kernel.identity import PersonActor, home
from sauga.repository.catalogue.models import PrintOrder
from sauga.repository.permissions import Permission
from sauga.repository.states import OrderState

ALL, WAITING = "all", "waiting"


def orders_waiting(_by: PersonActor, _at: datetime) -> int:
    """Print orders that are not packed yet."""
    return home.count_of(orders(WAITING))


def orders(view: str = ALL) -> QuerySet[PrintOrder]:
    """Print orders, all or those that are not packed: waiting ones first, oldest first; then settled ones,
    newest first."""
    waits = Case(When(state=OrderState.PLACED, then="placed_at"))
    rows = PrintOrder.objects.all() if view == ALL else PrintOrder.objects.filter(state=OrderState.PLACED)
    return rows.select_related("resource").order_by(waits.asc(nulls_last=True), F("settled_at").desc(), "pk")


def order_for(by: PersonActor, ref: str) -> PrintOrder:
    """A print order. Raises Http404."""
    row = (
        PrintOrder.objects.select_related("resource").filter(ref=ref).first()
        if by.can(Permission.HANDLE_ORDERS)
        else None
    )
    if row is None:
        raise Http404
    return row
