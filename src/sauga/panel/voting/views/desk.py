"""Ballots at the desk: the list, one ballot with what can be done, the form."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.identity import actor, names_of, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, submitted
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Tool, View
from sauga.kernel.refusals import Text
from sauga.panel.permissions import Permission
from sauga.panel.states import BallotState
from sauga.panel.trail import BALLOTS_CHANNEL, ZONE
from sauga.panel.voting import presenters
from sauga.panel.voting.actions import ballots
from sauga.panel.voting.actions import counts as count_actions
from sauga.panel.voting.forms import BallotForm, DeskFilterForm, stored
from sauga.panel.voting.models import Ballot
from sauga.panel.voting.queries import ballots as queries
from sauga.panel.voting.rules.ballots import shown_digest
from sauga.panel.voting.rules.codes import Kind

UNFIT = 422


class Ballots(ListPage):
    """Ballots: being written, open, to be counted, over."""

    title = pgettext_lazy("panel desk", "Ballots")
    intro = _(
        "One person writes a ballot, another opens it. Nobody sees votes; results come after the count."
    )
    live, form_class = BALLOTS_CHANNEL, DeskFilterForm
    views = (
        View(queries.DRAFTS, pgettext_lazy("ballots", "Being written")),
        View(queries.OPEN, pgettext_lazy("ballots", "Open")),
        View(queries.DUE, pgettext_lazy("ballots", "To be counted")),
        View(queries.CLOSED, pgettext_lazy("ballots", "Over")),
    )
    columns = (
        Column("question", _("Question"), sort=("question",), is_heading=True),
        Column("kind", pgettext_lazy("ballot", "How members vote"), sort=("kind",)),
        Column("state", _("State"), sort=("state",), is_state=True),
        Column("ends", _("Ends"), sort=("ends_at",)),
    )
    nothing = Empty(
        title=_("No ballot here"), text=_("Write one; a colleague opens it, and members vote until it ends.")
    )

    @override
    def rows(self) -> QuerySet[Ballot]:
        return queries.rows(self.view_code, self.at, **self.filters).order_by("-ends_at", "-pk")

    @override
    def line(self, row: Ballot) -> Line:
        return Line(
            row.ref,
            (
                Link(row.question, reverse("panel-ballot-desk", args=[row.ref])),
                Kind(row.kind).label,
                presenters.STATES[row.state],
                Day(row.ends_at),
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts(self.at)

    @override
    def tools(self) -> list[Tool]:
        if not self.by.can(Permission.RUN_BALLOTS):
            return []
        return [Tool(label=_("New ballot"), href=reverse("panel-ballot-new"), key="n")]


ACTIONS = ActionSet(
    find=queries.ballot_for,
    author=lambda row: row.author_id,
    actions={
        "open": Action(
            permissions=(Permission.RUN_BALLOTS,),
            states=frozenset({BallotState.PROPOSED}),
            label=_("Open the ballot"),
            text=_(
                "From now on nothing changes: text, options, end, and who may vote. "
                "Read it as a member would."
            ),
            message=_("Open. Members see it now."),
            effect=lambda by, row, given, at: ballots.open_ballot(by=by, ballot=row, at=at),
            others_only=True,
            is_next=True,
            key="o",
        ),
        "hand-in": Action(
            permissions=(Permission.RUN_BALLOTS,),
            states=frozenset({BallotState.DRAFT}),
            label=_("Submit for opening"),
            message=_("Handed in. A colleague reads and opens it."),
            effect=lambda by, row, given, at: ballots.hand_in(by=by, ballot=row, at=at),
            is_next=True,
            key="h",
        ),
        "take-back": Action(
            permissions=(Permission.RUN_BALLOTS,),
            states=frozenset({BallotState.PROPOSED}),
            label=_("Back to the draft"),
            message=_("A draft again."),
            effect=lambda by, row, given, at: ballots.take_back(by=by, ballot=row, at=at),
            tone="second",
        ),
        "count": Action(
            permissions=(Permission.RUN_BALLOTS,),
            states=frozenset({BallotState.OPEN}),
            label=_("Count"),
            text=_(
                "All votes are opened together, mixed and counted; only the result is kept. "
                "Votes and key are destroyed: this cannot be repeated."
            ),
            message=_("Counted. Members see the result now."),
            effect=lambda by, row, given, at: count_actions.count_ballot(by=by, ballot=row, at=at),
            suits=lambda row: clock.now() >= row.ends_at,
            is_next=True,
            key="c",
        ),
        "cancel": Action(
            permissions=(Permission.RUN_BALLOTS,),
            states=frozenset({BallotState.OPEN}),
            label=_("Cancel the ballot"),
            text=_("Votes are destroyed uncounted. Members read that it was cancelled; tell them why."),
            message=_("Cancelled. Votes were destroyed."),
            effect=lambda by, row, given, at: count_actions.cancel_ballot(by=by, ballot=row, at=at),
            others_only=True,
            tone="danger",
        ),
        "discard": Action(
            permissions=(Permission.RUN_BALLOTS,),
            states=frozenset({BallotState.DRAFT, BallotState.PROPOSED}),
            label=_("Drop"),
            message=_("Dropped."),
            effect=lambda by, row, given, at: _dropped(ballots.discard(by=by, ballot=row, at=at)),
            tone="danger",
        ),
        "restore": Action(
            permissions=(Permission.RUN_BALLOTS,),
            states=frozenset({BallotState.DISCARDED}),
            label=_("Take up again"),
            message=_("A draft again."),
            effect=lambda by, row, given, at: ballots.restore(by=by, ballot=row, at=at),
            tone="second",
        ),
    },
)


def _dropped(row: Ballot) -> Outcome:
    return Outcome(undo=reverse("panel-ballot-do", args=[row.ref, "restore"]))


class BallotPage(DetailPage):
    """One ballot: its text as members read it, who wrote it, and the result once it is counted."""

    template = "panel/voting/desk/ballot.html"
    list_title, list_url = Ballots.title, "panel-ballots-desk"
    url, action_url = "panel-ballot-desk", "panel-ballot-do"
    live, states = BALLOTS_CHANNEL, presenters.STATES
    zone, audit_permission = ZONE, Permission.RUN_BALLOTS
    actions = ACTIONS

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Ballot = self.row
        yield pgettext_lazy("ballot", "How members vote"), Kind(row.kind).label
        if row.kind == Kind.ELECTION:
            yield _("Seats"), str(row.seats)
        yield _("Votes needed"), str(row.quorum)
        yield _("Ends"), Day(row.ends_at)
        yield pgettext_lazy("ballot", "Written by"), names_of({self._author()}).get(self._author(), "")
        if row.proposal_ref:
            yield _("Reference of the proposal"), row.proposal_ref
            for other in queries.results_of_proposals([row.proposal_ref]).get(row.proposal_ref, []):
                if other.pk != row.pk:
                    yield (
                        _("Another ballot about it"),
                        Link(other.question, reverse("panel-ballot-desk", args=[other.ref])),
                    )
        if row.opened_at:
            yield _("May vote"), str(queries.eligible(row))
            yield _("Fingerprint of text and key"), shown_digest(row.digest)
        if row.state == BallotState.OPEN:
            yield _("Votes so far"), _("not shown to anybody while voting lasts")

    def _author(self) -> str:
        return str(self.row.author.pseudonym)

    @override
    def context(self) -> dict[str, Any]:
        row: Ballot = self.row
        return {
            "options": row.frozen.options,
            "how": presenters.HOW[Kind(row.kind)],
            "ties": presenters.tie_lines(row.frozen),
            "falls_last": row.kind == Kind.RANKED,
            "is_draft": row.state == BallotState.DRAFT and self.by.can(Permission.RUN_BALLOTS),
            "result": presenters.result_context(row)
            if row.state == BallotState.CLOSED and row.result
            else None,
        }


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a ballot, perhaps about a proposal."""
    about = request.GET.get("proposal", "")
    first = {"kind": Kind.YES_NO, "proposal": about} if about else {}
    form = BallotForm(request.POST if request.method == "POST" else None, initial=first)

    def act(_said: dict[str, Any]) -> Outcome:
        row = ballots.write_ballot(by=actor(request), given=form.given(), at=clock.now())
        return Outcome(_("Saved as a draft."), to=reverse("panel-ballot-desk", args=[row.ref]))

    return _form(request, form, act, _("New ballot"))


@needs(Permission.RUN_BALLOTS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a draft."""
    row = queries.ballot_for(actor(request), ref)
    form = BallotForm(request.POST) if request.method == "POST" else BallotForm(initial=stored(row))

    def act(_said: dict[str, Any]) -> Outcome:
        ballots.change_ballot(by=actor(request), ballot=row, given=form.given(), at=clock.now())
        return Outcome(_("Saved."), to=reverse("panel-ballot-desk", args=[ref]))

    return _form(request, form, act, row.question)


def _form(request: HttpRequest, form: BallotForm, act: Any, title: Text) -> HttpResponse:
    if done := submitted(request, form, act):
        return done
    context = {
        "form": form,
        "title": title,
        "submit": _("Save"),
        "list_url": "panel-ballots-desk",
        "list_title": Ballots.title,
        "text": _("Members of 12 to 17 read this. Both age groups read the same text, because it is frozen."),
    }
    return render(request, "ui/desk/form.html", context, status=UNFIT if form.errors else 200)
