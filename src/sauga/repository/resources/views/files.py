"""Files of a resource at the desk; opening one is recorded, because a reviewer opens every file
before approving.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.kernel import clock, media
from sauga.kernel.identity import actor, needs
from sauga.repository.permissions import Permission as P
from sauga.repository.resources.actions import review
from sauga.repository.resources.queries import worklist as queries

CONFLICT = 409


@require_safe
@needs(P.SEE_RESOURCES)
def open_file(request: HttpRequest, ref: str, file: str) -> HttpResponseBase:
    """A file of a resource, published or not. Opening is recorded: a reviewer opens every file before
    approving.
    """
    by = actor(request)
    row = queries.rendition_for(by, queries.resource_for(by, ref), file)
    if row.media is None or not row.media.is_ready:
        return render(request, "repository/resources/file_waiting.html", {"row": row}, status=CONFLICT)
    if request.method == "GET":
        review.open_file(by=by, rendition=row, at=clock.now())
    response = media.send_media(request, row.media, name=row.name)
    response.headers["Cache-Control"] = "no-store"
    return response
