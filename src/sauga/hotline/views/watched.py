"""The watched list of the desk, and what a person says of an item's presence."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sauga.hotline.actions import monitoring
from sauga.hotline.forms.watched import RemovalForm, WatchedFilter
from sauga.hotline.queries import monitoring as questions
from sauga.hotline.queries.loading import item_for
from sauga.hotline.rules.permissions import Permission
from sauga.hotline.rules.removal import RemovalKind
from sauga.hotline.states import Presence
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs, safe_path
from sauga.kernel.kit.actions import respond
from sauga.kernel.ui.numbers import whole
from sauga.kernel.ui.parts import Column, Pager

PAGE = 50
MARKS = {
    Presence.UNKNOWN: ("calm", "dashed"),
    Presence.ONLINE: ("act", ""),
    Presence.UNREACHABLE: ("wait", "half"),
    Presence.PRESUMED_REMOVED: ("wait", "ring"),
    Presence.REMOVED: ("good", "tick"),
    Presence.REAPPEARED: ("bad", "rings"),
}


@require_safe
@needs(Permission.SEE_WORKLIST)
def watched(request: HttpRequest) -> HttpResponse:
    """Followed and watched items: presence, last verdict, next look with its reason, and what a person is asked."""
    form = WatchedFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    offset = _offset(request)
    provider = chosen.get("provider")
    lines, total = questions.watched(
        which=chosen.get("which") or "all", provider=provider.pk if provider else None, offset=offset, limit=PAGE
    )
    at, me = clock.now(), actor(request)
    context: dict[str, Any] = {
        "rows": [_row(line, at) for line in lines],
        "form": form,
        "counts": questions.counts(),
        "total": total,
        "columns": _columns(),
        "pager": _pager(request, offset, total),
        "removal": RemovalForm(),
        "may_mark": me.can(Permission.CHECK),
        "at": at,
    }
    return render(request, "hotline/desk/watched.html", context)


def _row(line: questions.Watched, at: Any) -> dict[str, Any]:
    item, watch = line.item, line.watch
    tone, shape = MARKS[Presence(item.presence)]
    return {
        "line": line,
        "item": item,
        "watch": watch,
        "tone": tone,
        "shape": shape,
        "presence": vocab.label("state.item_presence", item.presence),
        "handling": vocab.label("state.item_handling", item.handling),
        "verdict": vocab.label("monitor.verdict", watch.verdict) if watch and watch.verdict else "",
        "since": line.occurrence.notice_delivered_at or line.occurrence.reported_at if line.occurrence else None,
        "late": item.next_check_at is not None and item.next_check_at < at,
    }


def _columns() -> list[Column]:
    return [
        Column(label=_("Item")),
        Column(label=_("Presence")),
        Column(label=_("Last look")),
        Column(label=_("Next look")),
        Column(label=_("Provider")),
        Column(label=_("Person")),
    ]


def _offset(request: HttpRequest) -> int:
    return whole(request.GET.get("after"), 1_000_000)


def _pager(request: HttpRequest, offset: int, total: int) -> Pager:
    def turn(to: int) -> str:
        query = request.GET.copy()
        query["after"] = str(to)
        return query.urlencode()

    return Pager(
        previous=turn(max(offset - PAGE, 0)) if offset else "",
        next=turn(offset + PAGE) if offset + PAGE < total else "",
        note=ngettext("%(n)d item", "%(n)d items", total) % {"n": total},
    )


type Mark = Callable[[HttpRequest, Any, Any], str]


def _marked(request: HttpRequest, ref: str, act: Mark) -> HttpResponse:
    """Run one act on one item, say what came of it, go back to where the person was."""
    item = item_for(actor(request), ref)
    return respond(request, lambda: act(request, item, clock.now()), safe_path(request.POST.get("next", "")) or reverse("hotline-watched"))


@require_POST
@needs(Permission.CHECK)
def mark_removed(request: HttpRequest, ref: str) -> HttpResponse:
    """A person saw that the content is gone."""

    def act(request: HttpRequest, item: Any, at: Any) -> str:
        form = RemovalForm(request.POST)
        if not form.is_valid():
            return _("Choose what was seen.")
        monitoring.confirm_removal(by=actor(request), item=item, kind=RemovalKind(form.cleaned_data["kind"]), at=at)
        return _("Removal recorded. The item is watched for reappearance.")

    return _marked(request, ref, act)


@require_POST
@needs(Permission.CHECK)
def mark_online(request: HttpRequest, ref: str) -> HttpResponse:
    """A person saw that the content is there."""

    def act(request: HttpRequest, item: Any, at: Any) -> str:
        monitoring.mark_online(by=actor(request), item=item, at=at)
        return _("Recorded as online. The next look makes a new baseline.")

    return _marked(request, ref, act)


@require_POST
@needs(Permission.CHECK)
def mark_reappeared(request: HttpRequest, ref: str) -> HttpResponse:
    """A person saw removed content again."""

    def act(request: HttpRequest, item: Any, at: Any) -> str:
        monitoring.mark_reappeared(by=actor(request), item=item, at=at)
        return _("Reappearance recorded. New clocks run from now.")

    return _marked(request, ref, act)


@require_POST
@needs(Permission.CHECK)
def check_now(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask for a look at once."""

    def act(request: HttpRequest, item: Any, at: Any) -> str:
        monitoring.check_soon(item=item, at=at)
        return _("The item is being looked at.") if item.kind == "WEB" else _("Not on the web: only a person can look.")

    return _marked(request, ref, act)


desk_urls = [
    path("watched/", watched, name="hotline-watched"),
    path("watched/<str:ref>/removed/", mark_removed, name="hotline-mark-removed"),
    path("watched/<str:ref>/online/", mark_online, name="hotline-mark-online"),
    path("watched/<str:ref>/reappeared/", mark_reappeared, name="hotline-mark-reappeared"),
    path("watched/<str:ref>/check/", check_now, name="hotline-check-now"),
]
