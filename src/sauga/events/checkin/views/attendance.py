"""Who came to an event that is over: corrected one by one with a reason, or entered as a list, which is
reported on first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, override

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sauga.events.checkin import forms
from sauga.events.checkin.actions import attendance as attending
from sauga.events.checkin.queries import attendance, people
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.registration.presenters import STATES, came_words
from sauga.events.registration.queries.details import details_by, details_of
from sauga.events.states import EventState
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Outcome, submitted
from sauga.kernel.kit.imports import words as import_words
from sauga.kernel.kit.imports.cells import NUMBER, WORD
from sauga.kernel.kit.imports.formats import format_of, open_table
from sauga.kernel.kit.imports.layout import Column as FileColumn
from sauga.kernel.kit.imports.layout import Layout, TableRefused
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, Tool, View
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts

UNFIT = 422
SALT, LASTS = "events.attendance", 3600
LIST_FILE: Layout[FileColumn] = Layout(
    columns=(
        FileColumn("code", WORD, most=20, also=("kodas", "bilietas", "ticket")),
        FileColumn("email", WORD, most=254, also=("el. paštas", "el. pastas", "e-mail", "address")),
        FileColumn("heads", NUMBER, most=999, also=("atvyko", "kiek", "came")),
    ),
    titles=("code", "email"),
)
PROBLEMS: dict[str, Any] = {
    "unknown": _("Nobody at this event has this code or address, or several have the address."),
    "state": _("This registration had no seat."),
    "heads": _("More people than there were seats."),
    "double": _("An earlier row names the same registration."),
}


class Attendance(ListPage):
    """Who came to an event that is over, to be corrected."""

    template = "events/checkin/desk/attendance.html"
    live = attending.CHANNEL
    form_class = forms.WordsForm
    parent_title = _("Check-in")
    views = (
        View("came", pgettext_lazy("registrations", "Came")),
        View("missed", pgettext_lazy("registrations", "Did not come")),
        View("open", _("Not known")),
    )
    columns = (
        Column("who", pgettext_lazy("registration", "Who"), is_heading=True),
        Column("ticket", pgettext_lazy("registration", "Ticket"), sort=("ticket__place",)),
        Column("heads", pgettext_lazy("registration", "Came"), "num"),
        Column("state", pgettext_lazy("registration", "State"), is_state=True),
    )
    nothing = Empty(
        title=_("Nobody here"), text=_("When the event is over, people are here by whether they came.")
    )

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.event = people.check_in_event(actor(request), kwargs["ref"], Permission.EDIT_CHECK_IN)
        self.title = str(self.event)
        self.parent_href = reverse("events-checkin-overview", args=[self.event.ref])
        super().__init__(request, **kwargs)

    @override
    def rows(self) -> QuerySet[Registration]:
        return attendance.attendance(self.event, self.view_code, **self.filters)

    @override
    def lines(self, rows: list[Registration]) -> Iterator[Line]:
        held = details_by(rows)
        for row in rows:
            name = people.shown_name(held[row.pk])
            who = Link(name, reverse("events-attendance-one", args=[self.event.ref, row.ref]))
            came = came_words(row) if row.attended_heads is not None else "–"
            yield Line(row.ref, (who, str(row.ticket), came, STATES[row.state]))

    @override
    def counts(self) -> Mapping[str, int]:
        return attendance.counts(self.event)

    @override
    def tools(self) -> Sequence[Tool]:
        href = reverse("events-attendance-file", args=[self.event.ref])
        return (Tool(label=_("Enter a list"), href=href, key="l", tone="second"),)

    @override
    def context(self) -> dict[str, Any]:
        return {
            "count": attendance.count_of(self.event),
            "is_over": self.event.state == EventState.OVER,
        }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_CHECK_IN)
def attendance_one(request: HttpRequest, ref: str, of: str) -> HttpResponse:
    """How many of one registration came, with the reason for the correction."""
    by = actor(request)
    event = people.check_in_event(by, ref, Permission.EDIT_CHECK_IN)
    row = attendance.seated(event, of)
    form = forms.AttendanceForm(request.POST if request.method == "POST" else None, registration=row)

    def done(given: dict[str, Any]) -> Outcome:
        attending.correct(by=by, registration=row, at=clock.now(), **given)
        return Outcome(gettext("Saved."), to=back)

    back = reverse("events-attendance", args=[event.ref])
    if response := submitted(request, form, done):
        return response
    context = {
        "form": form,
        "title": people.shown_name(details_of(row)),
        "back": back,
        "back_title": gettext("Who came"),
        "event": event,
        "state": STATES[row.state],
    }
    return render(request, "events/checkin/desk/form.html", context, status=UNFIT if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_CHECK_IN)
def attendance_file(request: HttpRequest, ref: str) -> HttpResponse:
    """A list of who came: reported on first, then entered completely or not at all."""
    by = actor(request)
    event = people.check_in_event(by, ref, Permission.EDIT_CHECK_IN)
    if request.method == "POST" and "report" in request.POST:
        return _entered(request, event)
    form = forms.FileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    rows: list[attendance.ListRow] = []
    problems: list[tuple[int, str, str]] = []
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows, problems = _report(event, file.name, file.read())
        except TableRefused as refused:
            form.add_error("file", import_words.FILES[refused.why](refused.facts))
    is_good = bool(rows) and not problems
    context = {
        "event": event,
        "form": form,
        "rows": rows,
        "problems": problems[:100],
        "heads": sum(one.heads for one in rows),
        "others_missed": form.is_bound and form.cleaned_data.get("others_missed", False),
        "report": _signed(rows, form.cleaned_data["others_missed"], event) if is_good else "",
        "is_over": event.state == EventState.OVER,
        "back": reverse("events-attendance", args=[event.ref]),
    }
    status = UNFIT if form.is_bound and not is_good else 200
    return render(request, "events/checkin/desk/attendance_file.html", context, status=status)


def _report(
    event: Event, name: str, content: bytes
) -> tuple[list[attendance.ListRow], list[tuple[int, str, str]]]:
    """The rows of a file, and what is wrong with it, row by row."""
    table = open_table(LIST_FILE, content, format_of(LIST_FILE, name, content))
    rows: list[attendance.ListRow] = []
    problems: list[tuple[int, str, str]] = []
    seen = set[int]()
    for given in table.rows:
        problems += [(given.number, one.said, str(import_words.PROBLEMS[one.code])) for one in given.problems]
        if given.problems:
            continue
        found = attendance.found_in(event, given.number, given.content)
        key = found.registration.pk if found.registration is not None else 0
        problem = found.problem or ("double" if key in seen else "")
        if problem:
            problems.append((found.number, found.said, str(PROBLEMS[problem])))
        seen.add(key)
        rows.append(found)
    return rows, problems


def _signed(rows: Sequence[attendance.ListRow], others_missed: bool, event: Event) -> str:
    held = [[one.registration.ref, one.heads] for one in rows if one.registration is not None]
    return signing.dumps(
        {"event": event.ref, "rows": held, "others": others_missed}, salt=SALT, compress=True
    )


def _entered(request: HttpRequest, event: Event) -> HttpResponse:
    """Enter what was reported."""
    back = reverse("events-attendance", args=[event.ref])
    try:
        held = signing.loads(request.POST["report"], salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        held = {"event": ""}
    if held["event"] != event.ref:
        toasts.say(request, gettext("The report is too old. Send the file again."))
        return HttpResponseRedirect(reverse("events-attendance-file", args=[event.ref]))
    try:
        rows = attendance.by_refs(event, dict(held["rows"]))
        came = [attending.Came(registration=row, heads=n) for row, n in rows]
        done = attending.record_list(
            by=actor(request), event=event, came=came, others_missed=held["others"], at=clock.now()
        )
        text = ngettext("%(n)d registration marked.", "%(n)d registrations marked.", done)
        toasts.say(request, text % {"n": done})
    except ActionRefused as refused:
        toasts.refuse(request, refused.text)
    return HttpResponseRedirect(back)
