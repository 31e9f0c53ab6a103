"""Addresses of the guides: `desk` under /desk/, `public` under /lt/ and /en/."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from sauga.kernel.guides import views

SEGMENT = pgettext_lazy("address", "guides/")
desk: list[URLPattern] = [
    path("guides/", views.guides, name="guides-list"),
    path("guides/<slug:slug>/", views.guide, name="guides-guide"),
]
public: list[URLPattern] = [
    path(SEGMENT, views.public_guides, name="guides-public"),
    path(pgettext_lazy("address", "guides/<slug:slug>/"), views.public_guide, name="guides-public-guide"),
]
