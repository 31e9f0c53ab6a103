"""Addresses of broadcasts. Their names begin with `training-stream`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import needs
from sauga.training.permissions import Permission
from sauga.training.streaming.views import browser, captions
from sauga.training.streaming.views import desk as pages
from sauga.training.streaming.views import public as watching

public: list[Any] = [
    path(_("training/broadcast/<str:ref>/"), watching.watch, name="training-stream-watch"),
]
desk: list[Any] = [
    path("streams/", needs(Permission.BROADCAST)(pages.Streams.view()), name="training-streams"),
    path("streams/new/", pages.new, name="training-stream-new"),
    path("streams/<str:ref>/", needs(Permission.BROADCAST)(pages.StreamPage.view()), name="training-stream"),
    path("streams/<str:ref>/edit/", pages.edit, name="training-stream-edit"),
    path("streams/<str:ref>/connect/", pages.connect, name="training-stream-connect"),
    path("streams/<str:ref>/browser/", browser.browser, name="training-stream-browser"),
    path("streams/<str:ref>/recording/", pages.recording, name="training-stream-recording"),
    path("streams/<str:ref>/captions/", captions.captions, name="training-stream-captions"),
    path("streams/<str:ref>/captions/file/", pages.captions_file, name="training-stream-captions-file"),
    path("streams/<str:ref>/captions/replace/", captions.replace, name="training-stream-captions-replace"),
    path(
        "streams/<str:ref>/do/<str:name>/",
        needs(Permission.BROADCAST)(pages.StreamPage.action_view()),
        name="training-stream-do",
    ),
]
