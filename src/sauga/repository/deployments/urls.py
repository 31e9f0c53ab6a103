"""Addresses of deployments. Names begin with `repository-`."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.repository.deployments.views import deployments, embeds, my_adaptations, partners

public: list[URLPattern] = [
    path(_("adapted/<str:ref>/"), embeds.page, name="repository-copy"),
    path(pgettext_lazy("address", "my/adaptations/"), my_adaptations.own, name="repository-own"),
    path(
        pgettext_lazy("address", "my/adaptations/<str:ref>/deploy/"),
        deployments.deploy,
        name="repository-deploy",
    ),
    path(
        pgettext_lazy("address", "my/deployments/<str:ref>/"),
        deployments.deployment,
        name="repository-deployment",
    ),
    path(
        pgettext_lazy("address", "my/deployments/<str:ref>/file/<str:language>/"),
        deployments.take,
        name="repository-take",
    ),
    path(
        pgettext_lazy("address", "my/deployments/<str:ref>/change/"),
        deployments.change,
        name="repository-deployment-change",
    ),
]
desk: list[URLPattern] = [
    path("partners/", partners.partners, name="repository-partners"),
    path("partners/join/", partners.join, name="repository-join"),
    path("partners/requests/<str:organisation>/", partners.answer, name="repository-partner-answer"),
    path("partners/<str:partner>/end-or-resume/", partners.end_or_resume, name="repository-partner-end"),
    path("partners/versions/<str:ref>/", partners.judge, name="repository-judge"),
    path("partners/copies/<str:ref>/", partners.stop, name="repository-stop"),
]
machine: list[URLPattern] = [
    path("embed/<str:token>/", embeds.embed, name="repository-embed"),
    path("copy/<str:token>/status.json", embeds.status, name="repository-copy-status"),
    path("copy/<str:ref>/logo", embeds.logo, name="repository-copy-logo"),
]
