"""Forms on a resource's page: use reports and print orders. No account, no cookie; a one-time ticket prevents
double posts.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.states import SystemActor
from sauga.repository.catalogue.actions import print_orders
from sauga.repository.catalogue.forms import TICKET_AGE, OrderForm, UseForm
from sauga.repository.catalogue.queries import catalogue as queries
from sauga.repository.catalogue.views.catalogue import PURPOSE_USE
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources

VISITOR = SystemActor("visitor")
PURPOSE_ORDER = "repository.order"
UNFIT, GONE = 422, 410


@require_http_methods(["GET", "HEAD", "POST"])
def used(request: HttpRequest, slug: str) -> HttpResponse:
    """Report participants. The resource's page offers one tap; here all groups can be filled in."""
    row, at = queries.live_resource(slug), clock.now()
    today = at.astimezone(VILNIUS).date()
    if request.method != "POST":
        return _page(request, "used", row, UseForm(today=today), sealed.new_ticket(PURPOSE_USE, at))
    data = request.POST.copy()
    data.setdefault("date", today.isoformat())
    form = UseForm(data, today=today)
    ticket = _ticket(request, form, PURPOSE_USE)
    if not form.is_valid() or ticket is None:
        return _page(
            request,
            "used",
            row,
            form,
            request.POST.get("ticket", "") if ticket else sealed.new_ticket(PURPOSE_USE, at),
        )
    said = form.cleaned_data
    print_orders.report_use(
        by=VISITOR,
        resource=row,
        heads=form.heads,
        kind=said["kind"],
        municipality=said["municipality"],
        date=said["date"],
        nonce=ticket.nonce,
        at=at,
    )
    return _thanks(row)


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """Order printed copies."""
    row, at = queries.live_resource(slug), clock.now()
    if "print_order" not in row.channels:
        return HttpResponseRedirect(resources.href(row))
    languages = [code for code in row.languages if code not in {"lls", "ils"}]
    first = resources.speaking() if resources.speaking() in languages else languages[0]
    if request.method != "POST":
        return _page(
            request,
            "order",
            row,
            OrderForm(languages=languages, initial={"language": first}),
            sealed.new_ticket(PURPOSE_ORDER, at),
        )
    form = OrderForm(request.POST, languages=languages)
    ticket = _ticket(request, form, PURPOSE_ORDER)
    if not form.is_valid() or ticket is None:
        return _page(
            request,
            "order",
            row,
            form,
            request.POST.get("ticket", "") if ticket else sealed.new_ticket(PURPOSE_ORDER, at),
        )
    said = {
        name: form.cleaned_data[name] for name in ("copies", "language", "kind", "municipality", "contact")
    }
    try:
        print_orders.place_order(by=VISITOR, resource=row, nonce=ticket.nonce, at=at, **said)
    except sealed.KeyNotAvailable:
        form.add_error(
            None, gettext("Orders are not possible at the moment. Nothing was sent; please try again later.")
        )
        return _page(request, "order", row, form, sealed.new_ticket(PURPOSE_ORDER, at))
    return HttpResponseRedirect(reverse("repository-ordered", args=[row.slug(resources.speaking())]))


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirmation of a use report."""
    row = queries.live_resource(slug)
    return render(
        request,
        "repository/catalogue/thanks.html",
        {"row": row, "href": resources.href(row), "title": resources.spoken(row, "title")[0]},
    )


@require_safe
def ordered(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirmation of a print order."""
    row = queries.live_resource(slug)
    context = {
        "row": row,
        "href": resources.href(row),
        "title": resources.spoken(row, "title")[0],
        "is_order": True,
    }
    return render(request, "repository/catalogue/thanks.html", context)


def _ticket(request: HttpRequest, form: Any, purpose: str) -> sealed.Ticket | None:
    try:
        return sealed.read_ticket(request.POST.get("ticket", ""), purpose, clock.now(), TICKET_AGE)
    except sealed.TicketError:
        form.is_valid()
        form.add_error(
            None,
            gettext(
                "This page had been open for too long. Nothing is lost: check what you wrote and "
                "send it again."
            ),
        )
        return None


def _page(request: HttpRequest, name: str, row: Resource, form: Any, ticket: str) -> HttpResponse:
    title, lang = resources.spoken(row, "title")
    request.twins = resources.twins(f"repository-{name}", row)  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    context = {
        "row": row,
        "slug": row.slug(resources.speaking()),
        "href": resources.href(row),
        "title": title,
        "lang": lang,
    }
    context |= {"form": form, "ticket": ticket}
    response = render(
        request, f"repository/catalogue/{name}.html", context, status=UNFIT if form.is_bound else 200
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _thanks(row: Resource) -> HttpResponse:
    return HttpResponseRedirect(reverse("repository-used-thanks", args=[row.slug(resources.speaking())]))
