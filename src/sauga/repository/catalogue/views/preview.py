"""Preview of the public page of a resource, for editors and reviewers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import get_urlconf, reverse, set_urlconf
from django.utils.translation import override
from django.views.decorators.http import require_safe

from sauga.kernel.identity import actor, needs
from sauga.kernel.ui.page_previews import frames, widths
from sauga.repository.catalogue.presenters import page_context
from sauga.repository.permissions import Permission
from sauga.repository.resources.models import LANGUAGES, Resource
from sauga.repository.resources.presenters import resources
from sauga.repository.resources.queries import worklist as queries

SERVER = "page.invalid"


@require_safe
@needs(Permission.SEE_RESOURCES)
def preview(request: HttpRequest, ref: str, language: str) -> HttpResponse:
    """The public page as it would look now, from the same template."""
    row = queries.resource_for(actor(request), ref)
    if language not in LANGUAGES:
        raise Http404
    return frames.framed(HttpResponse(public_markup(row, language)), look=widths.look_of(request))


def public_markup(row: Resource, language: str) -> str:
    """The markup of a resource's public page in a language, whatever its state."""
    with override(language), _public_addresses():
        request = HttpRequest()
        request.method, request.META = "GET", {"SERVER_NAME": SERVER, "SERVER_PORT": "80"}
        request.path = request.path_info = resources.href(row)
        request.LANGUAGE_CODE = language
        request.is_preview = True  # type: ignore[attr-defined]  # as Wagtail calls it: no script, no way on that only visitors have
        request.twins = resources.twins("repository-resource", row)  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
        context = page_context(row, ticket="")
        for one in context["shown"]["files"]:
            one["href"] = reverse("repository-review-file", args=[row.ref, one["ref"]])
        return render_to_string("repository/catalogue/resource.html", context, request=request)


@contextmanager
def _public_addresses() -> Iterator[None]:
    """Resolve addresses of the public site, which a process that serves only the desk does not know."""
    before = get_urlconf()
    set_urlconf(settings.WHOLE_URLCONF)
    try:
        yield
    finally:
        set_urlconf(before)
