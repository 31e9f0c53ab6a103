"""Addresses of the service statistics: /lt/statistika/, /en/figures/ and, at the desk, /desk/statistics/."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.statistics.views import desk as desk_views
from sauga.statistics.views import public as views

public: list[Any] = [
    path(_("figures/"), views.figures, name="statistics-figures"),
    path(_("figures/data.csv"), views.data, name="statistics-data"),
]
desk: list[Any] = [
    path("", desk_views.periods, name="statistics-periods"),
    path("freeze/<str:service>/<str:code>/preview/", desk_views.preview, name="statistics-freeze-preview"),
    path("freeze/<str:service>/<str:code>/", desk_views.freeze, name="statistics-freeze"),
]
machine: list[Any] = []
