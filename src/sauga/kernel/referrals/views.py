"""The door for other houses: one address, one signed message, one short answer. Nothing of a message is logged."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.views.decorators.http import require_POST

from sauga.kernel import clock
from sauga.kernel.referrals import carrying, houses
from sauga.kernel.referrals.neighbours import neighbours


@require_POST
def house(request: HttpRequest) -> HttpResponse:
    """200 when the message was taken in, also again; 403 with a code when it is not from a house we know; 422 when it cannot be used."""
    if not settings.ENV.house or not neighbours():
        return HttpResponseNotFound()
    try:
        carrying.take_in(request.body, clock.now())
    except houses.MessageRefused as refused:
        return JsonResponse({"why": str(refused.why)}, status=403)
    except carrying.Unfit as unfit:
        return JsonResponse({"why": str(unfit)}, status=422)
    return JsonResponse({"why": ""})
