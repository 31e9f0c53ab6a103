"""Addresses of ballots: /lt/jaunimas/balsavimai/, /en/youth/votes/ and, at the desk, /desk/panel/ballots/."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import needs
from sauga.panel.permissions import Permission
from sauga.panel.voting.views import desk as desk_views
from sauga.panel.voting.views import member

public: list[Any] = [
    path(_("youth/votes/"), member.home, name="panel-ballots"),
    path(_("youth/votes/<str:ref>/"), member.ballot, name="panel-ballot"),
]
desk: list[Any] = [
    path("ballots/", needs(Permission.SEE_BALLOTS)(desk_views.Ballots.view()), name="panel-ballots-desk"),
    path("ballots/new/", needs(Permission.RUN_BALLOTS)(desk_views.new), name="panel-ballot-new"),
    path(
        "ballots/<str:ref>/",
        needs(Permission.SEE_BALLOTS)(desk_views.BallotPage.view()),
        name="panel-ballot-desk",
    ),
    path("ballots/<str:ref>/edit/", desk_views.edit, name="panel-ballot-edit"),
    path(
        "ballots/<str:ref>/<str:name>/",
        needs(Permission.SEE_BALLOTS)(desk_views.BallotPage.action_view()),
        name="panel-ballot-do",
    ),
]
machine: list[Any] = []
