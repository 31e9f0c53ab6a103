"""Addresses of syndication. Names begin with `repository-`."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import needs
from sauga.repository.permissions import Permission
from sauga.repository.syndication.views import developers, harvests, imports, oai, translations

public: list[URLPattern] = [
    path(_("developers/"), developers.developers, name="repository-developers"),
]
desk: list[URLPattern] = [
    *imports.PAGES.urls(),
    path("harvest/", needs(Permission.HARVEST)(harvests.Proposals.view()), name="repository-proposals"),
    path("harvest/sources/", harvests.sources, name="repository-sources"),
    path("harvest/sources/<str:ref>/", harvests.source, name="repository-source"),
    path("harvest/sources/<str:ref>/ask/", harvests.ask, name="repository-source-ask"),
    path("harvest/<str:ref>/", harvests.proposal, name="repository-proposal"),
    path("harvest/<str:ref>/<slug:what>/", harvests.decide, name="repository-proposal-decide"),
    path("resources/<str:ref>/translate/", translations.translate, name="repository-translate"),
    path(
        "resources/<str:ref>/translate/<slug:direction>.xlf",
        translations.take,
        name="repository-translate-file",
    ),
]
machine: list[URLPattern] = [
    path("oai/", oai.oai, name="repository-oai"),
    path("dcat/", developers.catalogue, name="repository-catalogue"),
    path(
        "dcat/catalogue.ttl",
        developers.catalogue,
        {"kind": developers.TURTLE},
        name="repository-catalogue-turtle",
    ),
    path(
        "dcat/catalogue.jsonld",
        developers.catalogue,
        {"kind": developers.JSON_LD},
        name="repository-catalogue-json",
    ),
]
