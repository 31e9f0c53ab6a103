"""Error pages of both sites, in the language of the address.

Each says what happened and what to do next; none of them needs the database.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from sauga.kernel.i18n import languages
from sauga.kernel.ui.public_frame.frame import Frame
from sauga.kernel.ui.public_frame.language import preferred
from sauga.kernel.ui.responses.api_errors import ApiError

type Text = str | Promise

API, TOO_MANY = "/api/", 429
API_CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    408: "too_slow",
    413: "too_large",
    TOO_MANY: "too_many",
    500: "server_error",
}
"""What errors are called in the interface for programs."""
STALE = "ui_stale_form"
"""Marks the answer to a form that came without the token of its session: nothing of it was done."""


@dataclass(frozen=True)
class Words:
    """What an error page says: a heading, what happened, what to do next."""

    title: Text
    happened: Text
    next: Text


BAD_REQUEST = Words(
    _("This request could not be read"),
    _("Something in the address or in the form was not what the page expects."),
    _("Go back and try again: what was typed is usually still in the form."),
)
FORBIDDEN = Words(
    _("This page is not open"),
    _("You do not have permission to open it."),
    _("At the desk, the person who manages roles in your organisation can grant it."),
)
STALE_FORM = Words(
    _("This form has expired"),
    _(
        "A form is valid for a limited time, and only in the session in which it was opened. "
        "Nothing was saved."
    ),
    _("Open the page again and send the form once more."),
)
NOT_FOUND = Words(
    _("There is no such page"),
    _("The address may be mistyped, or the page has moved or is gone."),
    _("Go to the home page, or check the address."),
)
NOT_FOUND_AT_THE_DESK = Words(
    _("There is no such page"),
    _("The address may be mistyped, the page may be gone, or it belongs to roles that you do not hold."),
    _("Go to My day. If your work needs this page, whoever manages roles in your organisation can help."),
)
TOO_LARGE = Words(
    _("That is too much at once"),
    _("One form takes up to 1 MB of text. Nothing of this one was saved."),
    _("Go back and send it in parts, for example 50 addresses at a time."),
)
TOO_SLOW = Words(
    _("This took too long to arrive"),
    _("The connection was too slow or broke off on the way. Nothing of this was saved."),
    _(
        "Go back – what was typed is usually still in the form – and send it again, with a better "
        "connection if there is one."
    ),
)
SERVER_ERROR = Words(
    _("Something broke on our side"),
    _("The fault is ours, not yours. Everything that was confirmed before is kept."),
    _("Try again in a few minutes."),
)


def root(request: HttpRequest) -> HttpResponse:
    """The bare address: on to one of our languages, as the browser asks. Nothing is remembered."""
    code = preferred(request.headers.get("Accept-Language", ""))
    return HttpResponseRedirect(f"/{code}/", headers={"Vary": "Accept-Language"})


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400, or 413 when the request was refused for its size."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _page(request, 400, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return _page(request, 403, FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form of the desk came without the token of this session."""
    response = _page(request, 403, STALE_FORM)
    setattr(response, STALE, True)
    return response


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404.

    The same words whether a page never was, is gone, or belongs to others, so that a visitor cannot tell
    which; at the desk they name all three. A missing page has no translation either.
    """
    request.twins = {}  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    return _page(request, 404, NOT_FOUND_AT_THE_DESK if _site(request) == "desk" else NOT_FOUND)


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _page(request, 413, TOO_LARGE)


def too_slow(request: HttpRequest) -> HttpResponse:
    """408."""
    return _page(request, 408, TOO_SLOW)


def too_many(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429, with the seconds to wait in words and in Retry-After."""
    with override(_language(request)):
        wait = ngettext(
            "Wait %(seconds)d second, then try again.", "Wait %(seconds)d seconds, then try again.", seconds
        ) % {"seconds": seconds}
    words = Words(
        _("Too many attempts"),
        _(
            "To keep the line free for everyone, this step is slowed for a moment. Nothing sent "
            "before is lost."
        ),
        wait,
    )
    response = _page(request, TOO_MANY, words)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500, SERVER_ERROR)


def _page(request: HttpRequest, status: int, words: Words) -> HttpResponse:
    """Drawn without the request's session and without the registers of the frame, so that it also stands
    when the database does not.
    """
    if request.path_info.startswith(API):
        return JsonResponse(_for_programs(status, words), status=status)
    language = _language(request)
    request.frame = Frame()  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.frame
    request.is_refused = True  # type: ignore[attr-defined]  # read by kernel.ui.formats.linked_data
    with override(language):
        if _site(request) == "desk":
            html = _desk_page(status, words, language)
        else:
            html = render_to_string(
                "ui/errors/public.html", {"status": status, "words": words, "request": request}
            )
    return HttpResponse(
        html, status=status, headers={"Cache-Control": "no-store", "Content-Language": language}
    )


def _for_programs(status: int, words: Words) -> dict[str, str]:
    """The same as an error of the interface for programs says it (`api_errors.ApiError`), in English."""
    with override("en"):
        what = str(words.happened)
        onward = str(words.next) if status == TOO_MANY else "See /api/v1/openapi.json for what can be asked."
    return ApiError(code=API_CODES.get(status, "error"), message=what, next=onward).model_dump()


@lru_cache(maxsize=100)
def _desk_page(status: int, words: Words, _language: str) -> str:
    """The same for everybody who reads this language, so it is drawn once; for `too_many` once for each
    number of seconds, of which only the last are kept."""
    return render_to_string("ui/errors/desk.html", {"status": status, "words": words})


def _site(request: HttpRequest) -> str:
    return "desk" if getattr(request, "sauga_site", "public") == "desk" else "public"


def _language(request: HttpRequest) -> str:
    if _site(request) == "desk":
        return getattr(request, "LANGUAGE_CODE", None) or languages.active().code
    if request.path_info.startswith(API):
        return "en"
    named = languages.of_path(request.path_info)
    return named.code if named is not None else preferred(request.headers.get("Accept-Language", ""))
