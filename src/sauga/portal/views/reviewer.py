"""The reviewer's page, behind a personal link: no account, no cookie. Reading changes nothing; it accepts one
answer.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock, sealed
from sauga.kernel.refusals import ActionRefused
from sauga.portal.actions import reviews as reviewing
from sauga.portal.forms.reviews import AnswerForm
from sauga.portal.models.reviews import ReviewRequest
from sauga.portal.queries.desk import review_of

PURPOSE = "portal.review"
TICKET_AGE = timedelta(hours=24)
GONE, UNFIT = 410, 422


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    """The page as it would be published, and the question. Wrong, expired and answered links get the same
    friendly page.
    """
    found, at = review_of(token), clock.now()
    with translation.override(found.language if found else translation.get_language()):
        if found is None or not found.is_open(at):
            return render(request, "portal/public/review_over.html", status=GONE)
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid() and _taken(request, found, form):
            return render(
                request,
                "portal/public/review_thanks.html",
                {"approved": form.cleaned_data["answer"] == "approve"},
            )
        ticket = sealed.new_ticket(f"{PURPOSE}:{found.ref}", at)
        context = {"review": found, "page": found.revision.as_object(), "form": form, "ticket": ticket}
        return render(request, "portal/public/review.html", context, status=UNFIT if form.is_bound else 200)


def _taken(request: HttpRequest, found: ReviewRequest, form: AnswerForm) -> bool:
    """Whether the answer was accepted; a form that was open too long is asked again."""
    at = clock.now()
    try:
        sealed.read_ticket(request.POST.get("ticket", ""), f"{PURPOSE}:{found.ref}", at, TICKET_AGE)
        approve = form.cleaned_data["answer"] == "approve"
        reviewing.answer_review(
            by=reviewing.REVIEWER, review=found, approve=approve, words=form.cleaned_data["words"], at=at
        )
    except (sealed.TicketError, ActionRefused):
        return False
    return True
