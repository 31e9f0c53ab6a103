"""Health: /-/live says the process answers, /-/ready that its database answers and whether a worker is at
work."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from sauga.project.processes import worker_reports


def live(request: HttpRequest) -> JsonResponse:
    """Answer without touching anything."""
    return JsonResponse({"live": True})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503. Where no worker reports it is 200, too, because the
    pages work; the answer says since when (null: there has been none)."""
    try:
        found = worker_reports.standing()
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False}, status=503)
    said: dict[str, Any] = {"ready": True, "database": True, "worker": found.is_at_work}
    if not found.is_at_work:
        said["no_worker_since"] = found.last and found.last.isoformat(timespec="seconds")
    return JsonResponse(said)
