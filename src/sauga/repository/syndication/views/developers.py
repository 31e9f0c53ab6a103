"""For developers: the page with every address for programs, and the catalogue for data portals (DCAT-AP)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from sauga.kernel.ui.responses.cache_headers import allow_compression
from sauga.repository.catalogue import linked_data
from sauga.repository.catalogue.queries import catalogue as queries
from sauga.repository.syndication.queries import oai
from sauga.repository.syndication.rules.oai_protocol import FORMATS, SET_KINDS

TURTLE, JSON_LD = "text/turtle", "application/ld+json"
SERIALISERS = {TURTLE: "turtle", JSON_LD: "json-ld"}


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """Every address for programs, with an example to try."""
    row = queries.newest()
    context = {
        "api": linked_data.whole("repository-api-resources").removesuffix("/resources"),
        "description": linked_data.whole("api-openapi"),
        "oai": linked_data.whole("repository-oai"),
        "dcat": linked_data.whole("repository-catalogue"),
        "turtle": linked_data.whole("repository-catalogue-turtle"),
        "json_ld": linked_data.whole("repository-catalogue-json"),
        "amb": linked_data.amb_address(row) if row else "",
        "record": oai.identifier_of(row) if row else "",
        "formats": FORMATS,
        "sets": SET_KINDS,
        "page": oai.PAGE,
        "status": linked_data.whole("repository-copy-status", "TOKEN"),
    }
    return allow_compression(render(request, "repository/syndication/developers.html", context))


@gzip_page
@require_safe
@conditional_page
def catalogue(request: HttpRequest, kind: str = "") -> HttpResponse:
    """The catalogue as Turtle or JSON-LD: as the address says or, at the catalogue's own address, by content
    negotiation.
    """
    mime = kind or _wanted(request)
    text = _drawn(mime)
    response = HttpResponse(text, content_type=f"{mime}; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    if not kind:
        patch_vary_headers(response, ["Accept"])
    return response


def _drawn(mime: str) -> str:
    from sauga.repository.syndication.standards.dcat import catalogue as graph

    return graph(oai.newest_change()).serialize(format=SERIALISERS[mime])


def _wanted(request: HttpRequest) -> str:
    return (
        JSON_LD
        if request.get_preferred_type([TURTLE, JSON_LD, "application/json"]) in {JSON_LD, "application/json"}
        else TURTLE
    )
