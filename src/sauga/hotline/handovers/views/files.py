"""Signed ZIP files at the desk: what is in one, approval by a second person, download,
recording, discarding.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sauga.hotline.content import presenters as content_presenters
from sauga.hotline.handovers import forms, presenters
from sauga.hotline.handovers.actions import exports as actions
from sauga.hotline.handovers.models import HandoverExport
from sauga.hotline.handovers.queries import records as queries
from sauga.hotline.handovers.rules import permission_for
from sauga.hotline.handovers.views.records import say_recorded
from sauga.hotline.permissions import Permission
from sauga.kernel import clock, sealed, vocab
from sauga.kernel.identity import PermissionRefused, actor, needs, sudo_required
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts


@require_safe
@needs(Permission.SEE_HANDOVERS)
@sudo_required
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """One file: what is in it without addresses, and what can be done.

    The second factor is asked for here, before any typing.
    """
    return _page(request, queries.export_for(actor(request), ref))


def _page(
    request: HttpRequest,
    export: HandoverExport,
    *,
    form: forms.SentForm | None = None,
    numbers: forms.Numbers | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    by = actor(request)
    items = queries.export_items(export)
    given = numbers or forms.Numbers(None, [])
    acts = by.can(permission_for(export.recipient)) and export.is_open
    context: dict[str, Any] = {
        "export": export,
        "names": queries.names([export]),
        "recipient_name": vocab.label("rrt.route", export.recipient),
        "stage": presenters.stage(export),
        "rows": [
            {
                "item": item,
                "urgency": content_presenters.urgency(item.priority),
                "verdict": vocab.label("item.verdict", item.verdict),
                "hosting": content_presenters.hosting(item),
                "number": given.given.get(item.ref, ""),
                "error": given.errors.get(item.ref, ""),
            }
            for item in items
        ],
        "form": form or forms.SentForm(initial={"when": clock.now().replace(second=0, microsecond=0)}),
        "may_act": acts,
        "may_approve": by.can(Permission.APPROVE_EXPORT) and export.is_open and export.waits_for_second,
        "own": export.made_by == by.pseudonym,
        "locked": by.vault is None,
        "public": sealed.installation_signer().public.hex(),
        "trouble": trouble,
    }
    return render(request, "hotline/handovers/file.html", context, status=status)


def _acts(view: Callable[[HttpRequest, HandoverExport], HttpResponse]) -> Callable[..., Any]:
    """A post about one file; a refusal is shown on the file's page, and for a person without permission the
    file does not exist."""

    @wraps(view)
    def acted(request: HttpRequest, ref: str) -> HttpResponse:
        export = queries.export_for(actor(request), ref)
        try:
            return view(request, export)
        except PermissionRefused:
            raise Http404 from None
        except ActionRefused as refused:
            trouble = refused.text
            return _page(request, queries.export_for(actor(request), ref), trouble=trouble, status=409)

    return require_POST(needs(Permission.SEE_HANDOVERS)(sudo_required(acted)))


def _back(export: HandoverExport) -> HttpResponse:
    return HttpResponseRedirect(reverse("hotline-handover-file", args=[export.ref]))


@_acts
def approve(request: HttpRequest, export: HandoverExport) -> HttpResponse:
    """The second person agrees."""
    actions.approve_export(by=actor(request), export=export, at=clock.now())
    toasts.say(request, gettext("Approved. The file can be downloaded now."))
    return _back(export)


@_acts
def download(request: HttpRequest, export: HandoverExport) -> HttpResponse:
    """The signed ZIP."""
    archive = actions.download_export(by=actor(request), export=export, at=clock.now())
    response = HttpResponse(archive, content_type="application/zip")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{export.recipient.lower()}-{export.ref}.zip"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@_acts
def record_file(request: HttpRequest, export: HandoverExport) -> HttpResponse:
    """The file reached its recipient."""
    if not actor(request).can(permission_for(export.recipient)):
        raise Http404
    form = forms.SentForm(request.POST)
    numbers = forms.Numbers(request.POST, queries.export_items(export))
    if not form.is_valid() or numbers.errors:
        return _page(
            request,
            export,
            form=form,
            numbers=numbers,
            trouble=gettext("Something is not right yet: see below."),
            status=422,
        )
    rows = actions.record_export(
        by=actor(request),
        export=export,
        references=numbers.read,
        handed_over_at=form.cleaned_data["when"],
        at=clock.now(),
    )
    say_recorded(request, rows)
    return HttpResponseRedirect(f"{reverse('hotline-handovers')}?to={export.recipient}")


@_acts
def discard(request: HttpRequest, export: HandoverExport) -> HttpResponse:
    """Give the file up."""
    actions.discard_export(by=actor(request), export=export, at=clock.now())
    toasts.say(request, gettext("Discarded: its items wait again."))
    return HttpResponseRedirect(f"{reverse('hotline-handovers')}?to={export.recipient}")
