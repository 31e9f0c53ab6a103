"""The OAI-PMH door: one address, six verbs, GET and POST. What is asked wrongly is answered in the protocol's own words."""

from email.utils import parseaddr
from xml.etree.ElementTree import Element

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.repository import linked
from sauga.repository.linked import envelope
from sauga.repository.linked.xml import document
from sauga.repository.queries import oai as queries
from sauga.repository.rules.oai import Asked, OaiRefused, asked


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Answer one request. Every answer carries its own instant, so it is never kept for later."""
    at = clock.now()
    address = linked.whole("repository-oai")
    given = _given(request)
    arguments = {name: values[0] for name, values in given.items() if values and name.isascii() and name.isalnum()}
    try:
        wanted = asked(given)
        whole = envelope.envelope(at, address, arguments)
        if wanted.verb == "Identify":
            mail = parseaddr(settings.ENV.mail_from)[1]
            envelope.identify(whole, name=gettext("Sauga: repository of resources"), address=address, mail=mail, at=at)
        else:
            _fill(whole, wanted)
    except OaiRefused as refused:
        whole = envelope.refusal(at, address, arguments, refused)
    response = HttpResponse(document(whole), content_type="text/xml; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _fill(whole: Element, wanted: Asked) -> None:
    if wanted.verb == "ListSets":
        envelope.all_sets(whole)
    elif wanted.verb == "ListMetadataFormats":
        if wanted.identifier:
            queries.record(wanted.identifier)
        envelope.formats(whole)
    elif wanted.verb == "GetRecord":
        envelope.one_record(whole, queries.record(wanted.identifier), wanted.prefix)
    elif wanted.place is not None:
        envelope.listed(whole, wanted.verb, wanted.prefix, queries.page(wanted.place))


def _given(request: HttpRequest) -> dict[str, list[str]]:
    """The arguments, wherever they stand; a form that is none gives none."""
    if request.method != "POST":
        held = request.GET
    elif request.content_type == "application/x-www-form-urlencoded":
        held = request.POST
    else:
        held = QueryDict()
    return {name: held.getlist(name) for name in held}


machine_urls = [path("oai/", oai, name="repository-oai")]
