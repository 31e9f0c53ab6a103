"""Registering without an account: what there is, the form, and the page after it, which says the same to
everybody. Nothing is asked of a visitor that the event does not need, and no cookie is set.
"""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.registration.actions import registrations
from sauga.events.registration.actions.registrations import REGISTRANT, RegisteredAlready
from sauga.events.registration.actions.seats import TooBusy
from sauga.events.registration.forms.people import SENDING, SignUpForm, new_sending, sign_up_form
from sauga.events.registration.models import Ticket
from sauga.events.registration.presenters import offer_line, places
from sauga.events.registration.queries import tickets as queries
from sauga.events.registration.queries.holds import HOLD_LASTS, pressure
from sauga.events.registration.queries.waiting_list import unconfirmed
from sauga.kernel import clock, page_cache, rate_limits
from sauga.kernel.refusals import refusal_in

PURPOSE = "events.register"
UNFIT, TOO_MANY = 422, 429


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """The tickets of an event; the form at once where there is only one that is open."""
    event, at = queries.public_event(slug), clock.now()
    offers = queries.offers_of(event, at)
    if len(offers) == 1 and offers[0].is_open:
        return HttpResponseRedirect(reverse("events-register-ticket", args=[slug, offers[0].ticket.ref]))
    context = {"event": event, "offers": [offer_line(offer) for offer in offers]}
    return render(request, "events/registration/public/choose.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """The form of one ticket. It decides nothing: the post does, in one transaction."""
    ticket, at = queries.public_ticket(slug, ref), clock.now()
    questions = queries.questions_of(ticket.event)
    sending = request.POST.get("sending", "")
    sending = sending if SENDING.fullmatch(sending) else new_sending()
    form = sign_up_form(ticket, questions, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, ticket, form, sending, at)
    if not form.is_valid():
        return _page(request, ticket, form, sending, at, status=UNFIT)
    try:
        rate_limits.admit(PURPOSE, sending, request, at, least=_pressure(ticket))
        with refusal_in(form):
            try:
                registrations.register(
                    by=REGISTRANT, ticket=ticket, data=form.registration_data(sending), at=at
                )
            except RegisteredAlready as known:
                registrations.remind(by=REGISTRANT, registration=known.registration, at=at)
            except TooBusy:
                raise rate_limits.held_back(PURPOSE, sending, request, at) from None
            return HttpResponseRedirect(reverse("events-registered", args=[slug]))
    except rate_limits.Held as held:
        return _page(request, ticket, form, sending, at, held=held, puzzle=held.puzzle, status=TOO_MANY)
    return _page(request, ticket, form, sending, at, status=UNFIT)


def _pressure(ticket: Ticket) -> int:
    """The level of the puzzle that the event itself asks for, however calm the server is."""
    return pressure(unconfirmed(ticket.event))


def _page(
    request: HttpRequest,
    ticket: Ticket,
    form: SignUpForm,
    sending: str,
    at: datetime,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    offer = queries.offer_of(ticket, at)
    context = {
        "event": ticket.event,
        "ticket": ticket,
        "form": form,
        "line": offer_line(offer),
        "places": places(offer.waiting + 1) if offer.is_open and offer.room == queries.Room.FULL else [],
        "position": offer.waiting + 1,
        "sending": sending,
        "puzzle": rate_limits.puzzle_for(PURPOSE, sending, at, least=_pressure(ticket)),
        "minutes": HOLD_LASTS // timedelta(minutes=1),
        "others": queries.has_others(ticket),
        **more,
    }
    return render(request, "events/registration/public/register.html", context, status=status)


@require_safe
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens now: the same for a new registration and for one made before."""
    context = {"event": queries.public_event(slug), "minutes": HOLD_LASTS // timedelta(minutes=1)}
    page = render(request, "events/registration/public/registered.html", context)
    return page_cache.cache_response(request, page)
