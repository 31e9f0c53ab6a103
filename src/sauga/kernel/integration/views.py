"""The endpoint for other installations: one URL, one signed message, one short answer. Nothing of a message
is logged."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.views.decorators.http import require_POST

from sauga.kernel import clock
from sauga.kernel.integration import signed_messages, transport
from sauga.kernel.integration.peers import peers


@require_POST
def receive_message(request: HttpRequest) -> HttpResponse:
    """200 if the message was accepted, also when repeated; 403 with a code if it is not from an installation
    we know; 422 if it cannot be used."""
    if not settings.ENV.installation or not peers():
        return HttpResponseNotFound()
    try:
        transport.take_in(request.body, clock.now())
    except signed_messages.MessageRefused as refused:
        return JsonResponse({"why": str(refused.why)}, status=403)
    except transport.Unfit as unfit:
        return JsonResponse({"why": str(unfit)}, status=422)
    return JsonResponse({"why": ""})
