"""Proposals on the member site: a member's own, and proposing with the name and address of the account."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.proposals.actions import submissions
from sauga.events.proposals.forms.people import ProposalForm
from sauga.events.proposals.models import SUBMISSION
from sauga.events.proposals.presenters import public_mark
from sauga.events.proposals.queries import calls, proposals
from sauga.events.proposals.queries.content import Keys
from sauga.events.proposals.views.own import respond
from sauga.events.proposals.views.public import call_context
from sauga.events.registration.forms.people import SENDING, new_sending
from sauga.kernel import clock, members
from sauga.kernel.i18n import languages
from sauga.kernel.refusals import refusal_in

UNFIT = 422


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """A member's proposals."""
    rows = proposals.of_member(members.member(request).member_id)
    keys = Keys(rows)
    context = {"rows": [(row, keys.content(row).title, public_mark(row.state)) for row in rows]}
    return members.page(request, "events/proposals/member/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """One of them."""
    by = members.member(request)

    def shown(asked: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
        return members.page(asked, "events/proposals/member/one.html", {**context, "by": by}, status=status)

    return respond(request, by, proposals.of_member_by_ref(by.member_id, ref), shown)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a call, with the name and address of the account."""
    by, row, at = members.member(request), calls.public_call(slug), clock.now()
    sending = request.POST.get("sending", "")
    sending = sending if SENDING.fullmatch(sending) else new_sending()
    is_draft = request.POST.get("do") == "draft"
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        call=row,
        questions=calls.questions_of(row, SUBMISSION),
        address=members.address_of(by.member),
        is_draft=is_draft,
        initial={"name": by.name},
    )
    if form.is_bound and form.is_valid():
        spoken = {one.code for one in languages.for_editors()}
        offer = form.offer(sending, language=by.language if by.language in spoken else "")
        with refusal_in(form):
            made = submissions.propose(by=by, call=row, offer=offer, is_draft=is_draft, at=at)
            return HttpResponseRedirect(reverse("events-proposal-mine", args=[made.ref]))
    context = {**call_context(row, at), "form": form, "sending": sending, "by": by}
    status = UNFIT if form.errors else 200
    return members.page(request, "events/proposals/member/propose.html", context, status=status)
