"""`/api/v1/`: one interface made of the services' own parts, with its description. It reads, asks for no key,
and sets no cookie.

Any site may read it from a browser (CORS, GET alone): what it says is public and the same for everybody.
Answers carry an ETag.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response, set_response_etag
from ninja import NinjaAPI
from ninja.errors import ValidationError

from sauga.kernel import vocab
from sauga.kernel.services import installed
from sauga.kernel.ui.responses.api_errors import ApiError, ApiRefused
from sauga.kernel.ui.responses.cache_headers import allow_compression

type View = Callable[..., HttpResponse]
PREFIX = "/api/v1/"
DESCRIPTION = """What the site shows to everybody about resources, collections, code lists and
figures, as JSON.

No key, no cookie, nobody counts who asks. Words come by language, codes from the vocabularies. Lists go on by
`next`. Answers carry an `ETag`: send it back in `If-None-Match` and get 304 while nothing has changed. Errors
say what to do next.

Harvesting of the whole collection is better done by OAI-PMH at `/oai/`. Licence of the descriptions: CC0 1.0;
each resource has its own."""
MISSING = ApiError(
    code="not_found",
    message="There is nothing at this address.",
    next="See /api/v1/openapi.json for what there is.",
)
ONLY_GET = ApiError(code="method", message="This interface only reads.", next="Ask with GET or HEAD.")
NOT_ALLOWED = 405
EVERYWHERE = {
    code: {
        "description": said,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ApiError"}}},
    }
    for code, said in ((400, "The request cannot be read."), (429, "Too many requests at once."))
}
"""What any address may answer before its view is asked."""
FRESH = "public, max-age=60"


def build() -> NinjaAPI:
    """The interface of the services of this installation."""
    api = NinjaAPI(
        title="Sauga",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
    )
    api.add_exception_handler(Http404, lambda request, _error: _trouble(404, MISSING))
    api.add_exception_handler(ApiRefused, _refused)
    api.add_exception_handler(ValidationError, _unreadable)
    for config in installed():
        if find_spec(f"{config.name}.api"):
            api.add_router("", import_module(f"{config.name}.api").router)
    return api


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return _trouble(error.status, error.trouble)


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    first = error.errors[0]
    field = str(first["loc"][-1]) if first.get("loc") else ""
    said = f"{field} cannot be read: {first['msg']}." if field else "The request cannot be read."
    return _trouble(
        422,
        ApiError(
            code="unreadable",
            message=said,
            next="Correct it as /api/v1/openapi.json describes it.",
            field=field,
        ),
    )


def _trouble(status: int, trouble: ApiError) -> HttpResponse:
    return JsonResponse(trouble.model_dump(), status=status)


def open_to_all(view: View) -> View:
    """A view of this interface: HEAD as GET, a refusal of other methods as JSON, readable from any site, kept
    by ETag."""

    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if response.status_code == NOT_ALLOWED:
            refused = _trouble(NOT_ALLOWED, ONLY_GET)
            refused.headers["Allow"] = "GET, HEAD"
            response = refused
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = FRESH
        return _conditional(request, response)

    return opened


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200:
        return response
    set_response_etag(allow_compression(response))
    kept = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return kept if isinstance(kept, HttpResponse) else response


def _described(api: NinjaAPI) -> View:
    def openapi(request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return HttpResponse(status=NOT_ALLOWED)
        schema = api.get_openapi_schema(path_prefix=PREFIX)
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"] |= EVERYWHERE
                _list_codes(operation.get("parameters", ()))
        return JsonResponse(schema, json_dumps_params={"ensure_ascii": False})

    return openapi


def _list_codes(parameters: Iterable[dict[str, Any]]) -> None:
    """Say which codes a parameter takes, from the vocabularies as they are now."""
    for parameter in parameters:
        name = parameter["schema"].get("x-vocabulary")
        if name:
            parameter["schema"]["items"]["enum"] = sorted(one.code for one in vocab.every_term(name))


def _unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    return _trouble(404, MISSING)


def patterns() -> list[URLPattern]:
    """The addresses, to be mounted under `api/v1/`; none in an installation whose services offer nothing to
    programs."""
    api = build()
    held = [
        pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"
    ]
    if not held:
        return []
    for pattern in held:
        if pattern.callback is not None:
            pattern.callback = open_to_all(pattern.callback)
    unknown = open_to_all(_unknown)
    unknown.is_catch_all = True  # type: ignore[attr-defined]  # read by project.requests.slashes
    return [
        path("openapi.json", open_to_all(_described(api)), name="api-openapi"),
        *held,
        path("", open_to_all(_unknown), name="api-root"),
        path("<path:rest>", unknown, name="api-unknown"),
    ]
