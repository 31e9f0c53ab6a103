"""The budget of an event at the desk."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.permissions import Permission
from sauga.events.planning import forms, presenters
from sauga.events.planning.actions import budget as actions
from sauga.events.planning.bundles import budget_table
from sauga.events.planning.queries import budget as queries
from sauga.events.planning.queries.counts import is_closed
from sauga.events.programme.queries.events import event_for
from sauga.events.programme.views.form_pages import Button, FormPage, data, form_page
from sauga.events.trail import CHANNEL
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import respond
from sauga.kernel.kit.lists.export import FORMATS, file_response


@require_safe
@needs(Permission.KEEP_BUDGET)
def budget(request: HttpRequest, ref: str) -> HttpResponse:
    """The lines by category with their sums, and what each payer pays."""
    event = event_for(actor(request), ref, Permission.KEEP_BUDGET)
    lines = queries.lines_of(event)
    context = {
        "event": event,
        **presenters.budget_context(lines),
        "is_closed": is_closed(event),
        "formats": list(FORMATS),
        "channel": CHANNEL,
    }
    return render(request, "events/planning/desk/budget.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_BUDGET)
def line(request: HttpRequest, ref: str, line_ref: str = "") -> HttpResponse:
    """A new line, or one that exists."""
    by = actor(request)
    event = event_for(by, ref, Permission.KEEP_BUDGET)
    row = queries.line_of(event, line_ref) if line_ref else None
    form = forms.BudgetForm(data(request), initial=forms.shown_line(row) if row else {})
    page = FormPage(
        title=_("Edit the cost") if row else _("A new cost"),
        back=reverse("events-budget", args=[ref]),
        back_title=_("Budget: %(event)s") % {"event": event},
        message=_("Saved."),
        submit=_("Save"),
        buttons=(
            (Button(_("Delete the cost"), reverse("events-budget-remove", args=[ref, row.ref]), "danger"),)
            if row
            else ()
        ),
    )

    def act(said: dict[str, Any]) -> None:
        actions.save_line(by=by, event=event, line=row, given=said, at=clock.now())

    return form_page(request, form, page, act)


@require_POST
@needs(Permission.KEEP_BUDGET)
def remove(request: HttpRequest, ref: str, line_ref: str) -> HttpResponse:
    """Delete a line."""
    by, at = actor(request), clock.now()
    row = queries.line_of(event_for(by, ref, Permission.KEEP_BUDGET), line_ref)

    def act() -> str:
        actions.remove_line(by=by, line=row, at=at)
        return _("Deleted.")

    return respond(request, act, reverse("events-budget", args=[ref]))


@require_safe
@needs(Permission.KEEP_BUDGET)
def file(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """The budget as a file, amounts in euros."""
    event = event_for(actor(request), ref, Permission.KEEP_BUDGET)
    if kind not in FORMATS:
        raise Http404
    return file_response(kind, f"budget-{event.slug}", *budget_table(event))
