"""Acts on several ticked rows of the worklist, with one question where one is needed, and undo."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext
from django.views.decorators.http import require_POST

from sauga.hotline.content import presenters as content_presenters
from sauga.hotline.content.models import ContentItem
from sauga.hotline.items import forms, presenters
from sauga.hotline.items.actions import bulk_actions as actions
from sauga.hotline.items.forms import Act
from sauga.hotline.items.queries import worklist as queries
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.queries import desk as loading
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs, person_actor, safe_path
from sauga.kernel.ui import toasts

SALT = "hotline.many"
UNDO_FOR = 30 * 60
NEEDED = {
    Act.CLAIM: Permission.ASSESS,
    Act.RELEASE: Permission.ASSESS,
    Act.ASSIGN: Permission.ASSESS,
    Act.RECHECK: Permission.CHECK,
}  # the others: triage


def _said(act: Act, n: int) -> str:
    said: dict[Act, Callable[[], str]] = {
        Act.CLAIM: lambda: ngettext(
            "%(n)d item claimed for 20 minutes.", "%(n)d items claimed for 20 minutes.", n
        ),
        Act.RELEASE: lambda: ngettext(
            "%(n)d item released for others.", "%(n)d items released for others.", n
        ),
        Act.ASSIGN: lambda: ngettext("%(n)d item assigned.", "%(n)d items assigned.", n),
        Act.URGENCY: lambda: ngettext("Urgency of %(n)d item set.", "Urgency of %(n)d items set.", n),
        Act.SPAM: lambda: ngettext("%(n)d item marked as spam.", "%(n)d items marked as spam.", n),
        Act.MERGE: lambda: ngettext("%(n)d item merged.", "%(n)d items merged.", n),
        Act.RECHECK: lambda: ngettext("%(n)d item is being checked.", "%(n)d items are being checked.", n),
    }
    return said[act]() % {"n": n}


def _left_out(came: actions.BulkResult) -> str:
    lines = []
    for kind, n in came.refused.items():
        lines.append(
            ngettext("%(n)d left out: %(reason)s", "%(n)d left out: %(reason)s", n)
            % {"n": n, "reason": kind.message}
        )
    return " ".join(lines)


@require_POST
@needs(Permission.SEE_WORKLIST)
def many(request: HttpRequest) -> HttpResponse:
    """One action on the selected items; asks first where something must be chosen, and
    returns to the list.
    """
    by, at, asked = actor(request), clock.now(), request.POST.get("do", "")
    back = safe_path(request.POST.get("back", "")) or reverse("hotline-worklist")
    items = queries.items_of(by=by, refs=request.POST.getlist("refs"))
    if asked not in set(Act) or not by.can(NEEDED.get(Act(asked), Permission.TRIAGE)):
        raise Http404
    act = Act(asked)
    if not items or (act is Act.MERGE and len(items) < 2):
        toasts.say(
            request,
            gettext("Select at least two rows to merge.")
            if items
            else gettext("Tick at least one row first."),
        )
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
    toasts.say(
        request,
        said,
        undo=reverse("hotline-many-undo", args=[undo]) + f"?back={_quoted(back)}" if undo else "",
    )
    return HttpResponseRedirect(back)


def _quoted(address: str) -> str:
    return quote(address, safe="/")


def _do(
    act: Act, by: PersonActor, items: Sequence[ContentItem], answer: str, at: datetime
) -> actions.BulkResult:
    def hand() -> actions.BulkResult:
        to = next(person for person in queries.analysts(by=by, at=at) if person.pseudonym == answer)
        return actions.assign_items(by=by, items=items, to=person_actor(to, at), at=at)

    doing: dict[Act, Callable[[], actions.BulkResult]] = {
        Act.CLAIM: lambda: actions.claim_items(by=by, items=items, at=at),
        Act.RELEASE: lambda: actions.release_items(by=by, items=items, at=at),
        Act.ASSIGN: hand,
        Act.URGENCY: lambda: actions.prioritise_items(by=by, items=items, priority=answer, at=at),
        Act.SPAM: lambda: actions.mark_items_spam(by=by, items=items, reason=answer, at=at),
        Act.MERGE: lambda: actions.merge_items(
            by=by, items=items, into=next(item for item in items if item.ref == answer), at=at
        ),
        Act.RECHECK: lambda: actions.recheck_items(by=by, items=items, at=at),
    }
    return doing[act]()


def _form(request: HttpRequest, act: Act, items: Sequence[ContentItem], back: str) -> forms.AskForm:
    by, at = actor(request), clock.now()
    data = request.POST if "answer" in request.POST else None
    if act is Act.ASSIGN:
        choices: list[tuple[str, Any]] = [
            (person.pseudonym, person.name) for person in queries.analysts(by=by, at=at)
        ]
    elif act is Act.URGENCY:
        choices = forms.urgencies()
    elif act is Act.SPAM:
        choices = forms.reasons()
    else:
        rows = queries.rows_of(by=by, items=items, at=at)
        choices = [
            (
                row.item.ref,
                " · ".join(
                    filter(None, [row.item.ref, row.host, str(content_presenters.handling(row.item).text)])
                ),
            )
            for row in rows
        ]
    initial = {"do": str(act), "refs": [item.ref for item in items], "back": back}
    return forms.AskForm(data, act=act, choices=choices, initial=initial)


def _ask(
    request: HttpRequest, act: Act, items: Sequence[ContentItem], form: forms.AskForm, at: datetime
) -> HttpResponse:
    titles: dict[Act, tuple[str, str, str]] = {
        Act.ASSIGN: (
            pgettext("worklist", "Assign"),
            gettext(
                "The items are assigned to the colleague for 20 minutes, then they are free again. The "
                "colleague is notified."
            ),
            pgettext("worklist", "Assign"),
        ),
        Act.URGENCY: (
            gettext("Set the urgency"),
            gettext("The deadline of each item starts again now. The reports themselves keep their urgency."),
            gettext("Set"),
        ),
        Act.SPAM: (
            gettext("Mark as spam"),
            gettext(
                "Every open report that names one of these items is marked as spam. This can be undone "
                "for 30 days."
            ),
            gettext("Mark as spam"),
        ),
        Act.MERGE: (
            gettext("Merge"),
            gettext(
                "All selected items are the same address: their reports move unchanged to the "
                "item that stays."
            ),
            gettext("Merge"),
        ),
    }
    title, text, button = titles[act]
    rows = [presenters.line(row, at) for row in queries.rows_of(by=actor(request), items=items, at=at)]
    context = {
        "form": form,
        "title": title,
        "text": text,
        "button": button,
        "rows": rows,
        "back": form["back"].value(),
    }
    context["nobody"] = act is Act.ASSIGN and not len(form["answer"])
    return render(request, "hotline/items/bulk_question.html", context, status=422 if form.is_bound else 200)


def _token(act: Act, by: PersonActor, came: actions.BulkResult, answer: str) -> str:
    return signing.dumps(
        {"act": str(act), "by": by.pseudonym, "rows": came.undo, "answer": answer}, salt=SALT, compress=True
    )


@require_POST
@needs(Permission.SEE_WORKLIST)
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Undo what the same person just did to several items; items that changed meanwhile stay, and the message
    says so."""
    by, at = actor(request), clock.now()
    back = safe_path(request.GET.get("back", "")) or reverse("hotline-worklist")
    try:
        held = signing.loads(token, salt=SALT, max_age=UNDO_FOR)
    except signing.BadSignature:
        held = {}
    if held.get("by") != by.pseudonym:
        raise Http404
    came = _undo(Act(held["act"]), by, held["rows"], at)
    said = (
        ngettext("%(n)d taken back.", "%(n)d taken back.", came.done) % {"n": came.done} if came.done else ""
    )
    toasts.say(request, " ".join(filter(None, [said, _left_out(came)])))
    return HttpResponseRedirect(back)


def _undo(act: Act, by: PersonActor, rows: list[Any], at: datetime) -> actions.BulkResult:
    def found(refs: list[str]) -> dict[str, ContentItem]:
        return {item.ref: item for item in queries.items_of(by=by, refs=refs)}

    if act is Act.CLAIM:
        return actions.release_items(by=by, items=found(rows).values(), at=at)
    if act is Act.RELEASE:
        return actions.claim_items(by=by, items=found(rows).values(), at=at)
    if act is Act.ASSIGN:
        items = found([ref for ref, _mine in rows])
        return actions.withdraw_assignments(
            by=by, items=[(items[ref], mine) for ref, mine in rows if ref in items], at=at
        )
    if act is Act.URGENCY:
        items = found([ref for ref, _priority, _due in rows])
        former = [
            (items[ref], priority, datetime.fromisoformat(due)) for ref, priority, due in rows if ref in items
        ]
        return actions.restore_urgency(by=by, items=former, at=at)
    if act is Act.SPAM:
        return actions.restore_reports(by=by, reports=loading.reports_for(by, rows), at=at)
    return actions.separate_locations(by=by, locations=loading.places_for(by, rows), at=at)
