"""Quality: the list of drawn contacts, one review on redacted text, and the rubric over many reviews."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sauga.helpline.actions import quality as actions
from sauga.helpline.forms.quality import ReviewForm
from sauga.helpline.models import Review
from sauga.helpline.queries import quality as queries
from sauga.helpline.rules.permissions import Permission
from sauga.helpline.views import quality_words as words
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Said, post_action_on
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts

UNFIT = 422


@require_safe
@needs(Permission.SAMPLE_QUALITY)
def reviews(request: HttpRequest) -> HttpResponse:
    """The drawn contacts in three lists."""
    by, at = actor(request), clock.now()
    view = request.GET.get("view", "open")
    view = view if view in queries.VIEWS else "open"
    rows = [words.line(row, at) for row in queries.reviews(by=by, view=view, at=at)]
    context = {"rows": rows, "view": view, "tabs": words.tabs(queries.counts(by=by), view), "empty": words.EMPTY[view]}
    return render(request, "helpline/desk/quality.html", context)


@needs(Permission.SAMPLE_QUALITY)
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """One contact without what tells who somebody is, and the rubric beside it. A post scores it."""
    by, at = actor(request), clock.now()
    found = queries.review_for(by, ref)
    form = _form(request, by, found, at)
    if form.is_bound and form.is_valid():
        refused = _scored(by, found, form, at)
        toasts.say(request, refused or (gettext("Scored. A supervisor is told.") if found.is_critical else gettext("Scored.")))
        if not refused:
            return HttpResponseRedirect(reverse("helpline-quality-review", args=[found.ref]))
    return _page(request, by, found, form, at)


def _form(request: HttpRequest, by: PersonActor, found: Review, at: datetime) -> ReviewForm:
    remark = queries.remark_of(found, by.vault) if by.vault and found.reviewer_id == by.person_id else ""
    data = request.POST if request.method == "POST" else None
    return ReviewForm(data, items=queries.items(found.channel, at), scores=found.scores, initial={"remark": remark})


def _scored(by: PersonActor, found: Review, form: ReviewForm, at: datetime) -> str:
    """Empty, or why it could not be done."""
    try:
        done = actions.score_review(by=by, review=found, scores=form.scores(), remark=form.cleaned_data["remark"], at=at)
    except ActionRefused as refused:
        return refused.text
    found.is_critical = done.is_critical
    return ""


def _page(request: HttpRequest, by: PersonActor, found: Review, form: ReviewForm, at: datetime) -> HttpResponse:
    is_mine = found.reviewer_id == by.person_id
    may_see = is_mine or found.is_critical
    said = queries.text_of(found, by.vault) if may_see and by.vault else None
    reviewer, settler = queries.reviewer_names(found)
    contact = found.conversation or found.letter
    context: dict[str, Any] = {
        "review": found,
        "band": words.band(contact.band) if contact else None,
        "why": words.why(found.why),
        "channel": words.channel(found.channel),
        "state": words.state(found),
        "form": form,
        "is_mine": is_mine,
        "may_score": is_mine and found.settled_at is None and contact is not None,
        "may_settle": found.is_critical and found.settled_at is None and not is_mine and by.can(Permission.LEAD_SHIFT),
        "locked": by.vault is None,
        "said": words.thread(said) if said is not None else None,
        "is_gone": may_see and by.vault is not None and said is None,
        "results": words.results(found, queries.all_items(at)) if found.done_at else None,
        "remark": queries.remark_of(found, by.vault) if by.vault and may_see else "",
        "reviewer": reviewer,
        "settler": settler,
    }
    return render(request, "helpline/desk/quality_review.html", context, status=UNFIT if form.is_bound else 200)


@require_safe
@needs(Permission.SAMPLE_QUALITY)
def summary(request: HttpRequest) -> HttpResponse:
    """The rubric over the last 90 days: items, never people."""
    return render(request, "helpline/desk/quality_summary.html", words.summary(queries.summary(at=clock.now())))


def _act(view: Callable[..., Said]) -> Callable[..., HttpResponseBase]:
    """A post about one review that goes back to its page."""
    to = post_action_on(queries.review_for, lambda _by, review: reverse("helpline-quality-review", args=[review.ref]))
    return needs(Permission.SAMPLE_QUALITY)(to(view))


@_act
def begin(_request: HttpRequest, by: PersonActor, found: Review, at: datetime) -> str:
    """Take it in hand, which opens the text."""
    actions.begin_review(by=by, review=found, at=at)
    return ""


@_act
def put_back(_request: HttpRequest, by: PersonActor, found: Review, at: datetime) -> str:
    """Give it back to colleagues."""
    actions.put_back(by=by, review=found, at=at)
    return gettext("Given back.")


@_act
def settle(_request: HttpRequest, by: PersonActor, found: Review, at: datetime) -> str:
    """It has been talked over."""
    actions.settle_review(by=by, review=found, at=at)
    return gettext("Settled.")


desk_urls = [
    path("quality/", reviews, name="helpline-quality"),
    path("quality/summary/", summary, name="helpline-quality-summary"),
    path("quality/<str:ref>/", review, name="helpline-quality-review"),
    path("quality/<str:ref>/begin/", begin, name="helpline-quality-begin"),
    path("quality/<str:ref>/put-back/", put_back, name="helpline-quality-put-back"),
    path("quality/<str:ref>/settle/", settle, name="helpline-quality-settle"),
]
