"""Reports of events at the desk: the list, one report with its numbers and costs, closing it."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sauga.events.effects import report_sections
from sauga.events.permissions import Permission
from sauga.events.planning import forms, presenters
from sauga.events.planning import report as planning_report
from sauga.events.planning.actions import reports as actions
from sauga.events.planning.queries import counts as queries
from sauga.events.planning.rules.counts import What
from sauga.events.programme.models import Event
from sauga.events.programme.queries.events import event_for
from sauga.events.states import ReportState
from sauga.events.trail import CHANNEL
from sauga.kernel import clock
from sauga.kernel.identity import actor, allowed, needs
from sauga.kernel.kit import Outcome, respond, submitted
from sauga.kernel.kit.lists import Amount, Column, Day, Empty, Line, Link, ListPage, View

UNFIT = 422


class Reports(ListPage):
    """Events that were held, with the numbers that remain."""

    title = gettext_lazy("Reports")
    intro = gettext_lazy(
        "Registered people are counted, those who came are confirmed at the entrance, and what organisers "
        "counted by hand is their report. The three are never added."
    )
    live, export = CHANNEL, "event-reports"
    views = (
        View("open", pgettext_lazy("reports", "Open")),
        View("closed", pgettext_lazy("reports", "Closed")),
    )
    columns = (
        Column("title", pgettext_lazy("report", "Event"), is_heading=True),
        Column("starts", pgettext_lazy("event", "When"), "num nowrap", sort=("starts",)),
        Column("registered", pgettext_lazy("report", "Registered"), "num"),
        Column("attended", pgettext_lazy("report", "Came, by check-in"), "num"),
        Column("reported", pgettext_lazy("report", "Came, by the organisers"), "num"),
        Column("paid", gettext_lazy("Paid, €"), "num"),
    )
    nothing = Empty(
        title=gettext_lazy("No report here"), text=gettext_lazy("Events appear here once they are over.")
    )

    @override
    def rows(self) -> QuerySet[Event]:
        return queries.reports(self.by, self.view_code, self.at)

    @override
    def lines(self, rows: list[Event]) -> Iterator[Line]:
        keys = [row.pk for row in rows]
        numbers, costs = queries.counts_by(keys), queries.costs_by(keys)
        for row in rows:
            n = numbers[row.pk]
            link = Link(str(row), reverse("events-report", args=[row.ref]))
            counted = (n[What.REGISTERED], n[What.ATTENDED], n[What.REPORTED])
            yield Line(row.ref, (link, Day(row.starts), *counted, Amount(costs.get(row.pk, 0))))

    @override
    def counts(self) -> Mapping[str, int]:
        return {view.code: queries.reports(self.by, view.code, self.at).count() for view in self.views}


@require_safe
@needs(Permission.SEE_FIGURES)
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """The numbers of an event, each with how it came about, and its costs."""
    event = event_for(actor(request), ref, Permission.SEE_FIGURES)
    return _page(request, event)


def _page(request: HttpRequest, event: Event, reopen: Any = None, heads: Any = None) -> HttpResponse:
    by, at = actor(request), clock.now()
    counts = queries.counts_of(event, at)
    row = queries.report_for(event)
    may_keep = allowed(by, Permission.KEEP_BUDGET, event)
    is_closed = row.state == ReportState.CLOSED
    held = {group: n for (what, group), n in counts.items() if what == What.REPORTED}
    context = {
        "event": event,
        "report": row,
        "is_closed": is_closed,
        "is_over": event.ends <= at,
        "facts": planning_report.facts(event),
        "figures": planning_report.figure_lines(counts),
        "groups": planning_report.group_lines(counts),
        "costs": planning_report.cost_lines(queries.costs_of(event, counts)),
        "may_keep": may_keep,
        "may_report": may_keep and not is_closed and event.starts <= at,
        "heads": heads or forms.HeadsForm(held=held),
        "reopen": reopen or forms.ReopenForm(),
        "history": presenters.report_history(row),
        "sections": report_sections.of(event, at),
        "channel": CHANNEL,
    }
    bound = [form for form in (reopen, heads) if form is not None and form.errors]
    return render(request, "events/planning/desk/report.html", context, status=UNFIT if bound else 200)


@require_POST
@needs(Permission.KEEP_BUDGET)
def report_do(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Close the report, open it again, or enter how many people came."""
    by, at = actor(request), clock.now()
    event = event_for(by, ref, Permission.KEEP_BUDGET)
    back = reverse("events-report", args=[ref])
    if name == "close":

        def close() -> Outcome:
            actions.close_report(by=by, event=event, at=at)
            return Outcome(_("Closed. Budget and numbers stay as they are."))

        return respond(request, close, back)
    if name == "reopen":
        reopen = forms.ReopenForm(request.POST)

        def opened(said: dict[str, Any]) -> Outcome:
            actions.reopen_report(by=by, event=event, reason=said["reason"], at=at)
            return Outcome(_("Open again."), to=back)

        return submitted(request, reopen, opened) or _page(request, event, reopen=reopen)
    if name == "heads":
        heads = forms.HeadsForm(request.POST, held={})

        def entered(_said: dict[str, Any]) -> Outcome:
            actions.report_heads(by=by, event=event, heads=heads.heads, at=at)
            return Outcome(_("Saved."), to=back)

        return submitted(request, heads, entered) or _page(request, event, heads=heads)
    raise Http404


@require_safe
@needs(Permission.SEE_FIGURES)
def document(request: HttpRequest, ref: str) -> HttpResponse:
    """The report as a PDF."""
    at = clock.now()
    event = event_for(actor(request), ref, Permission.SEE_FIGURES)
    response = HttpResponse(planning_report.report(event, at), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="report-{event.slug}.pdf"'
    return response
