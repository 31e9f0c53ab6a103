"""Print orders at the desk."""

from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import clock, organisations, vocab
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import post_action
from sauga.kernel.kit.lists import Column, Day, Empty, Line, Link, ListPage, Mark, Ref, View, label_order
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts
from sauga.repository.catalogue.actions import print_orders as print_order_actions
from sauga.repository.catalogue.models import PrintOrder
from sauga.repository.catalogue.queries import print_orders
from sauga.repository.permissions import Permission
from sauga.repository.resources.presenters import resources
from sauga.repository.resources.queries import worklist as queries
from sauga.repository.states import OrderState


class Orders(ListPage):
    """Print orders: waiting, then settled."""

    title = _("Print orders")
    views = (
        View(print_orders.ALL, pgettext_lazy("print orders", "All")),
        View(print_orders.WAITING, pgettext_lazy("print orders", "Waiting")),
    )
    nothing = Empty(title=_("No print orders"), text=_("They appear here as soon as somebody orders copies."))
    columns = (
        Column(
            "resource",
            _("Resource"),
            sort=lambda: queries.title_order(resources.speaking(), "resource__title"),
            is_heading=True,
        ),
        Column("copies", _("Copies"), "num", ("copies",)),
        Column("language", _("Language"), sort=label_order("language", "languages")),
        Column("place", _("Municipality")),
        Column("state", _("State"), sort=("state",)),
        Column("placed", _("Placed"), sort=("placed_at",)),
    )
    states = {
        OrderState.PLACED: Mark("wait", "half", _("waits")),
        OrderState.SENT: Mark("good", "tick", _("sent")),
        OrderState.REFUSED: Mark("calm", "dash", _("refused")),
    }

    @override
    def rows(self) -> QuerySet[PrintOrder]:
        return print_orders.orders(self.view_code)

    @override
    def line(self, row: PrintOrder) -> Line:
        said = _order(row)
        title = (Link(said["title"], reverse("repository-desk-order", args=[row.ref])), Ref(row.ref))
        return Line(
            row.ref,
            (
                title,
                row.copies,
                said["language"],
                said["place"],
                self.states[OrderState(row.state)],
                Day(row.placed_at),
            ),
        )


def _order(row: PrintOrder) -> dict[str, Any]:
    places = dict(organisations.municipalities())
    return {
        "row": row,
        "title": resources.spoken(row.resource, "title")[0],
        "place": places.get(row.municipality, row.municipality),
        "kind": vocab.label("organisation_kinds", row.kind) if row.kind else "",
        "language": vocab.label("languages", row.language),
        "waits": row.state == "placed",
    }


@needs(Permission.HANDLE_ORDERS)
def order(request: HttpRequest, ref: str) -> HttpResponse:
    """One order. The contact is shown on a post, because that is audited."""
    by = actor(request)
    row = print_orders.order_for(by, ref)
    context = {"line": _order(row), "row": row, "locked": by.vault is None, "contact": ""}
    if request.method == "POST":
        try:
            context["contact"] = print_order_actions.open_order(by=by, order=row, at=clock.now())
        except ActionRefused as refused:
            toasts.refuse(request, refused.text)
            return HttpResponseRedirect(reverse("repository-desk-order", args=[ref]))
    return render(request, "repository/catalogue/print_order.html", context)


@needs(Permission.HANDLE_ORDERS)
@post_action("repository-desk-orders")
def settle(request: HttpRequest, order: str, what: str) -> str:
    """Mark it as sent or refused."""
    by = actor(request)
    print_order_actions.settle_order(
        by=by, order=print_orders.order_for(by, order), sent=what == "sent", at=clock.now()
    )
    return gettext("Noted. The address will be deleted in 30 days.")
