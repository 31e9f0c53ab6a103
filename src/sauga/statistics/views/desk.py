"""Freezing figures: which periods of which service are final, which are not ready, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.figures import (
    FiguresChanged,
    Period,
    PeriodUnreadable,
    mark_of,
    measures,
    pending,
    publish,
    unfinished,
)
from sauga.kernel.figures.permissions import Permission
from sauga.kernel.identity import actor, needs, service_title, sudo_required
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts
from sauga.kernel.ui.responses import errors
from sauga.statistics import queries
from sauga.statistics.queries import Freezing


@require_safe
@needs(Permission.PUBLISH)
def periods(request: HttpRequest) -> HttpResponse:
    """Every period that the public may choose, service by service: provisional, frozen, or with cases still
    in hand."""
    rows = [_row(one) for one in queries.freezings(clock.now())]
    return render(request, "statistics/desk/periods.html", {"rows": rows})


def _row(one: Freezing) -> dict[str, Any]:
    return {
        "one": one,
        "period": one.period.label(get_language() or "lt"),
        "service": service_title(one.service),
        "code": one.period.code,
        "state": _state(one),
    }


def _state(one: Freezing) -> tuple[str, str, str]:
    """Tone, words and shape."""
    if not one.is_over:
        return "wait", _("Still running"), "half"
    if one.left:
        return "bad", ngettext("%(n)s open case", "%(n)s open cases", one.left) % {"n": one.left}, "triangle"
    if one.frozen == one.measures:
        return "good", _("Frozen, revision %(n)s") % {"n": one.revision}, "square"
    return "info", _("Ready to be frozen"), "ring"


@require_safe
@needs(Permission.PUBLISH)
def preview(request: HttpRequest, service: str, code: str) -> HttpResponse:
    """What would be frozen, measure by measure beside the last revision; only from here can
    it be confirmed.
    """
    codes = [one.code for one in measures(service)]
    try:
        period = Period.parse(code)
    except PeriodUnreadable:
        return errors.not_found(request)
    if not codes:
        return errors.not_found(request)
    listed = pending(period, codes)
    context = {
        "service": service,
        "service_name": service_title(service),
        "code": code,
        "period": period.label(get_language() or "lt"),
        "rows": [(one, str(one.measure.title)) for one in listed],
        "changing": sum(one.changes for one in listed),
        "is_over": period.is_over(clock.now()),
        "left": unfinished(service, period),
        "seen": mark_of(listed),
    }
    return render(request, "statistics/desk/freeze.html", context)


@require_POST
@needs(Permission.PUBLISH)
@sudo_required
def freeze(request: HttpRequest, service: str, code: str) -> HttpResponse:
    """Freeze one service's measures for a period that is over, as they were looked at; what has not changed
    gets no new revision."""
    codes = [one.code for one in measures(service)]
    try:
        period = Period.parse(code)
    except PeriodUnreadable:
        return errors.not_found(request)
    if not codes:
        return errors.not_found(request)
    try:
        written = publish(
            by=actor(request), period=period, at=clock.now(), codes=codes, seen=request.POST.get("seen", "")
        )
    except ActionRefused as refused:
        toasts.refuse(request, refused.text)
        if isinstance(refused, FiguresChanged):
            return redirect("statistics-freeze-preview", service=service, code=code)
    else:
        queries.forget()
        told = ngettext("%(n)s measure was frozen.", "%(n)s measures were frozen.", len(written))
        toasts.say(
            request,
            told % {"n": len(written)} if written else _("Nothing has changed since the last revision."),
        )
    return redirect("statistics-periods")
