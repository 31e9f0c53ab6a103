"""Addresses of viewing sites."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity import needs
from sauga.training.permissions import Permission
from sauga.training.viewing.views import desk as desks
from sauga.training.viewing.views import member, site, wall

public: list[Any] = [
    path(_("training/webinars/library/<str:token>/"), site.page, name="training-site"),
    path(_("training/webinars/library/<str:token>/test/"), site.test, name="training-site-test"),
    path(_("training/webinars/library/<str:token>/speed/"), site.speed, name="training-site-speed"),
    path(_("training/webinars/library/<str:token>/present/"), site.beat, name="training-site-beat"),
    path(_("training/webinars/library/<str:token>/poster.pdf"), site.poster, name="training-site-poster"),
    path(_("training/webinars/library/<str:token>/script.pdf"), site.script, name="training-site-script"),
    path(_("training/webinars/library/<str:token>/questions.pdf"), site.slips, name="training-site-slips"),
    path(_("training/webinars/library/<str:token>/fallback/"), site.fallback, name="training-site-fallback"),
    path(
        _("training/webinars/library/<str:token>/recording/"),
        site.recording,
        name="training-site-recording",
    ),
    path(pgettext_lazy("address", "my/viewing/"), member.mine, name="training-member-sites"),
    path(pgettext_lazy("address", "my/viewing/<str:token>/"), member.link, name="training-member-site"),
]
desk: list[Any] = [
    path("webinars/<str:ref>/wall/", wall.page, name="training-wall"),
    path(
        "webinars/<str:ref>/sites/", needs(Permission.SEE_WEBINARS)(desks.Sites.view()), name="training-sites"
    ),
    path("webinars/<str:ref>/invite/", desks.invite, name="training-invite"),
    path("webinars/<str:ref>/write/", desks.write, name="training-sites-write"),
    path(
        "sites/<str:ref>/", needs(Permission.SEE_WEBINARS)(desks.SitePage.view()), name="training-site-desk"
    ),
    path(
        "sites/<str:ref>/<str:name>/",
        needs(Permission.SEE_WEBINARS)(desks.SitePage.action_view()),
        name="training-site-do",
    ),
]
