"""Addresses about recordings. Their names begin with `events-`."""

from typing import Any

from django.urls import path

from sauga.events.recordings.views import desk as views

ONE = "<str:ref>/recordings/<str:asset_ref>/"
desk: list[Any] = [
    path("<str:ref>/recordings/", views.recordings, name="events-recordings"),
    path(ONE, views.recording, name="events-recording"),
    path(f"{ONE}captions/", views.captions, name="events-recording-captions"),
    path(f"{ONE}film/", views.film, name="events-recording-film"),
    path(f"{ONE}film/<str:language>/", views.film, name="events-recording-text"),
]
