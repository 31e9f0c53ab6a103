"""Addresses of members of the panel. Their names begin with `panel-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.panel.members.views import space

public: list[Any] = [
    path(_("youth/"), space.home, name="panel-space"),
    path(_("youth/sign-in/"), space.signin, name="panel-signin"),
]
desk: list[Any] = []
machine: list[Any] = []
