"""A second web process for the tests of staff streams: the whole site on a given port, on the
test's own database.
"""

import sys

import django
import uvicorn
from django.conf import settings

if __name__ == "__main__":
    django.setup()
    settings.STREAM_CHECK_SECONDS = 0.2
    from sauga.project.requests.sites import SiteHandler

    uvicorn.run(
        SiteHandler(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
        timeout_graceful_shutdown=1,
        lifespan="off",
    )
