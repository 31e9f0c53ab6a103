"""The public site.

Each service contributes `public` (translated, under /lt/ and /en/) and `machine` (no language) from its
urls.py. What its `api` offers to programs stands together under /api/v1/.
"""

from importlib import import_module

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sauga.kernel.credentials import urls as credential_urls
from sauga.kernel.guides import urls as guide_urls
from sauga.kernel.integration import urls as referral_urls
from sauga.kernel.members import urls as member_urls
from sauga.kernel.services import installed
from sauga.kernel.ui import urls as ui_urls
from sauga.kernel.ui.responses import errors
from sauga.project import api
from sauga.project.processes import health

services = [import_module(f"{config.name}.urls") for config in installed()]
if settings.ENV.demo:
    services.append(import_module("sauga.project.demo.urls"))

urlpatterns = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    # Pages of people first: they are asked for most, and every pattern before theirs would be tried each
    # time.
    *i18n_patterns(
        *(pattern for service in services for pattern in getattr(service, "public", [])),
        *member_urls.public,
        *credential_urls.public,
        *guide_urls.public,
    ),
    path("", errors.root, name="root"),
    *ui_urls.machine,
    *referral_urls.machine,
    *credential_urls.machine,
    *(pattern for service in services for pattern in getattr(service, "machine", [])),
    path("api/v1/", include(api.patterns())),
    # Addresses that editors choose come after every fixed one.
    *i18n_patterns(*(pattern for service in services for pattern in getattr(service, "last", []))),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
