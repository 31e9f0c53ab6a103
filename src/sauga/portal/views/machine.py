"""What machines read: the map of the site, files of pages."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils import translation
from django.views.decorators.http import require_safe

from sauga.kernel.ui import navigation
from sauga.portal.queries import maps
from sauga.repository.queries.places import places

PAGES = ("portal-home", "portal-privacy", "portal-accessibility", "repository-resources")
SHOWN = {"images", "films"}
KINDS = {".mp4": "video/mp4", ".webm": "video/webm", ".vtt": "text/vtt; charset=utf-8"}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages in both languages, for search engines."""
    base = settings.ENV.base_url.rstrip("/")
    fixed = [{code: base + translate_url(page, code) for code, _ in settings.LANGUAGES} for page in navigation.addresses(PAGES)]
    planted = [{code: base + href for code, href in twins.items()} for twins in maps.twin_sets()]
    known = {address for twins in fixed for address in twins.values()}
    entries = [*fixed, *(twins for twins in planted if not known & set(twins.values())), *_resources(base)]
    xml = render_to_string("portal/sitemap.xml", {"entries": [{"twins": list(twins.items())} for twins in entries]})
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


def _resources(base: str) -> list[dict[str, str]]:
    """The pages of resources and collections."""
    held = places()
    twins: list[dict[str, str]] = [{} for _ in held]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for place, addresses in zip(held, twins, strict=True):
                addresses[code] = base + reverse(place.name, args=[place.slugs[code]])
    return twins


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """A picture in one size, or a film with its captions. Nothing else of the store has an address."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] not in SHOWN or ".." in parts:
        raise Http404
    ending = PurePosixPath(path).suffix.lower()
    response = FileResponse(_stored(path), content_type=KINDS.get(ending))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> FileResponse:
    """A file to take along, always as a download: nothing that an editor brought is opened inside our pages."""
    found = maps.document(document_id, filename)
    if found is None:
        raise Http404
    name = found.file.name
    return FileResponse(_stored(name), as_attachment=True, filename=found.filename, content_type="application/octet-stream")


def _stored(name: str) -> File[bytes]:
    """A file of the store. Raises Http404 for a name that is none: nothing there, a folder, too long, or with signs no file has."""
    try:
        return default_storage.open(name)
    except (OSError, ValueError, SuspiciousOperation):
        raise Http404 from None


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """One small page in both languages with the number to call, whole in itself: to be kept, printed, or shown by a proxy."""
    return render(request, "portal/public/offline.html")
