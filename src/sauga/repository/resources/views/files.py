"""Files of a resource at the desk; opening one is recorded, because a reviewer opens every file
before approving.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui.files import send_file
from sauga.repository.permissions import Permission as P
from sauga.repository.resources.actions import review
from sauga.repository.resources.queries import worklist as queries


@require_safe
@needs(P.SEE_RESOURCES)
def open_file(request: HttpRequest, ref: str, file: str) -> HttpResponseBase:
    """A file of a resource, published or not. Opening is recorded: a reviewer opens every file before
    approving.
    """
    by = actor(request)
    row = queries.rendition_for(by, queries.resource_for(by, ref), file)
    if request.method == "GET":
        review.open_file(by=by, rendition=row, at=clock.now())
    response = guarded(send_file(request, row.file.open("rb"), size=row.size, mime=row.mime, name=row.name))
    response.headers["Cache-Control"] = "no-store"
    return response


LOCKED = "default-src 'none'; sandbox"
"""A file opened in the browser may run nothing and request nothing."""


def guarded(response: HttpResponseBase) -> HttpResponseBase:
    """Headers for an uploaded file: the browser may cache and open it, but it must not run anything."""
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
