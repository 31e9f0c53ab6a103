"""The desk's stream: /desk/live/?c=hotline.worklist&c=hotline.item.K7Q4-M2."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from sauga.kernel.identity import actor
from sauga.kernel.live import streams
from sauga.kernel.live.channels import may_listen


@require_GET
def stream(request: HttpRequest) -> HttpResponseBase:
    """Stream the channels asked for.

    A channel that does not exist, or that the person may not listen to, makes the whole address 404.
    """
    names = request.GET.getlist("c")
    by = actor(request)
    if not all(may_listen(by, name) for name in names):
        raise Http404
    return streams.stream(request, names)
