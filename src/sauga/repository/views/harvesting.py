"""Harvesting at the desk: proposals of other centres, one of them with what its draft would be, and the sources."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import Outcome, post_action
from sauga.kernel.ui import parts, toasts
from sauga.kernel.ui.numbers import whole
from sauga.repository.actions import harvesting as actions
from sauga.repository.forms.harvesting import AcceptForm, ProposalFilterForm, RefuseForm, SourceForm
from sauga.repository.models import HarvestSource, Proposal
from sauga.repository.queries import harvesting as queries
from sauga.repository.queries.harvesting import View
from sauga.repository.rules.harvesting.drafts import FIRST_CHOICE
from sauga.repository.rules.permissions import Permission as P
from sauga.repository.states import ProposalState as S
from sauga.repository.views import harvesting_words as words

UNFIT = 422


@require_safe
@needs(P.HARVEST)
def proposals(request: HttpRequest) -> HttpResponse:
    """Proposals: tabs by where they stand, filters in the address, pages."""
    form = ProposalFilterForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    view = View(given.get("view", "")) if given.get("view", "") in set(View) else View.NEW
    filters = {name: given.get(name, "").replace("\x00", "") for name in ("q", "source", "licence")}
    offset = whole(request.GET.get("after"), 100_000)
    rows, total = queries.proposals(view, **filters, offset=offset)
    counts = queries.counts()
    kept = {name: value for name, value in {"view": str(view), **filters}.items() if value}
    context = {
        "form": ProposalFilterForm(initial={"view": str(view), **filters}),
        "tabs": [
            {"name": words.VIEWS[one], "href": f"?view={one}", "count": counts[one], "current": one is view, "key": number}
            for number, one in enumerate(View, 1)
        ],
        "lines": [words.line(row) for row in rows],
        "narrowed": any(filters.values()),
        "has_sources": bool(queries.sources()),
        "pager": parts.Pager(
            previous=urlencode({**kept, "after": max(offset - queries.PAGE, 0)}) if offset else "",
            next=urlencode({**kept, "after": offset + queries.PAGE}) if offset + queries.PAGE < total else "",
            note=ngettext("%(n)d row", "%(n)d rows", total) % {"n": total},
        ),
    }
    return render(request, "repository/desk/proposals.html", context)


@require_safe
@needs(P.HARVEST)
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
        "differs": [(words.FIELDS.get(name, name), words.shown(then), words.shown(now)) for name, then, now in queries.differences(row)],
        "gone": row.gone_at if row.state in {S.ACCEPTED, S.REFUSED} else None,
        "may_accept": row.state == S.NEW and not record.get("licence_why"),
        "may_refuse": row.state == S.NEW,
        "may_reopen": row.state in {S.ACCEPTED, S.REFUSED},
        "accept": AcceptForm(initial=first),
        "refuse": RefuseForm(),
        "draft": reverse("repository-desk-resource", args=[row.resource.ref]) if row.resource else "",
    }
    return render(request, "repository/desk/proposal.html", context | more)


@needs(P.HARVEST)
@post_action("repository-proposal")
def decide(request: HttpRequest, ref: str, what: str) -> HttpResponse | Outcome:
    """Take it over, leave it, undo that, or say that a change was seen."""
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
        return Outcome(gettext("Taken over as a draft."), undo=undo, to=reverse("repository-desk-resource", args=[draft.ref]))
    if what == "refuse":
        actions.refuse_proposal(by=by, proposal=row, reason=given["reason"], at=at)
        return Outcome(gettext("Left, with your reason."), undo=undo)
    if what == "undo":
        actions.reopen_proposal(by=by, proposal=row, at=at)
        return Outcome(gettext("It waits for a decision again."))
    if what == "seen":
        actions.note_change(by=by, proposal=row, at=at)
        return Outcome(gettext("Noted."))
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.HARVEST)
def sources(request: HttpRequest) -> HttpResponse:
    """All sources, and a new one."""
    form = SourceForm(request.POST if request.method == "POST" else None, initial={"language": "en", "is_active": True})
    if form.is_bound and form.is_valid():
        actions.save_source(by=actor(request), at=clock.now(), **form.cleaned_data)
        toasts.say(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("repository-sources"))
    context = {"lines": [words.source_line(one) for one in queries.sources()], "form": form}
    return render(request, "repository/desk/sources.html", context, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.HARVEST)
def source(request: HttpRequest, ref: str) -> HttpResponse:
    """One source: its form."""
    row: HarvestSource = queries.source_for(actor(request), ref)
    first = {name: getattr(row, name) for name in actions.FIELDS}
    form = SourceForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        actions.save_source(by=actor(request), source=row, at=clock.now(), **form.cleaned_data)
        toasts.say(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("repository-sources"))
    context = {"row": row, "form": form, **words.source_line(row)}
    return render(request, "repository/desk/source.html", context, status=UNFIT if form.is_bound else 200)


@require_POST
@needs(P.HARVEST)
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask it now."""
    by = actor(request)
    actions.ask_source(by=by, source=queries.source_for(by, ref), at=clock.now())
    toasts.say(request, gettext("It is being asked. What is new appears here by itself."))
    return HttpResponseRedirect(reverse("repository-sources"))


desk_urls = [
    path("harvest/", proposals, name="repository-proposals"),
    path("harvest/sources/", sources, name="repository-sources"),
    path("harvest/sources/<str:ref>/", source, name="repository-source"),
    path("harvest/sources/<str:ref>/ask/", ask, name="repository-source-ask"),
    path("harvest/<str:ref>/", proposal, name="repository-proposal"),
    path("harvest/<str:ref>/<slug:what>/", decide, name="repository-proposal-decide"),
]
