"""Check-in for organisers: the day with its counts, conflicts and devices; entrances and lists; paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.checkin import badges, forms, presenters
from sauga.events.checkin.actions import setup as actions
from sauga.events.checkin.actions.scans import CHANNEL
from sauga.events.checkin.models import CheckList, Entrance
from sauga.events.checkin.queries import attendance, people, progress
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.states import EventState
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, allowed, needs, sudo_required
from sauga.kernel.kit import Outcome, submitted
from sauga.kernel.kit.lists.export import file_response
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.ui import toasts

UNFIT = 422
PAPER = ("badges", "names", "xlsx")


@require_safe
@needs(Permission.CHECK_IN)
def events(request: HttpRequest) -> HttpResponse:
    """Events of today and tomorrow, each with its check-in page; or those where tickets were used twice."""
    by, at = actor(request), clock.now()
    rows = []
    has_conflicts = request.GET.get("view") == "conflicts"
    found = progress.with_conflicts(by) if has_conflicts else progress.events_on_the_day(by, at)
    for event in found:
        main = progress.list_of(event, "")
        rows.append((event, main.opening.opens, progress.counts_of(main), progress.conflict_count(event)))
    context = {"rows": rows, "channel": CHANNEL, "has_conflicts": has_conflicts}
    return render(request, "events/checkin/desk/events.html", context)


@require_safe
@needs(Permission.CHECK_IN)
def overview(request: HttpRequest, ref: str) -> HttpResponse:
    """How the day stands: counts by list and entrance, conflicts, refused tickets, phones."""
    by, at = actor(request), clock.now()
    event = people.check_in_event(by, ref)
    entrances = progress.entrances_of(event)
    lists = [(one, progress.counts_of(one)) for one in progress.lists_of(event)]
    is_on = event.state == EventState.PUBLISHED
    context = {
        "event": event,
        "channel": CHANNEL,
        "entrances": entrances,
        "lists": [
            (one, counts, [(entrance, counts.by_entrance.get(entrance.ref, 0)) for entrance in entrances])
            for one, counts in lists
        ],
        "conflicts": presenters.conflict_cards(event),
        "resolved": presenters.conflict_cards(event, is_resolved=True),
        "refused": presenters.refused_rows(event),
        "devices": [
            (one, is_on and at - one.seen_at > progress.SILENT, round(abs(one.slow_by) / 60_000))
            for one in progress.devices_of(event)
        ],
        "is_over": event.state == EventState.OVER,
        "may_edit": allowed(by, Permission.EDIT_CHECK_IN, event),
        "may_print": allowed(by, Permission.EXPORT_REGISTRATIONS, event),
        "may_see_needs": allowed(by, Permission.SEE_NEEDS, event),
        "has_sessions": progress.sessions_without_list(event).exists(),
        "count": attendance.count_of(event),
    }
    return render(request, "events/checkin/desk/overview.html", context)


@require_POST
@needs(Permission.CHECK_IN)
def conflict(request: HttpRequest, ref: str, nonce: str) -> HttpResponse:
    """Note what a conflict was."""
    by = actor(request)
    event = people.check_in_event(by, ref)
    row = progress.conflict_of(event, nonce)
    try:
        actions.resolve(by=by, check_in=row, resolution=request.POST.get("resolution", ""), at=clock.now())
    except ReasonMissing as missing:
        toasts.say(request, missing.text)
    return HttpResponseRedirect(reverse("events-checkin-overview", args=[event.ref]))


# Entrances and lists
# ------------------------------------------------------------------------------------------------------------
def _form_page(request: HttpRequest, event: Event, form: Any, act: Any, title: str) -> HttpResponse:
    back = reverse("events-checkin-overview", args=[event.ref])

    def done(given: dict[str, Any]) -> Outcome:
        act(given)
        return Outcome(gettext("Saved."), to=back)

    if response := submitted(request, form, done):
        return response
    context = {"form": form, "title": title, "back": back, "event": event}
    return render(request, "events/checkin/desk/form.html", context, status=UNFIT if form.errors else 200)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_CHECK_IN)
def entrance(request: HttpRequest, ref: str, of: str = "") -> HttpResponse:
    """A new entrance, or another name of one."""
    by = actor(request)
    event = people.check_in_event(by, ref, Permission.EDIT_CHECK_IN)
    row = progress.entrance_of(event, of) if of else None
    form = forms.EntranceForm(_posted(request), entrance=row)

    def act(_given: dict[str, Any]) -> Entrance:
        return actions.put_entrance(by=by, event=event, name=form.given, at=clock.now(), entrance=row)

    title = gettext("Change an entrance") if row else gettext("New entrance")
    return _form_page(request, event, form, act, title)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_CHECK_IN)
def check_list(request: HttpRequest, ref: str, of: str = "") -> HttpResponse:
    """A new list for a session, or another rule for one."""
    by = actor(request)
    event = people.check_in_event(by, ref, Permission.EDIT_CHECK_IN)
    row = progress.list_of(event, of) if of else None
    form = forms.ListForm(_posted(request), event=event, check_list=row)

    def act(given: dict[str, Any]) -> CheckList:
        return actions.put_list(
            by=by,
            event=event,
            tickets=list(given["tickets"]),
            opens_before=given["opens_before"],
            session=given.get("session"),
            check_list=row,
            at=clock.now(),
        )

    title = f"{gettext('Check-in list')}: {row}" if row else gettext("New check-in list")
    return _form_page(request, event, form, act, title)


@require_POST
@needs(Permission.EDIT_CHECK_IN)
def remove(request: HttpRequest, ref: str, kind: str, of: str) -> HttpResponse:
    """Remove an entrance, or the list of a session by which no visitor was checked in."""
    by, at = actor(request), clock.now()
    event = people.check_in_event(by, ref, Permission.EDIT_CHECK_IN)
    try:
        if kind == "entrance":
            actions.remove_entrance(by=by, entrance=progress.entrance_of(event, of), at=at)
        elif kind == "list":
            actions.remove_list(by=by, check_list=progress.list_of(event, of), at=at)
        else:
            raise Http404
        toasts.say(request, gettext("Removed."))
    except ActionRefused as refused:
        toasts.refuse(request, refused.text)
    return HttpResponseRedirect(reverse("events-checkin-overview", args=[event.ref]))


# Paper
# ------------------------------------------------------------------------------------------------------------
@require_safe
@needs(Permission.EXPORT_REGISTRATIONS)
@sudo_required
def paper(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Badges or the list of names, to be printed; the audit log records who took them."""
    by, at = actor(request), clock.now()
    event = people.check_in_event(by, ref, Permission.EXPORT_REGISTRATIONS)
    if kind not in PAPER:
        raise Http404
    found = people.people(list(people.expected(event)))
    actions.note_print(by=by, event=event, what=kind, rows=len(found), at=at)
    if kind == "xlsx":
        head = [
            pgettext("registration", "Who"),
            gettext("Code"),
            pgettext("registration", "Ticket"),
            pgettext("registration", "Seats"),
            gettext("Photographs"),
        ]
        rows: list[list[str | int]] = [
            [
                one.name,
                one.row.entry_code,
                str(one.row.ticket),
                one.row.heads,
                vocab.label("photo_consent", one.row.photo) if one.row.photo else "",
            ]
            for one in found
        ]
        return file_response("xlsx", f"names-{event.slug}", head, rows)
    made = (badges.badges if kind == "badges" else badges.names)(event, found, at)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{kind}-{event.slug}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
