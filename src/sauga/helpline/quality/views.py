"""Quality: the list of drawn contacts, one review on redacted text, and the rubric over many reviews."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.helpline.permissions import Permission
from sauga.helpline.quality import actions, queries
from sauga.helpline.quality import presenters as words
from sauga.helpline.quality.forms import ReviewForm
from sauga.helpline.quality.models import Review
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Said, post_action_on
from sauga.kernel.kit.lists import Column, Empty, Line, ListPage, Tool, View, label_order
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts

UNFIT = 422


class Reviews(ListPage):
    """The drawn contacts in three lists."""

    template = "helpline/quality/desk/quality.html"
    title = _("Quality")
    caption = _("Reviews")
    intro = _(
        "Contacts drawn for review, read without names and places. Your own contacts are not among them."
    )
    row_id = "review"
    views = (
        View("open", pgettext_lazy("quality", "To review")),
        View("critical", _("To talk over")),
        View("done", _("Finished")),
    )
    columns = (
        Column("review", pgettext_lazy("quality", "Review"), is_heading=True),
        Column("why", _("Why drawn"), sort=label_order("why", "quality_why")),
        Column("contact", pgettext_lazy("quality", "Contact"), sort=("channel",)),
        Column("risk", _("Risk")),
        Column("drawn", pgettext_lazy("quality", "Drawn"), "nowrap", ("drawn_at",)),
        Column("state", pgettext_lazy("quality", "State"), is_state=True),
    )
    none = {
        "open": Empty(
            title=_("Nothing is waiting for review"),
            text=_(
                "Every night some contacts are drawn: a few at random, every immediate danger, "
                "every complaint."
            ),
        ),
        "critical": Empty(
            title=_("Nothing to talk over"),
            text=_(
                "When a critical item was not done, the review stands here until a supervisor has "
                "talked it over."
            ),
        ),
        "done": Empty(title=_("No review is finished yet"), text=_("Finished reviews stand here.")),
    }

    @override
    def rows(self) -> QuerySet[Review]:
        return queries.reviews(by=self.by, view=self.view_code)

    @override
    def lines(self, rows: list[Review]) -> list[Line]:
        return [words.line(row) for row in queries.rows_of(by=self.by, reviews=rows, at=self.at)]

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts(by=self.by)

    @override
    def tools(self) -> Sequence[Tool]:
        href = reverse("helpline-quality-summary")
        return [Tool(label=_("All reviews together"), href=href, key="g", icon="chart-column", tone="second")]

    @override
    def empty(self) -> Empty:
        return self.none[self.view_code]


@needs(Permission.SAMPLE_QUALITY)
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """One contact without what identifies a person, and the rubric beside it. A post scores it."""
    by, at = actor(request), clock.now()
    found = queries.review_for(by, ref)
    form = _form(request, by, found, at)
    if form.is_bound and form.is_valid():
        refused = _scored(by, found, form, at)
        toasts.say(
            request,
            refused
            or (gettext("Scored. A supervisor is told.") if found.is_critical else gettext("Scored.")),
        )
        if not refused:
            return HttpResponseRedirect(reverse("helpline-quality-review", args=[found.ref]))
    return _page(request, by, found, form, at)


def _form(request: HttpRequest, by: PersonActor, found: Review, at: datetime) -> ReviewForm:
    remark = queries.remark_of(found, by.vault) if by.vault and found.reviewer_id == by.person_id else ""
    data = request.POST if request.method == "POST" else None
    return ReviewForm(
        data, items=queries.items(found.channel, at), scores=found.scores, initial={"remark": remark}
    )


def _scored(by: PersonActor, found: Review, form: ReviewForm, at: datetime) -> str:
    """Empty, or why it could not be done."""
    try:
        done = actions.score_review(
            by=by, review=found, scores=form.scores(), remark=form.cleaned_data["remark"], at=at
        )
    except ActionRefused as refused:
        return refused.text
    found.is_critical = done.is_critical
    return ""


def _page(
    request: HttpRequest, by: PersonActor, found: Review, form: ReviewForm, at: datetime
) -> HttpResponse:
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
        "may_settle": found.is_critical
        and found.settled_at is None
        and not is_mine
        and by.can(Permission.LEAD_SHIFT),
        "locked": by.vault is None,
        "said": words.thread(said) if said is not None else None,
        "is_gone": may_see and by.vault is not None and said is None,
        "results": words.results(found, queries.all_items(at)) if found.done_at else None,
        "remark": queries.remark_of(found, by.vault) if by.vault and may_see else "",
        "reviewer": reviewer,
        "settler": settler,
    }
    return render(
        request, "helpline/quality/desk/quality_review.html", context, status=UNFIT if form.is_bound else 200
    )


@require_safe
@needs(Permission.SAMPLE_QUALITY)
def summary(request: HttpRequest) -> HttpResponse:
    """The rubric over the last 90 days: items, never people."""
    return render(
        request, "helpline/quality/desk/quality_summary.html", words.summary(queries.summary(at=clock.now()))
    )


def _act(view: Callable[..., Said]) -> Callable[..., HttpResponseBase]:
    """A post about one review that goes back to its page."""
    to = post_action_on(
        queries.review_for, lambda _by, review: reverse("helpline-quality-review", args=[review.ref])
    )
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
