"""Events at the desk: the list, the month, one event with its programme, and the forms of both."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.effects import calendar_entries, desk_sections
from sauga.events.permissions import Permission
from sauga.events.programme import forms, presenters
from sauga.events.programme.actions import events as actions
from sauga.events.programme.actions import publication
from sauga.events.programme.actions.events import EventGiven, EventWords
from sauga.events.programme.models import Event
from sauga.events.programme.queries import events as queries
from sauga.events.programme.queries import parts
from sauga.events.programme.rules.local_times import LocalTime
from sauga.events.programme.rules.months import month_of, read_month
from sauga.events.programme.views.form_pages import FormPage, data, form_page
from sauga.events.states import EventState
from sauga.events.trail import CHANNEL, ZONE
from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, actor, allowed, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Mark, Tool, View
from sauga.kernel.organisations import municipality_name
from sauga.kernel.refusals import Text

STATES: dict[str, Mark] = {
    EventState.DRAFT: Mark("calm", "", pgettext_lazy("event", "draft")),
    EventState.PUBLISHED: Mark("good", "dot", pgettext_lazy("event", "published")),
    EventState.CANCELLED: Mark("bad", "diamond", pgettext_lazy("event", "cancelled")),
    EventState.OVER: Mark("calm", "dash", pgettext_lazy("event", "over")),
}


class Events(ListPage):
    """The events: those that come, drafts, those that are over, those that were cancelled."""

    title = _("Events")
    live, export, form_class = CHANNEL, "events", forms.EventFilterForm
    views = (
        View(queries.COMING, pgettext_lazy("events", "Upcoming")),
        View(queries.DRAFTS, pgettext_lazy("events", "Drafts")),
        View(queries.OVER, pgettext_lazy("events", "Over")),
        View(queries.CANCELLED, pgettext_lazy("events", "Cancelled")),
    )
    columns = (
        Column("title", pgettext_lazy("event", "Title"), is_heading=True),
        Column("starts", pgettext_lazy("event", "Starts"), sort=("starts",)),
        Column("kind", pgettext_lazy("event", "Kind"), sort=("kind",)),
        Column("format", pgettext_lazy("event", "Format"), sort=("format",)),
        Column("place", _("Place")),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(title=_("No event here"), text=_("Create one, or copy one that was held before."))

    @override
    def rows(self) -> QuerySet[Event]:
        return queries.desk_events(self.by, self.view_code, self.at, **self.filters)

    @override
    def line(self, row: Event) -> Line:
        place = (
            str(row.venue) if row.venue else municipality_name(row.municipality) if row.municipality else ""
        )
        return Line(
            row.ref,
            (
                Link(str(row), reverse("events-one", args=[row.ref])),
                Day(row.starts),
                vocab.label("event_kinds", row.kind),
                vocab.label("event_formats", row.format),
                place,
                STATES[row.state],
            ),
        )

    @override
    def counts(self) -> dict[str, int]:
        return queries.desk_counts(self.by, self.at)

    @override
    def tools(self) -> list[Tool]:
        found = [Tool(label=_("Month"), href=reverse("events-desk-month"), key="m")]
        if self.by.can(Permission.EDIT):
            found.insert(0, Tool(label=_("New event"), href=reverse("events-new"), key="n"))
        return found


@require_safe
@needs(Permission.SEE)
def month(request: HttpRequest) -> HttpResponse:
    """The events of a month by day, drafts and cancelled ones too, and what is due."""
    today = clock.now().astimezone(VILNIUS).date()
    shown = read_month(request.GET.get("month", "")) or month_of(today)
    marks = {code: mark.text for code, mark in STATES.items()}
    by = actor(request)
    context = {
        "month": presenters.month(shown, queries.desk_month(by, shown), today),
        "marks": marks,
        "entries": calendar_entries.by_day(by, shown.first, shown.next.first, clock.now()),
    }
    return render(request, "events/desk/month.html", context)


def _copy(by: PersonActor, row: Event, given: dict[str, Any], at: datetime) -> Outcome:
    starts = LocalTime(given["starts"], given.get("starts_which", ""))
    made = actions.copy_event(by=by, event=row, starts=starts, at=at)
    return Outcome(to=reverse("events-one", args=[made.ref]))


def _discard(by: PersonActor, row: Event, _given: dict[str, Any], at: datetime) -> Outcome:
    actions.discard_event(by=by, event=row, at=at)
    return Outcome(to=reverse("events-desk"))


def _publish(by: PersonActor, row: Event, _given: dict[str, Any], at: datetime) -> Outcome:
    publication.publish_event(by=by, event=row, at=at)
    return Outcome(undo=reverse("events-do", args=[row.ref, "unpublish"]))


def _cancel(by: PersonActor, row: Event, given: dict[str, Any], at: datetime) -> Outcome:
    note = {name.removeprefix("note_"): text for name, text in given.items() if name.startswith("note_")}
    publication.cancel_event(by=by, event=row, reason=given["reason"], note=note, at=at)
    return Outcome(undo=reverse("events-do", args=[row.ref, "reinstate"]))


ACTIONS = ActionSet(
    find=queries.event_for,
    actions={
        "publish": Action(
            permissions=(Permission.PUBLISH,),
            states=frozenset({EventState.DRAFT}),
            label=_("Publish"),
            message=_("Published. Visitors, calendars and feeds have it now."),
            effect=_publish,
            key="p",
            is_next=True,
        ),
        "copy": Action(
            permissions=(Permission.EDIT,),
            states=frozenset(EventState),
            label=_("Copy"),
            message=_("Copied as a draft. Check the sessions: a room already booked was left out."),
            effect=_copy,
            form=forms.CopyForm,
            title=_("Copy to another day"),
            tone="second",
            key="c",
        ),
        "cancel": Action(
            permissions=(Permission.PUBLISH,),
            states=frozenset({EventState.PUBLISHED}),
            label=_("Cancel the event"),
            message=_("Cancelled. Its page, calendars and feeds say so; its rooms are free."),
            text=_(
                "The page stays and says why. Calendars that subscribed strike it out; the rooms are free "
                "for others."
            ),
            effect=_cancel,
            form=forms.CancelForm,
            tone="danger",
        ),
        "reinstate": Action(
            permissions=(Permission.PUBLISH,),
            states=frozenset({EventState.CANCELLED}),
            label=_("Undo the cancellation"),
            message=_("It takes place after all; its rooms are held again."),
            effect=lambda by, row, given, at: publication.reinstate_event(by=by, event=row, at=at),
            tone="second",
        ),
        "unpublish": Action(
            permissions=(Permission.PUBLISH,),
            states=frozenset({EventState.PUBLISHED}),
            label=_("Unpublish"),
            message=_("It is a draft again."),
            text=_("Its page is gone until you publish again. To call the event off, cancel it instead."),
            effect=lambda by, row, given, at: publication.unpublish_event(by=by, event=row, at=at),
            tone="second",
        ),
        "discard": Action(
            permissions=(Permission.EDIT,),
            states=frozenset({EventState.DRAFT}),
            label=_("Delete the draft"),
            message=_("Deleted."),
            text=_("The draft and its programme are gone for good."),
            effect=_discard,
            suits=lambda row: row.published_at is None,
            tone="danger",
        ),
    },
)


class EventPage(DetailPage):
    """One event: what visitors will find, its programme, what is missing, and what can be done."""

    template = "events/desk/event.html"
    list_title, list_url = Events.title, "events-desk"
    url, action_url = "events-one", "events-do"
    live, states = CHANNEL, STATES
    zone, audit_permission = ZONE, Permission.PUBLISH
    actions = ACTIONS

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        yield from presenters.desk_facts(self.row)

    @override
    def context(self) -> dict[str, Any]:
        row: Event = self.row
        may_plan = allowed(self.by, Permission.EDIT_PROGRAMME, row)
        return {
            "programme": presenters.desk_programme(row),
            "missing": presenters.missing_words(row) if row.state == EventState.DRAFT else [],
            "may_edit": self.by.can(Permission.EDIT)
            and row.state in (EventState.DRAFT, EventState.PUBLISHED),
            "may_plan": may_plan and row.state in (EventState.DRAFT, EventState.PUBLISHED),
            "may_plan_speakers": may_plan,
            "sections": desk_sections.of(row, self.at),
            "public": reverse("events-event", args=[row.slug]) if row.is_public else "",
        }


def _given(form: forms.EventForm) -> EventGiven:
    said = form.cleaned_data
    return EventGiven(
        words=EventWords(**{name: form.texts(name) for name in form.words}),
        kind=said["kind"],
        format=said["format"],
        starts=form.moment("starts"),
        ends=form.moment("ends"),
        organiser=said["organiser"],
        venue=parts.venue_named(said["venue"]),
        municipality=said["municipality"],
        series=parts.series_named(said["series"]),
        audiences=said["audiences"],
        topics=said["topics"],
        languages=said["languages"],
        access=said["access"],
        photo_policy=said["photo_policy"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT)
def new_event(request: HttpRequest) -> HttpResponse:
    """A new event, as a draft."""
    by = actor(request)
    form = forms.EventForm(data(request), initial=presenters.first_values(by))
    page = FormPage(
        title=_("A new event"),
        back=reverse("events-desk"),
        back_title=Events.title,
        message=_("Created as a draft. Add sessions, then publish."),
        submit=_("Create the event"),
        text=_("Visitors see nothing of it before you publish."),
    )

    def act(_said: dict[str, Any]) -> Outcome:
        made = actions.create_event(by=by, given=_given(form), at=clock.now())
        return Outcome(page.message, to=reverse("events-one", args=[made.ref]))

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT)
def edit_event(request: HttpRequest, ref: str) -> HttpResponse:
    """Words, time, place and codes of an event."""
    by = actor(request)
    row = queries.event_for(by, ref, Permission.EDIT)
    form = forms.EventEditForm(data(request), initial=forms.shown_event(row))
    page = FormPage(
        title=_("Edit the event"),
        back=reverse("events-one", args=[ref]),
        back_title=str(row),
        message=_("Saved."),
        submit=_("Save"),
        text=_("Calendars and feeds follow what you change.") if row.is_public else "",
    )

    def act(said: dict[str, Any]) -> None:
        actions.edit_event(
            by=by,
            event=row,
            given=_given(form),
            move_sessions=said["move_sessions"],
            seen=said["seen"],
            at=clock.now(),
        )

    return form_page(request, form, page, act)
