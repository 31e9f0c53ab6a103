"""Context of every template."""

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Which site the page belongs to."""
    return {"current_site": getattr(request, "sauga_site", "public")}
