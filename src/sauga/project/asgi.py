"""The ASGI application of this process: the public site, the staff desk, or both on one port
(`SAUGA_SITE`).
"""

import os
from importlib import import_module
from typing import cast

from django.conf import settings

from sauga.project.startup import load_django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sauga.project.settings.prod")
load_django(set_prefix=False)

from sauga.kernel.page_cache import PageCache  # noqa: E402  after setup, as Django asks
from sauga.project.postgresql import database  # noqa: E402  after setup, as Django asks
from sauga.project.requests.limits import App, Limits  # noqa: E402  after setup, as Django asks
from sauga.project.requests.request_head import RequestHead  # noqa: E402  after setup, as Django asks
from sauga.project.requests.sites import SiteHandler  # noqa: E402  after setup, as Django asks


def with_broadcasts(app: App) -> App:
    """The segments of live broadcasts are sent, and offers of encoders taken, without Django, where there is
    the service."""
    if "training" not in settings.ENV.services:
        return app
    views = "sauga.training.streaming.views"
    app = import_module(f"{views}.whip").Whip(app)
    return cast(App, import_module(f"{views}.origin").Origin(app, settings.STREAM_FOLDER))


# The handler's threads live as long as the process; so may their connections.
database.keep_connections()
application = RequestHead(with_broadcasts(PageCache(Limits(cast(App, SiteHandler())))))
