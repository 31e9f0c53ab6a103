"""Addresses of what spans the subdomains. Names begin with `events-`."""

from typing import Any

from sauga.events.overview.views.figures import EventFigures

desk: list[Any] = [*EventFigures.urls()]
