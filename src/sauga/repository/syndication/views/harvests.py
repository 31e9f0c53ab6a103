"""Harvesting at the desk: proposals of other centres, one of them as the draft it would become, and the
sources.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, override

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.i18n.collation import lithuanian_order
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Outcome, post_action, post_action_on
from sauga.kernel.kit.lists import Column, Day, Empty, Line, Link, ListPage, Mark, Tool
from sauga.kernel.kit.lists import View as Tab
from sauga.kernel.kit.pages import submitted
from sauga.repository.permissions import Permission
from sauga.repository.states import ProposalState
from sauga.repository.syndication import presenters as words
from sauga.repository.syndication.actions import harvests as actions
from sauga.repository.syndication.forms import AcceptForm, ProposalFilterForm, RefuseForm, SourceForm
from sauga.repository.syndication.models import HarvestSource, Proposal
from sauga.repository.syndication.queries import harvests as queries
from sauga.repository.syndication.queries.harvests import View
from sauga.repository.syndication.rules.harvested_drafts import FIRST_CHOICE

UNFIT = 422


class Proposals(ListPage):
    """Proposals of other centres, by state."""

    title = _("From other centres")
    intro = _(
        "What other centres offer through their open interfaces. Nothing is imported until you accept "
        "it as a draft."
    )
    live = "repository.proposals"
    form_class = ProposalFilterForm
    export = "proposals"
    saves_typed = True
    views = (
        Tab(View.NEW, pgettext_lazy("proposals", "To decide")),
        Tab(View.CHANGED, pgettext_lazy("proposals", "Changed")),
        Tab(View.ACCEPTED, pgettext_lazy("proposals", "Accepted")),
        Tab(View.REFUSED, pgettext_lazy("proposals", "Skipped")),
        Tab(View.GONE, pgettext_lazy("proposals", "Removed")),
    )
    columns = (
        Column("title", _("Title"), sort=(lithuanian_order(F("title")),), is_heading=True),
        Column("kind", pgettext_lazy("resource", "Kind")),
        Column("licence", _("Licence"), sort=("licence",)),
        Column("source", _("Source"), sort=(lithuanian_order(F("source__name")),)),
        Column("since", _("Since"), sort=("seen_at",)),
    )

    @override
    def rows(self) -> QuerySet[Proposal]:
        return queries.proposals(View(self.view_code), **self.filters)

    @override
    def lines(self, rows: list[Proposal]) -> list[Line]:
        return [_row(words.line(row)) for row in rows]

    @override
    def counts(self) -> Mapping[View, int]:
        return queries.counts()

    @override
    def tools(self) -> Sequence[Tool]:
        return [Tool(label=_("Sources"), href=reverse("repository-sources"), key="o", tone="second")]

    @override
    def empty(self) -> Empty:
        sources = reverse("repository-sources")
        if self.is_narrowed:
            return super().empty()
        if queries.sources():
            text = _("Every source is harvested at night. You can start one now.")
            return Empty(title=_("Nothing here"), text=text, href=sources, action=_("Sources"))
        text = _("Add the address of another centre's OAI-PMH interface.")
        return Empty(title=_("No sources yet"), text=text, href=sources, action=_("Add a source"))


def _row(line: dict[str, Any]) -> Line:
    row = line["row"]
    title = Link(line["title"], reverse("repository-proposal", args=[row.ref]), line["lang"])
    licence = (
        Mark("good", "tick", line["licence"]) if line["is_open"] else Mark("bad", "cross", line["licence"])
    )
    return Line(row.ref, (title, capfirst(line["kind"]), licence, row.source.name, Day(row.seen_at)))


@require_safe
@needs(Permission.HARVEST)
def proposal(request: HttpRequest, ref: str) -> HttpResponse:
    """One proposal."""
    return _page(request, queries.proposal_for(actor(request), ref))


def _page(request: HttpRequest, row: Proposal, **more: Any) -> HttpResponse:
    record = row.record
    first = {"kind": record.get("type") or FIRST_CHOICE}
    context = words.line(row) | {
        "facts": words.facts(row),
        "why_not": actions.NotOpen.messages.get(record.get("licence_why", ""), ""),
        "spoken": vocab.label("languages", record["spoken"]) if record.get("spoken") else "",
        "differs": [
            (words.FIELDS.get(name, name), words.shown(then), words.shown(now))
            for name, then, now in queries.differences(row)
        ],
        "gone": row.gone_at if row.state in {ProposalState.ACCEPTED, ProposalState.REFUSED} else None,
        "may_accept": row.state == ProposalState.NEW and not record.get("licence_why"),
        "may_refuse": row.state == ProposalState.NEW,
        "may_reopen": row.state in {ProposalState.ACCEPTED, ProposalState.REFUSED},
        "accept": AcceptForm(initial=first),
        "refuse": RefuseForm(),
        "draft": reverse("repository-desk-resource", args=[row.resource.ref]) if row.resource else "",
    }
    return render(request, "repository/syndication/proposal.html", context | more)


@needs(Permission.HARVEST)
@post_action("repository-proposal")
def decide(request: HttpRequest, ref: str, what: str) -> HttpResponse | Outcome:
    """Accept it, skip it, undo that, or mark a change as seen."""
    by, at = actor(request), clock.now()
    row = queries.proposal_for(by, ref)
    undo = reverse("repository-proposal-decide", args=[ref, "undo"])
    form = {"accept": AcceptForm, "refuse": RefuseForm}.get(what)
    bound = form(request.POST) if form else None
    if bound is not None and not bound.is_valid():
        response = _page(request, row, **{what: bound, "open": what})
        response.status_code = UNFIT
        return response
    given = bound.cleaned_data if bound is not None else {}
    if what == "accept":
        draft = actions.accept_proposal(by=by, proposal=row, kind=given["kind"], at=at)
        return Outcome(
            gettext("Accepted as a draft."),
            undo=undo,
            to=reverse("repository-desk-resource", args=[draft.ref]),
        )
    if what == "refuse":
        actions.refuse_proposal(by=by, proposal=row, reason=given["reason"], at=at)
        return Outcome(gettext("Skipped, with your reason."), undo=undo)
    if what == "undo":
        actions.reopen_proposal(by=by, proposal=row, at=at)
        return Outcome(gettext("It is waiting for a decision again."))
    if what == "seen":
        actions.note_change(by=by, proposal=row, at=at)
        return Outcome(gettext("Noted."))
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HARVEST)
def sources(request: HttpRequest) -> HttpResponse:
    """All sources, and the form of a new one."""
    form = SourceForm(
        request.POST if request.method == "POST" else None, initial={"language": "en", "is_active": True}
    )
    context = {"lines": [words.source_line(one) for one in queries.sources()], "form": form}
    return _saved(request, None, form) or render(
        request, "repository/syndication/sources.html", context, status=UNFIT if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HARVEST)
def source(request: HttpRequest, ref: str) -> HttpResponse:
    """One source: its form."""
    row: HarvestSource = queries.source_for(actor(request), ref)
    first = {name: getattr(row, name) for name in actions.FIELDS}
    form = SourceForm(request.POST if request.method == "POST" else None, initial=first)
    context = {"row": row, "form": form, **words.source_line(row)}
    return _saved(request, row, form) or render(
        request, "repository/syndication/source.html", context, status=UNFIT if form.is_bound else 200
    )


def _saved(request: HttpRequest, row: HarvestSource | None, form: SourceForm) -> HttpResponse | None:
    def perform(given: dict[str, Any]) -> str:
        actions.save_source(by=actor(request), source=row, at=clock.now(), **given)
        return gettext("Saved.")

    return submitted(request, form, perform, "repository-sources")


@needs(Permission.HARVEST)
@post_action_on(queries.source_for, lambda _by, _row: reverse("repository-sources"))
def ask(request: HttpRequest, by: PersonActor, row: HarvestSource, at: datetime) -> str:
    """Start a harvest."""
    actions.ask_source(by=by, source=row, at=at)
    return gettext("Harvest started. New records appear here automatically.")
