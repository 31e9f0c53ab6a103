"""Registrations at the desk: events with their numbers, the list of an event, one registration, why nothing
moves in the line, access needs, files.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event, said
from sauga.events.registration.actions import desk as actions
from sauga.events.registration.actions.seats import CHANNEL
from sauga.events.registration.forms import desk as forms
from sauga.events.registration.models import Registration
from sauga.events.registration.presenters import (
    PRIORITIES,
    STATES,
    answered,
    came_words,
    group_words,
    photo_words,
    why_sentence,
)
from sauga.events.registration.queries import registrations as queries
from sauga.events.registration.queries import tickets
from sauga.events.registration.queries.details import GONE, Details, details_by, details_of, needs_by
from sauga.events.registration.queries.waiting_list import line_of
from sauga.events.states import BOOKED, RegistrationState
from sauga.events.trail import ZONE
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs, safe_path, sudo_required
from sauga.kernel.kit import Action, ActionSet, DetailPage
from sauga.kernel.kit.lists import (
    BulkAction,
    Cell,
    Column,
    Empty,
    Line,
    Link,
    ListPage,
    Quiet,
    Tool,
    View,
)
from sauga.kernel.kit.lists.export import FORMATS, file_response
from sauga.kernel.refusals import Text
from sauga.kernel.ui import toasts


class Events(ListPage):
    """Events with how many registered, are confirmed and wait."""

    title = _("Registrations")
    live = CHANNEL
    form_class = forms.EventWordsForm
    views = (View("coming", pgettext_lazy("registration", "Coming")), View("over", _("Over")))
    columns = (
        Column("title", pgettext_lazy("registration", "Event"), is_heading=True),
        Column("starts", pgettext_lazy("registration", "When"), "num nowrap"),
        Column("registered", _("Registrations"), "num"),
        Column("confirmed", _("Confirmed seats"), "num"),
        Column("waiting", _("Waiting"), "num"),
        Column("pending", _("To decide"), "num"),
    )
    nothing = Empty(title=_("No event here"), text=_("Events appear here once they are published."))

    @override
    def rows(self) -> QuerySet[Event]:
        return tickets.events_with_tickets(
            self.by, **self.filters, is_over=self.view_code == "over", at=self.at
        )

    @override
    def lines(self, rows: list[Event]) -> Iterator[Line]:
        numbers = tickets.numbers_by([event.pk for event in rows])
        for event in rows:
            n = numbers[event.pk]
            link = Link(str(event), reverse("events-registrations-of", args=[event.ref]))
            yield Line(event.ref, (link, event.starts, n.registered, n.confirmed, n.waiting, n.pending))


class Registrations(ListPage):
    """The registrations of one event."""

    template = "events/registration/desk/list.html"
    live = CHANNEL
    form_class = forms.FilterForm
    parent_title = Events.title
    views = (
        View("confirmed", pgettext_lazy("registrations", "Confirmed")),
        View("line", pgettext_lazy("registrations", "Waiting list")),
        View("pending", pgettext_lazy("registrations", "To decide")),
        View("unconfirmed", pgettext_lazy("registrations", "Link not opened")),
        View("came", pgettext_lazy("registrations", "Came")),
        View("missed", pgettext_lazy("registrations", "Did not come")),
        View("ended", pgettext_lazy("registrations", "Ended")),
    )
    columns = (
        Column("who", pgettext_lazy("registration", "Who"), is_heading=True),
        Column("ticket", pgettext_lazy("registration", "Ticket"), sort=("ticket__place",)),
        Column("heads", pgettext_lazy("registration", "Seats"), "num", sort=("heads",)),
        Column("state", pgettext_lazy("registration", "State"), sort=("state",), is_state=True),
        Column("created", pgettext_lazy("registration", "Registered"), "num nowrap", sort=("created_at",)),
    )
    nothing = Empty(
        title=_("No registration here"),
        text=_("Registrations appear here when they reach this state."),
    )
    bulk_url = "events-registrations-many"

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.event = queries.desk_event(actor(request), kwargs["ref"])
        self.title = str(self.event)
        self.parent_href = reverse("events-registrations")
        super().__init__(request, **kwargs)

    @override
    def rows(self) -> QuerySet[Registration]:
        return queries.registrations(self.event, self.view_code, **self.filters)

    @override
    def lines(self, rows: list[Registration]) -> Iterator[Line]:
        held = details_by(rows)
        for row in rows:
            who = Link(_who(row, held[row.pk]), reverse("events-registration", args=[row.ref]))
            more = [Quiet(PRIORITIES[row.priority_reason], below=True)] if row.has_priority else []
            yield Line(row.ref, ((who, *more), str(row.ticket), row.heads, STATES[row.state], row.created_at))

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts(self.event)

    @override
    def actions(self) -> Sequence[BulkAction]:
        if not self.by.can(Permission.KEEP_REGISTRATIONS):
            return ()
        cancel = BulkAction(do="cancel", label=_("Cancel"), key="c")
        if self.view_code == "pending":
            approve = BulkAction(do="approve", label=_("Approve"), key="a")
            return (approve, BulkAction(do="reject", label=_("Reject"), key="r"))
        return (cancel,) if self.view_code in {"confirmed", "line"} else ()

    @override
    def tools(self) -> Sequence[Tool]:
        ref = self.event.ref
        found = [
            Tool(label=_("Waiting list"), href=reverse("events-line", args=[ref]), key="w", tone="second"),
            Tool(
                label=_("Quotas and questions"),
                href=reverse("events-setup", args=[ref]),
                key="q",
                tone="second",
            ),
        ]
        if self.by.can(Permission.SEE_NEEDS):
            found.append(
                Tool(label=_("Access needs"), href=reverse("events-needs", args=[ref]), tone="second")
            )
        if self.by.can(Permission.EXPORT_REGISTRATIONS):
            found += [
                Tool(
                    label=kind.upper(),
                    href=reverse("events-file", args=[ref, kind]),
                    icon="download",
                    tone="plain",
                )
                for kind in FORMATS
            ]
        return found

    @override
    def context(self) -> dict[str, Any]:
        return {"numbers": tickets.numbers_of(self.event), "quotas": tickets.quotas_at_desk(self.event)}


def _who(row: Registration, details: Details) -> str:
    if details == GONE:
        return gettext("details deleted")
    return f"{details.school}, {details.class_name}" if details.class_name else details.name


class RegistrationPage(DetailPage):
    """One registration: who, where it stands, what can be done."""

    list_title, list_url = Events.title, "events-registrations"
    url, action_url = "events-registration", "events-registration-do"
    live, states = CHANNEL, STATES
    zone, audit_permission = ZONE, Permission.KEEP_REGISTRATIONS
    actions = ActionSet(
        find=queries.registration_for,
        actions={
            "approve": Action(
                permissions=(Permission.KEEP_REGISTRATIONS,),
                states=frozenset({RegistrationState.PENDING_APPROVAL}),
                label=_("Approve"),
                message=_("Approved."),
                effect=lambda by, row, given, at: actions.approve(by=by, registration=row, at=at),
                key="a",
                is_next=True,
            ),
            "reject": Action(
                permissions=(Permission.KEEP_REGISTRATIONS,),
                states=frozenset({RegistrationState.PENDING_APPROVAL, RegistrationState.GUARDIAN_PENDING}),
                label=_("Reject"),
                message=_("Rejected; the person gets an email."),
                text=_("The person gets an email that says so. This is final."),
                effect=lambda by, row, given, at: actions.reject(by=by, registration=row, at=at),
                key="r",
            ),
            "forward": Action(
                permissions=(Permission.KEEP_REGISTRATIONS,),
                states=frozenset({RegistrationState.WAITLISTED}),
                label=_("Put forward"),
                message=_("Put forward in the line."),
                effect=lambda by, row, given, at: actions.give_priority(
                    by=by, registration=row, at=at, **given
                ),
                form=forms.PriorityForm,
                suits=lambda row: not row.has_priority,
                key="f",
            ),
            "back": Action(
                permissions=(Permission.KEEP_REGISTRATIONS,),
                states=frozenset({RegistrationState.WAITLISTED}),
                label=_("Back to the place by time"),
                message=_("Back at the place by time."),
                effect=lambda by, row, given, at: actions.take_priority(by=by, registration=row, at=at),
                suits=lambda row: row.has_priority,
            ),
            "cancel": Action(
                permissions=(Permission.KEEP_REGISTRATIONS,),
                states=frozenset({RegistrationState.WAITLISTED, *BOOKED}),
                label=pgettext_lazy("registration", "Cancel the registration"),
                message=_("Cancelled; the person gets an email."),
                text=_("Seats go to the next in line at once. This is final, and the person gets an email."),
                effect=lambda by, row, given, at: actions.cancel(by=by, registration=row, at=at),
                tone="second",
            ),
        },
    )

    @override
    def heading(self) -> Text:
        return _who(self.row, details_of(self.row))

    @override
    def facts(self) -> Iterable[tuple[Text, Cell]]:
        row, details = self.row, details_of(self.row)
        yield (
            pgettext_lazy("registration", "Event"),
            Link(str(row.event), reverse("events-registrations-of", args=[row.event.ref])),
        )
        yield pgettext_lazy("registration", "Ticket"), str(row.ticket)
        yield pgettext_lazy("registration", "Seats"), row.heads
        if row.attended_heads is not None:
            yield pgettext_lazy("registration", "Came"), came_words(row)
        if row.groups:
            yield _("By age"), group_words(row.groups)
            yield pgettext_lazy("registration", "Teacher"), details.name
        yield _("Address"), details.address or None
        if details.guardian:
            yield _("Parent or guardian"), details.guardian
        if row.state == RegistrationState.WAITLISTED:
            yield _("Place in the line"), line_of(row.event, self.at).standing(row).position
        if row.has_priority:
            yield _("Put forward because of"), PRIORITIES[row.priority_reason]
        if row.state == RegistrationState.OFFERED:
            yield _("Offered until"), row.offer_until
        if photo := photo_words(row):
            yield _("Photographs"), photo
        yield from answered(dict(details.answers), tickets.questions_of(row.event))


@require_POST
@needs(Permission.KEEP_REGISTRATIONS)
def many(request: HttpRequest) -> HttpResponse:
    """Approve, reject or cancel the ticked registrations; those for which it is not possible stay as they
    are."""
    by, what = actor(request), request.POST.get("do", "")
    back = safe_path(request.POST.get("back", "")) or reverse("events-registrations")
    if what not in actions.MANY:
        raise Http404
    rows = queries.chosen(by, request.POST.getlist("refs"))
    if not rows:
        toasts.say(request, gettext("Tick at least one row first."))
        return HttpResponseRedirect(back)
    done = actions.act_on_many(by=by, rows=rows, what=what, at=clock.now())
    text = ngettext("%(n)d registration done.", "%(n)d registrations done.", done) % {"n": done}
    left = len(rows) - done
    more = ngettext("%(n)d could not be.", "%(n)d could not be.", left) % {"n": left} if left else ""
    toasts.say(request, " ".join(filter(None, [text, more])))
    return HttpResponseRedirect(back)


@require_safe
@needs(Permission.SEE_REGISTRATIONS)
def line(request: HttpRequest, ref: str) -> HttpResponse:
    """Why nothing is moving: what is free, offered until when, who blocks, when the next run is."""
    by, at = actor(request), clock.now()
    event = queries.desk_event(by, ref)
    found = line_of(event, at)
    shown = found.rows[:50]
    held = details_by(shown)
    context = {
        "event": event,
        "line": found,
        "why": why_sentence(found),
        "quotas": tickets.quotas_at_desk(event),
        "offered": [
            row for row in queries.registrations(event, "line") if row.state == RegistrationState.OFFERED
        ],
        "rows": [(number, row, _who(row, held[row.pk])) for number, row in enumerate(shown, 1)],
        "more": len(found.rows) - len(shown),
        "priorities": PRIORITIES,
        "channel": CHANNEL,
    }
    return render(request, "events/registration/desk/line.html", context)


@require_safe
@needs(Permission.SEE_NEEDS)
@sudo_required
def access_needs(request: HttpRequest, ref: str) -> HttpResponse:
    """What those who come need; the audit log records who read it."""
    by, at = actor(request), clock.now()
    event = queries.desk_event(by, ref)
    rows = queries.with_needs(event)
    actions.open_needs(by=by, event=event, rows=len(rows), at=at)
    found, held = needs_by(rows), details_by(rows)
    context = {
        "event": event,
        "rows": [(row, _who(row, held[row.pk]), found.get(row.pk, ""), STATES[row.state]) for row in rows],
    }
    response = render(request, "events/registration/desk/needs.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@needs(Permission.EXPORT_REGISTRATIONS)
@sudo_required
def file(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """The registrations of an event that were not cancelled, as a file; the audit log records who took it."""
    by, at = actor(request), clock.now()
    event = queries.desk_event(by, ref)
    if kind not in FORMATS:
        raise Http404
    rows = queries.for_file(event)
    actions.export(by=by, event=event, rows=len(rows), kind=kind, at=at)
    head, lines = table(event, rows)
    return file_response(kind, f"registrations-{event.slug}", head, lines)


def table(event: Event, rows: list[Registration]) -> tuple[list[str], list[list[Any]]]:
    """Registrations as a table of a file."""
    questions, held = tickets.questions_of(event), details_by(rows)
    head = [
        gettext("Name"),
        pgettext("registration", "School"),
        pgettext("registration", "Class"),
        gettext("Address"),
        pgettext("registration", "Ticket"),
        pgettext("registration", "Seats"),
        gettext("By age"),
        pgettext("registration", "Came"),
        pgettext("registration", "State"),
        pgettext("registration", "Registered"),
        gettext("Photographs"),
        *(str(said(question.text)) for question in questions),
    ]
    lines = []
    for row in rows:
        details = held[row.pk]
        answers = dict(answered(dict(details.answers), questions))
        lines.append(
            [
                details.name,
                details.school,
                details.class_name,
                details.address,
                str(row.ticket),
                row.heads,
                group_words(row.groups),
                "" if row.attended_heads is None else row.attended_heads,
                str(STATES[row.state].text),
                localtime(row.created_at).replace(tzinfo=None),
                photo_words(row),
                *(answers.get(said(question.text), "") for question in questions),
            ]
        )
    return head, lines
