"""Addresses of tools. Their names begin with `training-tool`. Those that programs ask for have no language
and never change: makers of tools write them down."""

from typing import Any

from django.urls import path

from sauga.kernel.identity import needs
from sauga.training.permissions import Permission
from sauga.training.tools.views import desk as pages
from sauga.training.tools.views import machine as machines

machine: list[Any] = [
    path("lti/keys.json", machines.keys, name="training-tools-keys"),
    path("lti/token", machines.token, name="training-tools-token"),
]
desk: list[Any] = [
    path("tools/", needs(Permission.KEEP_TOOLS)(pages.Tools.view()), name="training-tools"),
    path("tools/new/", pages.new, name="training-tool-new"),
    path("tools/<str:ref>/", needs(Permission.KEEP_TOOLS)(pages.ToolPage.view()), name="training-tool"),
    path("tools/<str:ref>/edit/", pages.edit, name="training-tool-edit"),
    path(
        "tools/<str:ref>/do/<str:name>/",
        needs(Permission.KEEP_TOOLS)(pages.ToolPage.action_view()),
        name="training-tool-do",
    ),
]
