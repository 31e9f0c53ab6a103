"""Addresses of activities. Names begin with `events-`; those of the day with `events-sid`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.activities.views import day, member, organisations, own, year
from sauga.events.activities.views import desk as desks
from sauga.events.permissions import Permission
from sauga.kernel.identity import needs

public: list[Any] = [
    path(_("events/safer-internet-day/"), day.this_year, name="events-sid"),
    path(_("events/safer-internet-day/register/"), day.register, name="events-sid-register"),
    path(_("events/safer-internet-day/register/sent/"), day.sent, name="events-sid-sent"),
    path(_("events/safer-internet-day/organisations/"), organisations.suggest, name="events-sid-suggest"),
    path(_("events/safer-internet-day/<int:year>/"), day.of_year, name="events-sid-year"),
    path(_("events/safer-internet-day/<int:year>/municipalities.csv"), day.table, name="events-sid-table"),
    path(_("events/safer-internet-day/activity/<str:token>/"), own.own, name="events-sid-own"),
    path(_("events/safer-internet-day/activity/<str:token>/change/"), own.change, name="events-sid-change"),
    path(_("events/safer-internet-day/activity/<str:token>/report/"), own.report, name="events-sid-report"),
    path(
        _("events/safer-internet-day/activity/<str:token>/poster.pdf"),
        own.poster_file,
        name="events-sid-poster",
    ),
    path(
        _("events/safer-internet-day/activity/<str:token>/certificate.pdf"),
        own.certificate_file,
        name="events-sid-certificate",
    ),
    path(pgettext_lazy("address", "my/activities/"), member.mine, name="events-member-activities"),
    path(pgettext_lazy("address", "my/activities/new/"), member.new, name="events-member-activity-new"),
]
desk: list[Any] = [
    path("activities/", needs(Permission.SEE_ACTIVITIES)(desks.Activities.view()), name="events-activities"),
    path("activities/many/", desks.many, name="events-activities-many"),
    path("activities/year/<int:year>/", year.year, name="events-activities-year"),
    path(
        "activities/year/<int:year>/profile-<slug:language>.<slug:kind>",
        year.profile,
        name="events-activities-profile",
    ),
    path(
        "activities/<str:ref>/",
        needs(Permission.SEE_ACTIVITIES)(desks.ActivityPage.view()),
        name="events-activity",
    ),
    path(
        "activities/<str:ref>/<str:name>/",
        needs(Permission.SEE_ACTIVITIES)(desks.ActivityPage.action_view()),
        name="events-activity-do",
    ),
]
