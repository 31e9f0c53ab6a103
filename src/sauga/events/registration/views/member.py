"""Registrations on the member site: a member's own, and registering with the name and address of the
account."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.programme.standards.calendar_files import calendar_file
from sauga.events.registration.actions import registrations as registration_actions
from sauga.events.registration.actions.registrations import RegisteredAlready
from sauga.events.registration.actions.seats import TooBusy
from sauga.events.registration.forms.people import SENDING, new_sending, sign_up_form
from sauga.events.registration.presenters import offer_line, public_mark
from sauga.events.registration.queries import registrations, tickets
from sauga.events.registration.views.own import respond
from sauga.events.states import SEATED
from sauga.kernel import clock, members
from sauga.kernel.i18n import languages
from sauga.kernel.refusals import refusal_in

UNFIT, BUSY = 422, 429
CALENDAR = "text/calendar; charset=utf-8"
SENTENCES = {"known": RegisteredAlready.message}


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """A member's registrations for events that are not over."""
    rows = registrations.of_member(members.member(request).member, clock.now())
    context = {"rows": [(row, public_mark(row.state)) for row in rows]}
    return members.page(request, "events/registration/member/mine.html", context, sentences=SENTENCES)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The events that a member has a seat at, as a file for the calendar."""
    at = clock.now()
    rows = registrations.of_member(members.member(request).member, at)
    events = [row.event for row in rows if row.state in SEATED]
    answer = HttpResponse(calendar_file(gettext("My events"), events, at), content_type=CALENDAR)
    answer.headers["Content-Disposition"] = 'attachment; filename="sauga.ics"'
    return answer


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """The tickets of an event; the form at once where there is only one that is open."""
    event = tickets.public_event(slug)
    offers = tickets.offers_of(event, clock.now())
    if len(offers) == 1 and offers[0].is_open:
        return HttpResponseRedirect(reverse("events-mine-register", args=[slug, offers[0].ticket.ref]))
    context = {"event": event, "offers": [offer_line(offer) for offer in offers]}
    return members.page(request, "events/registration/member/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """One of them."""
    by = members.member(request)

    def shown(asked: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
        return members.page(asked, "events/registration/member/one.html", context, status=status)

    return respond(request, by, registrations.of_member_by_ref(by.member, ref), shown)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """The form of a ticket, with the address of the account."""
    by, ticket, at = members.member(request), tickets.public_ticket(slug, ref), clock.now()
    questions = tickets.questions_of(ticket.event)
    sending = request.POST.get("sending", "")
    sending = sending if SENDING.fullmatch(sending) else new_sending()
    posted = request.POST if request.method == "POST" else None
    form = sign_up_form(ticket, questions, posted, is_member=True, initial=_known_of(by))
    status = 200
    if form.is_bound and form.is_valid():
        address = members.address_of(by.member)
        data = form.registration_data(
            sending, address=address, language=by.language if by.language in _spoken() else ""
        )
        with refusal_in(form):
            try:
                row = registration_actions.register(by=by, ticket=ticket, data=data, at=at)
                return HttpResponseRedirect(reverse("events-mine-one", args=[row.ref]))
            except RegisteredAlready:
                return members.to("events-mine", "known")
            except TooBusy as busy:
                form.add_error(None, busy.text)
                status = BUSY
    context = {
        "event": ticket.event,
        "ticket": ticket,
        "form": form,
        "line": offer_line(tickets.offer_of(ticket, at)),
        "sending": sending,
    }
    if form.errors and status == 200:
        status = UNFIT
    return members.page(request, "events/registration/member/register.html", context, status=status)


def _known_of(by: members.MemberActor) -> dict[str, str]:
    """What the account knows and the form need not ask again; which school only where it is clear."""
    acts_for = list(members.organisations_of(by.member_id).values())
    return {"name": by.name, "school": str(acts_for[0]) if len(acts_for) == 1 else ""}


def _spoken() -> set[str]:
    return {row.code for row in languages.for_editors()}
