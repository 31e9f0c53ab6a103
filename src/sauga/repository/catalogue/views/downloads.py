"""Downloads of a resource: single files, or all in one archive. Anonymous; only a daily count is stored."""

import os

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from sauga.kernel import clock, media
from sauga.kernel.i18n import languages
from sauga.kernel.states import SystemActor
from sauga.repository.catalogue import bundles
from sauga.repository.catalogue.actions import print_orders
from sauga.repository.catalogue.queries import catalogue as queries
from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.resources.presenters import resources
from sauga.repository.resources.rules.attribution import spoken

PAGE = "text/html"
VISITOR = SystemActor("visitor")
GONE = 410


@require_safe
def file(request: HttpRequest, ref: str, name: str) -> HttpResponseBase:
    """One file, under its own name. A withdrawn file says so.

    A page is shown with quick exit and a way back above it, unless `?download` asks for the file itself, with
    the checksum that is published.
    """
    row = queries.file_for(ref)
    if row is None:
        return render(request, "repository/catalogue/file_gone.html", status=GONE)
    if row.media is None or not row.media.is_ready:
        raise Http404
    if row.mime == PAGE and "download" not in request.GET:
        response = media.send_page(request, row.media, _bar(row), name=row.name)
    else:
        response = media.send_media(request, row.media, name=row.name)
    _count(request, row.resource, "file", response)
    return response


@require_safe
def preview(request: HttpRequest, ref: str, page: int, width: int) -> HttpResponseBase:
    """One page of a file as an image. It goes with the file."""
    row = queries.file_for(ref)
    found = media.preview_of(row.media, page, width) if row is not None and row.media is not None else None
    if found is None:
        raise Http404
    return media.send_preview(request, found)


@require_safe
def archive(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All files of a resource and its parts, with a sheet that lists them and states the licence."""
    row = queries.live_resource(slug)
    taken = {bundles.SHEET}
    files = [(_free(f"{folder}{one.name}", taken), one) for folder, one in queries.all_files(row)]
    sheet = _sheet(row, files)
    held = bundles.opened(sheet, files)
    size, name = os.fstat(held.fileno()).st_size, f"{row.slug(resources.speaking())}.zip"
    tag = f'"{bundles.digest(sheet, files)}"'
    sent = media.send_file(request, held, size=size, mime="application/zip", name=name, tag=tag)
    response = media.locked(sent)
    _count(request, row, "archive", response)
    return response


def _bar(row: Rendition) -> str:
    """What stands above a page, in the language of the page. Its links are whole: the page may be kept."""
    spoken = (
        row.language
        if row.language in {one.code for one in languages.public() if one.is_whole}
        else get_language()
    )
    with translation.override(spoken):
        context = {
            "title": resources.spoken(row.resource, "title")[0],
            "slug": row.resource.slug(resources.speaking()),
        }
        return render_to_string("repository/catalogue/_file_bar.html", context).strip()


def _count(request: HttpRequest, resource: Resource, kind: str, response: HttpResponseBase) -> None:
    """A download counts when it begins, once, however many ranges it is fetched in."""
    if media.is_start(response):
        print_orders.count_day(
            by=VISITOR,
            resource=resource,
            kind=kind,
            at=clock.now(),
            called=request.headers.get("User-Agent", ""),
        )


def _sheet(row: Resource, files: list[tuple[str, Rendition]]) -> str:
    """The contents of the archive, with checksums."""
    title = resources.spoken(row, "title")[0]
    licence = resources.terms(row)
    lines = [title, "=" * len(title), "", resources.spoken(row, "abstract")[0], ""]
    lines += [gettext("Licence: %(name)s") % {"name": f"{licence['short']} {licence['url']}".strip()}]
    lines += [
        gettext("Made by: %(names)s") % {"names": resources.people(row.creators)},
        spoken(row.attribution, row.creators, resources.speaking()),
        "",
        "SHA-256",
    ]
    lines += [f"{one.sha256}  {name}" for name, one in files]
    return "\r\n".join(lines) + "\r\n"


def _free(name: str, taken: set[str]) -> str:
    """The name, numbered when the archive already has it."""
    stem, dot, ending = name.rpartition(".")
    wanted, number = name, 1
    while wanted in taken:
        number += 1
        wanted = f"{stem}-{number}{dot}{ending}"
    taken.add(wanted)
    return wanted
