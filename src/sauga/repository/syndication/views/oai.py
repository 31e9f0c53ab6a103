"""The OAI-PMH endpoint: one address, six verbs, GET and POST. Invalid requests are answered with protocol
errors.
"""

from email.utils import parseaddr
from xml.etree.ElementTree import Element

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.repository.catalogue import linked_data
from sauga.repository.syndication.queries import oai as queries
from sauga.repository.syndication.rules.oai_protocol import Asked, OaiRefused, asked
from sauga.repository.syndication.standards import oai_envelope
from sauga.repository.syndication.standards.xml import document


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Answer one request. Every response carries its own instant, so it is not cached."""
    at = clock.now()
    address = linked_data.whole("repository-oai")
    given = _given(request)
    arguments = {
        name: values[0] for name, values in given.items() if values and name.isascii() and name.isalnum()
    }
    try:
        wanted = asked(given)
        whole = oai_envelope.envelope(at, address, arguments)
        if wanted.verb == "Identify":
            mail = parseaddr(settings.ENV.mail_from)[1]
            oai_envelope.identify(
                whole, name=gettext("Sauga: repository of resources"), address=address, mail=mail, at=at
            )
        else:
            _fill(whole, wanted)
    except OaiRefused as refused:
        whole = oai_envelope.refusal(at, address, arguments, refused)
    response = HttpResponse(document(whole), content_type="text/xml; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _fill(whole: Element, wanted: Asked) -> None:
    if wanted.verb == "ListSets":
        oai_envelope.all_sets(whole)
    elif wanted.verb == "ListMetadataFormats":
        if wanted.identifier:
            queries.record(wanted.identifier)
        oai_envelope.formats(whole)
    elif wanted.verb == "GetRecord":
        oai_envelope.one_record(whole, queries.record(wanted.identifier), wanted.prefix)
    elif wanted.place is not None:
        oai_envelope.listed(whole, wanted.verb, wanted.prefix, queries.page(wanted.place))


def _given(request: HttpRequest) -> dict[str, list[str]]:
    """The arguments of either method; an unreadable form has none."""
    if request.method != "POST":
        held = request.GET
    elif request.content_type == "application/x-www-form-urlencoded":
        held = request.POST
    else:
        held = QueryDict()
    return {name: held.getlist(name) for name in held}
