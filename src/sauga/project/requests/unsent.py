"""A form is sent while text stands in another form of its page: the text stands there again
(`kernel.kit.unsent`, decision 0189)."""

from collections.abc import Callable
from dataclasses import replace
from inspect import iscoroutinefunction
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from sauga.kernel import clock
from sauga.kernel.identity.desk_access import access
from sauga.kernel.kit import kept_forms, prefilled_forms, unsent
from sauga.kernel.kit.prefilled_forms import Other
from sauga.kernel.kit.sent_forms import REDIRECTS
from sauga.kernel.kit.unsent import Unsent
from sauga.kernel.ui.responses import errors
from sauga.project.requests.kept_forms import SIGNING_OUT, is_foreign, is_whole_page, words
from sauga.project.requests.sites import Site

ENDS = SIGNING_OUT | {"identity-lock"}
"""After these nothing of the page may come back."""
SCRIPT = b"ui/unsent."
TAKEN = "unsent_texts"


class UnsentMiddleware:
    """Stands inside of what keeps refused forms, which adds the secret to the page to which it leads back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST":
            return _after_post(request, self.get_response(request))
        secret = _taken_secret(request) if unsent.FIELD in request.GET else ""
        response = self.get_response(request)
        return _drawn(request, response, secret) if secret else response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> None:
        """Take the texts out of what is sent, so that the view gets its form and nothing else."""
        if request.method != "POST" or iscoroutinefunction(view) or unsent.FIELD not in request.POST:
            return
        fields = request.POST.copy()
        setattr(request, TAKEN, fields.pop(unsent.FIELD, [""])[-1])
        fields._mutable = False
        request.POST = fields  # type: ignore[assignment]  # as Django itself exchanges it


def _taken_secret(request: HttpRequest) -> str:
    """The secret, taken out of the address: no view reads it, and no link of the page carries it on."""
    given = request.GET.copy()
    secret = given.pop(unsent.FIELD, [""])[-1]
    given._mutable = False
    request.GET = given  # type: ignore[assignment]  # as Django itself makes it of the address
    request.META["QUERY_STRING"] = given.urlencode()
    return str(secret)


def _after_post(request: HttpRequest, response: Any) -> HttpResponseBase:
    is_refused = getattr(response, errors.STALE, False) or access.leads_to_sign_in(response)
    said = getattr(request, TAKEN, "") or (request.POST.get(unsent.FIELD, "") if is_refused else "")
    match = request.resolver_match
    if not said or (match is not None and match.url_name in ENDS) or _is_foreign(request):
        return response  # type: ignore[no-any-return]  # Any, because the stubs do not say what a body is
    owner = kept_forms.mark(request) or request.POST.get(kept_forms.FIELD, "")
    is_known = kept_forms.is_genuine(owner) if owner else _is_public(request)
    held = unsent.read(said, owner, getattr(match.func, "__module__", "") if match else "")
    if held is None or not is_known:
        return response  # type: ignore[no-any-return]  # as above
    if is_refused:
        secret = unsent.keep(held, clock.now())
        setattr(request, unsent.ATTRIBUTE, secret)
        _lead_on(response, secret)
    elif response.status_code in REDIRECTS and _is_here(response):
        _lead_on(response, unsent.keep(held, clock.now()))
    elif is_whole_page(response):
        page, left = _put_back(request, response, held)
        back = unsent.keep(replace(held, forms=left), clock.now()) if left else ""
        _write(request, response, page, {"back": unsent.added(held.page, back)} if back else None)
    return response  # type: ignore[no-any-return]  # as above


def _drawn(request: HttpRequest, response: Any, secret: str) -> HttpResponseBase:
    """The page to which a form led: its own one with the texts in the other forms, each other one with a
    sentence that leads back. A public page shows them only where texts are sent from: a link to any other
    would show the words of its author."""
    owner = kept_forms.mark(request)
    if response.status_code in REDIRECTS and _is_here(response):
        _lead_on(response, secret)
    if not is_whole_page(response) or (_is_public(request) and SCRIPT not in response.content):
        return response  # type: ignore[no-any-return]  # as above
    held = unsent.find(secret, clock.now())
    if held is None or held.owner != owner:
        return response  # type: ignore[no-any-return]  # as above
    if request.path != urlsplit(held.page).path:
        page, said = response.content.decode(), {"back": unsent.added(held.page, secret)}
        _write(request, response, page, said)
        return response  # type: ignore[no-any-return]  # as above
    page, left = _put_back(request, response, held)
    texts = words([text for one in left for texts in one.fields.values() for text in texts])
    _write(request, response, page, {"texts": texts} if texts else None)
    unsent.drop(secret)
    return response  # type: ignore[no-any-return]  # as above


def _is_here(response: Any) -> bool:
    to = response.headers["Location"]
    return to.startswith("/") and not to.startswith("//")


def _lead_on(response: Any, secret: str) -> None:
    """Add the secret to the address to which an answer leads; past signing in, to that of the page after."""
    to = response.headers.get("Location", "")
    if not to or not secret:
        return
    if access.leads_to_sign_in(response):
        parts = urlsplit(to)
        query = [(key, unsent.added(held, secret)) for key, held in parse_qsl(parts.query) if key == "next"]
        response.headers["Location"] = urlunsplit(parts._replace(query=urlencode(query)))
    else:
        response.headers["Location"] = unsent.added(to, secret)


def _put_back(request: HttpRequest, response: Any, held: Unsent) -> tuple[str, list[Other]]:
    """The page with its forms filled, and the forms that it has not got."""
    left: list[Other] = []
    page, addresses = response.content.decode(), (urlsplit(held.page).path, request.path)
    for form in held.forms:
        filled = prefilled_forms.put_back(page, at=addresses, other=form, never=kept_forms.NEVER)
        page, left = (page, [*left, form]) if filled is None else (filled, left)
    return page, left


def _write(request: HttpRequest, response: Any, page: str, said: dict[str, Any] | None) -> None:
    if said is not None:
        said["is_desk"] = request.path.startswith("/desk/")
        page = prefilled_forms.insert(page, render_to_string("kit/_unsent.html", said))
    response.content = page.encode()
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))


def _is_foreign(request: HttpRequest) -> bool:
    """Whether another site sent the form. Our public pages say nowhere from where one comes, so that there
    `Origin` is empty, too."""
    said = request.headers.get("Sec-Fetch-Site")
    return said not in {"same-origin", "none"} if said else is_foreign(request)


def _is_public(request: HttpRequest) -> bool:
    site: Site = request.sauga_site  # type: ignore[attr-defined]  # set by SiteMiddleware
    return site is Site.PUBLIC
