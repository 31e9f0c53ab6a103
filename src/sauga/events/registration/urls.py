"""Addresses of registration: public, of members, at the desk. Their names begin with `events-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.permissions import Permission
from sauga.events.registration.views import desk as desks
from sauga.events.registration.views import member, own, setup
from sauga.events.registration.views import public as publics
from sauga.kernel.identity import needs

public: list[Any] = [
    path(_("events/own/<str:token>/"), own.own, name="events-own"),
    path(_("events/guardian/<str:token>/"), own.guardian, name="events-guardian"),
    path(_("events/<slug:slug>/register/"), publics.choose, name="events-register"),
    path(_("events/<slug:slug>/register/<str:ref>/"), publics.register, name="events-register-ticket"),
    path(_("events/<slug:slug>/registered/"), publics.registered, name="events-registered"),
    path(pgettext_lazy("address", "my/events/"), member.mine, name="events-mine"),
    path(pgettext_lazy("address", "my/events.ics"), member.calendar, name="events-mine-calendar"),
    path(pgettext_lazy("address", "my/events/<str:ref>/"), member.one, name="events-mine-one"),
    path(
        pgettext_lazy("address", "my/events/register/<slug:slug>/"),
        member.choose,
        name="events-mine-choose",
    ),
    path(
        pgettext_lazy("address", "my/events/register/<slug:slug>/<str:ref>/"),
        member.register,
        name="events-mine-register",
    ),
]
desk: list[Any] = [
    path(
        "registrations/",
        needs(Permission.SEE_REGISTRATIONS)(desks.Events.view()),
        name="events-registrations",
    ),
    path("registrations/many/", desks.many, name="events-registrations-many"),
    path(
        "registrations/<str:ref>/",
        needs(Permission.SEE_REGISTRATIONS)(desks.RegistrationPage.view()),
        name="events-registration",
    ),
    path(
        "registrations/<str:ref>/<str:name>/",
        needs(Permission.SEE_REGISTRATIONS)(desks.RegistrationPage.action_view()),
        name="events-registration-do",
    ),
    path(
        "<str:ref>/registrations/",
        needs(Permission.SEE_REGISTRATIONS)(desks.Registrations.view()),
        name="events-registrations-of",
    ),
    path("<str:ref>/registrations/line/", desks.line, name="events-line"),
    path("<str:ref>/registrations/needs/", desks.access_needs, name="events-needs"),
    path("<str:ref>/registrations/file/<str:kind>/", desks.file, name="events-file"),
    path("<str:ref>/registrations/setup/", setup.setup, name="events-setup"),
    path("<str:ref>/registrations/quota/", setup.quota, name="events-quota-new"),
    path("<str:ref>/registrations/quota/<str:of>/", setup.quota, name="events-quota"),
    path("<str:ref>/registrations/ticket/", setup.ticket, name="events-ticket-new"),
    path("<str:ref>/registrations/ticket/<str:of>/", setup.ticket, name="events-ticket"),
    path("<str:ref>/registrations/question/", setup.question, name="events-question-new"),
    path("<str:ref>/registrations/question/<str:of>/", setup.question, name="events-question"),
    path("<str:ref>/registrations/remove/<str:kind>/<str:of>/", setup.remove, name="events-setup-remove"),
]
