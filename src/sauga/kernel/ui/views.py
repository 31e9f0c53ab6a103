"""The few pages of the design system itself: quick exit, language of the desk, style guide, machine-readable
files."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.i18n import languages
from sauga.kernel.identity.actions import own
from sauga.kernel.identity.desk_access.access import open_to_all, safe_path
from sauga.kernel.ui import styleguide
from sauga.kernel.ui.public_frame import quick_exit


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: forget what this site may have kept in the browser and go to the weather, which anybody
    may look at.

    A post comes from a page that is on its way there already and waits for nothing. Another site cannot use
    this address to sign people out or to empty their storage: where the browser says that another site began
    the request, nothing is erased.
    """
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    if request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}:
        headers["Clear-Site-Data"] = '"cookies", "storage"'
    is_gone = request.method == "POST"
    response = (
        HttpResponse(status=204, headers=headers)
        if is_gone
        else HttpResponseRedirect(quick_exit.target(), headers=headers)
    )
    quick_exit.end_all(request, response)
    return response


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the desk's language: for the person when signed in, else for this browser until it closes."""
    code = request.POST.get("language", "")
    response = HttpResponseRedirect(safe_path(request.POST.get("next", "")) or "/desk/")
    if code not in {row.code for row in languages.for_staff()}:
        return response
    if request.user.is_authenticated:
        own.choose_language(person=request.user, language=code)
    else:
        response.set_cookie(
            own.LANGUAGE_COOKIE,
            code,
            httponly=True,
            samesite="Strict",
            secure=settings.SESSION_COOKIE_SECURE,
            path="/desk/",
        )
    return response


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The living style page: every component in every state, drawn with the very parts that pages use."""
    return render(request, "ui/desk/style.html", styleguide.context(clock.now(), request.GET))


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Name and icon for a home screen. The name is neutral."""
    icons = [{"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}]
    colours = {"background_color": "#faf6ef", "theme_color": "#0f5f56"}
    return JsonResponse(
        {
            "name": _("Sauga"),
            "short_name": "Sauga",
            "start_url": "/",
            "display": "browser",
            "icons": icons,
            **colours,
        },
        content_type="application/manifest+json",
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this name unasked."""
    return HttpResponseRedirect(static("ui/mark.svg"), headers={"Cache-Control": "public, max-age=86400"})


SECURITY_TXT_LASTS = timedelta(days=180)
"""RFC 9116, section 2.5.5, recommends less than a year."""


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where researchers report weaknesses (RFC 9116). Raises Http404 while the operator names no contact."""
    contact = settings.ENV.security_contact
    if not contact:
        raise Http404
    expires = (clock.now() + SECURITY_TXT_LASTS).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        f"Preferred-Languages: {', '.join(row.code for row in languages.whole())}",
        f"Canonical: {settings.ENV.base_url}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the public pages; the desk, personal links and the machine interface are not
    theirs."""
    closed = ("/desk/", "/notice/", "/review/", "/leave/", "/api/", "/-/")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.ENV.base_url}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
