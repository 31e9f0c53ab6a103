"""Deciding a dispute: the provider's words, the reason, the letter as it will be sent and what follows; only
then the decision."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sauga.hotline.notices import presenters
from sauga.hotline.notices.actions import disputes
from sauga.hotline.notices.forms import DisputeForm
from sauga.hotline.notices.models import Notice
from sauga.hotline.notices.queries import notices as queries
from sauga.hotline.notices.queries.disputes import disputed_items
from sauga.hotline.notices.rules.disputes import UPHELD
from sauga.hotline.permissions import Permission
from sauga.hotline.states import NoticeState
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.ui import toasts


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REVIEW)
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """GET and a post without `confirm` decide nothing; the confirmation posts exactly what was previewed."""
    by, at = actor(request), clock.now()
    found = queries.notice_for(by, ref)
    back = reverse("hotline-notice", args=[found.ref])
    if found.state != NoticeState.DISPUTED:
        toasts.say(request, gettext("This dispute has been decided already."))
        return HttpResponseRedirect(back)
    form = DisputeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, by, found, form)
    upheld, reason = form.cleaned_data["decision"] == UPHELD, form.cleaned_data["reason"]
    letter = None
    with refusal_in(form):
        disputes.check_reviewer(by=by, notice=found)
        letter = disputes.preview(notice=found, upheld=upheld, reason=reason, at=at)
        if "confirm" in request.POST:
            disputes.decide_dispute(by=by, notice=found, upheld=upheld, reason=reason, at=at)
            toasts.say(request, _done(upheld))
            return HttpResponseRedirect(back)
    if letter is None or form.errors:
        return _page(request, by, found, form)
    rows = disputed_items(found)
    shown = {
        "letter": letter,
        "to": found.contact.email,
        "upheld": upheld,
        "items": [row.item.ref for row in rows],
        "whole": disputes.is_whole_notice(found, rows),
    }
    return _page(request, by, found, form, shown)


def _done(upheld: bool) -> str:
    if upheld:
        return gettext("Decided: the request is withdrawn with a correction; the items are assessed again.")
    return gettext("Decided: the request still applies. The provider is told why.")


def _page(
    request: HttpRequest,
    by: PersonActor,
    found: Notice,
    form: DisputeForm,
    shown: dict[str, Any] | None = None,
) -> HttpResponse:
    page = queries.notice_page(found, by.vault)
    try:
        disputes.check_reviewer(by=by, notice=found)
        refused = ""
    except ActionRefused as reason:
        refused = reason.text
    context = {
        "notice": found,
        "state": presenters.state(found),
        "said": [one for one in page.answers if one.answer.answer == "DISPUTED"],
        "items": [row.item for row in disputed_items(found)],
        "form": form,
        "shown": shown,
        "refused": refused,
        "locked": by.vault is None,
    }
    return render(request, "hotline/notices/dispute.html", context, status=422 if form.errors else 200)
