"""A small installation for the live tests, run as a program: a real uvicorn on a given port, one stream and
one query, on the test's database."""

import sys

import django
import uvicorn
from django.conf import settings
from django.db import connection
from django.http import JsonResponse
from django.urls import path


def items(request):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n FROM live_probe WHERE channel = %s AND n > %s ORDER BY n",
            [request.GET["c"], int(request.GET["after"] or 0)],
        )
        return JsonResponse([n for (n,) in cursor.fetchall()], safe=False)


def stream(request):
    from sauga.kernel import live

    return live.stream(request, request.GET.getlist("c"))


urlpatterns = [path("probe/items", items), path("probe/stream", stream)]

if __name__ == "__main__":
    django.setup()
    settings.ROOT_URLCONF = "__main__"
    from sauga.project.requests.sites import SiteHandler

    uvicorn.run(
        SiteHandler(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
        timeout_graceful_shutdown=3,
        lifespan="off",
    )
