"""The desk door, under /desk/. Each service contributes `desk` from its urls.py and lives under its own name."""

from importlib import import_module

from django.urls import include, path

from sauga.kernel.services import installed
from sauga.kernel.ui import errors
from sauga.project import health

kernel = [import_module(f"sauga.kernel.{name}.urls") for name in ("identity", "ui", "live", "notices", "guides")]
# A tool that a service brings along under a name of its own, as /desk/cms/.
tools = [mounts for config in installed() if (mounts := getattr(import_module(f"{config.name}.urls"), "desk_mounts", None))]

urlpatterns = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    *(path("desk/", include(module.desk)) for module in kernel),
    *(
        path(f"desk/{config.label}/", include([*config.declaration.desk_urls(), *getattr(urls, "desk", [])]))
        for config in installed()
        for urls in [import_module(f"{config.name}.urls")]
    ),
    *(path("desk/", include(mounts)) for mounts in tools),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
