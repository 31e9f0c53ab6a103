"""One file, sent by our handler under uvicorn and nothing around it, for `benchmarks/media.py`.

The settings are those of the tests, without middleware and with one address.
"""

import os
from typing import Any

import django
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sauga.project.settings.test")
django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = __name__

from sauga.kernel.media import send_file  # noqa: E402  after setup, as Django asks
from sauga.project.requests.sites import SiteHandler  # noqa: E402  after setup, as Django asks

NAME = os.environ["MEDIA_BENCH_FILE"]


def film(request: HttpRequest) -> HttpResponseBase:
    """The file, whole or in part."""
    return send_file(request, open(NAME, "rb"), size=os.path.getsize(NAME), mime="video/mp4", tag='"a"')


urlpatterns: list[Any] = [path("film", film)]
application = SiteHandler()
