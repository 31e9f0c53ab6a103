"""Addresses of the programme. Names begin with `events-`; the list is `events`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.programme.views import desk as desks
from sauga.events.programme.views import files, parts, places
from sauga.events.programme.views import public as pages
from sauga.events.programme.views import schedule as schedules
from sauga.kernel.identity import needs

public: list[Any] = [
    path(_("events/"), pages.events, name="events"),
    path(_("events/archive/"), pages.archive, name="events-archive"),
    path(_("events.ics"), files.calendar, name="events-calendar"),
    path(_("events.xml"), files.feed, name="events-feed"),
    path(_("events/series/<slug:slug>/"), pages.series, name="events-series"),
    path(_("events/series/<slug:slug>.ics"), files.series_calendar, name="events-series-calendar"),
]
one: list[Any] = [
    path(_("events/<slug:slug>/"), pages.event, name="events-event"),
    path(_("events/<slug:slug>.ics"), files.event_calendar, name="events-event-calendar"),
    path(_("events/<slug:slug>/programme/"), pages.programme, name="events-programme"),
    path(_("events/<slug:slug>/programme.json"), files.schedule_as_json, name="events-schedule-json"),
    path(_("events/<slug:slug>/programme.xml"), files.schedule_as_xml, name="events-schedule-xml"),
]
"""Addresses of one event: after all others, because they begin with its name."""
desk: list[Any] = [
    path("", needs(Permission.SEE)(desks.Events.view()), name="events-desk"),
    path("month/", desks.month, name="events-desk-month"),
    path("new/", desks.new_event, name="events-new"),
    path("venues/", needs(Permission.SEE)(places.Venues.view()), name="events-venues"),
    path("venues/new/", places.edit_venue, name="events-venue-new"),
    path("venues/<str:ref>/", places.venue, name="events-venue"),
    path("venues/<str:ref>/edit/", places.edit_venue, name="events-venue-edit"),
    path("venues/<str:ref>/rooms/new/", places.room, name="events-room-new"),
    path("venues/<str:ref>/rooms/<str:room_ref>/", places.room, name="events-room"),
    path("venues/<str:ref>/rooms/<str:room_ref>/<str:name>/", places.room_do, name="events-room-do"),
    path("venues/<str:ref>/<str:name>/", places.venue_do, name="events-venue-do"),
    path("series/", needs(Permission.SEE)(places.AllSeries.view()), name="events-series-all"),
    path("series/new/", places.edit_series, name="events-series-new"),
    path("series/<str:ref>/", places.edit_series, name="events-series-edit"),
    path("series/<str:ref>/remove/", places.remove_series, name="events-series-remove"),
]
one_at_desk: list[Any] = [
    path("<str:ref>/", needs(Permission.SEE)(desks.EventPage.view()), name="events-one"),
    path("<str:ref>/edit/", desks.edit_event, name="events-edit"),
    path("<str:ref>/programme/<str:kind>/new/", parts.part, name="events-part-new"),
    path("<str:ref>/programme/<str:kind>/<str:part_ref>/", parts.part, name="events-part"),
    path("<str:ref>/programme/<str:kind>/<str:part_ref>/<str:name>/", parts.part_do, name="events-part-do"),
    path("<str:ref>/schedule/", schedules.schedule, name="events-schedule"),
    path("<str:ref>/schedule/<str:session_ref>/", schedules.move, name="events-schedule-move"),
    path("<str:ref>/schedule/<str:session_ref>/check/", schedules.check, name="events-schedule-check"),
    path("<str:ref>/<str:name>/", needs(Permission.SEE)(desks.EventPage.action_view()), name="events-do"),
]
"""Addresses of one event at the desk: after all others, because they begin with its reference."""
