"""Addresses of webinars. Those of one webinar come last: they begin with the name of its event."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import needs
from sauga.training.permissions import Permission
from sauga.training.webinars.views import desk as desks
from sauga.training.webinars.views import public as publics
from sauga.training.webinars.views import speaker

public: list[Any] = [
    path(_("training/webinars/"), publics.all_webinars, name="training-webinars"),
    path(_("training/webinars/question-states/"), publics.question_states, name="training-questions"),
    path(_("training/webinars/watch/<str:token>/"), publics.watch, name="training-watch"),
    path(_("training/webinars/watch/<str:token>/present/"), publics.watch_beat, name="training-watch-beat"),
    path(_("training/webinars/speaker/<str:token>/"), speaker.page, name="training-speaker"),
]
one: list[Any] = [
    path(_("training/webinars/<slug:slug>/"), publics.one, name="training-webinar"),
    path(_("training/webinars/<slug:slug>/ask/"), publics.ask, name="training-webinar-ask"),
    path(_("training/webinars/<slug:slug>/recording/"), publics.recording, name="training-webinar-recording"),
]
desk: list[Any] = [
    path("webinars/", needs(Permission.SEE_WEBINARS)(desks.Webinars.view()), name="training-webinars-desk"),
    path("webinars/new/", desks.new, name="training-webinar-new"),
    path("webinars/questions/<str:ref>/", desks.decide, name="training-question-do"),
    path(
        "webinars/<str:ref>/",
        needs(Permission.SEE_WEBINARS)(desks.WebinarPage.view()),
        name="training-webinar-desk",
    ),
    path("webinars/<str:ref>/edit/", desks.edit, name="training-webinar-edit"),
    path("webinars/<str:ref>/questions/", desks.question_list, name="training-questions-desk"),
    path(
        "webinars/<str:ref>/do/<str:name>/",
        needs(Permission.SEE_WEBINARS)(desks.WebinarPage.action_view()),
        name="training-webinar-do",
    ),
]
