"""Addresses about photographs. Their names begin with `events-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.events.photos.views import assets, lists

public: list[Any] = [
    path(_("events/own/<str:token>/badges/"), lists.badges, name="events-own-badges"),
    path(_("events/pictures/<str:token>/"), assets.own, name="events-pictures-own"),
    path(_("events/<slug:slug>/pictures/<str:ref>/"), assets.picture, name="events-picture"),
]
desk: list[Any] = [
    path("photographs/", lists.today, name="events-photographs"),
    path("withdrawals/", assets.tasks, name="events-withdrawals"),
    path("<str:ref>/photographs/", lists.of_event, name="events-photographs-of"),
    path("<str:ref>/pictures/", assets.pictures, name="events-pictures"),
    path("<str:ref>/pictures/<str:asset_ref>/<str:name>/", assets.picture_do, name="events-picture-do"),
]
