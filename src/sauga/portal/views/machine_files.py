"""Files for machines: the sitemap, media and documents of pages."""

from dataclasses import dataclass
from datetime import datetime
from mimetypes import guess_type
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from sauga.events.programme.queries import sitemap as event_places
from sauga.kernel.i18n import languages
from sauga.kernel.media import NotReady, file_named, send_media, send_stored
from sauga.kernel.organisations.queries.logos import public_logo
from sauga.kernel.ui import navigation
from sauga.kernel.ui.public_frame import language
from sauga.kernel.ui.responses.cache_headers import allow_compression, versioned
from sauga.portal.models.media import ATTACHMENTS, CAPTIONS, FILMS
from sauga.portal.queries import sitemap as maps
from sauga.repository.catalogue.queries import sitemap as places

PAGES = (
    "portal-home",
    "portal-privacy",
    "portal-accessibility",
    "portal-what-to-report",
    "repository-resources",
    "events",
    "events-archive",
)
SIZES, PLAYED = "images", "films"
OWNERS = {FILMS.owner, CAPTIONS.owner}
ANY = "application/octet-stream"


@dataclass(frozen=True)
class Entry:
    """One text in the sitemap: language → address, and language → last change, where known."""

    twins: dict[str, str]
    changed_at: dict[str, datetime | None]

    def lines(self) -> list[tuple[str, datetime | None]]:
        """Each address of it."""
        return [(address, self.changed_at.get(code)) for code, address in self.twins.items()]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages in each language, for search engines."""
    base = settings.ENV.base_url.rstrip("/")
    planted = [
        Entry(
            {code: base + place.path for code, place in twins.items()},
            {code: place.changed_at for code, place in twins.items()},
        )
        for twins in maps.twin_sets()
    ]
    changes = {address: changed_at for entry in planted for address, changed_at in entry.lines()}
    fixed = [
        {code: base + href for code, href in language.addresses(name).items()}
        for name in navigation.public_pages(PAGES)
    ]
    entries = [
        Entry(twins, {code: changes.get(address) for code, address in twins.items()}) for twins in fixed
    ]
    known = {address for twins in fixed for address in twins.values()}
    entries += [
        *(entry for entry in planted if not known & set(entry.twins.values())),
        *_resources(base),
        *_events(base),
    ]
    xml = render_to_string("portal/sitemap.xml", {"entries": entries})
    changed_at = max(
        (at for at in (maps.changed_at(), places.changed_at(), event_places.changed_at()) if at is not None),
        default=None,
    )
    return versioned(request, HttpResponse(xml, content_type="application/xml; charset=utf-8"), changed_at)


def _resources(base: str) -> list[Entry]:
    """The pages of resources and collections."""
    held = places.places()
    twins: list[dict[str, str]] = [{} for _ in held]
    for row in languages.for_editors():
        with translation.override(row.code):
            for place, addresses in zip(held, twins, strict=True):
                addresses[row.code] = base + reverse(place.name, args=[place.slugs[row.code]])
    return [
        Entry(addresses, dict.fromkeys(addresses, place.changed_at))
        for place, addresses in zip(held, twins, strict=True)
    ]


def _events(base: str) -> list[Entry]:
    """The pages of events and series: one address in each language."""
    held = event_places.places()
    twins: list[dict[str, str]] = [{} for _ in held]
    for row in languages.for_editors():
        with translation.override(row.code):
            for place, addresses in zip(held, twins, strict=True):
                addresses[row.code] = base + reverse(place.name, args=[place.slug])
    return [
        Entry(addresses, dict.fromkeys(addresses, place.changed_at))
        for place, addresses in zip(held, twins, strict=True)
    ]


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An image in one size, or a video with its captions. Nothing else of the store has an address."""
    kind, _slash, name = path.partition("/")
    if kind == PLAYED:
        return _uploaded(request, name, owners=OWNERS, download=False)
    if kind != SIZES or ".." in PurePosixPath(path).parts:
        raise Http404
    try:
        response = send_stored(request, path, mime=guess_type(path)[0] or ANY, shown_as=name)
    except (OSError, ValueError, SuspiciousOperation):  # nothing there, a folder, impossible characters
        raise Http404 from None
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """A document, always as a download: nothing that an editor uploaded is opened inside our pages."""
    found = maps.document(document_id, filename)
    if found is None:
        raise Http404
    return _uploaded(request, str(found.file.name), owners={ATTACHMENTS.owner}, download=True)


def _uploaded(request: HttpRequest, name: str, *, owners: set[str], download: bool) -> HttpResponseBase:
    """An upload of the CMS. Raises Http404 unless it is one of these owners' and ready."""
    file = file_named(name)
    if file is None or file.owner not in owners:
        raise Http404
    try:
        return send_media(request, file, download=download)
    except (NotReady, FileNotFoundError):
        raise Http404 from None


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """One small self-contained page in every language with the helpline's number: to be saved, printed, or
    shown by a proxy.
    """
    return allow_compression(render(request, "portal/public/offline.html", {"everyone": languages.public()}))


@require_safe
def logo(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The logo of an organisation, of today or of the past, as long as it may be shown."""
    try:
        return send_media(request, public_logo(ref).file, download=False)
    except (NotReady, FileNotFoundError):
        raise Http404 from None
