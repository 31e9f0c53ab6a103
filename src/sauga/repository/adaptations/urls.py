"""Addresses of adaptations on the member site. Names begin with `repository-`."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from sauga.repository.adaptations.views import adaptations, become_partner, editor, upstream_updates

public: list[URLPattern] = [
    path(pgettext_lazy("address", "my/adapt/<str:ref>/"), become_partner.adapt, name="repository-adapt"),
    path(pgettext_lazy("address", "my/adaptations/choose/"), adaptations.choose, name="repository-choose"),
    path(
        pgettext_lazy("address", "my/adaptations/new/<str:ref>/"), adaptations.begin, name="repository-begin"
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/"),
        adaptations.adaptation,
        name="repository-adaptation",
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/slots/"),
        editor.save,
        name="repository-places",
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/logo/"), adaptations.logo, name="repository-logo"
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/logo/file"),
        adaptations.own_logo,
        name="repository-own-logo",
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/order/"),
        adaptations.order,
        name="repository-order-parts",
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/part/"),
        adaptations.part,
        name="repository-own-part",
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/step/"), adaptations.step, name="repository-step"
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/text/<str:section>/<str:language>/"),
        adaptations.section,
        name="repository-section",
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/preview/<str:language>/"),
        adaptations.preview,
        name="repository-preview",
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/update/"),
        upstream_updates.update,
        name="repository-update",
    ),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/pin/"), upstream_updates.pin, name="repository-pin"
    ),
]
desk: list[URLPattern] = []
