"""An ambassador's sessions in My Sauga: answering a request, reporting, cancelling, the calendar."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.certification.applications.queries import protection
from sauga.certification.applications.queries.ambassadors import of_member as ambassadors_of
from sauga.certification.applications.views.member import SENTENCES, adult, to_mine
from sauga.certification.sessions import presenters
from sauga.certification.sessions.actions import bookings as booking_actions
from sauga.certification.sessions.forms import CancelForm, HeadsForm
from sauga.certification.sessions.mail_text import facts
from sauga.certification.sessions.queries import bookings
from sauga.certification.sessions.views.public import calendar_response
from sauga.certification.states import BookingState
from sauga.kernel import clock, members
from sauga.kernel.clock import local_day
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused, refusal_in

UNFIT = 422


def keys_of(by: MemberActor) -> list[int]:
    """The member's applications and certifications, by key."""
    return [row.pk for row in ambassadors_of(by.member)]


@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Accept or decline a request."""
    by = adult(request)
    offer = bookings.own_offer(keys_of(by), ref)
    accepts = "accept" in request.POST
    try:
        booking_actions.answer(by=by, offer=offer, accepts=accepts, at=clock.now())
    except booking_actions.AnswerRefused as refused:
        return to_mine("taken" if refused.why == "taken" else "not-possible")
    except ActionRefused:
        return to_mine("not-possible")
    return to_mine("accepted" if accepts else "declined")


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One session: its host, and afterwards the report."""
    by, at = adult(request), clock.now()
    row = bookings.own_booking(keys_of(by), ref)
    today = local_day(at)
    form = HeadsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            booking_actions.report_held(by=by, booking=row, heads=form.heads(), at=at)
            return to_mine("reported")
    is_accepted = row.state == BookingState.ACCEPTED
    context = {
        **facts(row),
        "form": form,
        "state": presenters.STATES[row.state],
        "reports": presenters.reports(row, with_words=True),
        "address": protection.text_of(row, row, "address") if is_accepted else "",
        "note": protection.text_of(row, row, "note") if is_accepted else "",
        "to_report": is_accepted and row.has_come(today),
        "may_cancel": is_accepted and not row.has_come(today),
        "cancel_form": CancelForm(),
    }
    return members.page(
        request,
        "certification/member/session.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if form.errors else 200,
    )


@require_POST
def cancel(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Call an accepted session off."""
    by = adult(request)
    row = bookings.own_booking(keys_of(by), ref)
    form = CancelForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else "OTHER"
    try:
        booking_actions.cancel(by=by, booking=row, why=why, at=clock.now())
    except ActionRefused:
        return to_mine("not-possible")
    return to_mine("cancelled")


@require_safe
def calendar(request: HttpRequest) -> HttpResponseBase:
    """All accepted sessions as a calendar file."""
    by, at = adult(request), clock.now()
    rows = [
        one
        for one in bookings.own_bookings(keys_of(by))
        if one.state in (BookingState.ACCEPTED, BookingState.CANCELLED)
    ]
    return calendar_response(rows, at)
