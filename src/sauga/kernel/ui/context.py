"""What every template knows."""

from typing import Any

from django.http import HttpRequest


def door(request: HttpRequest) -> dict[str, Any]:
    """The door."""
    return {"door": getattr(request, "door", "public")}
