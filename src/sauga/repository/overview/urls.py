"""Addresses of the overview pages. Names begin with `repository-`."""

from django.urls import URLPattern

from sauga.repository.overview.views import figures

desk: list[URLPattern] = [
    *figures.CollectionFigures.urls(),
]
