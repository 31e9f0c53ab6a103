"""The desk: cycles and meetings, and the calendar of the team."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import long_date
from sauga.kernel.identity import actor
from sauga.kernel.kit import Action, ActionSet, DetailPage, form_view
from sauga.kernel.kit.actions import Outcome
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Tool, View
from sauga.kernel.kit.pages import submitted
from sauga.kernel.refusals import Text
from sauga.kernel.ui.formats.calendars import Event, calendar
from sauga.panel.permissions import Permission
from sauga.panel.trail import VOICE_CHANNEL, ZONE
from sauga.panel.voice import forms, presenters
from sauga.panel.voice.actions import cycles
from sauga.panel.voice.models import Cycle, Meeting
from sauga.panel.voice.queries import cycles as queries
from sauga.panel.voice.rules.states import MeetingState
from sauga.panel.voice.views import today

UNFIT = 422


class Cycles(ListPage):
    """Cycles, the latest first."""

    title = _("Cycles")
    live = VOICE_CHANNEL
    columns = (
        Column("number", _("Number"), is_heading=True),
        Column("title", pgettext_lazy("cycle", "Title")),
        Column("starts", pgettext_lazy("cycle", "First day")),
        Column("ends", _("First day after it")),
        Column("support", _("Support needed")),
    )
    nothing = Empty(title=_("No cycle yet"), text=_("Members write when a cycle has begun."))

    @override
    def rows(self) -> "QuerySet[Cycle]":
        return queries.cycles()

    @override
    def line(self, row: Cycle) -> Line:
        may_change = self.by.can(Permission.RUN_CYCLES) and row.ends_on > clock.local_day(self.at)
        href = reverse("panel-cycle-change", args=[row.number])
        number: Cell = Link(str(row.number), href) if may_change else str(row.number)
        return Line(str(row.number), (number, row.title, Day(row.starts_on), Day(row.ends_on), row.support))

    @override
    def tools(self) -> list[Tool]:
        if not self.by.can(Permission.RUN_CYCLES):
            return []
        return [Tool(label=_("Plan a cycle"), href=reverse("panel-cycle-new"), icon="plus")]


@require_http_methods(["GET", "HEAD", "POST"])
def new_cycle(request: HttpRequest) -> HttpResponse:
    """Plan the next cycle."""
    form = forms.CycleForm(request.POST) if request.method == "POST" else forms.CycleForm()

    def act(given: dict[str, Any]) -> Any:
        cycles.start_cycle(by=actor(request), at=clock.now(), **given)
        return _("Planned.")

    context = {
        "form": form,
        "title": _("Plan a cycle"),
        "submit": pgettext_lazy("panel", "Plan"),
        "list_url": "panel-cycles",
        "list_title": Cycles.title,
    }
    return submitted(request, form, act, "panel-cycles") or render(
        request, "ui/desk/form.html", context, status=UNFIT if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_cycle(request: HttpRequest, number: int) -> HttpResponse:
    """Change a cycle that is not over."""
    by, at = actor(request), clock.now()
    row = queries.cycle_for(by, number)
    if row.ends_on <= clock.local_day(at):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = forms.CycleForm.showing(row, clock.local_day(at), data)

    def act(given: dict[str, Any]) -> Any:
        cycles.change_cycle(by=by, cycle=row, at=clock.now(), **given)
        return _("Saved.")

    context = {
        "form": form,
        "title": _("Change the cycle"),
        "submit": _("Save"),
        "list_url": "panel-cycles",
        "list_title": Cycles.title,
    }
    return submitted(request, form, act, "panel-cycles") or render(
        request, "ui/desk/form.html", context, status=UNFIT if form.errors else 200
    )


class Meetings(ListPage):
    """Meetings with their two adults."""

    title = _("Panel meetings")
    live = VOICE_CHANNEL
    views = (
        View(queries.AHEAD, pgettext_lazy("meetings", "Upcoming")),
        View(queries.HELD, _("Without minutes")),
        View(queries.MINUTED, _("With minutes")),
        View(queries.CANCELLED, pgettext_lazy("meetings", "Cancelled")),
    )
    columns = (
        Column("when", pgettext_lazy("meeting", "Day"), is_heading=True),
        Column("hours", pgettext_lazy("meeting", "Hours")),
        Column("place", pgettext_lazy("meeting", "Place")),
        Column("adults", pgettext_lazy("panel meeting", "Adults")),
        Column("coming", pgettext_lazy("meeting", "Coming")),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(title=_("No meeting here"), text=_("Plan one with two adults of the team."))

    @override
    def rows(self) -> "QuerySet[Meeting]":
        return queries.rows(self.view_code)

    @override
    def line(self, row: Meeting) -> Line:
        return Line(
            row.ref,
            (
                Link(_day(row), reverse("panel-meeting-desk", args=[row.ref])),
                _hours(row),
                row.place,
                ", ".join(one.person.name for one in row.adults.all()),
                sum(one.comes for one in row.replies.all()),
                presenters.MEETING_STATES[row.state],
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts()

    @override
    def tools(self) -> list[Tool]:
        found = [Tool(label=_("Calendar file"), href=reverse("panel-meetings-calendar"), icon="calendar")]
        if self.by.can(Permission.RUN_CYCLES):
            found.append(Tool(label=_("Plan a meeting"), href=reverse("panel-meeting-new"), icon="plus"))
        return found


def _day(row: Meeting) -> str:
    return long_date(row.starts.astimezone(VILNIUS).date())


def _hours(row: Meeting) -> str:
    begins, ends = (date_format(one.astimezone(VILNIUS), "H:i") for one in (row.starts, row.ends))
    return f"{begins}–{ends}"


MEETING_ACTIONS = ActionSet(
    find=queries.meeting_for,
    actions={
        "hold": Action(
            permissions=(Permission.RUN_CYCLES,),
            states=frozenset({MeetingState.PLANNED}),
            label=_("It was held"),
            title=_("It was held"),
            text=_("Without two adults there it does not count as held. Cancel it then."),
            message=_("Held. Write the minutes next."),
            effect=lambda by, row, given, at: cycles.hold_meeting(
                by=by, meeting=row, present=given["present"], at=at
            ),
            form=today.HeldForm,
            suits=lambda row: row.starts <= clock.now(),
            is_next=True,
        ),
        "minutes": Action(
            permissions=(Permission.RUN_CYCLES,),
            states=frozenset({MeetingState.HELD}),
            label=_("Publish the minutes"),
            title=_("Minutes in plain words"),
            message=_("Published for the members."),
            effect=lambda by, row, given, at: cycles.publish_minutes(
                by=by, meeting=row, minutes=given["minutes"], at=at
            ),
            form=forms.MinutesForm,
            is_next=True,
        ),
        "cancel": Action(
            permissions=(Permission.RUN_CYCLES,),
            states=frozenset({MeetingState.PLANNED}),
            label=_("Cancel the meeting"),
            message=_("Cancelled."),
            effect=lambda by, row, given, at: Outcome(
                _("Cancelled."),
                undo=reverse(
                    "panel-meeting-do", args=[cycles.cancel_meeting(by=by, meeting=row, at=at).ref, "reopen"]
                ),
            ),
            tone="danger",
        ),
        "reopen": Action(
            permissions=(Permission.RUN_CYCLES,),
            states=frozenset({MeetingState.CANCELLED}),
            label=_("It takes place after all"),
            message=_("Planned again."),
            effect=lambda by, row, given, at: cycles.reopen_meeting(by=by, meeting=row, at=at),
        ),
    },
)


class MeetingPage(DetailPage):
    """One meeting."""

    template = "panel/voice/desk/meeting.html"
    list_title, list_url = Meetings.title, "panel-meetings-desk"
    url, action_url = "panel-meeting-desk", "panel-meeting-do"
    live, states = VOICE_CHANNEL, presenters.MEETING_STATES
    zone, audit_permission = ZONE, Permission.SEE_ADULT_ACTS
    actions = MEETING_ACTIONS

    @override
    def heading(self) -> Text:
        return f"{_day(self.row)}, {_hours(self.row)}"

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Meeting = self.row
        yield pgettext_lazy("meeting", "Place"), row.place
        adults = row.adults.select_related("person").order_by("person__name")
        yield pgettext_lazy("panel meeting", "Adults"), ", ".join(one.person.name for one in adults)
        there = [one.person.name for one in adults if one.was_there]
        if there:
            yield _("Adults who were there"), ", ".join(there)
        yield _("Members who come"), str(queries.coming(row))

    @override
    def context(self) -> dict[str, Any]:
        may_change = self.row.state == MeetingState.PLANNED and self.by.can(Permission.RUN_CYCLES)
        return {"may_change": may_change}


def plan(by: Any, given: dict[str, Any], at: Any) -> Meeting:
    """Plan a meeting of the cycle in which it is."""
    held = forms.meeting_given(given)
    cycle = queries.cycle_on(held.starts)
    if cycle is None:
        raise cycles.MeetingRefused("cycle")
    return cycles.plan_meeting(by=by, cycle=cycle, given=held, at=at)


new_meeting = form_view(
    today.MeetingForm,
    plan,
    title=_("Plan a meeting"),
    submit=pgettext_lazy("panel", "Plan"),
    message=_("Planned. Members see it."),
    url="panel-meeting-desk",
    list_url="panel-meetings-desk",
    list_title=Meetings.title,
)


@require_http_methods(["GET", "HEAD", "POST"])
def change_meeting(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a meeting that is still ahead."""
    by = actor(request)
    row = queries.meeting_for(by, ref)
    if row.state != MeetingState.PLANNED:
        raise Http404
    form = today.MeetingForm(request.POST) if request.method == "POST" else today.MeetingForm.showing(row)

    def act(given: dict[str, Any]) -> Outcome:
        cycles.change_meeting(by=by, meeting=row, given=forms.meeting_given(given), at=clock.now())
        return Outcome(_("Saved."), to=reverse("panel-meeting-desk", args=[ref]))

    context = {
        "form": form,
        "title": _("Change the meeting"),
        "submit": _("Save"),
        "list_url": "panel-meetings-desk",
        "list_title": Meetings.title,
    }
    return submitted(request, form, act) or render(
        request, "ui/desk/form.html", context, status=UNFIT if form.errors else 200
    )


@require_safe
def meetings_calendar(request: HttpRequest) -> HttpResponse:
    """The meetings as a calendar file, without anything about members."""
    at = clock.now()
    events = [
        Event(
            uid=f"{row.ref}@panel.sauga",
            begins=row.starts,
            ends=row.ends,
            title=gettext("Meeting of the youth panel"),
            text=", ".join(one.person.name for one in row.adults.all()),
            place=row.place,
            number=row.revision,
            is_cancelled=row.state == MeetingState.CANCELLED,
        )
        for row in queries.calendar_meetings()
    ]
    text = calendar(gettext("Meetings of the youth panel"), events, at, product="Panel")
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    return response
