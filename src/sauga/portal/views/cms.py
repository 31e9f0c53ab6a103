"""Wagtail behind our sign-in and permissions, with our headers, and without the views we do not offer."""

import json
import logging
import re
from base64 import b64encode
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.exceptions import BadRequest, FieldDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, path, reverse
from django.utils.html import format_html
from django.views.i18n import JavaScriptCatalog

from sauga.kernel import clock
from sauga.kernel.identity import actor
from sauga.kernel.identity.desk_access.access import NEEDED
from sauga.kernel.media import FileRefused
from sauga.portal.actions.editor_groups import sync_editor_groups
from sauga.portal.actions.page_gate import GateBlocked
from sauga.portal.permissions import Permission
from sauga.portal.views.page_gate import refused

log = logging.getLogger(__name__)
INCOMPLETE = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    FieldDoesNotExist,
    NoReverseMatch,
    ValidationError,
)
"""What the tool's own views raise, instead of an answer, for a form without its fields or an argument that is
none: no browser sends that. Nothing was stored."""

type View = Callable[..., HttpResponseBase]

CLOSED = re.compile(
    r"^/desk/cms/(login|logout|password_reset|account|users|groups|sites|locales|failwhale|test404|api|"
    r"workflows/(?!\w+/\d+/\d+/|confirm|collect|preview|status)|pages/\d+/privacy|collections/\d+/privacy)"
)
"""What the installation does itself (signing in, people, roles), what it does not have (private pages) and
what nobody needs (test pages)."""

OWN = {"/desk/cms/account/": "identity-me", "/desk/cms/logout/": "identity-signout"}
"""Where the tool's own menu leads to what our desk does itself."""

DRAWINGS = "/desk/cms/sprite/"
"""The tool's icons, the same for everybody; every page asks for them by what is in them (`h`)."""

POLICY = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data: blob:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; frame-src 'self'; worker-src 'self' blob:; form-action "
    "'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""Only under /desk/cms/. Scripts come from our own files, as everywhere, but for one kind of line (below);
styles may be inline because the rich text editor writes them; pictures may be `data:` and `blob:` because
chosen files are shown before they are stored; the preview is a frame of our own.
"""
CHOOSER = re.compile(rb'<script>(new [A-Z][A-Za-z]*\("[\w-]+", (\{[^<>]*\})\);)</script>')
"""How the tool wakes the button that chooses a page or a picture: the name of a class of its own, a
field, and JSON.
"""


def _choosers(response: HttpResponseBase) -> str:
    """The hashes of those lines in this page, so that they run and no other inline script does."""
    if not isinstance(response, HttpResponse) or not response.headers.get("Content-Type", "").startswith(
        "text/html"
    ):
        return ""
    found = [line for line, options in CHOOSER.findall(response.content) if _is_json(options)]
    return "".join(f" 'sha256-{b64encode(sha256(line).digest()).decode()}'" for line in dict.fromkeys(found))


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _say_policy(response: HttpResponseBase) -> None:
    response.headers["Content-Security-Policy"] = POLICY.format(scripts=_choosers(response))


def held(view: View) -> View:
    """Wrap one view of Wagtail."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        by = actor(request)
        if not by.can(Permission.USE_CMS):
            raise Http404
        if own := OWN.get(request.path_info):
            # 307 keeps a form a form.
            return HttpResponse(status=307, headers={"Location": reverse(own)})
        if CLOSED.match(request.path_info):
            raise Http404
        sync_editor_groups(by=by, at=clock.now())
        try:
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        except GateBlocked as shut:
            return _shut(request, shut)
        except FileRefused as refused_file:
            return _not_stored(refused_file)
        except INCOMPLETE as error:
            log.warning("editors' tool: input refused", extra={"error_type": type(error).__name__})
            raise BadRequest("incomplete") from error
        _say_policy(response)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        if request.path_info == DRAWINGS and request.GET.get("h"):
            response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response

    setattr(guarded, NEEDED, Permission.USE_CMS)
    return guarded


def _shut(request: HttpRequest, shut: GateBlocked) -> HttpResponseBase:
    """Lead the person to what blocks the page. A Wagtail modal is given the address."""
    response = refused(request, shut)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"step": "success", "redirect": response.headers["Location"]})
    return response


def _not_stored(refused_file: FileRefused) -> JsonResponse:
    """What the form for many files shows when a file that was accepted with its first step is not stored with
    the second: the scanner cannot be reached any more. All other forms have asked before they store."""
    text = str(refused_file.text)
    form = format_html('<p class="w-field__errors" role="alert">{}</p>', text)
    return JsonResponse({"success": False, "error_message": text, "form": form})


def patterns() -> list[URLPattern | URLResolver]:
    """Wagtail's addresses, each behind our sign-in."""
    from wagtail.admin import urls
    from wagtail.utils.urlpatterns import decorate_urlpatterns

    words = path(
        "jsi18n/",
        JavaScriptCatalog.as_view(packages=["wagtail.admin", "sauga.portal"]),
        name="wagtailadmin_javascript_catalog",
    )
    found: list[URLPattern | URLResolver] = decorate_urlpatterns([words, *urls.urlpatterns], held)
    # The last one takes every address, to answer that there is no such page.
    found[-1].callback.is_catch_all = True  # type: ignore[union-attr]  # a pattern with a view; read by project.requests.slashes
    return found
