"""Addresses of adaptations. Names begin with `repository-`."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from sauga.repository.adaptations.views import adaptations, become_partner, upstream_updates

public: list[URLPattern] = [
    path(pgettext_lazy("address", "my/adapt/<str:ref>/"), become_partner.adapt, name="repository-adapt"),
]
desk: list[URLPattern] = [
    path("own/choose/", adaptations.choose, name="repository-choose"),
    path("own/new/<str:ref>/", adaptations.begin, name="repository-begin"),
    path("own/<str:ref>/", adaptations.adaptation, name="repository-adaptation"),
    path("own/<str:ref>/places/", adaptations.places, name="repository-places"),
    path("own/<str:ref>/logo/", adaptations.logo, name="repository-logo"),
    path("own/<str:ref>/logo/file", adaptations.own_logo, name="repository-own-logo"),
    path("own/<str:ref>/order/", adaptations.order, name="repository-order-parts"),
    path("own/<str:ref>/part/", adaptations.part, name="repository-own-part"),
    path("own/<str:ref>/step/", adaptations.step, name="repository-step"),
    path("own/<str:ref>/words/<str:section>/<str:language>/", adaptations.section, name="repository-section"),
    path("own/<str:ref>/preview/<str:language>/", adaptations.preview, name="repository-preview"),
    path("own/<str:ref>/update/", upstream_updates.update, name="repository-update"),
    path("own/<str:ref>/pin/", upstream_updates.pin, name="repository-pin"),
]
