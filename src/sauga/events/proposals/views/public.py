"""The call for everybody: what is looked for, the form, and the page after it, which says the same to
everybody. No cookie is set.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.programme.models import said
from sauga.events.proposals.actions import submissions
from sauga.events.proposals.actions.submissions import PROPOSER, TooManyProposals
from sauga.events.proposals.forms.people import ProposalForm
from sauga.events.proposals.models import SUBMISSION, Call
from sauga.events.proposals.presenters import when_sentence
from sauga.events.proposals.queries import calls as queries
from sauga.events.proposals.rules.decisions import Phase
from sauga.events.proposals.rules.letter_fields import minutes_words
from sauga.events.registration.forms.people import SENDING, new_sending
from sauga.kernel import clock, rate_limits, vocab
from sauga.kernel.i18n import and_list
from sauga.kernel.refusals import refusal_in

PURPOSE = "events.propose"
UNFIT, TOO_MANY = 422, 429


@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """What is looked for, until when, and how it is judged."""
    row, at = queries.public_call(slug), clock.now()
    return render(request, "events/proposals/public/call.html", call_context(row, at))


def call_context(row: Call, at: datetime) -> dict[str, Any]:
    """A call as its page shows it."""
    return {
        "call": row,
        "event": row.event,
        "title": said(row.title),
        "paragraphs": [one for one in str(said(row.text)).replace("\r", "").split("\n\n") if one.strip()],
        "text_language": getattr(said(row.text), "language", ""),
        "when": when_sentence(row, at),
        "is_open": row.phase(at) is Phase.OPEN,
        "is_closed": row.phase(at) is Phase.CLOSED,
        "kinds": and_list([vocab.label("session_kinds", code) for code in row.kinds]),
        "durations": and_list([minutes_words(one) for one in row.durations]),
        "tracks": list(row.event.tracks.all()),
        "criteria": list(row.criteria.all()),
    }


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a proposal without an account."""
    row, at = queries.public_call(slug), clock.now()
    sending = request.POST.get("sending", "")
    sending = sending if SENDING.fullmatch(sending) else new_sending()
    is_draft = request.POST.get("do") == "draft"
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        call=row,
        questions=queries.questions_of(row, SUBMISSION),
        is_draft=is_draft,
    )
    if not form.is_bound:
        return _page(request, row, form, sending, at)
    if not form.is_valid():
        return _page(request, row, form, sending, at, status=UNFIT)
    try:
        rate_limits.admit(PURPOSE, sending, request, at)
    except rate_limits.Held as held:
        return _page(request, row, form, sending, at, held=held, puzzle=held.puzzle, status=TOO_MANY)
    with refusal_in(form):
        try:
            submissions.propose(by=PROPOSER, call=row, offer=form.offer(sending), is_draft=is_draft, at=at)
        except TooManyProposals as many:
            submissions.remind(by=PROPOSER, proposal=many.proposal, at=at)
        return HttpResponseRedirect(reverse("events-proposal-sent", args=[slug]))
    return _page(request, row, form, sending, at, status=UNFIT)


def _page(
    request: HttpRequest,
    row: Call,
    form: ProposalForm,
    sending: str,
    at: datetime,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        **call_context(row, at),
        "form": form,
        "sending": sending,
        "puzzle": rate_limits.puzzle_for(PURPOSE, sending, at),
        **more,
    }
    return render(request, "events/proposals/public/propose.html", context, status=status)


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens now: the same for everybody."""
    row = queries.public_call(slug)
    return render(request, "events/proposals/public/sent.html", {"call": row, "event": row.event})
