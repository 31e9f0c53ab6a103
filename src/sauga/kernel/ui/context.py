"""Context of every template."""

from typing import Any

from django.http import HttpRequest


def door(request: HttpRequest) -> dict[str, Any]:
    """Which site the page belongs to."""
    return {"door": getattr(request, "sauga_site", "public")}
