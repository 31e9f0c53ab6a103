"""Venues with their rooms, and series, at the desk."""

from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.permissions import Permission
from sauga.events.programme import forms
from sauga.events.programme.actions import series as series_actions
from sauga.events.programme.actions import venues as venue_actions
from sauga.events.programme.models import Series, Venue
from sauga.events.programme.queries import events as queries
from sauga.events.programme.queries import parts
from sauga.events.programme.views.form_pages import Button, FormPage, data, form_page
from sauga.events.trail import CHANNEL
from sauga.kernel import clock, vocab
from sauga.kernel.i18n import and_list
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Outcome
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, Mark, Tool
from sauga.kernel.organisations import municipality_name
from sauga.kernel.refusals import Text


class Venues(ListPage):
    """The venues and how accessible they are."""

    title = _("Venues")
    live = CHANNEL
    parent_title, parent_href = _("Events"), "/desk/events/"
    columns = (
        Column("name", pgettext_lazy("venue", "Name"), is_heading=True),
        Column("municipality", _("Municipality"), sort=("municipality",)),
        Column("rooms", _("Rooms"), "num"),
        Column("events", _("Events"), "num"),
        Column("accessibility", _("Accessibility")),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(title=_("No venue yet"), text=_("Add the places where you meet people."))

    @override
    def rows(self) -> QuerySet[Venue]:
        return parts.venues()

    @override
    def line(self, row: Venue) -> Line:
        labels = [vocab.label("venue_accessibility", code) for code in row.accessibility]
        offered = Mark("good", "dot", pgettext_lazy("venue", "offered"))
        closed = Mark("calm", "dash", pgettext_lazy("venue", "closed"))
        counted: Any = row
        return Line(
            row.ref,
            (
                Link(str(row), reverse("events-venue", args=[row.ref])),
                municipality_name(row.municipality),
                counted.open_rooms,
                counted.held,
                and_list(labels) if labels else _("not known"),
                closed if row.closed_at else offered,
            ),
        )

    @override
    def tools(self) -> list[Tool]:
        add = Tool(label=_("Add a venue"), href=reverse("events-venue-new"), key="n")
        return [add] if self.by.can(Permission.EDIT) else []


@require_safe
@needs(Permission.SEE)
def venue(request: HttpRequest, ref: str) -> HttpResponse:
    """One venue with its rooms."""
    by = actor(request)
    row = parts.venue_for(by, ref)
    labels = [vocab.label("venue_accessibility", code) for code in row.accessibility]
    context = {
        "venue": row,
        "rooms": parts.rooms(row),
        "municipality": municipality_name(row.municipality),
        "accessibility": labels,
        "may_edit": by.can(Permission.EDIT),
    }
    return render(request, "events/desk/venue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT)
def edit_venue(request: HttpRequest, ref: str = "") -> HttpResponse:
    """The form of a venue: a new one, or one that exists."""
    by = actor(request)
    row = parts.venue_for(by, ref) if ref else None
    initial: dict[str, Any] = {}
    if row is not None:
        plain = {name: getattr(row, name) for name in ("address", "municipality", "accessibility")}
        initial = {**forms.shown_words(forms.VenueForm, row), **plain}
    form = forms.VenueForm(data(request), initial=initial)
    page = FormPage(
        title=_("Edit the venue") if row else _("A new venue"),
        back=reverse("events-venue", args=[ref]) if row else reverse("events-venues"),
        back_title=str(row) if row else Venues.title,
        message=_("Saved."),
        submit=_("Save"),
        text=_("Say honestly what is missing too: people plan their way by it."),
    )

    def act(said: dict[str, Any]) -> Outcome:
        made = venue_actions.save_venue(
            by=by,
            venue=row,
            name=form.texts("name"),
            address=said["address"],
            municipality=said["municipality"],
            accessibility=said["accessibility"],
            accessibility_note=form.texts("accessibility_note"),
            directions=form.texts("directions"),
            at=clock.now(),
        )
        return Outcome(page.message, to=reverse("events-venue", args=[made.ref]))

    return form_page(request, form, page, act)


@require_POST
@needs(Permission.EDIT)
def venue_do(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Close a venue, or open it again."""
    by, at = actor(request), clock.now()
    row = parts.venue_for(by, ref)

    def act() -> Outcome:
        if name == "close":
            venue_actions.close_venue(by=by, venue=row, at=at)
            undo = reverse("events-venue-do", args=[ref, "reopen"])
            return Outcome(_("Closed. It is no longer offered for events."), undo=undo)
        if name == "reopen":
            venue_actions.reopen_venue(by=by, venue=row, at=at)
            return Outcome(_("Offered again."))
        raise Http404

    return respond(request, act, reverse("events-venue", args=[ref]))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT)
def room(request: HttpRequest, ref: str, room_ref: str = "") -> HttpResponse:
    """The form of a room: a new one, or one that exists."""
    by = actor(request)
    held = parts.venue_for(by, ref)
    row = parts.room_for(by, held, room_ref) if room_ref else None
    initial = {**forms.shown_words(forms.RoomForm, row), "seats": row.seats} if row else {}
    form = forms.RoomForm(data(request), initial=initial)
    buttons: list[Button] = []
    if row is not None:
        name: tuple[str, Text] = (
            ("reopen", _("Offer the room again")) if row.closed_at else ("close", _("Close the room"))
        )
        buttons = [Button(name[1], reverse("events-room-do", args=[ref, room_ref, name[0]]))]
    page = FormPage(
        title=_("Edit the room") if row else _("A new room"),
        back=reverse("events-venue", args=[ref]),
        back_title=str(held),
        message=_("Saved."),
        submit=_("Save"),
        buttons=buttons,
    )

    def act(said: dict[str, Any]) -> None:
        venue_actions.save_room(
            by=by, venue=held, room=row, name=form.texts("name"), seats=said["seats"], at=clock.now()
        )

    return form_page(request, form, page, act)


@require_POST
@needs(Permission.EDIT)
def room_do(request: HttpRequest, ref: str, room_ref: str, name: str) -> HttpResponse:
    """Close a room, or open it again."""
    by, at = actor(request), clock.now()
    row = parts.room_for(by, parts.venue_for(by, ref), room_ref)

    def act() -> Outcome:
        if name == "close":
            venue_actions.close_room(by=by, room=row, at=at)
            undo = reverse("events-room-do", args=[ref, room_ref, "reopen"])
            return Outcome(_("Closed. Sessions can no longer be planned in it."), undo=undo)
        if name == "reopen":
            venue_actions.reopen_room(by=by, room=row, at=at)
            return Outcome(_("Offered again."))
        raise Http404

    return respond(request, act, reverse("events-venue", args=[ref]))


class AllSeries(ListPage):
    """The series and how many events each has."""

    title = _("Series")
    live = CHANNEL
    parent_title, parent_href = _("Events"), "/desk/events/"
    columns = (
        Column("title", pgettext_lazy("series", "Title"), is_heading=True),
        Column("events", _("Events"), "num", sort=("number",)),
    )
    nothing = Empty(
        title=_("No series yet"), text=_("A series joins events that belong together, year by year.")
    )

    @override
    def rows(self) -> QuerySet[Series]:
        return queries.all_series()

    @override
    def line(self, row: Series) -> Line:
        counted: Any = row
        href = reverse("events-series-edit", args=[row.ref])
        return Line(
            row.ref, (Link(str(row), href) if self.by.can(Permission.EDIT) else str(row), counted.number)
        )

    @override
    def tools(self) -> list[Tool]:
        add = Tool(label=_("New series"), href=reverse("events-series-new"), key="n")
        return [add] if self.by.can(Permission.EDIT) else []


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT)
def edit_series(request: HttpRequest, ref: str = "") -> HttpResponse:
    """The form of a series: a new one, or one that exists."""
    by = actor(request)
    row = queries.series_for(by, ref) if ref else None
    initial = {**forms.shown_words(forms.SeriesForm, row), "topics": row.topics} if row else {}
    form = forms.SeriesForm(data(request), initial=initial)
    remove = (
        Button(_("Delete the series"), reverse("events-series-remove", args=[ref]), "danger") if row else None
    )
    page = FormPage(
        title=_("Edit the series") if row else _("A new series"),
        back=reverse("events-series-all"),
        back_title=AllSeries.title,
        message=_("Saved."),
        submit=_("Save"),
        buttons=[remove] if remove else [],
    )

    def act(said: dict[str, Any]) -> None:
        series_actions.save_series(
            by=by,
            series=row,
            title=form.texts("title"),
            summary=form.texts("summary"),
            topics=said["topics"],
            at=clock.now(),
        )

    return form_page(request, form, page, act)


@require_POST
@needs(Permission.EDIT)
def remove_series(request: HttpRequest, ref: str) -> HttpResponse:
    """Delete a series that has no event."""
    by, at = actor(request), clock.now()
    row = queries.series_for(by, ref)

    def act() -> Text:
        series_actions.remove_series(by=by, series=row, at=at)
        return _("Deleted.")

    return respond(request, act, reverse("events-series-all"))
