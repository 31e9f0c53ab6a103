"""The desk of reviewers: what is assigned to them, and one proposal with the form of its review.

Nothing here reads a step, an audit entry, a speaker or another's review unless `rules.visibility` says so.
"""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sauga.events.permissions import Permission
from sauga.events.programme.views.form_pages import data
from sauga.events.proposals.actions import reviews
from sauga.events.proposals.actions.calls import REVIEWS
from sauga.events.proposals.forms import desk as forms
from sauga.events.proposals.models import SUBMISSION, Proposal, Review
from sauga.events.proposals.presenters import shape_words, when_sentence
from sauga.events.proposals.queries import calls
from sauga.events.proposals.queries import proposals as queries
from sauga.events.proposals.queries.content import Keys
from sauga.events.proposals.rules.decisions import Phase
from sauga.events.proposals.rules.scores import weighted
from sauga.events.registration.presenters import answered
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Outcome, submitted
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, View
from sauga.kernel.refusals import Text

UNFIT = 422


class Reviews(ListPage):
    """What is assigned to the person who looks."""

    title = _("My reviews")
    live = REVIEWS
    views = (
        View("open", pgettext_lazy("reviews", "To review"), is_sortable=False),
        View("given", pgettext_lazy("reviews", "Reviewed"), is_sortable=False),
    )
    columns = (
        Column("title", pgettext_lazy("session", "Title"), is_heading=True),
        Column("event", pgettext_lazy("registration", "Event")),
        Column("kind", pgettext_lazy("session", "Kind")),
        Column("track", pgettext_lazy("session", "Track")),
        Column("own", _("My score"), "num"),
    )
    nothing = Empty(
        title=_("Nothing to review"),
        text=_("Organisers assign proposals to you. Those in which you have an interest never appear here."),
    )

    @override
    def rows(self) -> list[tuple[Proposal, Review]]:
        return queries.to_review(self.by, self.view_code, self.at)

    @override
    def lines(self, rows: list[tuple[Proposal, Review]]) -> Iterator[Line]:
        keys = Keys([row for row, _review in rows])
        weights: dict[int, dict[str, int]] = {}
        for row, review in rows:
            held = weights.setdefault(
                row.call_id, dict(row.call.criteria.values_list("ref", "weight")) if review.given_at else {}
            )
            own = weighted(review.scores, held)
            yield Line(
                row.ref,
                (
                    Link(keys.content(row).title, reverse("events-review", args=[row.ref])),
                    str(row.call.event),
                    shape_words(row),
                    str(row.track or ""),
                    round(float(own), 2) if own is not None else None,
                ),
            )

    @override
    def counts(self) -> Mapping[str, int]:
        return {view.code: len(queries.to_review(self.by, view.code, self.at)) for view in self.views}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REVIEW_PROPOSALS)
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """A proposal as its reviewer may see it, and the form."""
    by, at = actor(request), clock.now()
    row, held = queries.proposal_for(by, ref, at)
    if not held.own_review:
        raise Http404
    own, words = queries.own_review(by, row)
    criteria, keys = list(row.call.criteria.all()), Keys([row])
    form = forms.ReviewForm(
        data(request) if held.may_review else None,
        criteria=criteria,
        initial=forms.shown_review(own.scores if own else {}, words),
    )

    def act(_said: dict[str, Any]) -> Outcome:
        reviews.give_review(by=by, proposal=row, scores=form.scores, words=form.words, at=clock.now())
        return Outcome(_("Saved. You see the other reviews now."), to=reverse("events-review", args=[ref]))

    if response := submitted(request, form, act):
        return response
    content = keys.content(row)
    asked = [one for one in calls.questions_of(row.call, SUBMISSION) if held.identity or one.is_for_reviewers]
    context = {
        "row": row,
        "event": row.call.event,
        "content": content,
        "shape": shape_words(row),
        "answers": answered(content.answers, asked),
        "speakers": queries.speakers_by([row], keys).get(row.pk, []) if held.identity else [],
        "is_blind": not held.identity,
        "form": form if form.errors or (held.may_review and row.call.phase(at) is Phase.CLOSED) else None,
        "when": when_sentence(row.call, at),
        "is_given": held.reviews,
        "criteria": criteria,
        "reviews": queries.reviews_of(row, held, at),
        "channel": REVIEWS,
    }
    return render(request, "events/proposals/desk/review.html", context, status=UNFIT if form.errors else 200)


@require_POST
@needs(Permission.REVIEW_PROPOSALS)
def conflict(request: HttpRequest, ref: str) -> HttpResponse:
    """Declare a conflict of interest; the proposal disappears."""
    by, at = actor(request), clock.now()
    row, _held = queries.proposal_for(by, ref, at)

    def act() -> Text:
        reviews.declare_conflict(by=by, proposal=row, at=at)
        return _("Noted. You no longer see this proposal, and somebody else reviews it.")

    return respond(request, act, reverse("events-reviews"))
