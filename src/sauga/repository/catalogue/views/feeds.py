"""New resources for programs that fetch them."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.kernel.i18n import languages
from sauga.kernel.ui.formats import feeds
from sauga.repository.catalogue.queries import feeds as queries
from sauga.repository.catalogue.queries import sitemap


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest resources of this language as Atom."""
    return feeds.atom(
        request,
        title=_("New resources"),
        page=reverse("repository-resources"),
        entries=queries.newest(languages.active().code),
        changed_at=sitemap.changed_at(),
    )
