"""Addresses of check-in at the desk. Their names begin with `events-`."""

from typing import Any

from django.urls import path

from sauga.events.checkin.views import attendance, check_in
from sauga.events.checkin.views import desk as desks
from sauga.events.permissions import Permission
from sauga.kernel.identity import needs

desk: list[Any] = [
    path("checkin/", desks.events, name="events-checkin-events"),
    path("attendance-lists/<str:ref>/", attendance.attendance_file, name="events-attendance-file"),
    path("<str:ref>/checkin/", check_in.page, name="events-checkin"),
    path("<str:ref>/checkin/worker.js", check_in.worker, name="events-checkin-worker"),
    path("<str:ref>/checkin/people/", check_in.people_of, name="events-checkin-people"),
    path("<str:ref>/checkin/sync/", check_in.sync, name="events-checkin-sync"),
    path("<str:ref>/checkin/enter/", check_in.enter, name="events-checkin-enter"),
    path("<str:ref>/checkin/walk-in/", check_in.walk_in_page, name="events-checkin-walk-in"),
    path("<str:ref>/checkin/walk-in/<str:of>/", check_in.walk_in_page, name="events-checkin-walk-in-ticket"),
    path("<str:ref>/checkin-day/", desks.overview, name="events-checkin-overview"),
    path("<str:ref>/checkin-day/conflict/<str:nonce>/", desks.conflict, name="events-checkin-conflict"),
    path("<str:ref>/checkin-day/entrance/", desks.entrance, name="events-checkin-entrance-new"),
    path("<str:ref>/checkin-day/entrance/<str:of>/", desks.entrance, name="events-checkin-entrance"),
    path("<str:ref>/checkin-day/list/", desks.check_list, name="events-checkin-list-new"),
    path("<str:ref>/checkin-day/list/<str:of>/", desks.check_list, name="events-checkin-list"),
    path("<str:ref>/checkin-day/remove/<str:kind>/<str:of>/", desks.remove, name="events-checkin-remove"),
    path("<str:ref>/checkin-day/paper/<str:kind>/", desks.paper, name="events-checkin-paper"),
    path(
        "<str:ref>/attendance/",
        needs(Permission.EDIT_CHECK_IN)(attendance.Attendance.view()),
        name="events-attendance",
    ),
    path("<str:ref>/attendance/<str:of>/", attendance.attendance_one, name="events-attendance-one"),
]
