"""Addresses of speakers. Their names begin with `events-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.events.speakers.views import desk as desks
from sauga.events.speakers.views import own as owns
from sauga.events.speakers.views import public as pages

public: list[Any] = [
    path(_("events/speaker/<str:token>/"), owns.own, name="events-speaker-own"),
    path(_("events/<slug:slug>/speakers/<str:ref>/"), pages.speaker, name="events-speaker"),
    path(
        _("events/<slug:slug>/speakers/<str:ref>/portrait/"), pages.portrait, name="events-speaker-portrait"
    ),
    path(_("events/<slug:slug>/slides/<str:ref>/"), pages.slides, name="events-slides"),
]
desk: list[Any] = [
    path("<str:ref>/speakers/<str:speaker_ref>/", desks.speaker, name="events-speaker-desk"),
]
