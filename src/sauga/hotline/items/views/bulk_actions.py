"""Acts on several ticked rows of the worklist, with one question where one is needed, and undo."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from sauga.hotline.content import presenters as content_words
from sauga.hotline.content.models import ContentItem
from sauga.hotline.items import forms
from sauga.hotline.items import presenters as words
from sauga.hotline.items.actions import bulk_actions as actions
from sauga.hotline.items.forms import Act
from sauga.hotline.items.queries import worklist as queries
from sauga.hotline.permissions import Permission as P
from sauga.hotline.reports.queries import desk as loading
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs, person_actor, safe_path
from sauga.kernel.ui import toasts

SALT = "hotline.many"
UNDO_FOR = 30 * 60
NEEDED = {Act.TAKE: P.ASSESS, Act.RELEASE: P.ASSESS, Act.HAND: P.ASSESS, Act.RECHECK: P.CHECK}  # the others: triage


def _said(act: Act, n: int) -> str:
    said: dict[Act, Callable[[], str]] = {
        Act.TAKE: lambda: ngettext("%(n)d item taken in hand for 20 minutes.", "%(n)d items taken in hand for 20 minutes.", n),
        Act.RELEASE: lambda: ngettext("%(n)d item put back for others.", "%(n)d items put back for others.", n),
        Act.HAND: lambda: ngettext("%(n)d item handed over.", "%(n)d items handed over.", n),
        Act.URGENCY: lambda: ngettext("Urgency of %(n)d item set.", "Urgency of %(n)d items set.", n),
        Act.ASIDE: lambda: ngettext("%(n)d item put aside as noise.", "%(n)d items put aside as noise.", n),
        Act.JOIN: lambda: ngettext("%(n)d item joined.", "%(n)d items joined.", n),
        Act.RECHECK: lambda: ngettext("%(n)d item is being looked at.", "%(n)d items are being looked at.", n),
    }
    return said[act]() % {"n": n}


def _left_out(came: actions.Came) -> str:
    lines = []
    for kind, n in came.refused.items():
        lines.append(ngettext("%(n)d left out: %(reason)s", "%(n)d left out: %(reason)s", n) % {"n": n, "reason": kind.message})
    return " ".join(lines)


@require_POST
@needs(P.SEE_WORKLIST)
def many(request: HttpRequest) -> HttpResponse:
    """One act on the ticked items; asks first where something must be chosen, and goes back to the list."""
    by, at, asked = actor(request), clock.now(), request.POST.get("do", "")
    back = safe_path(request.POST.get("back", "")) or reverse("hotline-worklist")
    items = queries.items_of(by=by, refs=request.POST.getlist("refs"))
    if asked not in set(Act) or not by.can(NEEDED.get(Act(asked), P.TRIAGE)):
        raise Http404
    act = Act(asked)
    if not items or (act is Act.JOIN and len(items) < 2):
        toasts.say(request, gettext("Tick at least two rows to join.") if items else gettext("Tick at least one row first."))
        return HttpResponseRedirect(back)
    answer = ""
    if act in forms.QUESTIONS:
        form = _form(request, act, items, back)
        if not form.is_valid():
            return _ask(request, act, items, form, at)
        answer = form.cleaned_data["answer"]
    came = _do(act, by, items, answer, at)
    undo = _token(act, by, came, answer) if came.undo and act is not Act.RECHECK else ""
    said = " ".join(filter(None, [_said(act, came.done) if came.done else "", _left_out(came)]))
    toasts.say(request, said, undo=reverse("hotline-many-undo", args=[undo]) + f"?back={_quoted(back)}" if undo else "")
    return HttpResponseRedirect(back)


def _quoted(address: str) -> str:
    return quote(address, safe="/")


def _do(act: Act, by: PersonActor, items: Sequence[ContentItem], answer: str, at: datetime) -> actions.Came:
    def hand() -> actions.Came:
        to = next(person for person in queries.analysts(by=by, at=at) if person.pseudonym == answer)
        return actions.hand_items(by=by, items=items, to=person_actor(to, at), at=at)

    doing: dict[Act, Callable[[], actions.Came]] = {
        Act.TAKE: lambda: actions.take_items(by=by, items=items, at=at),
        Act.RELEASE: lambda: actions.release_items(by=by, items=items, at=at),
        Act.HAND: hand,
        Act.URGENCY: lambda: actions.prioritise_items(by=by, items=items, priority=answer, at=at),
        Act.ASIDE: lambda: actions.set_aside_items(by=by, items=items, reason=answer, at=at),
        Act.JOIN: lambda: actions.join_items(by=by, items=items, into=next(item for item in items if item.ref == answer), at=at),
        Act.RECHECK: lambda: actions.recheck_items(by=by, items=items, at=at),
    }
    return doing[act]()


def _form(request: HttpRequest, act: Act, items: Sequence[ContentItem], back: str) -> forms.AskForm:
    by, at = actor(request), clock.now()
    data = request.POST if "answer" in request.POST else None
    if act is Act.HAND:
        choices: list[tuple[str, Any]] = [(person.pseudonym, person.name) for person in queries.analysts(by=by, at=at)]
    elif act is Act.URGENCY:
        choices = forms.urgencies()
    elif act is Act.ASIDE:
        choices = forms.reasons()
    else:
        rows = queries.rows_of(by=by, items=items, at=at)
        choices = [
            (row.item.ref, " · ".join(filter(None, [row.item.ref, row.host, str(content_words.handling(row.item).text)]))) for row in rows
        ]
    initial = {"do": str(act), "refs": [item.ref for item in items], "back": back}
    return forms.AskForm(data, act=act, choices=choices, initial=initial)


def _ask(request: HttpRequest, act: Act, items: Sequence[ContentItem], form: forms.AskForm, at: datetime) -> HttpResponse:
    titles: dict[Act, tuple[str, str, str]] = {
        Act.HAND: (
            gettext("Hand over"),
            gettext("The items lie in the colleague's hand for 20 minutes, then they are free for all again. The colleague is told."),
            gettext("Hand over"),
        ),
        Act.URGENCY: (
            gettext("Set the urgency"),
            gettext("The time of each item runs anew from now. The reports behind keep their own urgency."),
            gettext("Set"),
        ),
        Act.ASIDE: (
            gettext("Put aside as noise"),
            gettext("Every open report that names one of these items is put aside. It can be taken back for 30 days."),
            gettext("Put aside as noise"),
        ),
        Act.JOIN: (
            gettext("Join"),
            gettext("All the ticked items are the same place: their reports move to the one that stays, each with its own words."),
            gettext("Join"),
        ),
    }
    title, text, button = titles[act]
    rows = [words.line(row, at) for row in queries.rows_of(by=actor(request), items=items, at=at)]
    context = {"form": form, "title": title, "text": text, "button": button, "rows": rows, "back": form["back"].value()}
    context["nobody"] = act is Act.HAND and not len(form["answer"])
    return render(request, "hotline/items/bulk_question.html", context, status=422 if form.is_bound else 200)


def _token(act: Act, by: PersonActor, came: actions.Came, answer: str) -> str:
    return signing.dumps({"act": str(act), "by": by.pseudonym, "rows": came.undo, "answer": answer}, salt=SALT, compress=True)


@require_POST
@needs(P.SEE_WORKLIST)
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take back what the same person just did to many; what moved on meanwhile stays, and is said."""
    by, at = actor(request), clock.now()
    back = safe_path(request.GET.get("back", "")) or reverse("hotline-worklist")
    try:
        held = signing.loads(token, salt=SALT, max_age=UNDO_FOR)
    except signing.BadSignature:
        held = {}
    if held.get("by") != by.pseudonym:
        raise Http404
    came = _undo(Act(held["act"]), by, held["rows"], at)
    said = ngettext("%(n)d taken back.", "%(n)d taken back.", came.done) % {"n": came.done} if came.done else ""
    toasts.say(request, " ".join(filter(None, [said, _left_out(came)])))
    return HttpResponseRedirect(back)


def _undo(act: Act, by: PersonActor, rows: list[Any], at: datetime) -> actions.Came:
    def found(refs: list[str]) -> dict[str, ContentItem]:
        return {item.ref: item for item in queries.items_of(by=by, refs=refs)}

    if act is Act.TAKE:
        return actions.release_items(by=by, items=found(rows).values(), at=at)
    if act is Act.RELEASE:
        return actions.take_items(by=by, items=found(rows).values(), at=at)
    if act is Act.HAND:
        items = found([ref for ref, _mine in rows])
        return actions.withdraw_items(by=by, items=[(items[ref], mine) for ref, mine in rows if ref in items], at=at)
    if act is Act.URGENCY:
        items = found([ref for ref, _priority, _due in rows])
        former = [(items[ref], priority, datetime.fromisoformat(due)) for ref, priority, due in rows if ref in items]
        return actions.restore_urgency(by=by, items=former, at=at)
    if act is Act.ASIDE:
        return actions.take_back_reports(by=by, reports=loading.reports_for(by, rows), at=at)
    return actions.take_places_apart(by=by, locations=loading.places_for(by, rows), at=at)
