"""The desk, under /desk/. Each service contributes `desk` from its urls.py and lives under its own name."""

from importlib import import_module

from django.urls import include, path

from sauga.kernel.guides import urls as guides
from sauga.kernel.identity import urls as identity
from sauga.kernel.live import urls as live
from sauga.kernel.members import urls as members
from sauga.kernel.notifications import urls as notifications
from sauga.kernel.organisation_pages import urls as organisations
from sauga.kernel.retention import urls as retention
from sauga.kernel.services import installed
from sauga.kernel.ui import urls as ui
from sauga.kernel.ui.responses import errors
from sauga.project.processes import health

# URLs that a service mounts under a name of its own, such as /desk/cms/.
tools = [
    mounts
    for config in installed()
    if (mounts := getattr(import_module(f"{config.name}.urls"), "desk_mounts", None))
]

urlpatterns = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path(
        "desk/",
        include(
            [
                *identity.desk,
                *organisations.desk,
                *ui.desk,
                *live.desk,
                *notifications.desk,
                *guides.desk,
                *members.desk,
                *retention.desk,
            ]
        ),
    ),
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
