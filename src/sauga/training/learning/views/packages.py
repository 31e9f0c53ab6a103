"""The files of imported packages, as answers to the frame in which they run.

The frame has no origin of its own (`sandbox` without `allow-same-origin`): it reaches no cookie, no storage
and no page of ours, and loads nothing but the files below its own signed address. What it reports goes by
messages to the page around it (static/training/packages), which saves it with the learner's session.
"""

import json
import re
from functools import cache
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.kernel import clock, media
from sauga.kernel.i18n import languages
from sauga.training.courses.models import Activity
from sauga.training.courses.queries import packages
from sauga.training.courses.queries.packages import H5P_PAGE, OWN, Grant
from sauga.training.courses.rules.h5p import H5P
from sauga.training.courses.rules.imported import MOST_ONE, PAGES, type_of
from sauga.training.courses.rules.scorm import NEW, OLD
from sauga.training.learning.models import Enrolment
from sauga.training.learning.queries import runs, texts

PLAYER = "player/"
HEAD = re.compile(rb"<head\b[^<>]*+>", re.IGNORECASE)
ROOT = re.compile(rb"<html\b[^<>]*+>", re.IGNORECASE)
FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:<!doctype[^<>]*+>)?", re.IGNORECASE)
BEGINNING = 64 * 1024
SCRIPTS = {OLD: ("frame.js", "scorm12.js", "scorm.js"), NEW: ("frame.js", "scorm2004.js", "scorm.js")}
SHIPPED = {
    "h5p.js": "h5p.js",
    "frame.js": "frame.js",
    "scorm.js": "scorm.js",
    "scorm12.js": "vendor/scorm12-3.4.3.min.js",
    "scorm2004.js": "vendor/scorm2004-3.4.3.min.js",
}
POLICY = (
    "sandbox allow-scripts allow-forms; default-src 'none'; script-src {own} 'unsafe-inline' 'unsafe-eval'; "
    "style-src {own} 'unsafe-inline'; img-src {own} data: blob:; font-src {own} data:; "
    "media-src {own} data: blob:; connect-src {own} data: blob:; frame-src {own}; worker-src {own} blob:; "
    "object-src 'none'; base-uri {own}; form-action 'none'"
)


@require_safe
def file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """One file of a package, or one of ours beside it. Raises Http404."""
    grant = packages.grant_of(token, clock.now())
    activity = packages.activity_with_package(grant.activity) if grant else None
    if grant is None or activity is None or not 0 <= grant.place < len(packages.package_parts(activity)):
        raise Http404
    enrolment = runs.learner(grant.enrolment, activity) if grant.enrolment else None
    if grant.enrolment and enrolment is None:
        raise Http404
    prefix = request.path.removesuffix(name)
    if name.startswith(OWN):
        answer = _own(request, grant, (activity, enrolment), name.removeprefix(OWN), prefix)
    else:
        answer = _sent(request, activity, name, prefix)
    return _alone(request, answer, prefix)


def _own(
    request: HttpRequest, grant: Grant, parties: tuple[Activity, Enrolment | None], name: str, prefix: str
) -> HttpResponseBase:
    activity, enrolment = parties
    if name == "given.js":
        given = json.dumps(_given(request, activity, grant, enrolment))
        return _script(f"window.saugaGiven = {given};", "no-store")
    if name == "package.zip" and activity.content.get("is_download") and activity.file is not None:
        return media.send_media(request, activity.file)
    if name == H5P_PAGE and activity.content["package"]["format"] == H5P:
        page = render(request, "training/learning/member/h5p.html", {"base": prefix.removesuffix("/")})
        page.headers["Cache-Control"] = "no-store"
        return page
    if name.startswith(PLAYER) and (found := packages.player_file(name.removeprefix(PLAYER))) is not None:
        content, mime = found
        return HttpResponse(content, content_type=mime, headers={"Cache-Control": "private, max-age=3600"})
    if name in SHIPPED:
        return _script(shipped(SHIPPED[name]), "private, max-age=3600")
    raise Http404


def _given(request: HttpRequest, activity: Activity, grant: Grant, enrolment: Enrolment | None) -> object:
    part = packages.package_parts(activity)[grant.place]
    row = runs.run_of(enrolment, activity.code, part.code) if enrolment else None
    key = texts.keys_of([enrolment.holder]).get(enrolment.holder) if enrolment and row else None
    given = runs.given_to(
        part,
        runs.held(row, key),
        language=languages.active().code,
        learner_id=enrolment.ref if enrolment else "preview",
    )
    origin = f"{request.scheme}://{request.get_host()}"
    return {**given, "format": activity.content["package"]["format"], "origin": origin}


def _sent(request: HttpRequest, activity: Activity, name: str, prefix: str) -> HttpResponseBase:
    found = packages.member(activity, name)
    if found is None:
        raise Http404
    mime = type_of(name)
    if mime in PAGES:
        content = found.read(MOST_ONE)
        found.close()
        names = SCRIPTS.get(activity.content["package"]["format"], ())
        page = HttpResponse(with_scripts(content, prefix, ("given.js", *names)), content_type=mime)
        page.headers["Cache-Control"] = "private, max-age=3600"
        return page
    tag = f'"{found.info.CRC:08x}-{found.info.file_size}"'
    answer = media.send_file(
        request,
        found,  # type: ignore[arg-type]  # what is asked of it: read, seek, close
        size=found.info.file_size,
        mime=mime,
        download=False,
        tag=tag,
    )
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def with_scripts(page: bytes, prefix: str, names: tuple[str, ...]) -> bytes:
    """A page of a package with our scripts before its own. In the encoding that it declares they are the same
    letters; of a page in UTF-16 a byte order mark says so."""
    tags = "".join(f'<script src="{prefix}{OWN}{name}"></script>' for name in names)
    for order, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if page.startswith(order):
            text = page[2:].decode(encoding, "replace").encode()
            return b"\xef\xbb\xbf" + with_scripts(text, prefix, names)
    found = HEAD.search(page[:BEGINNING]) or ROOT.search(page[:BEGINNING])
    place = found.end() if found else _after_type(page)
    return page[:place] + tags.encode() + page[place:]


def _after_type(page: bytes) -> int:
    found = FIRST.match(page[:BEGINNING])
    return found.end() if found else 0


@cache
def shipped(name: str) -> str:
    """One of our own scripts."""
    folder = files("sauga.training").joinpath("static", "training", "packages")
    return folder.joinpath(*name.split("/")).read_text(encoding="utf-8")


def _script(text: str, cached: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = cached
    return response


def _alone(request: HttpRequest, response: HttpResponseBase, prefix: str) -> HttpResponseBase:
    """The headers with which a package is alone: no origin, nothing but its own files, no referrer."""
    own = f"{request.scheme}://{request.get_host()}{prefix}"
    response.headers["Content-Security-Policy"] = POLICY.format(own=own)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-DNS-Prefetch-Control"] = "off"
    response.headers["X-Robots-Tag"] = "noindex"
    response.xframe_options_exempt = True  # type: ignore[attr-defined]  # read by the headers' middleware
    return response
