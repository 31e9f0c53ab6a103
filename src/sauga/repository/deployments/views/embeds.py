"""Deployed copies: the page at our address, the widget in another site's frame, and the status check. No
cookie, no trace.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.hrefs import parts_of
from sauga.repository.adaptations.editions import drawn, edition, interface, languages
from sauga.repository.adaptations.queries.composition import help_line
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.deployments.models import Deployment
from sauga.repository.deployments.queries import embeds
from sauga.repository.effects import widgets

COPIES = SystemActor("copies")
NOT_FOUND, FORBIDDEN, GONE = 404, 403, 410


@require_safe
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """A partner's adaptation at our own address, with the partner's logo."""
    deployment = embeds.deployment_by_ref(ref)
    content = embeds.release_content(deployment) if deployment is not None else None
    if deployment is None or content is None:
        return _stopped(request, None, NOT_FOUND)
    if not embeds.is_running(deployment):
        return _stopped(request, deployment, GONE)
    language = _language(request, content)
    deployment_actions.note_contact(by=COPIES, deployment=deployment, kind="shown", at=clock.now())
    context = {
        "copy": edition(content, language, hide=embeds.hidden(content)),
        "logo": reverse("repository-copy-logo", args=[deployment.ref]) if content["logo"] else "",
        "others": [(code, name) for code, name in languages(content) if code != language],
    }
    return _plain(render(request, "repository/deployments/page.html", context))


@require_safe
def logo(request: HttpRequest, ref: str) -> HttpResponse:
    """The partner's logo: sanitised on upload, and served so that nothing in it could run."""
    from sauga.repository.adaptations.editions import logo_bytes

    deployment = embeds.deployment_by_ref(ref) or embeds.deployment_by_token(ref)
    content = (
        embeds.release_content(deployment)
        if deployment is not None and embeds.is_running(deployment)
        else None
    )
    if content is None or not content["logo"]:
        return HttpResponse(status=NOT_FOUND)
    response = HttpResponse(logo_bytes(content), content_type=content["logo"]["mime"])
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return _plain(response)


@require_http_methods(["GET", "HEAD", "POST"])
def embed(request: HttpRequest, token: str) -> HttpResponse:
    """The widget, the only page of ours that other sites may frame: the sites named in its deployment.

    A service may play the resource itself; only then is there anything to post, and the answer is framed
    alike.
    """
    deployment = embeds.deployment_by_token(token)
    content = embeds.release_content(deployment) if deployment is not None else None
    if deployment is None or content is None or deployment.channel != "page_widget":
        return _stopped(request, None, NOT_FOUND)
    if not _from_there(request, deployment):
        return _stopped(request, None, FORBIDDEN)
    if not embeds.is_running(deployment):
        return _framed(_stopped(request, deployment, GONE), deployment)
    language = _language(request, content)
    with translation.override(interface(language)):
        played = widgets.page(request, deployment)
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"]) if played is None else _played(played, deployment)
    deployment_actions.note_contact(by=COPIES, deployment=deployment, kind="shown", at=clock.now())
    if played is not None:
        return _played(played, deployment)
    text = drawn(
        "repository/deployments/embed.html",
        content,
        language,
        hide=embeds.hidden(content),
        logo=reverse("repository-copy-logo", args=[token]) if content["logo"] else "",
        status=reverse("repository-copy-status", args=[token]),
        others=[(code, name) for code, name in languages(content) if code != language],
    )
    return _framed(_plain(HttpResponse(text)), deployment)


@require_safe
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Whether this copy may still be used. Copies ask from any origin; the answer has a text for a banner
    when not.
    """
    deployment = embeds.deployment_by_token(token)
    if deployment is None:
        return _open(JsonResponse({"state": "unknown"}, status=NOT_FOUND))
    deployment_actions.note_contact(by=COPIES, deployment=deployment, kind="asked", at=clock.now())
    content = embeds.release_content(deployment)
    if not embeds.is_running(deployment):
        return _open(JsonResponse({"state": "stopped", "words": _words(deployment)}, status=GONE))
    hide = embeds.hidden(content) if content else []
    return _open(
        JsonResponse({"state": "active", "version": content["version"] if content else "", "hide": hide})
    )


def _from_there(request: HttpRequest, deployment: Deployment) -> bool:
    """Whether the embedding page is one of the named sites. Without a referrer the browser's own check
    decides.
    """
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if not said or said == "null":
        return True
    parts, here = parts_of(said), urlsplit(settings.ENV.base_url)
    if parts is None:
        return False
    if parts.netloc in {request.get_host(), here.netloc}:
        return True
    return f"{parts.scheme}://{parts.netloc}".lower() in deployment.origins


def _language(request: HttpRequest, content: dict[str, Any]) -> str:
    asked = request.GET.get("language", "")
    if asked in content["languages"]:
        return asked
    own = translation.get_language() or "lt"
    return own if own in content["languages"] else str(content["languages"][0])


def _words(deployment: Deployment) -> str:
    """The text of a stopped copy in both languages of the interface: a copy may be read in any."""
    adaptation = deployment.adaptation
    reason = adaptation.base.withdrawn_reason if adaptation is not None else {}
    said = []
    for language in ("lt", "en"):
        with translation.override(language):
            own = gettext("This copy is no longer available. Please do not use it.")
        said.append(f"{own} {reason.get(language, '')}".strip())
    return " ".join(said)


def _stopped(request: HttpRequest, deployment: Deployment | None, code: int) -> HttpResponse:
    language = interface(translation.get_language() or "lt")
    if deployment is not None:
        heading, words = gettext("No longer available"), _words(deployment)
    elif code == FORBIDDEN:
        heading = gettext("Not intended for this site")
        words = gettext("This copy belongs to another site. Ask its owner for one of your own.")
    else:
        heading, words = (
            gettext("No such copy"),
            gettext("The address is wrong or was replaced by a new one."),
        )
    context = {"heading": heading, "words": words, "help_line": help_line(language)}
    return _plain(render(request, "repository/deployments/stopped.html", context, status=code))


def _played(response: HttpResponse, deployment: Deployment) -> HttpResponse:
    return _framed(_plain(response), deployment, forms="'self'")


def _framed(response: HttpResponse, deployment: Deployment, forms: str = "'none'") -> HttpResponse:
    origins = " ".join(deployment.origins) or "'none'"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"connect-src 'self'; form-action {forms}; "
        f"base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors "
        f"{origins}"
    )
    response.xframe_options_exempt = True  # type: ignore[attr-defined]  # read by the headers' middleware: frame-ancestors decides
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _open(response: JsonResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _plain(response)


def _plain(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
